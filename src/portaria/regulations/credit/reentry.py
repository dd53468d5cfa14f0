"""Article 7: credits left to do after re-entry in the same programme or the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from portaria.core.rounding import HALF, Rounding, round_to
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet


@dataclass(frozen=True)
class CreditsLeft:
    """The most that may be left to do: as a rule (7/1), and with reasons (7/2), exact.

    `in_halves`: the same in half credits, which is how units are counted.
    """

    limit: Fraction
    exceptional: Fraction
    in_halves: tuple[Fraction, Fraction]


@rule("reentry", "reentry-exception")
def credits_left(total: Fraction, earlier: Fraction, rules: RuleSet) -> CreditsLeft:
    """`total` of the degree, `earlier`: all training of the earlier enrolment, in credits.

    The tenth of 7/2 is of what 7/1 gives, not of the degree; an old plan may have been longer.
    """
    limit = max(Fraction(0), total - earlier)
    exceptional = limit * (1 + rules.share("reentry_exception"))
    halves = (round_to(limit, HALF, Rounding.FLOOR), round_to(exceptional, HALF, Rounding.FLOOR))
    if rules.takes("reentry_step", "half"):
        limit, exceptional = halves
    return CreditsLeft(limit, exceptional, halves)
