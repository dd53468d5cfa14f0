"""The tables of a school system, as a source gives them. Columns are a contract: add, never rename.

Names are neutral: the adapter of a product (`rm`) makes these tables out of its own.
"""

from __future__ import annotations

import dataframely as dy

from portaria.tables.folder import TableSpec
from portaria.tables.schema import OPTIONAL, Table, flag

LEVELS = ("basic", "continuing")
COLUMNS = ("situation", "result")
TYPES = ("P", "S", "D")


class Classes(Table):
    """A class (turma) of a unit in an academic period; an empty `end` is a class still open."""

    class_ = dy.String(primary_key=True, alias="class")
    unit = dy.String(nullable=True)
    period = dy.String(nullable=True)
    code = dy.String(nullable=True, metadata=OPTIONAL)
    level = dy.Enum(LEVELS)
    course = dy.String(nullable=True)
    modality = dy.String(nullable=True)
    series = dy.String(nullable=True)
    state = dy.String(nullable=True)
    start = dy.Date(nullable=True)
    end = dy.Date(nullable=True)


class Enrolments(Table):
    """A period enrolment (matrícula no período letivo) as it stands today."""

    enrolment = dy.String(primary_key=True)
    student = dy.String()
    class_ = dy.String(nullable=True, alias="class")
    course = dy.String(nullable=True)
    series = dy.String(nullable=True)
    enrolled_on = dy.Date(nullable=True)
    situation = dy.String(nullable=True)
    result = dy.String(nullable=True)
    reference = dy.String(nullable=True)
    mobility_override = dy.Date(nullable=True)
    municipality = dy.String(nullable=True)
    complements = dy.String(nullable=True)


class Movements(Table):
    """The log of an enrolment: one row a change of its situation or result."""

    enrolment = dy.String(primary_key=True)
    seq = dy.Integer(primary_key=True)
    at = dy.Datetime()
    column = dy.Enum(COLUMNS)
    from_ = dy.String(nullable=True, alias="from")
    to = dy.String(nullable=True)
    class_ = dy.String(nullable=True, alias="class")


class ClassDisciplines(Table):
    """A discipline offered in a class (turma/disciplina), with its SCAE code in the matrix."""

    class_discipline = dy.String(primary_key=True)
    class_ = dy.String(nullable=True, alias="class")
    discipline = dy.String(nullable=True)
    scae_code = dy.String(nullable=True)
    type = dy.Enum(TYPES, nullable=True)


class DisciplineEnrolments(Table):
    """An enrolment in a discipline; an isolated one is a record of its own (R16)."""

    discipline_enrolment = dy.String(primary_key=True)
    enrolment = dy.String(nullable=True)
    student = dy.String(nullable=True)
    class_discipline = dy.String()
    situation = dy.String(nullable=True)
    isolated = flag()
    enrolled_on = dy.Date(nullable=True)
    changed_on = dy.Date(nullable=True)


class DisciplineMovements(Table):
    """The log of a discipline enrolment."""

    discipline_enrolment = dy.String(primary_key=True)
    seq = dy.Integer(primary_key=True)
    at = dy.Datetime()
    from_ = dy.String(nullable=True, alias="from")
    to = dy.String(nullable=True)


class Lessons(Table):
    """A dated lesson of a class/discipline, in minutes."""

    class_discipline = dy.String()
    date = dy.Date()
    minutes = dy.Integer(min=0, max=1440)


class CourseSeries(Table):
    """The series of a course in their order; EJA is approved when all of them are (R28)."""

    course = dy.String(primary_key=True)
    series = dy.String(primary_key=True)
    order = dy.Integer()


class Municipalities(Table):
    """The support table of the national department; without it codes are not checked (R61)."""

    municipality = dy.String(primary_key=True)
    scae_code = dy.String(nullable=True)


TABLES: dict[str, TableSpec] = {
    "classes": TableSpec(Classes),
    "enrolments": TableSpec(Enrolments),
    "movements": TableSpec(Movements),
    "class_disciplines": TableSpec(ClassDisciplines, required=False),
    "discipline_enrolments": TableSpec(DisciplineEnrolments, required=False),
    "discipline_movements": TableSpec(DisciplineMovements, required=False),
    "lessons": TableSpec(Lessons, required=False),
    "course_series": TableSpec(CourseSeries, required=False),
    "municipalities": TableSpec(Municipalities, required=False),
}
