"""Article 11 and Annex I: the grade of a credited unit, rule by rule in the order of the text."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from .comparability import by_classes, letter_of
from .editions import HIGHER_EDUCATION
from .exact import floor, half_up, number
from .grade_faults import HONOURS, LETTERS
from .model import Grade, Item

Readings = Mapping[str, str]
PASS, TOP = 10, 20
PASSED = ("apto", "apta", "aprovado", "aprovada", "pass", "passed")
FAILED = (
    *("fx", "f", "fail", "failed", "reprovado", "reprovada"),
    *("não apto", "nao apto", "não apta", "nao apta"),
)
FORMULA_EXCEPTIONS = ("GB", "MT", "US")
"""DGES: some grades of these do not follow its formula; the table of the United Kingdom is one
that Annex I names."""


class Given(NamedTuple):
    """`reason`: why there is no grade, `failed`, or a person decides; `ends`: refused or human."""

    grade: int | None = None
    exact: Fraction | None = None
    reason: str = ""
    ends: str = ""
    warnings: tuple[str, ...] = ()


def human(reason: str, exact: Fraction | None = None) -> Given:
    return Given(exact=exact, reason=reason, ends="human")


def grade_of(item: Item, readings: Readings) -> Given:
    """The grade that the item takes to its unit, or why it has none."""
    grade = item.grade
    if item.source == "experience":  # 12/6
        return Given(warnings=("grade-ignored",) if grade else ())
    if grade is None:
        return human("grade-missing")
    if item.source not in HIGHER_EDUCATION:
        return _training(grade, readings)
    found = _portuguese(grade, readings) if grade.scale == "pt" else foreign(item, grade, readings)
    if grade.scale == "pt" and item.country != "PT":
        found = found._replace(warnings=(*found.warnings, "portuguese-scale-abroad"))
    if grade.scale == "foreign" and item.country == "PT":
        found = found._replace(warnings=(*found.warnings, "foreign-scale-in-portugal"))
    if found.reason == "failed" and item.source == "single_units":
        found = found._replace(reason="failed-single-unit")
    if readings["references"] == "literal" and found.ends != "refused":
        return Given()  # 10/3 as printed sends to 12, and 12/6 gives none
    return found


def _training(grade: Grade, readings: Readings) -> Given:
    """10/5/c, f: outside higher education a grade stays, once its credibility is confirmed; how
    a foreign one would be converted is not said. A CET is outside higher education too."""
    if grade.scale == "foreign":
        return human("training-grade")
    found = _portuguese(grade, readings)
    return found._replace(warnings=(*found.warnings, "confirm-training"))


def _portuguese(grade: Grade, readings: Readings) -> Given:
    """11/1-2: kept as it is."""
    value = number(grade.value)
    if value is None:
        if grade.value.casefold() in FAILED:
            return Given(reason="failed", ends="refused")
        if grade.value.casefold() not in PASSED or readings["qualitative"] == "human":
            return human("qualitative-grade")
        return Given(warnings=("qualitative-grade",))
    if value < PASS:
        return Given(exact=value, reason="failed", ends="refused")
    if value.denominator != 1:
        return human("grade-not-whole", value)
    return Given(int(value), value)


def foreign(item: Item, grade: Grade, readings: Readings) -> Given:
    """11/4: a) both distributions, else b) a numeric scale by Annex I, else c) an order of DGES
    that is withdrawn, so a person."""
    if grade.value.casefold() in FAILED:
        return Given(reason="failed", ends="refused")
    value = _value(grade)
    by_letters = _by_distributions(grade, value, readings)
    if by_letters is not None:
        return by_letters
    if value is None:
        return human("letter-without-distribution")
    if grade.min_pass is None or grade.max is None:
        return human("scale-unknown")
    return _annex(value, grade.min_pass, grade.max, item.country, readings)


def _value(grade: Grade) -> Fraction | None:
    honours = HONOURS.fullmatch(grade.value)
    return number(honours[1] if honours else grade.value)


def _by_distributions(grade: Grade, value: Fraction | None, readings: Readings) -> Given | None:
    """11/4/a; None where it cannot be applied."""
    if grade.host_classes is None or grade.home_classes is None:
        return None
    if value is None:
        letter = grade.value if grade.value in LETTERS else None
    else:
        letter = letter_of(value, grade.host_classes)
    if letter is None:
        return None
    exact = by_classes(letter, value, grade.host_classes, grade.home_classes, readings)
    if exact is None:
        return None
    warnings = ("letter-converted",) if value is None else ()
    return Given(rounded(exact, readings), exact, warnings=warnings)


def _annex(
    value: Fraction, least: Fraction, best: Fraction, country: str, readings: Readings
) -> Given:
    """11/4/b, Annex I: doubled on 0 to 10 with a pass mark of 5; the tables for named countries
    and for other scales are missing, the formula that DGES uses is proposed in their place."""
    if (value < least) if best > least else (value > least):
        return Given(reason="failed", ends="refused")
    if (least, best) == (5, 10):
        return Given(rounded(2 * value, readings), 2 * value)
    exact = proportional(value, least, best)
    exception = country in FORMULA_EXCEPTIONS and readings["formula_exceptions"] == "human"
    if exception or readings["formula"] == "human":
        return human("no-table")
    return Given(rounded(exact, readings), exact, warnings=("proposed-formula",))


def proportional(value: Fraction, least: Fraction, best: Fraction) -> Fraction:
    """From the lowest pass mark to the best grade, onto 10 to 20; inverted scales work too."""
    return min(Fraction(TOP), PASS + (value - least) / (best - least) * (TOP - PASS))


def rounded(exact: Fraction, readings: Readings) -> int:
    """Annex I does not say how; the exact value stays beside it."""
    step = Fraction(1)
    return int((half_up if readings["grade_rounding"] == "half_up" else floor)(exact, step))
