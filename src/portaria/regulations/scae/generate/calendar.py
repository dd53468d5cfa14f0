"""Days as numbers since 1970-01-01, seconds since then as local time, and the days of school."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np

from portaria.regulations.scae.generate.sources import Ints, Rng, network

DAY = 86_400
OPENS, OPEN_SECONDS = 8 * 3600, 23 * 1800  # the office: 8:00 to 19:30
FIRST_DAY, LAST_DAY = date(2022, 1, 3), date(2026, 12, 31)
SATURDAY = 5
GAP = 5
"""Days between two steps of one enrolment: more than any weekend with its holidays."""


def number(day: date) -> int:
    """The number of a day."""
    return day.toordinal() - date(1970, 1, 1).toordinal()


def weekday(days: Ints) -> Ints:
    """Monday is 0; the day 0 was a Thursday."""
    return (days + 3) % 7


@cache
def _working_days() -> Ints:
    """All days of work, in order."""
    days = np.arange(number(FIRST_DAY), number(LAST_DAY) + 1, dtype=np.int64)
    free = np.isin(days, [number(day) for day in network()["calendar"]["holidays"]])
    return days[~free & (weekday(days) < SATURDAY)]


def working(days: Ints) -> Ints:
    """The day itself, or the next one on which people work. Days GAP apart stay apart."""
    known = _working_days()
    found: Ints = known[np.searchsorted(known, days)]
    return found


def typed(days: Ints, rng: Rng) -> Ints:
    """Moments in office hours of those days (moved off weekends), mostly around midday."""
    both = rng.random(len(days)) + rng.random(len(days))
    return working(days) * DAY + OPENS + (both * (OPEN_SECONDS / 2)).astype(np.int64)


def first_of_month(year: int, month: int) -> int:
    """The day that begins a month, month 13 being the January after."""
    return number(date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1))


def middle_of_next_month(days: Ints) -> Ints:
    """The 13th of the month after each day."""
    months = days.astype("datetime64[D]").astype("datetime64[M]") + 1
    firsts: Ints = months.astype("datetime64[D]").astype(np.int64)
    return firsts + 12


@cache
def school_days(of_week: int) -> Ints:
    """The Mondays (0) to Fridays (4) of lessons: no holiday, no recess. In order."""
    days = _working_days()
    free = np.zeros(len(days), np.bool_)
    for first, last in network()["calendar"]["recesses"]:
        free |= (days >= number(first)) & (days <= number(last))
    found: Ints = days[~free & (weekday(days) == of_week)]
    return found
