"""Articles 15 and 20/2: levels, and the means of subjects, domains and components.

A mean is a pair of whole numbers, `numerator` over `denominator`, rounded once when it is
published. Only units that are done count, and of these only those with a grade; hours weigh
nothing.
"""

from __future__ import annotations

import polars as pl

from portaria.core.rule import rule
from portaria.regulations.cef.course import Course
from portaria.regulations.cef.schemas import GENERAL
from portaria.tables.exact import DENOMINATOR, NUMERATOR, half_up, mean_of_fractions

STUDENT = ["class", "student"]
TECHNOLOGICAL = "technological"


@rule("percent-to-level")
def level_of(course: Course) -> pl.Expr:
    """15/1: the level given, or that of the percent: levels 2 to 5 begin at the school's cut-offs,
    met by the percent unrounded."""
    percent = pl.col("percent")
    if course.takes("level_from", "rounded"):
        percent = (percent + pl.lit("0.5").cast(percent_type())).cast(pl.Int64)
    met = pl.sum_horizontal((percent >= cutoff).cast(pl.Int64) for cutoff in course.cutoffs)
    return pl.coalesce("level", pl.when(pl.col("percent").is_not_null()).then(met + 1))


def percent_type() -> pl.Decimal:
    """The exact type of a percent."""
    return pl.Decimal(38, 18)


def unit_levels(course: Course) -> pl.DataFrame:
    """Each student and unit of the class, with `level`: null where the unit is not done or has no
    grade; `domain`, the subject where the table has none."""
    units = course.frames["units"].join(
        course.subjects.select("class", "subject", "component"), on=["class", "subject"]
    )
    grades = course.frames["unit_grades"].select(
        *STUDENT, "unit", level=level_of(course).cast(pl.Int64)
    )
    return (
        course.students.select(STUDENT)
        .join(units, on="class")
        .join(grades, on=[*STUDENT, "unit"], how="left")
        .with_columns(
            domain=pl.coalesce("domain", "subject"),
            level=pl.when("done").then("level"),
        )
    )


def _mean(units: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """The simple mean of the levels of each group; `complete`: every unit of it done and graded."""
    return units.group_by(by).agg(
        numerator=pl.col("level").sum(),
        denominator=pl.col("level").count(),
        complete=pl.col("level").is_not_null().all(),
    )


@rule("subject-grade")
def subject_grades(course: Course, units: pl.DataFrame) -> pl.DataFrame:
    """15/2: each sociocultural and scientific subject of a student, with or without units."""
    general = course.subjects.filter(pl.col("component").is_in(GENERAL))
    rows = course.students.select(STUDENT).join(
        general.select("class", "subject", "component"), on="class"
    )
    means = _mean(units, [*STUDENT, "subject"])
    return published(
        rows.join(means, on=[*STUDENT, "subject"], how="left").with_columns(
            pl.col("complete").fill_null(False)
        ),
        course,
    ).sort(*STUDENT, "subject")


@rule("technological-by-domains")
def domain_grades(course: Course, units: pl.DataFrame) -> pl.DataFrame:
    """15/3/a: each technological domain of a student."""
    technological = units.filter(pl.col("component") == TECHNOLOGICAL)
    return published(_mean(technological, [*STUDENT, "domain"]), course)


@rule("component-grade", "technological-grade", "technological-by-units")
def component_grades(course: Course, units: pl.DataFrame, subjects: pl.DataFrame) -> pl.DataFrame:
    """The three components taught at school, of each student: the technological one by units or by
    domains (15/3), the others the mean of their subjects, which 20/2 asks for and does not say.

    `complete`: every unit finished and graded, and no general subject without units.
    """
    by_domains = course.classes.select("class", domains=pl.col("technological_by") == "domains")
    technological = units.filter(pl.col("component") == TECHNOLOGICAL).join(by_domains, on="class")
    parts = pl.concat(
        [
            _parts(subjects, course, "subject_mean"),
            _parts(
                domain_grades(course, technological.filter("domains")).with_columns(
                    component=pl.lit(TECHNOLOGICAL)
                ),
                course,
                "domain_mean",
            ),
            _mean(technological.filter(~pl.col("domains")), STUDENT)
            .with_columns(component=pl.lit(TECHNOLOGICAL))
            .select(*STUDENT, "component", NUMERATOR, DENOMINATOR),
        ],
        how="vertical_relaxed",
    )
    means = mean_of_fractions(parts, [*STUDENT, "component"])
    whole = (
        pl.concat(
            [
                subjects.select(*STUDENT, "component", "complete"),
                _mean(technological, STUDENT).select(
                    *STUDENT, component=pl.lit(TECHNOLOGICAL), complete="complete"
                ),
            ],
            how="vertical_relaxed",
        )
        .group_by(*STUDENT, "component")
        .agg(pl.col("complete").all())
    )
    rows = course.students.select(STUDENT).join(
        pl.DataFrame({"component": [*GENERAL, TECHNOLOGICAL]}), how="cross"
    )
    key = [*STUDENT, "component"]
    return published(
        rows.join(means, on=key, how="left")
        .join(whole, on=key, how="left")
        .with_columns(pl.col("complete").fill_null(False)),
        course,
    )  # fmt: skip


def _parts(grades: pl.DataFrame, course: Course, reading: str) -> pl.DataFrame:
    """The grades that a component is the mean of: exact, or as published."""
    if course.takes(reading, "published"):
        grades = grades.with_columns(
            numerator="published", denominator=pl.col("published").is_not_null().cast(pl.UInt32)
        )
    return grades.select(*STUDENT, "component", NUMERATOR, DENOMINATOR)


def published(rows: pl.DataFrame, course: Course) -> pl.DataFrame:
    """15/2: `published`, the level of a mean, a half up, once; null without a grade."""
    numerator, denominator = pl.col(NUMERATOR), pl.col(DENOMINATOR)
    up = course.takes("publication", "half_up")
    level = half_up(numerator, denominator) if up else numerator // denominator
    graded = denominator.fill_null(0) > 0
    return rows.with_columns(
        published=pl.when(graded).then(level).cast(pl.Int64),
        numerator=pl.when(graded).then(numerator),
        denominator=pl.when(graded).then(denominator),
    )


def reaches_three(course: Course) -> pl.Expr:
    """20/2-3: three of the published level, or of the mean itself."""
    if course.takes("three", "exact"):
        reached = pl.col(NUMERATOR) >= 3 * pl.col(DENOMINATOR)
    else:
        reached = pl.col("published") >= 3
    return reached.fill_null(False)
