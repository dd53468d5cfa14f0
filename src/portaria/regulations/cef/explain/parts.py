"""The parts of an account: subjects, units, grades, practice, taken from the evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl

from portaria.regulations.cef.attendance import COUNCIL, DUE, RECOVERY_RULES
from portaria.regulations.cef.course import Course
from portaria.regulations.cef.evaluate import Evaluation
from portaria.regulations.cef.explain.account import (
    GradeTold,
    PracticeTold,
    SubjectTold,
    UnitTold,
)
from portaria.regulations.cef.grades import unit_levels
from portaria.regulations.cef.recoveries import of_this_year
from portaria.regulations.cef.schemas import COMPONENTS, GENERAL


def of(frame: pl.DataFrame, student: str) -> pl.DataFrame:
    """The rows of one student."""
    return frame.filter(pl.col("student") == student)


def one(frame: pl.DataFrame, student: str) -> dict[str, Any]:
    """The one row of a student."""
    return of(frame, student).row(0, named=True)


def listed(frame: pl.DataFrame, student: str) -> tuple[dict[str, Any], ...]:
    """The rows of a student, without the names every one of them has."""
    return tuple(of(frame, student).drop("class", "student").to_dicts())


def _exact(row: Mapping[str, Any]) -> Fraction | None:
    """The mean of a row of grades."""
    below = row["denominator"]
    return Fraction(row["numerator"], below) if below else None


def subjects(evaluation: Evaluation, ahead: pl.DataFrame, student: str) -> tuple[SubjectTold, ...]:
    """11/1, 12: each subject, in the order of the components; ahead: of `subject_outlook`."""
    rules = evaluation.course.rules
    days = {row["subject"]: row for row in of(ahead, student).iter_rows(named=True)}
    rows = of(evaluation.attendance, student).to_dicts()
    rows.sort(key=lambda row: (COMPONENTS.index(row["component"]), row["subject"]))
    measures = of_this_year(evaluation.recoveries, evaluation.course, evaluation.on)
    results = {row["subject"]: row["result"] for row in of(measures, student).to_dicts()}
    names = (
        "subject", "component", "planned", "meets_90", "base", "unjustified", "ordinary",
        "recovery", "recovery_lessons", "owed_on", "excluded",
    )  # fmt: skip
    later = ("inform_by", "define_by", "attendance_lessons_left", "limit_lessons_left")
    return tuple(
        SubjectTold(
            **{name: row[name] for name in names},
            **{name: days[row["subject"]][name] for name in later},
            absent=row["absent_minutes"],
            attendance=Fraction(row["attended"], row["planned"]),
            attendance_clause=rules.clause("school-attendance"),
            recovery_clause=rules.clause(RECOVERY_RULES[row["recovery"]]),
            recovered=row["attended"] - _attended(evaluation.course, row),
            first=_first(rows, row, evaluation.course),
            result=results.get(row["subject"]),
            passed_on=_passed_on(row, evaluation.course),
        )
        for row in rows
    )


def _passed_on(row: Mapping[str, Any], course: Course) -> date | None:
    """The day that decided the recovery: by ordinary absences alone, where they decide."""
    owed = row["recovery"] in (DUE, COUNCIL) and course.takes("occasion", "owed")
    day: date | None = row["owed_on"] if owed else row["passed_on"]
    return day


def _first(rows: list[dict[str, Any]], row: Mapping[str, Any], course: Course) -> tuple[str, ...]:
    """12/5: the subjects that the one recovery of the year was for, where this is not one."""
    if row["recovery"] != COUNCIL:
        return ()
    return tuple(each["subject"] for each in rows if each["recovery"] == DUE)


def _attended(course: Course, row: Mapping[str, Any]) -> int:
    """Minutes attended, without what a reading adds to them for recovery."""
    counted = "absent_minutes" if course.takes("attendance", "all") else "unjustified_course"
    left: int = row["planned"] - row[counted]
    return left


def units(course: Course, student: str) -> tuple[UnitTold, ...]:
    """15/1: each unit, with the grade as it was given."""
    given = course.frames["unit_grades"].select("student", "unit", "percent")
    rows = of(unit_levels(course), student).join(
        of(given, student).drop("student"), on="unit", how="left"
    )
    return tuple(
        UnitTold(
            row["unit"],
            row["subject"],
            row["domain"],
            row["catalogue"] or "",
            row["done"],
            None if row["percent"] is None else Fraction(row["percent"]),
            row["level"],
        )
        for row in rows.sort("subject", "unit").iter_rows(named=True)
    )


def subject_grades(evaluation: Evaluation, student: str) -> tuple[GradeTold, ...]:
    """15/2: the sociocultural and scientific subjects."""
    rules = evaluation.course.rules
    own = set(of(evaluation.passed, student)["subject"])
    rows = of(evaluation.subjects, student).to_dicts()
    rows.sort(key=lambda row: (GENERAL.index(row["component"]), row["subject"]))
    return tuple(
        GradeTold(
            row["subject"],
            row["component"],
            _exact(row),
            row["published"],
            row["complete"],
            row["subject"] in own,
            rules.clause("subject-grade"),
        )
        for row in rows
    )


def component_grades(
    evaluation: Evaluation, student: str, told: Mapping[str, Any]
) -> tuple[GradeTold, ...]:
    """15/3, 20/2: the three components taught at school."""
    rules = evaluation.course.rules
    rows = of(evaluation.components, student).to_dicts()
    rows.sort(key=lambda row: COMPONENTS.index(row["component"]))
    return tuple(
        GradeTold(
            row["component"],
            row["component"],
            _exact(row),
            row["published"],
            row["complete"],
            told[f"passed_{row['component']}"],
            rules.clause(
                "component-grade" if row["component"] in GENERAL else "technological-grade"
            ),
        )
        for row in rows
    )


def practice(evaluation: Evaluation, student: str) -> PracticeTold:
    """11/2, 19, 24, 34: the internship, access to the PAF, and the practical grade."""
    course, rules = evaluation.course, evaluation.course.rules
    row = one(evaluation.practice, student)
    internship = of(course.frames["internship"], student).to_dicts()
    minutes = internship[0] if internship else {}
    planned = course.classes["internship_minutes"].item()
    share = None
    if minutes:
        made_up = min(minutes["made_up_minutes"], minutes["justified_minutes"])
        share = 1 - Fraction(minutes["absent_minutes"] - made_up, planned)
    return PracticeTold(
        planned=planned,
        absent=minutes.get("absent_minutes"),
        justified=minutes.get("justified_minutes"),
        made_up=minutes.get("made_up_minutes"),
        attendance=share,
        internship=row["internship"],
        admitted=row["admitted"],
        excluded=row["excluded_practical"],
        admission_clause=rules.clause(
            "absence-exclusion" if row["excluded_practical"] else "paf-admission"
        ),
        paf_given=row["paf_given"],
        paf_absent=bool(row["absent"]),
        paf_justified=bool(row["justified"]),
        paf=row["paf"],
        exact=_exact(row),
        level=row["published"],
        passed=bool(row["passed"]),
        clause=rules.clause("practical-grade"),
    )
