"""Articles 16/3 and 21/2: the day from which a certificate of the course, or of year 9, is made.

Grades have no dates: who has all of them in January of year 1 would be certified then. What the
records give of single components and subjects may be certified on any day (12/24, 20/4-5).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.regulations.cef.certification import OF_YEAR_9
from portaria.regulations.cef.evaluate import Evaluation
from portaria.regulations.cef.progress import final_assessment, final_from

NOT_YET = declare(
    "cef-certificate-not-yet",
    "the course is assessed after the internship, so {student} gets this certificate from {day} on",
)
HELD_BACK = declare(
    "cef-certificates-held-back",
    "{count} certificate of the course or of year 9 is not made: the course is assessed after the "
    "internship; ask again with a day from {day} on",
    "{count} certificates of the course or of year 9 are not made: the course is assessed after "
    "the internship; ask again with a day from {day} on",
)


def first_day(evaluation: Evaluation, name: str = "") -> date:
    """The first day of internships in the second course year of a class."""
    course = evaluation.course
    of_class = course.classes.filter(pl.col("class") == name)
    return final_from(of_class["school_year_start"].item(), course.rules)


def is_held_back(evaluation: Evaluation, outcome: str, name: str = "") -> bool:
    """Whether an outcome of the records cannot be certified yet: before internships begin, none is
    finished. The council that 16/3 wants is not recorded; people see to it."""
    finished = evaluation.on >= first_day(evaluation, name)
    return (
        outcome in OF_YEAR_9 and not final_assessment(finished, True, evaluation.course.rules).open
    )


def not_yet(evaluation: Evaluation, student: str, name: str = "") -> Message:
    """Why a student gets no certificate now."""
    return Message(NOT_YET, {"student": student, "day": first_day(evaluation, name)})


def held_back(evaluation: Evaluation) -> Iterator[Problem]:
    """One warning a class: how many certificates are not made now, and from when on they are."""
    clause = evaluation.course.rules.clause("final-assessment")
    given = evaluation.certification.filter(pl.col("outcome").is_in(OF_YEAR_9))
    for name, count in given["class"].value_counts(sort=False).sort("class").iter_rows():
        if is_held_back(evaluation, OF_YEAR_9[0], name):
            params = {"count": count, "day": first_day(evaluation, name)}
            yield Problem(
                "students",
                Message(HELD_BACK, params),
                column="class" if name else "",
                value=name or None,
                clause=clause,
                severity="warning",
            )
