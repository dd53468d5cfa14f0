"""The tables of a class, as people write them. Columns are a contract: add, never rename.

Every table may have a column `class`: then one folder holds many classes, which a table `classes`
may describe one by one.
"""

from __future__ import annotations

import dataframely as dy

from portaria.tables.folder import TableSpec
from portaria.tables.schema import OPTIONAL, Table, decimal, flag

SCHOOL = ("sociocultural", "scientific", "technological")
"""The components taught at school; the practical one has no subjects."""
COMPONENTS = (*SCHOOL, "practical")
GENERAL = SCHOOL[:2]
PATHS = ("professional", "scientific", "none")
CAUSES = ("ordinary", "sent_out", "suspension")
ORGANISED = ("units", "domains")
RESULTS = ("satisfaz", "nao_satisfaz", "not_done")
OTHER_PATHS = ("possible", "impossible", "redirected")
PRACTICAL = COMPONENTS[-1]
MOST_MINUTES = 10_000_000


def of_class() -> dy.String:
    """The class of a row; a folder of one class may leave the column out."""
    return dy.String(nullable=True, metadata=OPTIONAL, alias="class")


def minutes(least: int = 0) -> dy.Integer:
    """A number of minutes."""
    return dy.Integer(min=least, max=MOST_MINUTES)


def level() -> dy.Integer:
    """A published level."""
    return dy.Integer(nullable=True, min=1, max=5)


def percent() -> dy.Decimal:
    """A percentage, exact."""
    return decimal(nullable=True, min=0, max=100)


class Classes(Table):
    """A class among many; what a row leaves empty is that of course.toml."""

    class_ = dy.String(primary_key=True, alias="class")
    start = dy.Date(nullable=True, metadata=OPTIONAL)
    school_year_start = dy.Date(nullable=True, metadata=OPTIONAL)
    technological_by = dy.Enum(ORGANISED, nullable=True, metadata=OPTIONAL)
    internship_minutes = dy.Integer(nullable=True, min=1, max=MOST_MINUTES, metadata=OPTIONAL)


class Students(Table):
    """`next_path`: where the student wants to go on after the course (18)."""

    class_ = of_class()
    student = dy.String()
    name = dy.String()
    birth_date = dy.Date()
    next_path = dy.Enum(PATHS)


class Subjects(Table):
    """A subject, or a technological domain with an attendance of its own."""

    class_ = of_class()
    subject = dy.String()
    component = dy.Enum(SCHOOL)
    planned_minutes_1 = minutes()
    planned_minutes_2 = minutes()
    lesson_minutes = minutes(1)


class Units(Table):
    """A module or a training unit; `catalogue`: the edition of the catalogue it is of."""

    class_ = of_class()
    unit = dy.String()
    subject = dy.String()
    domain = dy.String(nullable=True, metadata=OPTIONAL)
    planned_minutes = minutes()
    catalogue = dy.String(nullable=True, metadata=OPTIONAL)
    done = flag()


class UnitGrades(Table):
    """At most one of level and percent; no row is no grade."""

    class_ = of_class()
    student = dy.String()
    unit = dy.String()
    level = level()
    percent = percent()


class Absences(Table):
    """One row a lesson missed, or a part of it."""

    class_ = of_class()
    student = dy.String()
    subject = dy.String()
    date = dy.Date()
    minutes = minutes(1)
    justified = flag()
    cause = dy.Enum(CAUSES)


class Internship(Table):
    """`justified_minutes`: part of those absent; those made up count up to them (24/5)."""

    class_ = of_class()
    student = dy.String()
    absent_minutes = minutes()
    justified_minutes = minutes()
    made_up_minutes = minutes()
    level = level()


class Paf(Table):
    """The final assessment; absent and justified with a grade: the second date."""

    class_ = of_class()
    student = dy.String()
    level = level()
    percent = percent()
    absent = flag()
    justified = flag()


class Recoveries(Table):
    """12: one row a recovery measure of a student in a subject. What is blank is not known yet;
    `effective` and `possible` hold unless the row says no."""

    class_ = of_class()
    student = dy.String()
    subject = dy.String()
    recorded_on = dy.Date()
    told_on = dy.Date(nullable=True)
    result = dy.Enum(RESULTS, nullable=True)
    attends = dy.Bool(nullable=True)
    effective = dy.Bool(metadata={"blank": True})
    possible = dy.Bool(metadata={"blank": True})


class Exclusions(Table):
    """12/19: one row a decision of the class council; no subject: the practical component."""

    class_ = of_class()
    student = dy.String()
    subject = dy.String(metadata={"blank": PRACTICAL})
    decided_on = dy.Date()
    other_path = dy.Enum(OTHER_PATHS)
    redirected_on = dy.Date(nullable=True)
    recovery_worked = flag()
    school_fault = flag()


TABLES: dict[str, TableSpec] = {
    "classes": TableSpec(Classes, required=False),
    "students": TableSpec(Students),
    "subjects": TableSpec(Subjects),
    "units": TableSpec(Units),
    "unit_grades": TableSpec(UnitGrades),
    "absences": TableSpec(Absences),
    "internship": TableSpec(Internship),
    "paf": TableSpec(Paf),
    "recoveries": TableSpec(Recoveries, required=False),
    "exclusions": TableSpec(Exclusions, required=False),
}
KEYS: dict[str, tuple[str, ...]] = {
    "students": ("class", "student"),
    "subjects": ("class", "subject"),
    "units": ("class", "unit"),
    "unit_grades": ("class", "student", "unit"),
    "internship": ("class", "student"),
    "paf": ("class", "student"),
    "recoveries": ("class", "student", "subject", "recorded_on"),
    "exclusions": ("class", "student", "subject"),
}
LINKS = (
    ("units", "subject", "subjects"),
    ("unit_grades", "student", "students"),
    ("unit_grades", "unit", "units"),
    ("absences", "student", "students"),
    ("absences", "subject", "subjects"),
    ("internship", "student", "students"),
    ("paf", "student", "students"),
    ("recoveries", "student", "students"),
    ("recoveries", "subject", "subjects"),
    ("exclusions", "student", "students"),
    ("exclusions", "subject", "subjects"),
)
"""Table, column, and the table that must have it, in the same class."""
