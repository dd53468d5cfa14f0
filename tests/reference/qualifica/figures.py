"""The two percentages of annex I/2, which nobody publishes together: given, never shipped."""

from datetime import date
from fractions import Fraction
from typing import Any

NUTS = (2013, 2024)
DAYS = ((6, 30), (12, 31))


def points_above(region: Fraction, nation: Fraction, nuts: int) -> dict[str, Any]:
    """I/2/a: percent of people aged 20 to 59 without upper secondary, Census 2011, in the NUTS III
    and in the nation; `nuts`: the version whose regions the figure uses."""
    if nuts not in NUTS:
        raise ValueError(f"the version of NUTS III is one of {NUTS}, not {nuts}")
    for percent in (region, nation):
        if not 0 <= percent <= 100:
            raise ValueError(f"a percentage is from 0 to 100, not {percent}")
    return {"points_above": region - nation, "nuts": nuts}


def performance(registered: int, expected: int) -> Fraction:
    """I/2/b: those registered in the six months, in percent of those expected."""
    if expected <= 0 or registered < 0:
        raise ValueError(f"no rate of {registered} registered and {expected} expected")
    return Fraction(registered * 100, expected)


def measured_on(on: date) -> date:
    """I/2/b: the last 30 June or 31 December that has come."""
    days = [date(year, *day) for year in (on.year - 1, on.year) for day in DAYS]
    return max(day for day in days if day <= on)
