"""Articles 11/1 and 12/1-8 ahead: what may still be missed in each subject."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl

from portaria.core.deadline import MunicipalReading, OnDates, ServiceCalendar
from portaria.core.rule import rule
from portaria.regulations.cef.attendance import DUE, KEY
from portaria.regulations.cef.course import Course
from portaria.regulations.cef.deadlines import Asked, Due, recovery_definition, recovery_notice
from portaria.regulations.cef.evaluate import Evaluation

NEAR = 5
"""Lessons left from which a limit is near."""


def subject_outlook(evaluation: Evaluation, near: int = NEAR) -> pl.DataFrame:
    """Class, student, subject; minutes and whole lessons that may still be missed, all of them
    unjustified: `attendance_` before it falls below 90 % (11/1), `limit_` before the limit of
    unjustified absences is passed (12/1); `near`: the fewest lessons of the two, null where there
    are more than `near`; `inform_by` and `define_by` of a recovery that is due (12/7-8), counted
    from the day the limit was passed, the second from the last day for the first."""
    left = {"attendance": _attendance_left(), "limit": _limit_left()}
    rows = evaluation.attendance.with_columns(
        pl.when(minutes >= 0).then(minutes).alias(f"{name}_minutes_left")
        for name, minutes in left.items()
    ).with_columns(
        (pl.col(f"{name}_minutes_left") // pl.col("lesson_minutes")).alias(f"{name}_lessons_left")
        for name in left
    )
    fewest = pl.min_horizontal(f"{name}_lessons_left" for name in left)
    days = _recovery_days(evaluation)
    return (
        rows.with_columns(near=pl.when(fewest <= near).then(fewest))
        .with_columns(passed_on=pl.when(pl.col("recovery") == DUE).then("owed_on"))
        .join(days, on="passed_on", how="left")
        .select(
            *KEY, "attendance_minutes_left", "attendance_lessons_left", "limit_minutes_left",
            "limit_lessons_left", "near", "passed_on", "inform_by", "define_by",
        )
        .sort(KEY)
    )  # fmt: skip


@rule("school-attendance")
def _attendance_left() -> pl.Expr:
    """11/1: the minutes attended above the least; below zero where 90 % are out of reach."""
    return (pl.col("attended") * 10 - pl.col("planned") * 9) // 10


@rule("recovery-due")
def _limit_left() -> pl.Expr:
    """12/1, 6/23: what the minutes of the base still leave of a tenth, before it is passed."""
    return pl.col("base") // 10 - pl.col("unjustified")


@rule("recovery-notice", "recovery-definition")
def _recovery_days(evaluation: Evaluation) -> pl.DataFrame:
    """12/7-8, for every day on which a limit was passed, once."""
    course = evaluation.course
    due = evaluation.attendance.filter(pl.col("recovery") == DUE)
    passed = due["owed_on"].unique().sort()
    inform = [_by(recovery_notice, day, course) for day in passed]
    define = [_by(recovery_definition, day, course) for day in inform]
    return pl.DataFrame(
        {"passed_on": passed, "inform_by": inform, "define_by": define},
        schema=dict.fromkeys(("passed_on", "inform_by", "define_by"), pl.Date),
    )


def _by(deadline: Callable[[Asked], Due], day: date, course: Course) -> date:
    holidays = (OnDates(course.municipal),) if course.municipal else ()
    reading = MunicipalReading(course.rules.readings["municipal_day"])
    calendar = ServiceCalendar(holidays, course.closures, reading)
    last = deadline(Asked(day, calendar, course.rules)).by
    assert isinstance(last, date)
    return last
