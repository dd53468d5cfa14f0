"""Which grades a scale has: a number within it, a letter, or a word.

The Portuguese scale runs from 0 to 20 and passes at 10. A foreign one is given by its lowest pass
mark and its best grade; where the best is the smaller number it runs downwards. How bad its worst
grade is it does not say.
"""

from __future__ import annotations

import re
from fractions import Fraction

from portaria.core.messages import Message, declare
from portaria.core.numbers import exact
from portaria.regulations.credit.request import Grade, Letter

BEST, PASS = 20, 10
LETTERS: tuple[Letter, ...] = ("A", "B", "C", "D", "E")
HONOURS = re.compile(r"(?P<grade>[0-9]+(\.[0-9]+)?) (e lode|cum laude)", re.IGNORECASE)
FAILED_WORDS = frozenset(
    {"fx", "f", "fail", "failed", "reprovado", "reprovada"}
    | {f"{no} {able}" for no in ("não", "nao") for able in ("apto", "apta")}
)
PASSED_WORDS = frozenset({"apto", "apta", "aprovado", "aprovada", "pass", "passed"})

OUTSIDE = declare(
    "credit-grade-outside", "{value} is outside its scale, which goes from {least} to {best}"
)
HALF_A_SCALE = declare(
    "credit-half-a-scale",
    "a foreign scale is given by min_pass, its lowest pass mark, and max, its best grade: give "
    "both, two different numbers, or neither",
)
UNCLEAR = declare(
    "credit-grade-unclear",
    "{value} is neither a number nor a word: write the grade with a decimal point, 6.85, or the "
    "letter or word alone",
)
OUT_OF_ORDER = declare("credit-class-order", "the worst grade of a class comes before its best")

Fault = tuple[str, Message, object]


def number_in(grade: Grade) -> Fraction | None:
    """The number of a grade, without its honours; None for a letter or a word. `14/20` is no
    seven tenths, so it is no number here."""
    honours = HONOURS.fullmatch(grade.value)
    return None if "/" in grade.value else exact(honours["grade"] if honours else grade.value)


def fault_of(grade: Grade) -> Fault | None:
    """Where the grade does not fit its scale: the field, the sentence and the value."""
    value = number_in(grade)
    if value is None:
        if any(character.isdigit() for character in grade.value):
            return "value", Message(UNCLEAR, {"value": grade.value}), grade.value
    elif grade.scale == "pt" and not 0 <= value <= BEST:
        return _outside(grade, Fraction(0), Fraction(BEST))
    if grade.scale == "foreign":
        return _foreign(grade, value)
    return None


def _foreign(grade: Grade, value: Fraction | None) -> Fault | None:
    least, best = grade.min_pass, grade.max
    if (least is None) != (best is None) or (least is not None and least == best):
        return "max", Message(HALF_A_SCALE), best
    for name, classes in (
        ("host_classes", grade.host_classes),
        ("home_classes", grade.home_classes),
    ):
        for letter, (worst, top) in (classes or {}).items():
            inverted = least is not None and best is not None and best < least
            backwards = worst < top if inverted and name == "host_classes" else worst > top
            if backwards:
                return f"{name}.{letter}", Message(OUT_OF_ORDER), f"{worst}-{top}"
            if name == "home_classes" and not PASS <= worst <= top <= BEST:
                given = {"value": f"{worst}-{top}", "least": PASS, "best": BEST}
                return f"{name}.{letter}", Message(OUTSIDE, given), given["value"]
    if value is None:
        return None
    if value < 0:
        return _outside(grade, Fraction(0), best)
    if least is None or best is None:
        return None
    better = value > best if best > least else value < best
    honoured = HONOURS.fullmatch(grade.value) is not None
    return _outside(grade, least, best) if better or (honoured and value != best) else None


def _outside(grade: Grade, least: Fraction, best: Fraction | None) -> Fault:
    params = {"value": grade.value, "least": least, "best": "" if best is None else best}
    return "value", Message(OUTSIDE, params), grade.value
