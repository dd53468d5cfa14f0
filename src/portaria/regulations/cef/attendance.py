"""Articles 11/1 and 12/1-9: attendance by subject, the limit of absences, and recovery.

Frames are keyed by class, student and subject. Shares are pairs of whole minutes, never divided.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from portaria.core.rule import rule
from portaria.regulations.cef.course import Course
from portaria.tables.exact import ceiling

KEY = ["class", "student", "subject"]
ORDINARY = (pl.col("cause") == "ordinary") & ~pl.col("justified")
UNJUSTIFIED = (pl.col("cause") != "ordinary") | ~pl.col("justified")
"""Being sent out, or suspended, is never justified."""
MEETS_90 = pl.col("attended") * 10 >= pl.col("planned") * 9
DUE, COUNCIL, NOT_OWED, NONE = "due", "council", "not_owed", "none"
RECOVERY_RULES = {
    NONE: "recovery-due",
    NOT_OWED: "recovery-not-owed",
    DUE: "recovery-due",
    COUNCIL: "recovery-council",
}


def attendance(course: Course, on: date) -> pl.DataFrame:
    """One row a student and subject: minutes absent and unjustified, attendance as `attended` of
    `planned` minutes, `meets_90`, `recovery` and its lessons, and the days that decided it."""
    return standing(course, pl.lit(on))


def standing(course: Course, on: pl.Expr) -> pl.DataFrame:
    """The same on a day of each class: `on` may ask its `anniversary`."""
    rows = course.students.select("class", "student").join(
        course.subjects.select(
            "class",
            "subject",
            "component",
            "lesson_minutes",
            "anniversary",
            planned=pl.col("planned_minutes_1") + pl.col("planned_minutes_2"),
            planned_year=pl.when(course.year_of(on) == 2)
            .then("planned_minutes_2")
            .otherwise("planned_minutes_1"),
        ),
        on="class",
    )
    absences = _absences(course, on)
    rows = rows.join(_minutes(absences), on=KEY, how="left").with_columns(
        pl.col("absent_minutes", "unjustified_course", "unjustified_minutes").fill_null(0)
    )
    return _recovery(_share(rows, course), absences, course).sort(KEY)


def _absences(course: Course, on: pl.Expr) -> pl.DataFrame:
    """Those up to the day and with it, with the course year of each, in the order of their days."""
    return (
        course.absences.filter(pl.col("date") <= on)
        .with_columns(year=course.year_of(pl.col("date")), now=course.year_of(on))
        .sort(*KEY, "date")
    )


def _minutes(absences: pl.DataFrame) -> pl.DataFrame:
    this_year = pl.col("year") == pl.col("now")
    return absences.group_by(KEY).agg(
        absent_minutes=pl.col("minutes").sum(),
        unjustified_course=pl.col("minutes").filter(UNJUSTIFIED).sum(),
        unjustified_minutes=pl.col("minutes").filter(UNJUSTIFIED & this_year).sum(),
    )


@rule("school-attendance", "planned-load")
def _share(rows: pl.DataFrame, course: Course) -> pl.DataFrame:
    """11/1: not below 90 % of the planned minutes of both years (9/1: all of them are taught);
    every absence counts, a justified one too, unless a reading says otherwise."""
    counted = "absent_minutes" if course.takes("attendance", "all") else "unjustified_course"
    attended = pl.col("planned") - pl.col(counted)
    return rows.with_columns(attended=attended).with_columns(meets_90=MEETS_90)


def _recovery(rows: pl.DataFrame, absences: pl.DataFrame, course: Course) -> pl.DataFrame:
    """12/1: what the unjustified absences of the course year (or of the course) make due."""
    by_year = course.takes("recovery_base", "year")
    base = pl.col("planned_year" if by_year else "planned")
    if by_year:
        absences = absences.filter(pl.col("year") == pl.col("now"))
    counted = absences.join(rows.select(*KEY, base.alias("base")), on=KEY)
    days = _days(counted)
    rows = (
        rows.with_columns(base=base)
        .join(days, on=KEY, how="left")
        .with_columns(pl.col("unjustified", "ordinary").fill_null(0))
    )
    return _size(_occasion(rows, course), course)


@rule("recovery-due")
def _days(counted: pl.DataFrame) -> pl.DataFrame:
    """6/23: the first days on which all unjustified absences, and ordinary ones alone, are more
    than a tenth of the minutes of their base."""
    minutes = pl.col("minutes")
    unjustified = pl.when(UNJUSTIFIED).then(minutes).otherwise(0)
    ordinary = pl.when(ORDINARY).then(minutes).otherwise(0)
    running = counted.with_columns(
        unjustified=unjustified,
        ordinary=ordinary,
        unjustified_to_date=unjustified.cum_sum().over(KEY),
        ordinary_to_date=ordinary.cum_sum().over(KEY),
    )

    def first(to_date: str) -> pl.Expr:
        return pl.col("date").filter(pl.col(to_date) * 10 > pl.col("base")).min()

    return running.group_by(KEY).agg(
        pl.col("unjustified", "ordinary").sum(),
        passed_on=first("unjustified_to_date"),
        owed_on=first("ordinary_to_date"),
    )


@rule("recovery-not-owed", "recovery-once", "recovery-council")
def _occasion(rows: pl.DataFrame, course: Course) -> pl.DataFrame:
    """12/2: no duty where sent-out or suspension were needed to pass the limit; 12/5: once a
    school year, for the first subjects; the council sees to later ones (by analogy with 12/16)."""
    passed = pl.col("passed_on").is_not_null()
    if course.takes("not_owed", "needed"):
        owed = pl.col("owed_on").is_not_null()
    else:
        owed = passed & (pl.col("unjustified") == pl.col("ordinary"))
    by_owed = course.takes("occasion", "owed")
    day = pl.when(owed).then("owed_on") if by_owed else pl.col("passed_on")
    rows = rows.with_columns(owed=owed, day=day).with_columns(
        day_year=course.year_of(pl.col("day"))
    )
    first = pl.col("day").min().over("class", "student", "day_year")
    recovery = (
        pl.when(~passed)
        .then(pl.lit(NONE))
        .when(~pl.col("owed"))
        .then(pl.lit(NOT_OWED))
        .when(pl.col("day") == first)
        .then(pl.lit(DUE))
        .otherwise(pl.lit(COUNCIL))
    )
    return rows.with_columns(recovery=recovery)


@rule("recovery-size")
def _size(rows: pl.DataFrame, course: Course) -> pl.DataFrame:
    """12/6, 12/9: as many lessons as those whose absence made the excess, up to a whole one."""
    lessons = ceiling(excess(course), pl.col("lesson_minutes") * 10)
    return rows.with_columns(
        recovery_lessons=pl.when(pl.col("recovery") == DUE).then(lessons).otherwise(0)
    )


def excess(course: Course) -> pl.Expr:
    """12/6: the minutes whose absence made the excess, in tenths."""
    ordinary = course.takes("recovery_count", "ordinary")
    tenths = pl.col("ordinary" if ordinary else "unjustified") * 10
    return tenths - pl.col("base") if course.takes("recovery_size", "beyond") else tenths
