"""Why the records of a student give what they give: `explain(results, student)`, as data.

The sentences are those of `documents/cef/account`. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.regulations.cef.certification import OF_YEAR_9, OUTCOME_RULES
from portaria.regulations.cef.course import Course
from portaria.regulations.cef.evaluate import Evaluation
from portaria.regulations.cef.explain import parts
from portaria.regulations.cef.explain.account import (
    Explanation,
    GradeTold,
    PracticeTold,
    SubjectTold,
    UnitTold,
)
from portaria.regulations.cef.outlook import outlook
from portaria.regulations.cef.progress import final_from
from portaria.regulations.cef.stored import Stored
from portaria.regulations.cef.warnings import warning_table, warnings_of

NO_STUDENT = declare("cef-explain-no-student", "no student of these results is {student}")
NOT_THERE = declare(
    "cef-explain-not-there", "{student} is not in the class {name}, but in {classes}"
)
WHICH = declare(
    "cef-explain-which", "{student} is in several classes ({classes}): say which with --class"
)


def explain(results: Stored, student: str, name: str | None = None) -> Explanation:
    """The account of a student of these results; name: of the class, where several have one.

    UsageError for a student who is not there, or is in several classes.
    """
    return explained(results.evaluation(_class_of(results, student, name)), student)


def explained(evaluation: Evaluation, student: str) -> Explanation:
    """The same of an evaluation of one class."""
    course, rules = evaluation.course, evaluation.course.rules
    told = parts.one(evaluation.certification, student)
    who = parts.one(course.students, student)
    ahead = outlook(evaluation)
    first = final_from(course.classes["school_year_start"].item(), rules)
    over = evaluation.on >= first
    then = parts.one(ahead.students, student)
    return Explanation(
        student=student,
        class_name=who["class"],
        name=who["name"],
        on=evaluation.on,
        course_year=_year(course, evaluation.on),
        edition=rules.edition.name,
        title=rules.edition.title,
        language=rules.edition.language,
        outcome=told["outcome"],
        components=tuple(filter(None, told["components"].split(";"))),
        final_from=None if over or told["outcome"] not in OF_YEAR_9 else first,
        lessons_over=over,
        finals=told["finals"],
        finals_clause=rules.clause("final-exams"),
        next_path=who["next_path"],
        reason=told["reason"],
        clause=rules.clause(OUTCOME_RULES[told["outcome"]]),
        next_outcome=then["next_outcome"],
        missing=tuple(filter(None, then["missing"].split(";"))),
        paf_to_certify=then["paf_to_certify"],
        subjects=parts.subjects(evaluation, ahead.subjects, student),
        units=parts.units(course, student),
        subject_grades=parts.subject_grades(evaluation, student),
        component_grades=parts.component_grades(evaluation, student, told),
        practice=parts.practice(evaluation, student),
        retained_clause=rules.edition.cites["retention"][0].name,
        attends_clause=rules.clause("attendance-until"),
        recoveries=parts.listed(evaluation.recoveries, student),
        exclusions=parts.listed(evaluation.exclusions, student),
        warnings=_warnings(evaluation, student),
        readings=rules.readings,
        changed_readings=rules.changed,
    )


def as_json(told: Explanation) -> dict[str, Any]:
    """The account as JSON: exact numbers as `9/10`, days in ISO, warnings as their codes."""

    def plain(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: plain(each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [plain(each) for each in value]
        return str(value) if isinstance(value, Fraction | date) else value

    row: dict[str, Any] = plain(asdict(told) | {"warnings": [w.code for w in told.warnings]})
    return row


def _warnings(evaluation: Evaluation, student: str) -> tuple[Message, ...]:
    """Those about the student and about the class."""
    told = warning_table(evaluation)["student"].is_in([student]).fill_null(True)
    both = zip(told, warnings_of(evaluation), strict=True)
    return tuple(problem.message for own, problem in both if own)


def _class_of(results: Stored, student: str, name: str | None) -> str:
    """The class to look at."""
    found = results.classes_of(student)
    if name is not None and found:
        if name not in found:
            params = {"student": student, "name": name, "classes": ", ".join(found)}
            raise UsageError(Message(NOT_THERE, params))
        found = [name]
    if not found:
        raise UsageError(Message(NO_STUDENT, {"student": student}))
    if len(found) > 1:
        raise UsageError(Message(WHICH, {"student": student, "classes": ", ".join(found)}))
    return found[0]


def _year(course: Course, on: date) -> int:
    year: int = course.classes.select(course.year_of(pl.lit(on))).item()
    return year


__all__ = [
    "Explanation",
    "GradeTold",
    "PracticeTold",
    "SubjectTold",
    "UnitTold",
    "as_json",
    "explain",
    "explained",
]
