"""What a person must look at in a class: nothing here changes a result."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.regulations.cef.certification import OF_YEAR_9
from portaria.regulations.cef.course import anniversary
from portaria.regulations.cef.evaluate import Evaluation
from portaria.regulations.cef.grades import STUDENT
from portaria.regulations.cef.progress import final_from
from portaria.regulations.cef.recoveries import of_this_year
from portaria.regulations.cef.schemas import PRACTICAL
from portaria.regulations.cef.settings import SETTINGS
from portaria.regulations.cef.warning_kinds import KINDS

THE_PRACTICAL = declare("cef-the-practical", "the practical component")
PAIR = [*STUDENT, "subject"]


def warning_table(evaluation: Evaluation) -> pl.DataFrame:
    """Class, student, `where` (a subject, a unit, a day, or nothing), the `warning` by its name and
    its clause: by kind, then by the other columns. What is about a class has no student."""
    rules = evaluation.course.rules
    parts = []
    for name, rows in _found(evaluation):
        kind = rules.clause(KINDS[name].rule)
        named = rows.unique().sort(pl.all()).with_columns(warning=pl.lit(name), clause=pl.lit(kind))
        parts.append(named.select("class", "student", "where", "warning", "clause"))
    return pl.concat(parts).with_columns(pl.col("student", "where").replace({"": None}))


def warnings_of(evaluation: Evaluation) -> list[Problem]:
    """Every warning, as a problem of its table."""
    many = evaluation.course.many
    found = []
    for name, student, where, code, clause in warning_table(evaluation).iter_rows():
        kind = KINDS[code]
        about = _about(where or "")
        who = "/".join(filter(None, (name, student)))
        found.append(
            Problem(
                SETTINGS if kind.table == "classes" and not many else kind.table,
                Message(kind.message, {"student": who, "where": about}),
                value=student or name or None,
                clause=clause,
                severity="warning",
            )
        )
    return found


def _about(where: str) -> object:
    """What a warning is about, as a sentence takes it."""
    if where == PRACTICAL:
        return Message(THE_PRACTICAL)
    try:
        return date.fromisoformat(where)
    except ValueError:
        return where


def _found(evaluation: Evaluation) -> Iterator[tuple[str, pl.DataFrame]]:
    """Kinds with their rows of class, student and what it is about."""
    yield from _of_classes(evaluation)
    yield from _of_absences(evaluation)
    if "recoveries" in evaluation.course.frames:
        yield from _recorded(evaluation)
    closed = evaluation.exclusions.filter(~pl.col("open"))
    yield "exclusion-not-open", closed.select(*STUDENT, where="excluded_from")
    yield "unit-not-done", _not_done(evaluation)
    yield from _of_practice(evaluation)


def _of_classes(evaluation: Evaluation) -> Iterator[tuple[str, pl.DataFrame]]:
    """16/3: classes looked at too early."""
    course, on = evaluation.course, evaluation.on

    def about(rows: pl.DataFrame, where: pl.Expr) -> pl.DataFrame:
        return rows.select("class", student=pl.lit(""), where=where)

    early = course.classes.filter(pl.col("start") > on)
    yield "before-course", about(early, pl.lit(""))
    after = course.classes.filter(pl.col("anniversary").map_elements(anniversary, pl.Date) <= on)
    yield "after-end", about(after, pl.lit(""))
    sure = evaluation.certification.filter(pl.col("outcome").is_in(OF_YEAR_9))
    first = pl.col("school_year_start").map_elements(
        lambda day: final_from(day, course.rules), pl.Date
    )
    open_classes = course.classes.join(sure, on="class", how="semi").with_columns(final=first)
    yield (
        "before-end",
        about(open_classes.filter(pl.col("final") > on), pl.col("final").cast(pl.String)),
    )


def _of_absences(evaluation: Evaluation) -> Iterator[tuple[str, pl.DataFrame]]:
    """9/1, 12/1-2: minutes that cannot all count, and recovery that other words would not owe."""
    told = evaluation.attendance
    absences = evaluation.course.absences.filter(pl.col("date") <= evaluation.on)
    never = absences.filter(pl.col("justified") & (pl.col("cause") != "ordinary"))
    yield "never-justified", _pairs(never)
    yield "more-than-year", _pairs(_more_than_a_year(evaluation, absences))
    mixed = pl.col("unjustified") != pl.col("ordinary")
    literal = told.filter(mixed & pl.col("recovery").is_in(["due", "council"]))
    yield "recovery-literal", _pairs(literal)
    yield "recovery-discipline", _pairs(told.filter(pl.col("recovery") == "not_owed"))


def _not_done(evaluation: Evaluation) -> pl.DataFrame:
    """Grades of units that are not done."""
    course = evaluation.course
    given = pl.any_horizontal(pl.col("level", "percent").is_not_null())
    open_units = course.frames["units"].filter(~pl.col("done")).select("class", "unit")
    early = course.frames["unit_grades"].filter(given).join(open_units, on=["class", "unit"])
    return early.select(*STUDENT, where="unit")


def _of_practice(evaluation: Evaluation) -> Iterator[tuple[str, pl.DataFrame]]:
    """12/25, 25/7, 34: grades of the PAF that do not count, or lift an internship."""
    practice = evaluation.practice
    graded = pl.col("paf_given").is_not_null()
    for code, condition in (
        ("paf-not-admitted", graded & ~pl.col("admitted")),
        ("paf-unjustified", graded & pl.col("absent") & ~pl.col("justified")),
        ("paf-not-absent", pl.col("justified") & ~pl.col("absent")),
        ("internship-below-3", (pl.col("internship") < 3) & pl.col("passed")),
    ):
        rows = practice.filter(condition.fill_null(False))
        yield code, rows.select(*STUDENT, where=pl.lit(""))


def _recorded(evaluation: Evaluation) -> Iterator[tuple[str, pl.DataFrame]]:
    """12/1, 12/7: what is due this course year against what is recorded in it."""
    course, due = evaluation.course, evaluation.attendance.filter(pl.col("recovery") == "due")
    recorded = of_this_year(evaluation.recoveries, course, evaluation.on)
    yield "recovery-not-recorded", _pairs(due.join(recorded, on=PAIR, how="anti"))
    yield "recovery-not-due", _pairs(recorded.join(due, on=PAIR, how="anti"))


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
