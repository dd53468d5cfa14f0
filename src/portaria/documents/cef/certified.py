"""Article 20: what the certificate of a student may say, from the records alone."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import polars as pl

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.documents.cef import sheets
from portaria.documents.cef.final import (
    CERTIFICATES,
    COMPONENT,
    NOT_YET,
    QUALIFICATION,
    SCHOOL,
    STATEMENT,
    Given,
    days_of,
    given,
)
from portaria.documents.cef.paper import Paper
from portaria.documents.cef.verification import is_code_of, verification_code
from portaria.regulations.cef.certification import OF_YEAR_9
from portaria.regulations.cef.schemas import COMPONENTS, GENERAL, PRACTICAL

NO_STUDENT = declare("cef-certificate-no-student", "no student of the class is {student}")
NOT_THAT_ONE = declare(
    "cef-certificate-not-that",
    "the records of {student} do not give this certificate, but: {outcome}",
)
NAMES = {
    QUALIFICATION: declare("cef-certificate-name-qualification", "level 2 qualification, year 9"),
    SCHOOL: declare("cef-certificate-name-school", "school certificate of year 9"),
    COMPONENT: declare("cef-certificate-name-components", "certificate of components"),
    STATEMENT: declare("cef-certificate-name-statement", "statement of subjects"),
    "none": declare("cef-certificate-name-none", "none yet"),
}


@dataclass(frozen=True)
class Certified:
    """`components` and `subjects`: names with their levels, in order; `units`: the training units
    with three or more, each with its catalogue and level (20/3)."""

    kind: str
    student: str
    name: str
    birth_date: date
    on: date
    regulation: str
    school: str
    course: str
    components: tuple[tuple[str, int | None], ...]
    subjects: tuple[tuple[str, str, int | None], ...]
    units: tuple[tuple[str, str, int], ...]
    internship: int | None
    paf: int | None

    def said(self) -> dict[str, Any]:
        """All that the paper says, which the code is over; days in ISO."""
        return asdict(self) | {"birth_date": str(self.birth_date), "on": str(self.on)}

    @property
    def code(self) -> str:
        """The verification code of the paper."""
        return verification_code(self.said())

    def is_code(self, code: str) -> bool:
        """Whether a code read off a paper is that of these records."""
        return is_code_of(code, self.said())


def certified(paper: Paper, student: str, kind: str | None = None) -> Certified:
    """What the certificate of a student says; `kind`: one of CERTIFICATES that is asked for.

    UsageError for a student who is not of the class, where the records give another or none, and
    for what has still to wait (16/3).
    """
    evaluation, course = paper.evaluation, paper.papers.course
    found = _given(paper, student, kind)
    who = evaluation.course.students.row(by_predicate=pl.col("student") == student, named=True)
    practice = evaluation.practice.row(by_predicate=pl.col("student") == student, named=True)
    shown = _components(found)
    practical = PRACTICAL in shown
    return Certified(
        kind=found.kind,
        student=student,
        name=who["name"],
        birth_date=who["birth_date"],
        on=evaluation.on,
        regulation=paper.rules.edition.name,
        school=paper.papers.school.name or "",
        course=(course and course.name) or "",
        components=tuple((name, _level(paper, student, name)) for name in shown),
        subjects=tuple(_subjects(paper, student, found.kind, shown)),
        units=tuple(_units(paper, student, found)),
        internship=practice["internship"] if practical else None,
        paf=practice["paf"] if practical else None,
    )


def _given(paper: Paper, student: str, kind: str | None) -> Given:
    """What may be certified now; UsageError where that is nothing, or another kind."""
    rows = paper.evaluation.certification.filter(pl.col("student") == student)
    if rows.is_empty():
        raise UsageError(Message(NO_STUDENT, {"student": student}))
    (row,) = rows.iter_rows(named=True)
    found = given(paper.evaluation, row, days_of(paper.evaluation, row["class"], paper.papers.paf))
    if row["outcome"] not in CERTIFICATES or kind not in (None, row["outcome"], found.kind):
        outcome = Message(NAMES[found.kind or row["outcome"]])
        raise UsageError(Message(NOT_THAT_ONE, {"student": student, "outcome": outcome}))
    if not found.kind or kind not in (None, found.kind):
        raise UsageError(Message(NOT_YET, {"student": student, "day": found.first_day}))
    return found


def _components(found: Given) -> list[str]:
    """Those passed; on the school certificate the two it rests on too, which a reading lets make up
    for one another."""
    shown = set(found.components) | (set(GENERAL) if found.kind == SCHOOL else set())
    return [name for name in COMPONENTS if name in shown] if found.kind != STATEMENT else []


def _units(paper: Paper, student: str, found: Given) -> list[tuple[str, str, int]]:
    """20/3: in the technological component, so where it is certified, or year 9 is. Who has either
    is excluded from none of its subjects."""
    if found.kind in OF_YEAR_9 or sheets.TECHNOLOGICAL in found.components:
        return sheets.certified_units(paper.evaluation, student)
    return []


def _level(paper: Paper, student: str, component: str) -> int | None:
    practical = component == PRACTICAL
    rows = paper.evaluation.practice if practical else paper.evaluation.components
    own = rows.filter(pl.col("student") == student)
    if not practical:
        own = own.filter(pl.col("component") == component)
    level: int | None = own["published"].item()
    return level


def _subjects(
    paper: Paper, student: str, outcome: str, components: list[str]
) -> list[tuple[str, str, int | None]]:
    """Component, subject and level: of the components shown, or the subjects that were passed."""
    passed = sheets.passed_subjects(paper.evaluation, student)
    levels = paper.evaluation.subjects.filter(pl.col("student") == student)
    by_subject = dict(levels.select("subject", "published").iter_rows())
    rows = paper.course.subjects.select("component", "subject").iter_rows()
    found = [
        (component, subject, by_subject[subject])
        for component, subject in rows
        if subject in by_subject
        and (subject in passed if outcome == STATEMENT else component in components)
    ]
    return sorted(found, key=lambda row: GENERAL.index(row[0]))
