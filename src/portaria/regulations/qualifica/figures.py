"""The two percentages of annex I/2: given by the school, never shipped."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet

NUTS = (2013, 2024)
"""The versions of the regions NUTS III whose figures may be given."""

NO_NUTS = declare(
    "qualifica-no-nuts",
    "the percentage of a region needs the version of NUTS III it belongs to: 2013 or 2024",
)
NO_PERCENT = declare("qualifica-no-percent", "a percentage is from 0 to 100, not {value}")
NO_RATE = declare(
    "qualifica-no-rate",
    "there is no rate of {registered} registered and {expected} expected: more than 0 are expected",
)


@rule("qualifica-need")
def points_above(region: Fraction, nation: Fraction, nuts: int | None) -> Fraction:
    """Percentage points by which a NUTS III region is above the nation, negative where below.

    Both: percent of people aged 20 to 59 without upper secondary, Census 2011; nuts: the version
    of the regions. UsageError for no percentage and for a version that is not known.
    """
    if nuts not in NUTS:
        raise UsageError(Message(NO_NUTS))
    for percent in (region, nation):
        if not 0 <= percent <= 100:
            raise UsageError(Message(NO_PERCENT, {"value": percent}))
    return region - nation


@rule("qualifica-cut")
def performance(registered: int, expected: int) -> Fraction:
    """Those registered in the six months, in percent of those expected; not rounded.

    UsageError where none is expected.
    """
    if expected <= 0 or registered < 0:
        raise UsageError(Message(NO_RATE, {"registered": registered, "expected": expected}))
    return Fraction(registered * 100, expected)


@rule("qualifica-cut")
def measured_on(on: date, rules: RuleSet) -> date:
    """The last day of measurement that has come."""
    june, december = (rules.day(f"{each}_measurement", on.year) for each in ("first", "second"))
    if on >= december:
        return december
    return june if on >= june else rules.day("second_measurement", on.year - 1)
