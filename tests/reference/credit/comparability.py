"""Article 11/4/a: the European comparability scale of DL 42/2005, letters and back.

DL 42/2005 art. 19-20: five letters over the passing grades, the best first; at least three years
and a hundred graduates, or rank and count take the letter's place.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from .grade_faults import LETTERS
from .model import Classes

SHARES = {letter: Fraction(n, 100) for letter, n in zip("ABCD", (10, 35, 65, 90), strict=True)}
FEWEST_YEARS, FEWEST_GRADUATES = 3, 100
BEST, LEAST = 20, 10


class Scale(NamedTuple):
    """`classes`: letter to (best, worst) grade, a letter nobody has left out; None where there
    are too few graduates, and `ranks` (grade to rank) and `count` speak instead."""

    classes: dict[str, tuple[int, int]] | None
    ranks: dict[int, int]
    count: int


def scale(graduates: Mapping[int, int], years: int, readings: Mapping[str, str]) -> Scale:
    """The letters of one distribution: passing grade to number of graduates."""
    count = sum(graduates.values())
    above = {
        grade: sum(n for other, n in graduates.items() if other > grade)
        for grade in range(LEAST, BEST + 1)
    }
    ranks = {g: above[g] + 1 for g in range(BEST, LEAST - 1, -1) if graduates.get(g)}
    if years < FEWEST_YEARS or count < FEWEST_GRADUATES:
        return Scale(None, ranks, count)
    classes: dict[str, tuple[int, int]] = {}
    for grade in range(BEST, LEAST - 1, -1):
        upto = Fraction(above[grade] + graduates.get(grade, 0), count)
        letter = _letter(Fraction(above[grade], count), upto, readings)
        best, _ = classes.get(letter, (grade, grade))
        classes[letter] = (best, grade)
    return Scale(classes, ranks, count)


def _letter(above: Fraction, upto: Fraction, readings: Mapping[str, str]) -> str:
    """A grade across two classes goes, in principle, to the better one (art. 20); the strict
    reading gives a letter only to grades that end within its share."""
    for letter, share in SHARES.items():
        if above < share if readings["straddle"] == "better" else upto <= share:
            return letter
    return "E"


def letter_of(value: Fraction, host: Classes) -> str | None:
    """The host class that a grade stands in; scales may run either way."""
    for letter in LETTERS:
        if letter in host and min(host[letter]) <= value <= max(host[letter]):
            return letter
    return None


def by_classes(
    letter: str, value: Fraction | None, host: Classes, home: Classes, readings: Mapping[str, str]
) -> Fraction | None:
    """From the bounds of the host class to those of the home class, in a straight line.

    A letter without a number, or a host class of one grade, has no place within its class: the
    reading `class_point` gives it one. None where the home distribution lacks the class.
    """
    if letter not in home:
        return None
    worst, best = home[letter]
    place = {"middle": Fraction(1, 2), "top": Fraction(1), "bottom": Fraction(0)}[
        readings["class_point"]
    ]
    if value is not None and host[letter][0] != host[letter][1]:
        low, high = host[letter]
        place = (value - low) / (high - low)
    return worst + place * (best - worst)
