"""Article 15/1: the level of one percent; `grades.level_of` is the same rule for whole tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet

LEAST_PASS = 3
"""14/2: a unit graded below it has a second chance."""


@dataclass(frozen=True)
class Level:
    """`level`: 1 to 5."""

    level: int
    clause: str


@rule("percent-to-level")
def level(percent: Fraction, cutoffs: Sequence[int], rules: RuleSet) -> Level:
    """15/1: levels 2 to 5 begin at the school's cut-offs, met by the percent unrounded or, by a
    reading, rounded to a whole one, a half up.

    percent: 0 to 100, exact; cutoffs: four percents, rising.
    """
    if rules.takes("level_from", "rounded"):
        percent = Fraction(floor(percent + Fraction(1, 2)))
    met = sum(percent >= cutoff for cutoff in cutoffs)
    return Level(1 + met, rules.clause("percent-to-level"))
