"""Article 12/7-18: the recovery measures that were recorded, their deadlines, what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

import polars as pl

from portaria.core.rule import rule
from portaria.regulations.cef.attendance import DUE, KEY, MEETS_90, excess, standing
from portaria.regulations.cef.course import Course
from portaria.regulations.cef.deadlines import Asked, Due, recovery_definition, recovery_notice
from portaria.regulations.cef.measures import Recovery, consequences, is_minor

RECOVERED = "excess_recovered"
DONE, AGAIN = "satisfaz", "nao_satisfaz"
COLUMNS: dict[str, Any] = {
    "class": pl.String,
    "student": pl.String,
    "subject": pl.String,
    "recorded_on": pl.Date,
    "year": pl.Int32,
    "told": pl.Boolean,
    "result": pl.String,
    "tell_by": pl.Date,
    "define_by": pl.Date,
    "late": pl.Boolean,
    "follows": pl.List(pl.String),
    "clauses": pl.List(pl.String),
}
GIVEN, OWN = list(COLUMNS)[:7], list(COLUMNS)[7:]
"""Columns of the table itself, and those that the rules add."""


def recoveries(course: Course, on: date) -> pl.DataFrame:
    """One row a measure recorded by the day, with the course `year` it was recorded in, whether it
    was `told` by the day, and its `result`: the last days to tell it and to define its activities,
    whether telling is `late`, what `follows` with a clause each (12/7 or 12/8 where nothing does
    yet). No rows where the folder has no such table.

    UsageError for days outside the known years of the calendar.
    """
    given = course.frames.get("recoveries")
    if given is None:
        return pl.DataFrame(schema=COLUMNS)
    born = course.students.select("class", "student", "birth_date")
    rows = (
        given.filter(pl.col("recorded_on") <= on)
        .with_columns(
            year=course.year_of(pl.col("recorded_on")),
            told=(pl.col("told_on") <= on).fill_null(False),
        )
        .join(born, on=["class", "student"])
        .sort(*KEY, "recorded_on")
    )
    added = list(map(partial(_told, course=course, on=on), rows.iter_rows(named=True)))
    found = pl.DataFrame(added, schema={name: COLUMNS[name] for name in OWN}, orient="row")
    return rows.select(GIVEN).hstack(found)


def _told(row: dict[str, Any], course: Course, on: date) -> tuple[Any, ...]:
    """12/7-8: five working days to tell, and five more to define; then 12/12-18."""
    told_on = row["told_on"] if row["told"] else None
    tell_by = last_day(recovery_notice, row["recorded_on"], course)
    define_by = last_day(recovery_definition, told_on or tell_by, course)
    late = (told_on or on) > tell_by
    follows = list(_follows(row, course, on))
    waits = "recovery-notice" if told_on is None else "recovery-definition"
    clauses = [clause for _, clause in follows] or [course.rules.clause(waits)]
    return tell_by, define_by, late, [code for code, _ in follows], clauses


def of_this_year(recorded: pl.DataFrame, course: Course, on: date) -> pl.DataFrame:
    """Those of `recoveries` that were recorded in the course year of the day."""
    now = course.classes.select("class", now=course.year_of(pl.lit(on)))
    return recorded.join(now, on="class").filter(pl.col("year") == pl.col("now")).drop("now")


def last_day(deadline: Callable[[Asked], Due], start: date, course: Course) -> date:
    """The last day of a deadline in working days of the school."""
    last = deadline(Asked(start, course.calendar, course.rules)).by
    assert isinstance(last, date)
    return last


@rule("recovery-redone")
def _follows(row: dict[str, Any], course: Course, on: date) -> Iterator[tuple[str, str]]:
    """12/13: what is not all there and right is done again, and nothing else follows yet; the rest
    follows from whether it was done and the student attends, once both are known."""
    if row["result"] == AGAIN:
        yield "redo", course.rules.clause("recovery-redone")
    elif row["result"] is not None and row["attends"] is not None:
        recovery = Recovery(
            row["result"] == DONE, row["attends"], row["effective"], row["possible"]
        )
        for each in consequences(recovery, is_minor(row["birth_date"], on), course.rules):
            yield each.code, each.clause


@rule("excess-recovered")
def attended_again(
    attendance: pl.DataFrame, recovered: pl.DataFrame, course: Course, on: date
) -> pl.DataFrame:
    """12/15: `attendance` with the recovered lessons as attended, where a reading takes them so;
    as it is where they stay absences. recovered: of `recoveries`."""
    rows = recovered.filter(pl.col("follows").list.contains(RECOVERED))
    if course.takes("recovered", "absent") or rows.is_empty():
        return attendance
    made_up = _minutes(rows, course, attendance, on)
    counted = pl.col("planned") - pl.col("attended")
    again = pl.min_horizontal(counted, pl.col("made_up").fill_null(0))
    return (
        attendance.join(made_up, on=KEY, how="left")
        .with_columns(attended=pl.col("attended") + again)
        .drop("made_up")
        .with_columns(meets_90=MEETS_90)
        .sort(KEY)
    )


@rule("recovery-size")
def _minutes(
    rows: pl.DataFrame, course: Course, attendance: pl.DataFrame, on: date
) -> pl.DataFrame:
    """12/9: the minutes recovered, `made_up`: of the lessons that were due at the end of the course
    year they were recorded in, or on the day, no more than the excess, so that nobody gains by a
    lesson begun; two measures of one year recover once."""
    lessons = pl.min_horizontal(
        pl.col("recovery_lessons") * pl.col("lesson_minutes"), excess(course) // 10
    )

    def due(frame: pl.DataFrame, wanted: pl.DataFrame) -> pl.DataFrame:
        owed = frame.filter(pl.col("recovery") == DUE).select(*KEY, made_up=lessons)
        return owed.join(wanted.unique(KEY), on=KEY, how="semi")

    if course.takes("recovery_base", "course"):
        return due(attendance, rows)
    first_ends = pl.min_horizontal(pl.col("anniversary").dt.offset_by("-1d"), pl.lit(on))
    parts = (
        due(standing(course, first_ends), rows.filter(pl.col("year") == 1)),
        due(attendance, rows.filter(pl.col("year") == 2)),
    )
    return pl.concat(parts).group_by(KEY).agg(pl.col("made_up").sum())
