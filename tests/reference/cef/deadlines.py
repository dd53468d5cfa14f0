"""Every deadline of the regulation, by name. Working days by the Code of Administrative Procedure
(arts. 87-88); hours by the clock where the regulation is its own master.

An answer has `name`, `clause`, `start`, `not_before`, `by` and `remind_on`: days, or moments where
the clock counts; None for what a deadline does not have.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from portaria.core.deadline import (
    MunicipalReading,
    OnDates,
    ServiceCalendar,
    Unit,
    add_days,
    is_open,
    is_working_day,
    latest_before,
    months_before,
)

from .readings import choose

TWO_DAYS, ONE_DAY = timedelta(hours=48), timedelta(days=1)

NAMES = {
    "meeting-notice": "8/3",
    "second-meeting": "8/4",
    "minutes": "8/8",
    "recovery-notice": "12/7",
    "recovery-definition": "12/8",
    "test-return": "13/5",
    "grade-sheets": "13/10",
    "module-recovery": "14/2",
    "paf-matrix": "29/2",
    "paf-appeal": "33/3",
    "paf-absence": "34/1",
}
WORKING_DAYS = {
    "minutes": 2,
    "recovery-notice": 5,
    "recovery-definition": 5,
    "paf-appeal": 2,
    "paf-absence": 2,
}


def calendar_of(
    municipal: Iterable[date], closures: Iterable[date], reading: str
) -> ServiceCalendar:
    """The days on which the school is closed."""
    days = frozenset(municipal)
    holidays = (OnDates(days),) if days else ()
    return ServiceCalendar(holidays, frozenset(closures), MunicipalReading(reading))


def within(start: date, days: int, calendar: ServiceCalendar) -> date:
    """The last of so many working days after `start`."""
    return add_days(start, days, calendar).last_day


def deadline(
    name: str,
    start: date | datetime,
    municipal: Iterable[date] = (),
    closures: Iterable[date] = (),
    next_test: date | None = None,
    readings: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """`start`: the event's day or moment: the notice sent, the failed meeting, the meeting (of
    minutes and grade sheets), the day recorded or told, the test, the PAF, its posting."""
    if name not in NAMES:
        raise ValueError(f"unknown deadline {name!r}; known: {sorted(NAMES)}")
    chosen = choose(readings or {})
    calendar = calendar_of(municipal, closures, chosen["municipal_day"])
    day = start.date() if isinstance(start, datetime) else start
    if name in WORKING_DAYS:
        found = {"by": within(day, WORKING_DAYS[name], calendar)}
    elif name == "meeting-notice":
        found = {"not_before": _earliest_meeting(start, day, calendar, chosen)}
    elif name == "second-meeting":
        found = _second_meeting(start, day, calendar, chosen)
    elif name == "test-return":
        found = {"by": _test_return(day, next_test, calendar)}
    elif name == "grade-sheets":
        found = _grade_sheets(start, day, calendar, chosen)
    elif name == "module-recovery":
        found = {"by": _second_chance(day, calendar, chosen)}
    else:
        found = {"by": months_before(day, 1, calendar).last_day}
    empty = {"not_before": None, "by": None, "remind_on": None}
    return {"name": name, "clause": NAMES[name], "start": start, **empty, **found}


def notice(
    sent: datetime, meeting: datetime, calendar: ServiceCalendar, readings: Mapping[str, str]
) -> dict[str, Any]:
    """8/3: 48 hours of the clock; `two_days` is the count of the law (CPA 87/e), `safe_from` the
    first open day after it. Short of that, a notice good by the clock brings a warning."""
    two_days = within(sent.date(), 2, calendar)
    by_clock, by_days = meeting - sent >= TWO_DAYS, meeting.date() > two_days
    return {
        "hours": (meeting - sent) // timedelta(hours=1),
        "valid": by_clock if readings["notice"] == "clock" else by_clock and by_days,
        "warning": by_clock and not by_days,
        "two_days": two_days,
        "safe_from": within(two_days, 1, calendar),
    }


def _earliest_meeting(
    sent: date | datetime, day: date, calendar: ServiceCalendar, readings: Mapping[str, str]
) -> date | datetime:
    """By the clock 48 hours on; by days the first working day after two of them."""
    if readings["notice"] == "days":
        return within(within(day, 2, calendar), 1, calendar)
    return sent + TWO_DAYS


def _second_meeting(
    failed: date | datetime, day: date, calendar: ServiceCalendar, readings: Mapping[str, str]
) -> dict[str, Any]:
    """8/4 is special: 8/3 does not apply. At least 24 hours (CPA 29/2), at most two days."""
    first = failed + ONE_DAY if readings["second_notice"] == "day" else failed
    last = within(day, 2, calendar) if readings["second_meeting"] == "days" else failed + TWO_DAYS
    return {"not_before": first, "by": last}


def _test_return(day: date, next_test: date | None, calendar: ServiceCalendar) -> date:
    """13/5: fifteen working days, and always before the day of the next test."""
    last = within(day, 15, calendar)
    if next_test is None:
        return last
    return min(last, latest_before(next_test, 1, calendar, unit=Unit.CALENDAR_DAYS).last_day)


def _second_chance(day: date, calendar: ServiceCalendar, readings: Mapping[str, str]) -> date:
    """14/2 only prefers fifteen days: the last of them stays where it falls, open or not."""
    left = 15
    while left:
        day += ONE_DAY
        left -= readings["module_days"] == "calendar" or is_working_day(day, calendar)
    return day


def _grade_sheets(
    meeting: date | datetime, day: date, calendar: ServiceCalendar, readings: Mapping[str, str]
) -> dict[str, Any]:
    """13/10: before the meeting; the reminder is for the last open day that is not later."""
    if readings["grade_sheets"] == "days":
        last = latest_before(day, 2, calendar).last_day
        return {"by": last, "remind_on": last}
    by = meeting - TWO_DAYS
    remind = by.date() if isinstance(by, datetime) else by
    while not is_open(remind, calendar):
        remind -= ONE_DAY
    return {"by": by, "remind_on": remind}
