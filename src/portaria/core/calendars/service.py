"""The calendar of one service: which days stop a count, and on which days it is closed.

Two questions that must not be mixed (CPA 87/c, 87/f-g): Saturdays, Sundays and holidays *stop
the count*; a closure (tolerância de ponto, whole or part of a day) is counted, but no deadline
can end on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from holidays.constants import PUBLIC
from holidays.countries.portugal import Portugal

from portaria.core.calendars.municipal import MunicipalHoliday, checked_day
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare

UNKNOWN_YEAR = declare(
    "calendar-unknown-year",
    "working days are known from {first} to {last}; a day of {year} is needed",
)
FIRST_YEAR, LAST_YEAR = 2008, 2027
"""The years whose national holidays were checked one by one; others are refused."""

SATURDAY, SUNDAY = 5, 6


class SkipReason(StrEnum):
    """Why a day was not counted, or why a deadline could not end on it."""

    SATURDAY = "saturday"
    SUNDAY = "sunday"
    NATIONAL_HOLIDAY = "national_holiday"
    MUNICIPAL_HOLIDAY = "municipal_holiday"
    CLOSURE = "closure"


class MunicipalReading(StrEnum):
    """What the municipal holiday of the seat does to a deadline (CPA 87/c says "feriados")."""

    STOPS_COUNT = "stops-count"
    """Default: it is a holiday like the others, so it is not counted."""
    CLOSES_ONLY = "closes-only"
    """Only national holidays stop the count; on its own holiday the service is closed."""

    @property
    def other(self) -> MunicipalReading:
        """The alternative to this reading."""
        return self.CLOSES_ONLY if self is self.STOPS_COUNT else self.STOPS_COUNT


@dataclass(frozen=True)
class SkippedDay:
    """A day passed over. `name` is the holiday's Portuguese name, a weekend's too where it has
    one, or empty."""

    date: date
    reason: SkipReason
    name: str = ""


@dataclass(frozen=True)
class ServiceCalendar:
    """The closed days of the service before which the act is done.

    `municipal` are the holidays of the municipality of its seat, `closures` the days on which it
    is otherwise closed: tolerâncias de ponto and the days it does not open to the public.
    """

    municipal: tuple[MunicipalHoliday, ...] = ()
    closures: frozenset[date] = frozenset()
    municipal_reading: MunicipalReading = MunicipalReading.STOPS_COUNT

    def __post_init__(self) -> None:
        for day in self.closures:
            checked_day(day, "closure")

    def not_counted(self, day: date) -> SkippedDay | None:
        """Why `day` stops the count, or None for a working day. UsageError out of range."""
        national = national_holidays(day.year).get(day, "")
        if day.weekday() in (SATURDAY, SUNDAY):
            name = national or self._municipal_name(day) or ""
            weekend = SkipReason.SATURDAY if day.weekday() == SATURDAY else SkipReason.SUNDAY
            return SkippedDay(day, weekend, name)
        if national:
            return SkippedDay(day, SkipReason.NATIONAL_HOLIDAY, national)
        if self.municipal_reading is MunicipalReading.STOPS_COUNT:
            return self._on_municipal_holiday(day)
        return None

    def closed(self, day: date) -> SkippedDay | None:
        """Why no deadline can end on `day`, or None when the service is open."""
        if skipped := self.not_counted(day) or self._on_municipal_holiday(day):
            return skipped
        return SkippedDay(day, SkipReason.CLOSURE) if day in self.closures else None

    def _on_municipal_holiday(self, day: date) -> SkippedDay | None:
        name = self._municipal_name(day)
        if name is None:
            return None
        return SkippedDay(day, SkipReason.MUNICIPAL_HOLIDAY, name)

    def _municipal_name(self, day: date) -> str | None:
        return next((h.name for h in self.municipal if h.falls_on(day)), None)


@lru_cache(maxsize=LAST_YEAR - FIRST_YEAR + 1)
def national_holidays(year: int) -> Mapping[date, str]:
    """The mandatory national holidays of a year, with their Portuguese names.

    Carnival, 24, 26 and 31 December are no holidays: they are closures when granted. UsageError
    for a year outside those that were checked.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        params = {"first": str(FIRST_YEAR), "last": str(LAST_YEAR), "year": str(year)}
        raise UsageError(Message(UNKNOWN_YEAR, params))
    found = Portugal(years=year, expand=False, categories=(PUBLIC,), language="pt_PT")
    return MappingProxyType(dict(sorted(found.items())))
