"""Articles 11/2, 19/1, 20 and 24 ahead: the PAF grade that is enough, hours of the internship."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from portaria.core.rule import rule
from portaria.regulations.cef.course import Course
from portaria.regulations.cef.evaluate import Evaluation
from portaria.regulations.cef.exclusions import COLUMNS as EXCLUSIONS
from portaria.regulations.cef.exclusions import from_practical
from portaria.regulations.cef.grades import STUDENT
from portaria.regulations.cef.outlook.missing import LOST, missing
from portaria.regulations.cef.practice import practice
from portaria.regulations.cef.schemas import SCHOOL

LEVELS = range(1, 6)


def student_outlook(evaluation: Evaluation) -> pl.DataFrame:
    """Class, student, `outcome`; the lowest PAF level with which the practical component passes
    (`paf_to_pass`) and the course certifies (`paf_to_certify`), null where none does;
    `next_outcome` and `missing` as in `missing`; `internship_minutes_left` before 95 %."""
    course = evaluation.course
    passed = [f"passed_{component}" for component in SCHOOL]
    return (
        evaluation.certification.select(*STUDENT, "outcome", *passed)
        .join(_paf_to_pass(evaluation), on=STUDENT)
        .with_columns(
            paf_to_certify=pl.when(pl.all_horizontal(passed)).then("paf_to_pass"),
        )
        .join(missing(evaluation), on=STUDENT)
        .join(_internship_left(course), on=STUDENT)
        .select(
            *STUDENT, "outcome", "paf_to_pass", "paf_to_certify", "next_outcome", "missing",
            "internship_minutes_left",
        )
        .sort(STUDENT)
    )  # fmt: skip


@rule("practical-grade", "course-certificate")
def _paf_to_pass(evaluation: Evaluation) -> pl.DataFrame:
    """19/1, under the readings in force: for who is admitted, has a level of the internship and
    has not lost the PAF (34/3), whatever grade of it there is already."""
    open_to = pl.col("admitted") & ~LOST
    return (
        evaluation.practice.select(*STUDENT, internship=pl.when(open_to).then("internship"))
        .join(_lowest(evaluation.course), on="internship", how="left")
        .select(*STUDENT, "paf_to_pass")
    )


def _lowest(course: Course) -> pl.DataFrame:
    """Level of the internship, and the lowest of the PAF that passes with it: the rules are asked
    for students who were there every hour, one for each pair of levels."""
    pairs = [(str(10 * i + paf), i, paf) for i in LEVELS for paf in LEVELS]
    made = pl.DataFrame(pairs, schema=["student", "internship", "paf"], orient="row")
    made = made.with_columns(
        pl.lit(0).alias("none"), pl.lit("").alias("class"), pl.lit(False).alias("absent")
    )
    minutes = ("absent_minutes", "justified_minutes", "made_up_minutes")
    internship = made.select(
        *STUDENT, *(pl.col("none").alias(name) for name in minutes), level="internship"
    )
    paf = made.select(
        *STUDENT,
        "absent",
        level="paf",
        justified="absent",
        percent=pl.lit(None, pl.Decimal(38, 18)),
    )
    classes = pl.DataFrame({"class": [""], "internship_minutes": [1]})
    frames = {"students": made.select(STUDENT), "internship": internship, "paf": paf}
    nobody = from_practical(pl.DataFrame(schema=EXCLUSIONS))
    rows = practice(replace(course, classes=classes, frames=frames), nobody).filter("passed")
    return rows.group_by("internship").agg(paf_to_pass=pl.col("paf").min())


@rule("internship-attendance", "internship-made-up")
def _internship_left(course: Course) -> pl.DataFrame:
    """11/2, 24/4-5: minutes that may still be missed, and not made up; all that may be for who has
    no internship yet."""
    rows = (
        course.students.select(STUDENT)
        .join(course.classes.select("class", "internship_minutes"), on="class")
        .join(course.frames["internship"].drop("anniversary"), on=STUDENT, how="left")
        .with_columns(pl.selectors.ends_with("_minutes").fill_null(0))
    )
    absent, most = pl.col("absent_minutes"), pl.col("internship_minutes") // 20
    net = absent - pl.min_horizontal("made_up_minutes", "justified_minutes")
    left = most - net
    if course.takes("made_up", "all_hours"):
        # Above 5 % every hour must be made up: one more that is not would undo it.
        left = pl.when(absent <= most).then(most - absent).when(net == 0).then(0).otherwise(-1)
    return rows.select(*STUDENT, internship_minutes_left=pl.when(left >= 0).then(left))
