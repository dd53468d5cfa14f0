"""Article 11/4/a: the European comparability scale of DL 42/2005, letters and back.

Five letters over the passing grades, the best first, each up to a share of the graduates. With too
few of them, rank and number take the letter's place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.credit.grade_scale import BEST, LETTERS, PASS
from portaria.regulations.credit.request import Letter

Classes = Mapping[Letter, tuple[Fraction, Fraction]]
"""A letter to its worst and best grade."""
PLACES = {"bottom": Fraction(0), "middle": Fraction(1, 2), "top": Fraction(1)}


@dataclass(frozen=True)
class Scale:
    """`classes`: letter to (best, worst) grade, best letter first and none that nobody reached;
    None where there are too few graduates or years, and `ranks` (grade to rank) stand instead.

    `cumulative`: grade to the share of graduates with that grade or a better one.
    """

    classes: Mapping[str, tuple[int, int]] | None
    ranks: Mapping[int, int]
    cumulative: Mapping[int, Fraction]
    count: int


@rule("grade-by-classes")
def scale(graduates: Mapping[int, int], years: int, rules: RuleSet) -> Scale:
    """`graduates`: passing grade, from 10 to 20, to how many had it, over `years` years.

    A grade across two classes goes, in principle, to the better one (DL 42/2005, art. 20).
    """
    grades = range(BEST, PASS - 1, -1)
    count = sum(graduates.values())
    upto, ranks = {}, {}
    reached = 0
    for grade in grades:
        here = graduates.get(grade, 0)
        if here:
            ranks[grade] = reached + 1
        reached += here
        upto[grade] = Fraction(reached, count) if count else Fraction(0)
    few = years < rules.number("scale_years") or count < rules.number("scale_graduates")
    return Scale(None if few else _classes(upto, rules), ranks, upto, count)


def _classes(upto: Mapping[int, Fraction], rules: RuleSet) -> dict[str, tuple[int, int]]:
    shares = [Fraction(share) for share in rules.edition.value("scale_shares")]
    strict = rules.takes("straddle", "strict")
    found: dict[str, tuple[int, int]] = {}
    above = Fraction(0)
    for grade, share_here in upto.items():
        full = sum(share < share_here if strict else share <= above for share in shares)
        letter = LETTERS[full]
        best, _ = found.get(letter, (grade, grade))
        found[letter] = (best, grade)
        above = share_here
    return found


def letter_of(value: Fraction, host: Classes) -> Letter | None:
    """The host class that a grade stands in; scales may run either way."""
    for letter in LETTERS:
        if letter in host and min(host[letter]) <= value <= max(host[letter]):
            return letter
    return None


def by_classes(
    letter: Letter, value: Fraction | None, host: Classes, home: Classes, rules: RuleSet
) -> Fraction | None:
    """From the bounds of the host class to those of the home class, in a straight line.

    A letter without a number, or a host class of one grade, has no place within its class: the
    reading `class_point` gives it one. None where the home distribution lacks the class.
    """
    if letter not in home:
        return None
    worst, best = home[letter]
    place = PLACES[rules.readings["class_point"]]
    if value is not None and host[letter][0] != host[letter][1]:
        low, high = host[letter]
        place = (value - low) / (high - low)
    return worst + place * (best - worst)
