"""Deadlines by the Code of Administrative Procedure (CPA 2015, arts. 87-88), and in plain days.

Working days: the event's day is not counted (87/b); Saturdays, Sundays and holidays stop the
count (87/c); 24 or 48 hours are one or two days (87/e); a deadline that ends on a day when the
service is closed moves to the next working day on which it is open (87/f), and a tolerância de
ponto closes it (87/g) without stopping the count. A deadline fixed by law at more than six
months is continuous (87/d). Residents outside the mainland get days before the count (88).

Calendar days ("dias seguidos") and months are for regulations that say so; both end, and move,
in the same way. Every day passed over is named. No function here reads the clock.
"""

from __future__ import annotations

import calendar as months_of
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from portaria.core.calendars.distance import (
    ExtraDays,
    Residence,
    extra_days_for,
)
from portaria.core.calendars.municipal import (
    AfterEaster,
    EveryYear,
    MunicipalHoliday,
    OnDates,
    checked_day,
    known_municipalities,
    municipal_holiday,
)
from portaria.core.calendars.service import (
    FIRST_YEAR,
    LAST_YEAR,
    MunicipalReading,
    ServiceCalendar,
    SkippedDay,
    SkipReason,
    national_holidays,
)
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "NATIONAL",
    "AfterEaster",
    "Deadline",
    "EveryYear",
    "ExtraDays",
    "MunicipalHoliday",
    "MunicipalReading",
    "OnDates",
    "Residence",
    "ServiceCalendar",
    "SkipReason",
    "SkippedDay",
    "Unit",
    "add_days",
    "add_months",
    "days_of_hours",
    "extra_days_for",
    "is_open",
    "is_working_day",
    "known_municipalities",
    "latest_before",
    "months_before",
    "months_later",
    "municipal_holiday",
    "national_holidays",
    "service_calendar",
    "working_days_between",
]

NATIONAL = ServiceCalendar()
"""National holidays only: no municipal holiday, no closure."""

FEW_MONTHS = declare(
    "deadline-few-months",
    "a deadline fixed by law at {months} months is not continuous (CPA 87/c-d) and how its months "
    "are counted is not settled; give it in working days",
)
NO_DAYS = declare("deadline-hours", "CPA 87/e makes days of 24 and 48 hours only, not of {hours}")
LENGTHS = {
    "length": declare(
        "deadline-length", "the length of a deadline is {value}; give from {least} to {most}"
    ),
    "extra days": declare(
        "deadline-extra", "the extra days of a deadline are {value}; give from {least} to {most}"
    ),
}
ONE_DAY = timedelta(days=1)
LONGEST = (date(LAST_YEAR, 12, 31) - date(FIRST_YEAR, 1, 1)).days


def service_calendar(
    municipal: Iterable[date] = (),
    closures: Iterable[date] = (),
    reading: str = MunicipalReading.STOPS_COUNT,
    municipality: str | None = None,
) -> ServiceCalendar:
    """The calendar of a service whose municipal holidays are given one by one, or known by the name
    of its municipality, and of its other closed days. UsageError for a municipality not known."""
    days = frozenset(municipal)
    holidays: list[MunicipalHoliday] = [OnDates(days)] if days else []
    if municipality is not None:
        holidays.append(municipal_holiday(municipality))
    return ServiceCalendar(tuple(holidays), frozenset(closures), MunicipalReading(reading))


class Unit(StrEnum):
    """How the days of a deadline are counted."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


@dataclass(frozen=True)
class Deadline:
    """The last day for an act, and how it was found.

    `days` (after `extra_days` of art. 88) are counted in `unit` from `start`, whose own day is
    not counted; backwards for `latest_before`. `skipped` are, in the order of the count, the days
    that stopped it and those on which the deadline could not end; `moved_from` is the day it
    would have ended on, None when it did not move. `alternative_last_day` is the last day under
    the other reading of the municipal holiday, None when both give the same.
    """

    start: date
    days: int
    last_day: date
    skipped: tuple[SkippedDay, ...]
    moved_from: date | None
    unit: Unit
    extra_days: int
    municipal_reading: MunicipalReading
    alternative_last_day: date | None


def add_days(
    start: date,
    days: int,
    calendar: ServiceCalendar = NATIONAL,
    *,
    unit: Unit = Unit.WORKING_DAYS,
    extra_days: int = 0,
    fixed_by_law: bool = False,
) -> Deadline:
    """The deadline of `days` after the event of `start`.

    `extra_days` (see `extra_days_for`) run before the count, counted like the deadline; this is a
    reading, the other is a `start` put off by as many calendar days. `fixed_by_law` applies 87/d:
    where `days` calendar days pass the day six months after `start`, they run without a stop.
    UsageError for fewer than one day, and for any day outside the known years.
    """
    _check(start, days, extra_days)
    if fixed_by_law and start + days * ONE_DAY > months_later(start, 6):
        unit = Unit.CALENDAR_DAYS
    return _both_readings(start, days, extra_days, unit, calendar, ONE_DAY)


def add_months(
    start: date,
    months: int,
    calendar: ServiceCalendar = NATIONAL,
    *,
    extra_days: int = 0,
    fixed_by_law: bool = False,
) -> Deadline:
    """The deadline of `months` after `start`, continuous: the same day of the last month, or
    that month's last day where it has none (Civil Code 279/c).

    The answer's `days` are the calendar days of those months. `fixed_by_law` refuses six months
    or fewer, as a UsageError: weekends and holidays stop them (87/c), and the code does not say
    how to count months that stop.
    """
    _check(start, months, extra_days)
    if fixed_by_law and months <= 6:
        raise UsageError(Message(FEW_MONTHS, {"months": months}))
    first = start + extra_days * ONE_DAY
    days = (months_later(first, months) - first).days
    return _both_readings(start, days, extra_days, Unit.CALENDAR_DAYS, calendar, ONE_DAY)


def latest_before(
    event: date,
    days: int,
    calendar: ServiceCalendar = NATIONAL,
    *,
    unit: Unit = Unit.WORKING_DAYS,
) -> Deadline:
    """The last day to act when `days` must pass before `event`: "at least 5 days before".

    The event's day is not counted; a closed day moves *back*, since forward would come too late.
    """
    _check(event, days, 0)
    return _both_readings(event, days, 0, unit, calendar, -ONE_DAY)


def months_before(event: date, months: int, calendar: ServiceCalendar = NATIONAL) -> Deadline:
    """The last day to act "at least `months` before" `event`; a closed day moves back."""
    _check(event, months, 0)
    days = (event - months_later(event, -months)).days
    return _both_readings(event, days, 0, Unit.CALENDAR_DAYS, calendar, -ONE_DAY)


def days_of_hours(hours: int) -> int:
    """The days that a deadline in hours stands for (87/e): 24 is 1, 48 is 2, no other is known."""
    if hours not in (24, 48):
        raise UsageError(Message(NO_DAYS, {"hours": hours}))
    return hours // 24


def is_working_day(day: date, calendar: ServiceCalendar = NATIONAL) -> bool:
    """Whether `day` is counted. A closure is: it only keeps a deadline from ending there."""
    return calendar.not_counted(checked_day(day, "day")) is None


def is_open(day: date, calendar: ServiceCalendar = NATIONAL) -> bool:
    """Whether a deadline may end on `day`."""
    return calendar.closed(checked_day(day, "day")) is None


def working_days_between(start: date, end: date, calendar: ServiceCalendar = NATIONAL) -> int:
    """The working days after `start`, up to `end` and with it; 0 when `end` is not later."""
    span = range(1, (checked_day(end, "end") - checked_day(start, "start")).days + 1)
    return sum(calendar.not_counted(start + n * ONE_DAY) is None for n in span)


def _both_readings(
    start: date,
    days: int,
    extra_days: int,
    unit: Unit,
    calendar: ServiceCalendar,
    step: timedelta,
) -> Deadline:
    last_day, skipped, moved_from = _count(start, days + extra_days, unit, calendar, step)
    reading = calendar.municipal_reading
    alternative = last_day
    if calendar.municipal:
        other = replace(calendar, municipal_reading=reading.other)
        alternative, _, _ = _count(start, days + extra_days, unit, other, step)
    return Deadline(
        start=start,
        days=days,
        last_day=last_day,
        skipped=skipped,
        moved_from=moved_from,
        unit=unit,
        extra_days=extra_days,
        municipal_reading=reading,
        alternative_last_day=None if alternative == last_day else alternative,
    )


def _count(
    start: date, days: int, unit: Unit, calendar: ServiceCalendar, step: timedelta
) -> tuple[date, tuple[SkippedDay, ...], date | None]:
    """The last day, the days passed over, and the day the deadline moved from."""
    skipped: list[SkippedDay] = []
    walk = _walk(start, step)
    nominal, left = start, days
    while left:
        nominal = next(walk)
        stop = calendar.not_counted(nominal)
        if stop and unit is Unit.WORKING_DAYS:
            skipped.append(stop)
        else:
            left -= 1
    last_day = nominal
    while closed := calendar.closed(last_day):
        skipped.append(closed)
        last_day = next(walk)
    return last_day, tuple(skipped), None if last_day == nominal else nominal


def _walk(start: date, step: timedelta) -> Iterator[date]:
    """The days after `start` one by one, or those before it."""
    day = start
    while True:
        day += step
        yield day


def months_later(day: date, months: int) -> date:
    """The same day `months` later (earlier if negative), or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, months_of.monthrange(year, month + 1)[1]))


def _check(start: date, length: int, extra_days: int) -> None:
    checked_day(start, "start")
    national_holidays(start.year)
    for name, value, least in (("length", length, 1), ("extra days", extra_days, 0)):
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"the {name} of a deadline is {value!r}; give a whole number")
        if not least <= value <= LONGEST:
            params = {"value": value, "least": least, "most": LONGEST}
            raise UsageError(Message(LENGTHS[name], params))
