"""The two percentages of annex I/2: given by the school, never shipped."""

from __future__ import annotations

from collections.abc import Iterator
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
OTHER_NUTS = declare(
    "qualifica-other-nuts", "the versions of NUTS III are 2013 and 2024; {given} is none of them"
)
NO_PERCENT = {
    "region": declare(
        "qualifica-no-region-percent", "the percentage of the region is from 0 to 100, not {value}"
    ),
    "nation": declare(
        "qualifica-no-nation-percent", "the percentage of the nation is from 0 to 100, not {value}"
    ),
}
NO_REGISTERED = declare(
    "qualifica-no-registered", "the number of those registered is not below zero: {value}"
)
NO_EXPECTED = declare(
    "qualifica-no-expected", "more than 0 are expected, not {value}: without them there is no rate"
)


@rule("qualifica-need")
def points_above(region: Fraction, nation: Fraction, nuts: int | None) -> Fraction:
    """Percentage points by which a NUTS III region is above the nation, negative where below.

    Both: percent of people aged 20 to 59 without upper secondary, Census 2011; nuts: the version
    of the regions. UsageError for no percentage and for a version that is not known.
    """
    for fault in need_faults(region, nation, nuts):
        raise UsageError(fault)
    return region - nation


def need_faults(
    region: Fraction | None, nation: Fraction | None, nuts: int | None
) -> Iterator[Message]:
    """Everything that is wrong with them; a percentage of None was no number."""
    if (version := nuts_fault(nuts)) is not None:
        yield version
    for name, percent in (("region", region), ("nation", nation)):
        if percent is not None and not 0 <= percent <= 100:
            yield Message(NO_PERCENT[name], {"value": percent})


def nuts_fault(nuts: int | None) -> Message | None:
    """What is wrong with the version of the regions, which a percentage of one needs."""
    if nuts is None:
        return Message(NO_NUTS)
    return None if nuts in NUTS else Message(OTHER_NUTS, {"given": str(nuts)})


@rule("qualifica-cut")
def performance(registered: int, expected: int) -> Fraction:
    """Those registered in the six months, in percent of those expected; not rounded.

    UsageError where none is expected.
    """
    for fault in rate_faults(registered, expected):
        raise UsageError(fault)
    return Fraction(registered * 100, expected)


def rate_faults(registered: int, expected: int) -> Iterator[Message]:
    """Everything that is wrong with the two counts of a rate."""
    if registered < 0:
        yield Message(NO_REGISTERED, {"value": registered})
    if expected <= 0:
        yield Message(NO_EXPECTED, {"value": expected})


@rule("qualifica-cut")
def measured_on(on: date, rules: RuleSet) -> date:
    """The last day of measurement that has come."""
    june, december = (rules.day(f"{each}_measurement", on.year) for each in ("first", "second"))
    if on >= december:
        return december
    return june if on >= june else rules.day("second_measurement", on.year - 1)
