"""Articles 21 and 29/1-2: when an internship ends, and which dates of internship and PAF fit.

An internship runs on the working days of the place where it is done, so a municipal holiday stops
it under every reading; a closure of the school does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from portaria.core.deadline import ServiceCalendar, SkippedDay, add_days, is_open, is_working_day
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rounding import divide_ceiling
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.cef.exam import PafDate, paf_date

ONE_DAY = timedelta(days=1)
DAY = 24 * 60
MOST_DAYS = 365

NOT_A_DAY = declare(
    "cef-internship-minutes-a-day", "{minutes} minutes a day; give a whole number from 1 to 1440"
)
NO_INTERNSHIP = declare(
    "cef-internship-length", "an internship of {minutes} minutes: it would take {count} days"
)
STARTS_CLOSED = declare(
    "cef-internship-first-day", "{day} is no working day; an internship begins on one"
)


@dataclass(frozen=True)
class Asked:
    """`minutes`: of the whole internship, None for those of the text. `school_ends`: the last day
    of lessons; `matrix_on`: the day the matrix is posted; None where they are not known."""

    minutes_a_day: int
    calendar: ServiceCalendar
    rules: RuleSet
    minutes: int | None = None
    school_ends: date | None = None
    matrix_on: date | None = None


@dataclass(frozen=True)
class Internship:
    """`days` of work from `first` to `last`; `skipped`: the days without. `conflicts`: before-june,
    after-15-july, before-school-ends."""

    first: date
    last: date
    days: int
    skipped: tuple[SkippedDay, ...]
    conflicts: tuple[str, ...]
    clause: str

    @property
    def fits(self) -> bool:
        """Whether nothing is against it."""
        return not self.conflicts


@dataclass(frozen=True)
class Pair:
    """An internship and a PAF."""

    internship: Internship
    paf: PafDate

    @property
    def conflicts(self) -> tuple[str, ...]:
        """What is against the two, first what is against the internship."""
        return (*self.internship.conflicts, *self.paf.conflicts)


@rule("internship-hours", "internship-months")
def internship(first: date, asked: Asked) -> Internship:
    """21/1: its last day, when so many minutes are worked each working day from `first`; 21/2:
    whether all of it lies from 1 June to 15 July, after the school part.

    UsageError for a first day that is no working day, for minutes that cannot be, and outside the
    years whose holidays are known.
    """
    days, count = _days(asked), _count(asked)
    if not is_working_day(first, days):
        raise UsageError(Message(STARTS_CLOSED, {"day": first}))
    rest = add_days(first, count - 1, days) if count > 1 else None
    last = rest.last_day if rest else first
    against = {
        "before-june": first < asked.rules.day("internship_first", first.year),
        "after-15-july": last > asked.rules.day("internship_last", first.year),
        "before-school-ends": asked.school_ends is not None and first <= asked.school_ends,
    }
    conflicts = tuple(code for code, stands in against.items() if stands)
    skipped = rest.skipped if rest else ()
    clause = asked.rules.clause("internship-months" if conflicts else "internship-hours")
    return Internship(first, last, count, skipped, conflicts, clause)


def pair(first: date, paf: date, asked: Asked) -> Pair:
    """An internship from `first` and a PAF on `paf`, with every conflict. UsageError as for
    `internship`."""
    return _pair(internship(first, asked), paf, asked)


def pairs(
    year: int, asked: Asked, first: date | None = None, paf: date | None = None
) -> tuple[Pair, ...]:
    """Every pair of a summer, in the order of the days: internships that begin on a working day in
    the months of 21/2, each with every open day of the preferred fortnight of 29/1; or only those
    with `first` as the internship's first day, or `paf` as the exam's, wherever they lie.

    Those that fit are those without `conflicts`; the others say why they do not. UsageError as for
    `internship`.
    """
    firsts = _firsts(year, asked) if first is None else (first,)
    days = _paf_days(year, asked) if paf is None else (paf,)
    internships = [internship(day, asked) for day in firsts]
    return tuple(_pair(found, day, asked) for found in internships for day in days)


def _firsts(year: int, asked: Asked) -> list[date]:
    days = _days(asked)
    return [day for day in _span(asked.rules, "internship", year) if is_working_day(day, days)]


def _paf_days(year: int, asked: Asked) -> list[date]:
    return [day for day in _span(asked.rules, "paf", year) if is_open(day, asked.calendar)]


def _pair(found: Internship, paf: date, asked: Asked) -> Pair:
    given = paf_date(paf, found.last, asked.calendar, asked.rules, matrix_on=asked.matrix_on)
    return Pair(found, given)


def _span(rules: RuleSet, name: str, year: int) -> Iterator[date]:
    day, last = rules.day(f"{name}_first", year), rules.day(f"{name}_last", year)
    while day <= last:
        yield day
        day += ONE_DAY


def _days(asked: Asked) -> ServiceCalendar:
    return ServiceCalendar(asked.calendar.municipal)


def _count(asked: Asked) -> int:
    """The days of work, the last one perhaps shorter."""
    a_day, minutes = asked.minutes_a_day, asked.minutes
    if not 1 <= a_day <= DAY:
        raise UsageError(Message(NOT_A_DAY, {"minutes": a_day}))
    if minutes is None:
        minutes = asked.rules.number("internship_hours") * 60
    count = divide_ceiling(minutes, a_day)
    if not 1 <= count <= MOST_DAYS:
        raise UsageError(Message(NO_INTERNSHIP, {"minutes": minutes, "count": count}))
    return count
