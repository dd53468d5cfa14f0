"""A course on one day: the tables of the contract, and what follows absences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from portaria.regulations.cef import attendance as school
from portaria.regulations.cef import certification as certificates
from portaria.regulations.cef import exclusions as excluded
from portaria.regulations.cef import grades
from portaria.regulations.cef import recoveries as recovered
from portaria.regulations.cef.course import Course
from portaria.regulations.cef.practice import practice as practical
from portaria.regulations.cef.schemas import COMPONENTS
from portaria.tables.exact import DENOMINATOR, NUMERATOR, written


@dataclass(frozen=True)
class Evaluation:
    """The frames of one day, with the exact numbers that the tables write; `passed`: class, student
    and subject of the general subjects that are passed."""

    course: Course
    on: date
    recoveries: pl.DataFrame
    exclusions: pl.DataFrame
    attendance: pl.DataFrame
    subjects: pl.DataFrame
    passed: pl.DataFrame
    components: pl.DataFrame
    practice: pl.DataFrame
    certification: pl.DataFrame


def evaluate(course: Course, on: date) -> Evaluation:
    """What the records give on the day `on`; later absences are not seen."""
    recoveries = recovered.recoveries(course, on)
    exclusions = excluded.exclusions(course, on)
    attendance = school.attendance(course, on)
    attendance = recovered.attended_again(attendance, recoveries, course, on)
    attendance = certificates.kept_rules(attendance, exclusions)
    units = grades.unit_levels(course)
    subjects = grades.subject_grades(course, units)
    components = grades.component_grades(course, units, subjects)
    practice = practical(course, excluded.from_practical(exclusions))
    passed = certificates.passed_subjects(subjects, attendance, course)
    certification = certificates.certification(course, attendance, passed, components, practice)
    return Evaluation(
        course, on, recoveries, exclusions, attendance, subjects, passed, components, practice,
        certification,
    )  # fmt: skip


def result_tables(evaluation: Evaluation) -> dict[str, pl.DataFrame]:
    """The tables by name, rows in their fixed order; a folder of one class leaves `class` out."""
    course = evaluation.course
    tables = {
        "attendance": _attendance(evaluation),
        "subject_grades": _grades(evaluation.subjects, "subject"),
        "component_grades": _components(evaluation),
        "certification": _certification(evaluation),
    }
    if "recoveries" in course.frames:
        tables["recoveries"] = _recoveries(evaluation)
    if "exclusions" in course.frames:
        tables["exclusions"] = _exclusions(evaluation)
    return tables if course.many else {n: frame.drop("class") for n, frame in tables.items()}


def _attendance(evaluation: Evaluation) -> pl.DataFrame:
    rows = evaluation.attendance
    clauses = {
        code: evaluation.course.rules.clause(rule) for code, rule in school.RECOVERY_RULES.items()
    }
    return rows.with_columns(
        attendance=written(rows, "attended", "planned"),
        clause=pl.col("recovery").replace_strict(clauses),
    ).select(
        "class", "student", "subject", "absent_minutes", "unjustified_minutes", "attendance",
        "meets_90", "recovery", "recovery_lessons", "clause",
    )  # fmt: skip


def _recoveries(evaluation: Evaluation) -> pl.DataFrame:
    return evaluation.recoveries.select(
        "class", "student", "subject", "recorded_on", "tell_by", "define_by", "late",
        follows=pl.col("follows").list.join(";"),
        clause=pl.col("clauses").list.join(";"),
    )  # fmt: skip


def _exclusions(evaluation: Evaluation) -> pl.DataFrame:
    return evaluation.exclusions.select(
        "class", "student", "excluded_from", "decided_on", "open",
        pl.col("lacks").list.join(";"),
        "retained_year", "attend_until", "clause",
    )  # fmt: skip


def _grades(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    exact = written(rows, NUMERATOR, DENOMINATOR).alias("exact")
    return rows.select("class", "student", name, exact, level="published")


def _components(evaluation: Evaluation) -> pl.DataFrame:
    columns = ["class", "student", "component", NUMERATOR, DENOMINATOR, "published"]
    practice = evaluation.practice.with_columns(component=pl.lit("practical"))
    rows = pl.concat(
        [evaluation.components.select(columns), practice.select(columns)], how="vertical_relaxed"
    )
    order = pl.col("component").replace_strict({name: n for n, name in enumerate(COMPONENTS)})
    return _grades(rows.sort("class", "student", order), "component")


def _certification(evaluation: Evaluation) -> pl.DataFrame:
    clauses = {
        outcome: evaluation.course.rules.clause(rule)
        for outcome, rule in certificates.OUTCOME_RULES.items()
    }
    return evaluation.certification.with_columns(
        clause=pl.col("outcome").replace_strict(clauses)
    ).select(
        "class", "student", "outcome", "components", "paf", "finals", "reason", "clause"
    )  # fmt: skip
