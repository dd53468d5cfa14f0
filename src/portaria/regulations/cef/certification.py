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
OF_YEAR_9 = tuple(OUTCOME_RULES)[:2]
"""The outcomes that end a course, with or without the qualification."""


def certification(
    course: Course,
    attendance: pl.DataFrame,
    passed: pl.DataFrame,
    components: pl.DataFrame,
    practice: pl.DataFrame,
) -> pl.DataFrame:
    """One row a student: outcome, the components passed, `paf`, `finals` and the reason.

    attendance: of `kept_rules`; passed: of `passed_subjects`.
    """
    rows = course.students.select(*STUDENT, "next_path")
    parts = (
        _by_component(components, attendance, course),
        passed.select(STUDENT).unique().with_columns(some_subject=pl.lit(True)),
        practice.select(
            *STUDENT, "trained", "admitted", "excluded_practical", passed_practical="passed"
        ),
        _school_grades(components, course),
    )  # fmt: skip
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


@rule("school-attendance", "absence-exclusion")
def kept_rules(attendance: pl.DataFrame, exclusions: pl.DataFrame) -> pl.DataFrame:
    """11/1, 12/19: `attendance` with `excluded` from the subject, and `kept`: the 90 % of a
    subject, or of a domain that is a row of its own, and no exclusion from it."""
    excluded = exclusions.select(*STUDENT, subject="excluded_from", excluded=pl.lit(True))
    rows = attendance.join(excluded, on=[*STUDENT, "subject"], how="left").with_columns(
        pl.col("excluded").fill_null(False)
    )
    return rows.with_columns(kept=pl.col("meets_90") & ~pl.col("excluded"))


@rule("component-certificate")
def _by_component(
    components: pl.DataFrame, attendance: pl.DataFrame, course: Course
) -> pl.DataFrame:
    """20/4: a component is passed when it is complete, reaches three, and the rules of attendance
    are kept in each of its subjects; `reached_` leaves attendance aside; `excluded_school`: from
    some subject (12/19)."""
    reached = pl.col("complete") & reaches_three(course)
    meets = attendance.group_by(*STUDENT, "component").agg(
        meets=pl.col("kept").all(), excluded=pl.col("excluded").any()
    )
    rows = components.join(meets, on=[*STUDENT, "component"], how="left").select(
        *STUDENT,
        "component",
        reached=reached,
        meets=pl.col("meets").fill_null(True),
        excluded=pl.col("excluded").fill_null(False),
    )
    rows = rows.with_columns(passed=pl.col("reached") & pl.col("meets"))

    def of(name: str, component: str) -> pl.Expr:
        own = pl.col(name).filter(pl.col("component") == component)
        return own.first().alias(f"{name}_{component}")

    return rows.group_by(STUDENT).agg(
        *(of(name, component) for name in ("passed", "reached") for component in SCHOOL),
        attended=pl.col("meets").all(),
        excluded_school=pl.col("excluded").any(),
    )


@rule("subject-statement")
def passed_subjects(
    subjects: pl.DataFrame, attendance: pl.DataFrame, course: Course
) -> pl.DataFrame:
    """20/5: class, student and subject of the sociocultural and scientific ones that are complete,
    with three and the rules of attendance kept."""
    passed = subjects.filter(pl.col("complete") & reaches_three(course))
    own = attendance.filter("kept").select(*STUDENT, "subject")
    return passed.select(*STUDENT, "subject").join(own, on=[*STUDENT, "subject"])


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
    year_9 = pl.col("outcome").is_in(OF_YEAR_9)
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
        .when(~school & pl.col("excluded_school"))
        .then(pl.lit("exclusion"))
        .when(~school & ~pl.col("attended"))
        .then(pl.lit("attendance"))
        .when(school & pl.col("excluded_practical"))
        .then(pl.lit("exclusion"))
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
