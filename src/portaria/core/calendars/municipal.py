"""Municipal holidays as data: single dates, a day of every year, or days counted from Easter.

The caller usually brings them. A few municipalities whose rule has a source are packaged in
`municipal_holidays.toml`; any other is refused. Districts, as the `holidays` package models
them, are never used: they give the holiday of the district capital to every town.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from portaria.core.errors import ConfigurationError, UsageError
from portaria.core.messages import Message, declare

NOT_PACKAGED = declare(
    "municipality-unknown",
    "the municipal holiday of {name} is not known here; give its dates, or one of: {known}",
)


@dataclass(frozen=True)
class OnDates:
    """Holidays given one by one, as a service publishes them for a year."""

    dates: frozenset[date]
    name: str = ""

    def __post_init__(self) -> None:
        for day in self.dates:
            checked_day(day, "municipal holiday")

    def falls_on(self, day: date) -> bool:
        """Whether `day` is one of the dates."""
        return day in self.dates


@dataclass(frozen=True)
class EveryYear:
    """A holiday on the same day of every year. UsageError for a day that is not in the year."""

    month: int
    day: int
    name: str = ""

    def __post_init__(self) -> None:
        try:
            date(2000, self.month, self.day)  # a leap year: 29 February is a day
        except (ValueError, TypeError):
            raise UsageError(f"there is no day {self.day} of month {self.month}") from None

    def falls_on(self, day: date) -> bool:
        """Whether `day` is the holiday of its year."""
        return (day.month, day.day) == (self.month, self.day)


@dataclass(frozen=True)
class AfterEaster:
    """A moveable holiday, `days` after Easter Sunday (39 is Ascension Thursday).

    UsageError where `days` could leave the year of that Easter.
    """

    days: int
    name: str = ""

    def __post_init__(self) -> None:
        if not -80 <= self.days <= 250:
            raise UsageError(f"a holiday is from -80 to 250 days after Easter, not {self.days}")

    def falls_on(self, day: date) -> bool:
        """Whether `day` is the holiday of its year."""
        return day == easter_sunday(day.year) + timedelta(days=self.days)


MunicipalHoliday = OnDates | EveryYear | AfterEaster


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the anonymous algorithm."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    moon -= (year % 19 + 11 * moon) // 319
    weekday = (2 * (century % 4) + 2 * (rest // 4) - rest % 4 - moon + 32) % 7
    month = (moon + weekday + 90) // 25
    return date(year, month, (moon + weekday + month + 19) % 32)


def municipal_holiday(municipality: str) -> MunicipalHoliday:
    """The packaged holiday of a municipality, by its Portuguese name; UsageError if unknown."""
    known = _packaged()
    found = known.get(municipality.casefold())
    if found is None:
        params = {"name": municipality, "known": ", ".join(known_municipalities())}
        raise UsageError(Message(NOT_PACKAGED, params))
    return found


def known_municipalities() -> tuple[str, ...]:
    """The names that `municipal_holiday` knows, sorted."""
    return tuple(sorted(_rows()))


def source_of(municipality: str) -> str:
    """Where the packaged rule of a municipality was read; UsageError if unknown."""
    municipal_holiday(municipality)
    by_key = {name.casefold(): row for name, row in _rows().items()}
    return str(by_key[municipality.casefold()]["source"])


def checked_day(day: date, name: str) -> date:
    """`day` itself; TypeError for a moment (a datetime) or anything else than a date."""
    if isinstance(day, datetime) or not isinstance(day, date):
        raise TypeError(f"the {name} is {day!r}; give a date without a time")
    return day


@lru_cache(maxsize=1)
def _rows() -> Mapping[str, Mapping[str, Any]]:
    text = files(__package__).joinpath("municipal_holidays.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text)["municipality"])


@lru_cache(maxsize=1)
def _packaged() -> Mapping[str, MunicipalHoliday]:
    return {name.casefold(): _holiday(name, row) for name, row in _rows().items()}


def _holiday(municipality: str, row: Mapping[str, Any]) -> MunicipalHoliday:
    """One row of the file: a `month_day` or an `after_easter`, never both, and a source."""
    if not row.get("source") or ("month_day" in row) == ("after_easter" in row):
        raise ConfigurationError(
            f"municipal_holidays.toml: {municipality} needs a source and one of month_day, "
            "after_easter"
        )
    if "after_easter" in row:
        return AfterEaster(row["after_easter"], row["name"])
    month, day = map(int, row["month_day"].split("-"))
    return EveryYear(month, day, row["name"])
