"""A class of the contract, typed: what the tables say once every cell is read.

Minutes are ints, levels 1 to 5, percents Fractions of 0 to 100, days dates.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

SCHOOL = ("sociocultural", "scientific", "technological")
COMPONENTS = (*SCHOOL, "practical")
GENERAL = ("sociocultural", "scientific")


@dataclass(frozen=True)
class Settings:
    """course.toml. `cutoffs`: the percents from which levels 2, 3, 4 and 5 begin."""

    start: date
    school_year_start: date
    cutoffs: tuple[int, ...]
    by_domains: bool
    internship_minutes: int
    municipal: frozenset[date]
    closures: frozenset[date]
    readings: Mapping[str, str]

    def year_of(self, day: date) -> int:
        """The course year of a day: 2 from the anniversary of `school_year_start` on."""
        return 2 if day >= anniversary(self.school_year_start) else 1

    def first_day(self, year: int) -> date:
        """Of the school year that is course year 1 or 2."""
        return self.school_year_start if year == 1 else anniversary(self.school_year_start)

    def last_day(self, year: int) -> date:
        return anniversary(self.first_day(year)) - timedelta(days=1)


@dataclass(frozen=True)
class Student:
    student: str
    name: str
    birth_date: date
    next_path: str


@dataclass(frozen=True)
class Subject:
    """`planned`: the minutes of year 1 and of year 2."""

    subject: str
    component: str
    planned: tuple[int, int]
    lesson_minutes: int

    @property
    def total(self) -> int:
        return sum(self.planned)


@dataclass(frozen=True)
class Unit:
    """`domain`: that of the table, or the subject."""

    unit: str
    subject: str
    domain: str
    done: bool


@dataclass(frozen=True)
class Grade:
    """A unit's grade, or one of the PAF: a level, a percent, or neither."""

    level: int | None
    percent: Fraction | None

    @property
    def given(self) -> bool:
        return self.level is not None or self.percent is not None


@dataclass(frozen=True)
class Absence:
    student: str
    subject: str
    date: date
    minutes: int
    justified: bool
    cause: str


@dataclass(frozen=True)
class Internship:
    absent: int
    justified: int
    made_up: int
    level: int | None


@dataclass(frozen=True)
class Paf:
    grade: Grade
    absent: bool
    justified: bool


@dataclass(frozen=True)
class Measure:
    """A recovery measure (12/1-18). None: not told, no result, or not known, yet."""

    student: str
    subject: str
    recorded_on: date
    told_on: date | None
    result: str | None
    attends: bool | None
    effective: bool
    possible: bool


@dataclass(frozen=True)
class Exclusion:
    """A decision of the class council (12/19). `subject`: "" for the practical component."""

    student: str
    subject: str
    decided_on: date
    other_path: str
    redirected_on: date | None
    recovery_worked: bool
    school_fault: bool


@dataclass(frozen=True)
class Course:
    """`grades` by student and unit; `internships` and `pafs` by student. All sorted by key.

    `measures`, `exclusions`: None where the class has no such table.
    """

    settings: Settings
    students: tuple[Student, ...]
    subjects: tuple[Subject, ...]
    units: tuple[Unit, ...]
    grades: Mapping[tuple[str, str], Grade]
    absences: tuple[Absence, ...]
    internships: Mapping[str, Internship]
    pafs: Mapping[str, Paf]
    measures: tuple[Measure, ...] | None = None
    exclusions: tuple[Exclusion, ...] | None = None

    def of(self, component: str) -> list[Subject]:
        """The subjects of a component; the practical one has none."""
        return [subject for subject in self.subjects if subject.component == component]

    def units_of(self, component: str) -> list[Unit]:
        names = {subject.subject for subject in self.of(component)}
        return [unit for unit in self.units if unit.subject in names]


def anniversary(day: date) -> date:
    """The same day a year later; 28 February for a 29th (Civil Code 279/c)."""
    if (day.month, day.day) == (2, 29):
        return date(day.year + 1, 2, 28)
    return day.replace(year=day.year + 1)
