"""Articles 11/2, 12/25, 19, 24 and 33 to 34: the internship, access to the PAF, their grade."""

from __future__ import annotations

import polars as pl

from portaria.core.rule import rule
from portaria.regulations.cef.course import Course
from portaria.regulations.cef.grades import STUDENT, level_of, published, reaches_three


def practice(course: Course, excluded: pl.DataFrame) -> pl.DataFrame:
    """One row a student: `trained` (an internship row exists), `admitted` to the PAF, the levels of
    both, the practical grade as a mean, and whether it is `passed`. excluded: of
    `exclusions.from_practical`."""
    internship = course.frames["internship"].join(
        course.classes.select("class", "internship_minutes"), on="class"
    )
    internship = internship.select(
        *STUDENT, internship="level", trained=pl.lit(True), attended=_attended(course)
    )
    paf = course.frames["paf"].select(
        *STUDENT, "absent", "justified", paf_given=level_of(course).cast(pl.Int64)
    )
    rows = (
        course.students.select(STUDENT)
        .join(internship, on=STUDENT, how="left")
        .join(paf, on=STUDENT, how="left")
        .join(excluded, on=STUDENT, how="left")
        .with_columns(pl.col("trained", "attended", "excluded_practical").fill_null(False))
        .with_columns(admitted=_admitted())
        .with_columns(paf=_paf_level())
    )
    return _passed(published(_grade(rows), course), course)


@rule("internship-attendance", "internship-made-up")
def _attended(course: Course) -> pl.Expr:
    """11/2, 24/4: at least 95 % of the hours; what was made up counts up to what was justified.
    Literally 24/5 lets who is below go on only to reach every hour."""
    hours, absent = pl.col("internship_minutes"), pl.col("absent_minutes")
    left = absent - pl.min_horizontal("made_up_minutes", "justified_minutes")
    if course.takes("made_up", "all_hours"):
        return (absent * 20 <= hours) | (left == 0)
    return left * 20 <= hours


@rule("paf-admission")
def _admitted() -> pl.Expr:
    """12/25, 24/6: no PAF for who fails the internship by attendance, or has not done it; nor for
    who is excluded from the practical component, which it is a part of (12/19, 27/1)."""
    return pl.col("trained") & pl.col("attended") & ~pl.col("excluded_practical")


@rule("paf-absence", "paf-new-date", "paf-lost")
def _paf_level() -> pl.Expr:
    """34: no grade for who was not admitted, or absent without a justification; with one, the grade
    is that of the second date."""
    lost = pl.col("absent") & ~pl.col("justified")
    return pl.when(pl.col("admitted") & ~lost.fill_null(False)).then("paf_given")


@rule("practical-grade")
def _grade(rows: pl.DataFrame) -> pl.DataFrame:
    """19, 33/2: 70 % of the internship and 30 % of the PAF; both are needed."""
    tenths = 7 * pl.col("internship") + 3 * pl.col("paf")
    return rows.with_columns(numerator=tenths, denominator=pl.when(tenths.is_not_null()).then(10))


@rule("failed-internship")
def _passed(rows: pl.DataFrame, course: Course) -> pl.DataFrame:
    """Three or more. 25/7 has a way of its own for a failed internship: a reading says whether the
    PAF may lift it."""
    passed = reaches_three(course)
    if course.takes("internship_failed", "fails"):
        passed = passed & (pl.col("internship").fill_null(0) >= 3)
    return rows.with_columns(passed=passed)


@rule("paf-list")
def paf_list(course: Course, rows: pl.DataFrame) -> pl.DataFrame:
    """29/3: those admitted to the PAF, of `practice`; class, student and name, by name."""
    names = course.students.select(*STUDENT, "name")
    admitted = rows.filter("admitted").select(STUDENT)
    return admitted.join(names, on=STUDENT).sort("class", "name", "student")
