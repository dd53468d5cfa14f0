"""The plan of a type 2 course: subjects, units, and the days on which lessons are held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from portaria.core.deadline import is_working_day
from portaria.regulations.cef.generate.sources import Ints, data

HOUR = 60


@dataclass(frozen=True)
class Subject:
    """`planned`: the minutes of both years; `units`: the minutes of each of its units."""

    subject: str
    component: str
    planned: tuple[int, int]
    units: tuple[int, ...]

    def lessons(self, year: int) -> int:
        """How many whole lessons are held in year 1 or 2."""
        return self.planned[year - 1] // lesson_minutes()

    @property
    def units_of_year_1(self) -> int:
        """How many units are done when year 1 ends."""
        return len(self.units) * self.planned[0] // sum(self.planned)


def lesson_minutes() -> int:
    """The minutes of a lesson, of every subject."""
    return int(data("plan")["lesson_minutes"])


@cache
def subjects() -> tuple[Subject, ...]:
    """The subjects in the order of the plan; general ones have modules of equal minutes."""
    found = []
    for row in data("plan")["subjects"]:
        total = row["hours"] * HOUR
        first = total * row["share_1"] // 100
        units = [hours * HOUR for hours in row.get("units", ())]
        units = units or [total // row["modules"]] * row["modules"]
        found.append(
            Subject(row["subject"], row["component"], (first, total - first), tuple(units))
        )
    return tuple(found)


def subject_rows() -> pl.DataFrame:
    """The table subjects of one class."""
    return pl.DataFrame(
        [(s.subject, s.component, *s.planned, lesson_minutes()) for s in subjects()],
        schema=["subject", "component", "planned_minutes_1", "planned_minutes_2", "lesson_minutes"],
        orient="row",
    )


def unit_rows() -> pl.DataFrame:
    """The table units of one class, in the order of the plan; all of them done."""
    return pl.DataFrame(
        [
            (unit, subject.subject, _domain(subject), minutes, data("plan")["catalogue"], True)
            for subject in subjects()
            for unit, minutes in zip(unit_names(subject), subject.units, strict=True)
        ],
        schema=["unit", "subject", "domain", "planned_minutes", "catalogue", "done"],
        orient="row",
    )


def _domain(subject: Subject) -> str | None:
    return subject.subject if subject.component == "technological" else None


def unit_names(subject: Subject) -> Iterator[str]:
    """M01-1 for the first module of the first subject, U09-1 for the first training unit."""
    letter = "U" if subject.component == "technological" else "M"
    number = subjects().index(subject) + 1
    return (f"{letter}{number:02}-{unit}" for unit in range(1, len(subject.units) + 1))


@cache
def school_days(year: int) -> NDArray[np.datetime64]:
    """The days with lessons of year 1 or 2."""
    calendar = data("plan")["calendar"]
    day, last = calendar["lessons_from"][year - 1], calendar["lessons_until"][year - 1]
    found: list[date] = []
    while day <= last:
        held = not any(first <= day <= end for first, end in calendar["breaks"])
        if held and is_working_day(day):
            found.append(day)
        day += timedelta(days=1)
    return np.array(found, "datetime64[D]")


def lesson_days(number: int, year: int) -> Ints:
    """The place among the school days of each lesson of a subject (by its place in the plan): even
    over the year, and not all subjects on the same days."""
    lessons, days = subjects()[number].lessons(year), len(school_days(year))
    if not lessons:
        return np.zeros(0, np.int64)
    shift = number * days // (len(subjects()) * lessons)
    return np.minimum(np.arange(lessons) * days // lessons + shift, days - 1)
