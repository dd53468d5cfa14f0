"""Articles 87 and 88: days that count, days on which a deadline cannot end, days of distance.

An answer has `date`, `skipped` (rows of `date` and `reason`, in the order of the count), `start`,
`days`, `moved_from` (the day it would have ended on, None where it did not move) and `alternative`
(the date under the other reading of the municipal holiday, None where it is the same).
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from reference.reading import Reading, chosen

from .holidays import holidays
from .lengths import six_months_after

ONE = timedelta(days=1)
READINGS = {
    "municipal_day": Reading(
        "CPA 87/c",
        ("stops-count", "closes-only"),
        "the municipal holiday of the seat is a holiday like the others, or only a closed day",
    ),
    "distance_days": Reading(
        "CPA 88/1",
        ("counted", "calendar"),
        "days of distance: counted as the deadline's own, or a start put off by calendar days",
    ),
}


class Seat(NamedTuple):
    """The days of one service."""

    municipal: frozenset[date]
    closures: frozenset[date]
    stops: bool

    def stop(self, day: date) -> str:
        """87/c: why `day` does not count; "" where it does."""
        national = holidays(day.year).values()
        if day.isoweekday() > 5:
            return "saturday" if day.isoweekday() == 6 else "sunday"
        if day in national:
            return "national_holiday"
        return "municipal_holiday" if self.stops and day in self.municipal else ""

    def closed(self, day: date) -> str:
        """87/f-g: why no deadline ends on `day`; "" where one can."""
        if self.stop(day):
            return self.stop(day)
        if day in self.municipal:
            return "municipal_holiday"
        return "closure" if day in self.closures else ""


def add(
    start: date,
    days: int,
    municipal: Iterable[date] = (),
    closures: Iterable[date] = (),
    extra_days: int = 0,
    fixed_by_law: bool = False,
    policy: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The last day of `days` after `start`, whose own day does not count (87/b).

    `extra_days` come before it (88). `fixed_by_law`: beyond six months the count does not stop
    (87/d). ValueError for fewer than one day or a year that was not checked."""
    return _both(start, days, municipal, closures, extra_days, fixed_by_law, policy, ONE)


def before(
    event: date,
    days: int,
    municipal: Iterable[date] = (),
    closures: Iterable[date] = (),
    policy: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The last day to act "at least `days` before" `event`; a closed day moves back, since
    forward would come too late."""
    return _both(event, days, municipal, closures, 0, False, policy, -ONE)


def is_working(
    day: date, municipal: Iterable[date] = (), policy: Mapping[str, str] | None = None
) -> bool:
    """A closure is a working day too: it only keeps a deadline from ending there."""
    return not _seat(municipal, (), chosen(READINGS, policy)).stop(day)


def between(
    start: date,
    end: date,
    municipal: Iterable[date] = (),
    policy: Mapping[str, str] | None = None,
) -> int:
    """The working days after `start`, up to `end` and with it."""
    days = [start + n * ONE for n in range(1, (end - start).days + 1)]
    return sum(is_working(day, municipal, policy) for day in days)


def _both(
    start: date,
    days: int,
    municipal: Iterable[date],
    closures: Iterable[date],
    extra_days: int,
    fixed_by_law: bool,
    policy: Mapping[str, str] | None,
    step: timedelta,
) -> dict[str, Any]:
    readings = chosen(READINGS, policy)
    if days < 1 or extra_days < 0:
        raise ValueError(f"a deadline has at least one day, not {days} (+ {extra_days})")
    holidays(start.year)
    first, count = start, days + extra_days
    if readings["distance_days"] == "calendar":
        first, count = start + extra_days * ONE, days
    runs_on = fixed_by_law and start + days * ONE > six_months_after(start)
    seat = _seat(municipal, closures, readings)
    last, moved_from, skipped = _walk(first, count, seat, runs_on, step)
    other, _, _ = _walk(first, count, seat._replace(stops=not seat.stops), runs_on, step)
    return {
        "date": last,
        "skipped": [{"date": day, "reason": reason} for day, reason in skipped],
        "start": start,
        "days": days,
        "moved_from": moved_from,
        "alternative": None if other == last else other,
    }


def _seat(municipal: Iterable[date], closures: Iterable[date], readings: dict[str, str]) -> Seat:
    stops = readings["municipal_day"] == "stops-count"
    return Seat(frozenset(municipal), frozenset(closures), stops)


def _walk(
    start: date, count: int, seat: Seat, runs_on: bool, step: timedelta
) -> tuple[date, date | None, list[tuple[date, str]]]:
    """Day by day: first to the last that counts, then on to one that is open."""
    day, skipped = start, []
    while count:
        day += step
        if seat.stop(day) and not runs_on:
            skipped.append((day, seat.stop(day)))
        else:
            count -= 1
    nominal = day
    while seat.closed(day):
        skipped.append((day, seat.closed(day)))
        day += step
    return day, None if day == nominal else nominal, skipped
