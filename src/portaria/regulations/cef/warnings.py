"""What a person must look at in a class: nothing here changes a result."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.regulations.cef.evaluate import Evaluation
from portaria.regulations.cef.grades import STUDENT

PAIR = [*STUDENT, "subject"]


class Kind(NamedTuple):
    """The table to look at, the rule behind it, and the sentence."""

    table: str
    rule: str
    message: str


KINDS = {
    "before-course": Kind(
        "classes",
        "final-assessment",
        declare("cef-before-course", "{student}: the day is before the course starts"),
    ),
    "never-justified": Kind(
        "absences",
        "recovery-not-owed",
        declare(
            "cef-never-justified",
            "{student}, {where}: an absence for being sent out or suspended is marked justified; "
            "it is not",
        ),
    ),
    "more-than-year": Kind(
        "absences",
        "planned-load",
        declare(
            "cef-more-than-year",
            "{student}, {where}: more minutes missed in a course year than were planned for it",
        ),
    ),
    "recovery-literal": Kind(
        "absences",
        "recovery-not-owed",
        declare(
            "cef-recovery-literal",
            "{student}, {where}: by the letter, the duty of recovery would end, because sent-out "
            "or suspension are in the count",
        ),
    ),
    "recovery-discipline": Kind(
        "absences",
        "recovery-not-owed",
        declare(
            "cef-recovery-discipline",
            "{student}, {where}: no recovery is owed, because sent-out or suspension were needed "
            "to pass the limit; the council decides what follows",
        ),
    ),
    "unit-not-done": Kind(
        "unit_grades",
        "subject-grade",
        declare(
            "cef-unit-not-done",
            "{student}, {where}: the grade of a unit that is not done does not count",
        ),
    ),
    "paf-not-admitted": Kind(
        "paf",
        "paf-admission",
        declare(
            "cef-paf-not-admitted",
            "{student}: the PAF grade does not count: the student was not admitted",
        ),
    ),
    "paf-unjustified": Kind(
        "paf",
        "paf-lost",
        declare(
            "cef-paf-unjustified",
            "{student}: the PAF grade does not count: the absence is not justified",
        ),
    ),
    "paf-not-absent": Kind(
        "paf",
        "paf-new-date",
        declare(
            "cef-paf-not-absent",
            "{student}: an absence from the PAF is justified, and there is none",
        ),
    ),
    "internship-below-3": Kind(
        "internship",
        "failed-internship",
        declare(
            "cef-internship-below-3",
            "{student}: the PAF lifts an internship below 3; a person confirms it",
        ),
    ),
}


def warnings_of(evaluation: Evaluation) -> list[Problem]:
    """Every warning, by its kind, then by class, student and what it is about."""
    rules = evaluation.course.rules
    found = []
    for code, rows in _found(evaluation):
        kind = KINDS[code]
        clause = rules.clause(kind.rule)
        for name, student, where in rows.unique().sort(pl.all()).iter_rows():
            who = f"{name}/{student}" if name else student
            message = Message(kind.message, {"student": who, "where": where})
            found.append(
                Problem(kind.table, message, value=student, clause=clause, severity="warning")
            )
    return found


def _found(evaluation: Evaluation) -> Iterator[tuple[str, pl.DataFrame]]:
    """Rows of class, student and what it is about (a subject, a unit, or nothing)."""
    course, on = evaluation.course, evaluation.on
    early = course.classes.filter(pl.col("start") > on)
    yield "before-course", early.select("class", student="class", where=pl.lit(""))
    absences = course.absences.filter(pl.col("date") <= on)
    never = absences.filter(pl.col("justified") & (pl.col("cause") != "ordinary"))
    yield "never-justified", _pairs(never)
    yield "more-than-year", _pairs(_more_than_a_year(evaluation, absences))
    told = evaluation.attendance
    mixed = pl.col("unjustified") != pl.col("ordinary")
    literal = told.filter(mixed & pl.col("recovery").is_in(["due", "council"]))
    yield "recovery-literal", _pairs(literal)
    yield "recovery-discipline", _pairs(told.filter(pl.col("recovery") == "not_owed"))
    given = pl.any_horizontal(pl.col("level", "percent").is_not_null())
    open_units = course.frames["units"].filter(~pl.col("done")).select("class", "unit")
    early_grades = course.frames["unit_grades"].filter(given).join(open_units, on=["class", "unit"])
    yield "unit-not-done", early_grades.select(*STUDENT, where="unit")
    practice = evaluation.practice
    graded = pl.col("paf_given").is_not_null()
    lost = pl.col("absent") & ~pl.col("justified")
    lifted = (pl.col("internship") < 3) & pl.col("passed")
    for code, condition in (
        ("paf-not-admitted", graded & ~pl.col("admitted")),
        ("paf-unjustified", graded & lost),
        ("paf-not-absent", pl.col("justified") & ~pl.col("absent")),
        ("internship-below-3", lifted),
    ):
        rows = practice.filter(condition.fill_null(False))
        yield code, rows.select(*STUDENT, where=pl.lit(""))


def _pairs(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(*STUDENT, where="subject")


def _more_than_a_year(evaluation: Evaluation, absences: pl.DataFrame) -> pl.DataFrame:
    """9/1: by course year, against the minutes planned for it."""
    course = evaluation.course
    planned = course.subjects.select("class", "subject", "planned_minutes_1", "planned_minutes_2")
    sums = (
        absences.with_columns(year=course.year_of(pl.col("date")))
        .group_by(*PAIR, "year")
        .agg(pl.col("minutes").sum())
        .join(planned, on=["class", "subject"])
    )
    of_year = pl.when(pl.col("year") == 2).then("planned_minutes_2").otherwise("planned_minutes_1")
    return sums.filter(pl.col("minutes") > of_year)
