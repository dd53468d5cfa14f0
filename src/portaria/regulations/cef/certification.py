"""Articles 12/23-24, 18, 20 and 24/3: which certificate follows from which records."""

from __future__ import annotations

import polars as pl

from portaria.core.rule import rule
from portaria.regulations.cef.course import Course
from portaria.regulations.cef.grades import STUDENT, published, reaches_three
from portaria.regulations.cef.schemas import COMPONENTS, GENERAL, SCHOOL
from portaria.tables.exact import mean_of_fractions

OUTCOME_RULES = {
    "professional_and_school": "course-certificate",
    "school": "school-certificate",
    "components": "component-certificate",
    "statement": "subject-statement",
    "none": "subject-statement",
}
"""The best first."""


def certification(
    course: Course,
    attendance: pl.DataFrame,
    subjects: pl.DataFrame,
    components: pl.DataFrame,
    practice: pl.DataFrame,
) -> pl.DataFrame:
    """One row a student: outcome, the components passed, `paf`, `finals` and the reason."""
    rows = course.students.select(*STUDENT, "next_path")
    parts = (
        _by_component(components, attendance, course),
        _statement(subjects, attendance, course),
        practice.select(
            *STUDENT, "trained", "admitted", pl.col("passed").alias("passed_practical")
        ),
        _school_grades(components, course),
    )
    for part in parts:
        rows = rows.join(part, on=STUDENT, how="left")
    rows = rows.with_columns(pl.selectors.boolean().fill_null(False))
    rows = _outcome(rows).with_columns(
        paf=pl.when("admitted").then(pl.lit("admitted")).otherwise(pl.lit("not_admitted")),
        components=pl.concat_str(
            (pl.when(f"passed_{component}").then(pl.lit(component)) for component in COMPONENTS),
            separator=";",
            ignore_nulls=True,
        ),
        finals=_finals(),
        reason=_reason(),
    )
    return rows.sort(STUDENT)


def _meets(attendance: pl.DataFrame) -> pl.DataFrame:
    """Whether every subject, or domain that is a row of its own, of a component meets its 90 %."""
    return attendance.group_by(*STUDENT, "component").agg(meets=pl.col("meets_90").all())


@rule("component-certificate")
def _by_component(
    components: pl.DataFrame, attendance: pl.DataFrame, course: Course
) -> pl.DataFrame:
    """20/4: a component is passed when it is complete, reaches three, and each of its subjects has
    its own 90 %; `reached_` leaves attendance aside."""
    reached = pl.col("complete") & reaches_three(course)
    rows = components.join(_meets(attendance), on=[*STUDENT, "component"], how="left").select(
        *STUDENT, "component", reached=reached, meets=pl.col("meets").fill_null(True)
    )
    rows = rows.with_columns(passed=pl.col("reached") & pl.col("meets"))

    def of(name: str, component: str) -> pl.Expr:
        own = pl.col(name).filter(pl.col("component") == component)
        return own.first().alias(f"{name}_{component}")

    return rows.group_by(STUDENT).agg(
        *(of(name, component) for name in ("passed", "reached") for component in SCHOOL),
        attended=pl.col("meets").all(),
    )


@rule("subject-statement")
def _statement(subjects: pl.DataFrame, attendance: pl.DataFrame, course: Course) -> pl.DataFrame:
    """20/5: some sociocultural or scientific subject complete, with three and its own 90 %."""
    own = attendance.select(*STUDENT, "subject", "meets_90")
    passed = pl.col("complete") & reaches_three(course) & pl.col("meets_90")
    joined = subjects.join(own, on=[*STUDENT, "subject"], how="left")
    return joined.group_by(STUDENT).agg(some_subject=passed.any())


@rule("school-certificate")
def _school_grades(components: pl.DataFrame, course: Course) -> pl.DataFrame:
    """20/2: the sociocultural and the scientific component reach three, each or together."""
    general = components.filter(pl.col("component").is_in(GENERAL))
    each = (pl.col("complete") & reaches_three(course)).all()
    if course.takes("compensation", "each"):
        return general.group_by(STUDENT).agg(general=each)
    whole = general.group_by(STUDENT).agg(complete=pl.col("complete").all())
    joint = published(mean_of_fractions(general, STUDENT), course).join(whole, on=STUDENT)
    return joint.select(*STUDENT, general=pl.col("complete") & reaches_three(course))


@rule("course-certificate", "school-certificate", "component-certificate", "subject-statement")
def _outcome(rows: pl.DataFrame) -> pl.DataFrame:
    """The table of decision of article 20: the best that the records give."""
    passed = [pl.col(f"passed_{component}") for component in COMPONENTS]
    return rows.with_columns(
        outcome=pl.when(pl.all_horizontal(passed))
        .then(pl.lit("professional_and_school"))
        .when(pl.col("attended") & pl.col("general"))
        .then(pl.lit("school"))
        .when(pl.any_horizontal(passed))
        .then(pl.lit("components"))
        .when("some_subject")
        .then(pl.lit("statement"))
        .otherwise(pl.lit("none"))
    )


@rule("final-exams", "final-exams-spared")
def _finals() -> pl.Expr:
    """18/2-3: the final exams of year 9 for who goes on to a scientific-humanistic course."""
    year_9 = pl.col("outcome").is_in(["professional_and_school", "school"])
    return year_9 & (pl.col("next_path") == "scientific")


@rule("no-professional-certificate")
def _reason() -> pl.Expr:
    """What stands in the way of the next better outcome, or `concluded`."""
    school = pl.col("outcome") == "school"
    first = pl.coalesce(
        pl.when(~pl.col(f"passed_{component}")).then(pl.lit(component)) for component in COMPONENTS
    )
    return (
        pl.when(pl.col("outcome") == "professional_and_school")
        .then(pl.lit("concluded"))
        .when(~school & ~pl.col("attended"))
        .then(pl.lit("attendance"))
        .when(school & pl.col("trained") & ~pl.col("admitted"))
        .then(pl.lit("internship_attendance"))
        .otherwise(first)
    )


@rule("certificate-units")
def certified_units(units: pl.DataFrame) -> pl.DataFrame:
    """20/3: the technological units that a certificate lists, of `grades.unit_levels`: three or
    more; class, student, unit, level."""
    technological = pl.col("component") == "technological"
    listed = units.filter(technological & (pl.col("level") >= 3))
    return listed.select(*STUDENT, "unit", "level").sort(*STUDENT, "unit")
