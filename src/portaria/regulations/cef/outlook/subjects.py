"""Articles 11/1 and 12/1-8 ahead: what may still be missed in each subject."""

from __future__ import annotations

import polars as pl

from portaria.core.rule import rule
from portaria.regulations.cef.attendance import DUE, KEY
from portaria.regulations.cef.deadlines import recovery_definition, recovery_notice
from portaria.regulations.cef.evaluate import Evaluation
from portaria.regulations.cef.recoveries import last_day, of_this_year

NEAR = 5
"""Lessons left from which a limit is near."""


def subject_outlook(evaluation: Evaluation, near: int = NEAR) -> pl.DataFrame:
    """Class, student, subject; minutes and whole lessons that may still be missed, all of them
    unjustified: `attendance_` before it falls below 90 % (11/1; nothing more recovered), `limit_`
    before the limit of unjustified absences is passed (12/1); `near`: the fewest lessons of the
    two, null where there are more than `near`; `inform_by` and `define_by` of a recovery that is
    due (12/7-8): of the last measure recorded this course year, null for what is done; where none
    is, counted from the day the limit was passed, the second from the last day for the first;
    `close`: `near`, at least a third of that limit used, and not excluded from the subject."""
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
        rows.with_columns(near=pl.when(fewest <= near).then(fewest), close=_close(near))
        .with_columns(passed_on=pl.when(pl.col("recovery") == DUE).then("owed_on"))
        .join(days, on="passed_on", how="left")
        .join(_recorded(evaluation), on=KEY, how="left")
        .with_columns(
            pl.when(pl.col("recorded").is_null())
            .then(day)
            .when(pl.col("recovery") == DUE)
            .then(f"recorded_{day}")
            .alias(day)
            for day in ("inform_by", "define_by")
        )
        .select(
            *KEY, "attendance_minutes_left", "attendance_lessons_left", "limit_minutes_left",
            "limit_lessons_left", "near", "close", "passed_on", "inform_by", "define_by",
        )
        .sort(KEY)
    )  # fmt: skip


def _close(near: int) -> pl.Expr:
    """Few lessons left of a limit of which a third is used, and no exclusion: a small subject
    allows few lessons from its first day on, and that is no reason to worry."""
    used = {
        "attendance": (pl.col("planned") - pl.col("attended"), pl.col("planned")),
        "limit": (pl.col("unjustified"), pl.col("base")),
    }
    # A limit is a tenth of the minutes, so a third of it is a thirtieth.
    each = (
        (minutes > 0) & (minutes * 30 >= of) & (pl.col(f"{name}_lessons_left") <= near)
        for name, (minutes, of) in used.items()
    )
    return pl.any_horizontal(each).fill_null(False) & ~pl.col("excluded")


def _recorded(evaluation: Evaluation) -> pl.DataFrame:
    """The last measure of each student and subject this course year, and what is open of it."""
    own = of_this_year(evaluation.recoveries, evaluation.course, evaluation.on)
    open_ = pl.col("result").is_null()
    return (
        own.sort("recorded_on")
        .unique(KEY, keep="last")
        .select(
            *KEY,
            recorded=pl.lit(True),
            recorded_inform_by=pl.when(~pl.col("told") & pl.col("result").is_null()).then(
                "tell_by"
            ),
            recorded_define_by=pl.when(open_).then("define_by"),
        )
    )


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
    inform = [last_day(recovery_notice, day, course) for day in passed]
    define = [last_day(recovery_definition, day, course) for day in inform]
    return pl.DataFrame(
        {"passed_on": passed, "inform_by": inform, "define_by": define},
        schema=dict.fromkeys(("passed_on", "inform_by", "define_by"), pl.Date),
    )
