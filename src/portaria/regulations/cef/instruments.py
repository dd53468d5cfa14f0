"""Articles 13/4, 14/2-3 and 15/1: the score of a unit, and with one instrument done again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet

MOST = 100

NO_INSTRUMENTS = declare(
    "cef-instruments-none", "give at least one instrument, with weights above zero in all"
)
INSTRUMENT_TWICE = declare("cef-instrument-twice", "the instrument {name} stands twice; keep one")
BAD_WEIGHT = declare("cef-instrument-weight", "{name} weighs {weight}; a weight is at least 0")
BAD_SCORE = declare("cef-instrument-score", "{name} has {score}; a score is from 0 to 100")
UNKNOWN_INSTRUMENT = declare("cef-instrument-unknown", "no instrument is {name}; known: {known}")


@dataclass(frozen=True)
class Instrument:
    """A test or another work; `weight` in any unit, `score` in percent, both exact."""

    name: str
    weight: Fraction
    score: Fraction


@dataclass(frozen=True)
class SecondChance:
    """`before`, `after`: the percent of the unit; `counted`: the score of the instrument that
    stays, the new one or, by a reading, the better."""

    before: Fraction
    counted: Fraction
    after: Fraction
    clause: str


def weighted(instruments: Sequence[Instrument]) -> Fraction:
    """15/1: the weighted mean of the scores, 0 to 100, exact.

    UsageError for no instrument or weight at all, one that stands twice, a weight below zero or a
    score that is no percent.
    """
    _check(instruments)
    weight = sum((each.weight for each in instruments), Fraction(0))
    return sum((each.weight * each.score for each in instruments), Fraction(0)) / weight


@rule("module-recovery-grade")
def second_chance(
    instruments: Sequence[Instrument], name: str, score: Fraction, rules: RuleSet
) -> SecondChance:
    """14/2-3: the instrument `name` done again with `score`, the others counting as before, by the
    same weights. UsageError as for `weighted`, and for an unknown name."""
    before = weighted(instruments)
    old = {each.name: each for each in instruments}
    if name not in old:
        params = {"name": name, "known": ", ".join(old)}
        raise UsageError(Message(UNKNOWN_INSTRUMENT, params))
    again = replace(old[name], score=score)
    _check([again], alone=True)
    if rules.takes("recovered_score", "best"):
        again = max(old[name], again, key=lambda each: each.score)
    after = weighted([again if each.name == name else each for each in instruments])
    return SecondChance(before, again.score, after, rules.clause("module-recovery-grade"))


def _check(instruments: Sequence[Instrument], alone: bool = False) -> None:
    for each in instruments:
        if each.weight < 0:
            raise UsageError(Message(BAD_WEIGHT, {"name": each.name, "weight": each.weight}))
        if not 0 <= each.score <= MOST:
            raise UsageError(Message(BAD_SCORE, {"name": each.name, "score": each.score}))
    for name, count in Counter(each.name for each in instruments).items():
        if count > 1:
            raise UsageError(Message(INSTRUMENT_TWICE, {"name": name}))
    if not alone and sum(each.weight for each in instruments) <= 0:
        raise UsageError(Message(NO_INSTRUMENTS))
