"""A class, or many of them: typed tables with their settings and the readings in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from portaria.core.deadline import ServiceCalendar, service_calendar
from portaria.core.rule_set import RuleSet


@dataclass(frozen=True)
class Course:
    """`frames`: the tables by name; each has a column `class`, and `anniversary`, the first day of
    the second course year of its class. `classes`: one row a class, with its own settings.

    `cutoffs`: the percents from which levels 2 to 5 begin; days are those of the school.
    """

    rules: RuleSet
    cutoffs: tuple[int, ...]
    municipal: frozenset[date]
    closures: frozenset[date]
    classes: pl.DataFrame
    frames: Mapping[str, pl.DataFrame]

    @property
    def students(self) -> pl.DataFrame:
        """Class, student, name, birth_date, next_path."""
        return self.frames["students"]

    @property
    def subjects(self) -> pl.DataFrame:
        """Class, subject, component, planned minutes of both years, minutes of a lesson."""
        return self.frames["subjects"]

    @property
    def absences(self) -> pl.DataFrame:
        """Class, student, subject, date, minutes, justified, cause."""
        return self.frames["absences"]

    @property
    def many(self) -> bool:
        """Whether the folder names its classes."""
        return self.classes["class"].to_list() != [""]

    @property
    def calendar(self) -> ServiceCalendar:
        """The days on which the school works."""
        return service_calendar(self.municipal, self.closures, self.rules.readings["municipal_day"])

    def takes(self, reading: str, choice: str) -> bool:
        """Whether a reading is this choice."""
        return self.rules.takes(reading, choice)

    def year_of(self, day: pl.Expr) -> pl.Expr:
        """The course year of a day, in a frame with `anniversary`: 2 from that day on."""
        # The column stands first: before a constant one, Polars 2.1 loses the height of a literal.
        second = pl.col("anniversary")
        return pl.when(second <= day).then(2).when(second > day).then(1)


def anniversary(day: date) -> date:
    """A year later, the first day of the second course year; 29 February has its on the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28)
