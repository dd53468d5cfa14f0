"""The grade of an item: which values its scale has."""

import re
from fractions import Fraction
from typing import Any

from .exact import number
from .fields import Reader
from .model import Classes, Grade

LETTERS = ("A", "B", "C", "D", "E")
HONOURS = re.compile(r"([0-9]+(?:\.[0-9]+)?) e lode", re.IGNORECASE)


def read_grade(row: Reader, country: str) -> Grade | None:
    if row.get("grade") is None:
        return None
    reader = Reader(row.given["grade"], f"{row.where}.grade", row.faults)
    value = reader.text("value", needed=True)
    scale = reader.one_of("scale", ("pt", "foreign"), "unknown-scale")
    least, best = reader.positive("min_pass", zero=True), reader.positive("max", zero=True)
    classes = [_classes(reader, key) for key in ("host_classes", "home_classes")]
    reader.done()
    plain = HONOURS.fullmatch(value) or (number(value) is not None and "/" not in value)
    if not plain and any(character.isdigit() for character in value):
        reader.fault("value", "grade-unclear")
    elif scale == "pt":
        _check_portuguese(reader, value)
    elif (least is None) != (best is None) or (least is not None and least == best):
        reader.fault("max", "half-a-scale")
    elif least is not None and best is not None:
        _check_foreign(reader, value, least, best)
    return Grade(value, scale, least, best, *classes)


def _check_portuguese(reader: Reader, value: str) -> None:
    found = number(value)
    if found is not None and not 0 <= found <= 20:
        reader.fault("value", "grade-outside-scale")


def _check_foreign(reader: Reader, value: str, least: Fraction, best: Fraction) -> None:
    """No better than the best, and not below zero; how bad the worst is the scale does not say.
    Honours above the best grade go with the best grade only."""
    honours = HONOURS.fullmatch(value)
    found = number(honours[1] if honours else value)
    if found is None:
        return
    better = found > best if best > least else found < best
    if better or found < 0 or (honours and found != best):
        reader.fault("value", "grade-outside-scale")


def _classes(reader: Reader, key: str) -> Classes | None:
    """{"A": [worst, best], ...}; a class nobody reached is left out."""
    given: Any = reader.get(key)
    if given is None:
        return None
    found: Classes = {}
    for letter, bounds in given.items() if isinstance(given, dict) else [("", [])]:
        pair = bounds if isinstance(bounds, list) and len(bounds) == 2 else []
        ends = [end for end in map(number, pair) if end is not None]
        if letter not in LETTERS or len(ends) != 2:
            reader.fault(key, "bad-class")
            return None
        if key == "home_classes" and not all(10 <= end <= 20 for end in ends):
            reader.fault(key, "grade-outside-scale")
        found[letter] = (ends[0], ends[1])
    return found
