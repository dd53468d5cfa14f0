"""What people wrote beside the tables, against the tables and against itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.documents.cef.certified import NO_STUDENT
from portaria.documents.cef.meeting import faults
from portaria.documents.cef.records import MEETINGS, PLANS, Papers, Records
from portaria.documents.records import PAPERS
from portaria.regulations.cef.course import anniversary
from portaria.regulations.cef.evaluate import Evaluation

NO_CLASS = declare("cef-papers-no-class", "no class of the folder is {name}")
WHICH_CLASS = declare(
    "cef-papers-which-class", "the folder names its classes: say which with class = “…”"
)
TWO_PLANS = declare("cef-papers-two-plans", "{student} has a plan in {file} already; keep one")
PAF_OUTSIDE = declare(
    "cef-papers-paf-outside", "the PAF lies outside the course, from {first} to {last}"
)


def record_faults(evaluation: Evaluation, records: Records) -> list[Problem]:
    """Every problem of what people wrote, each by the whole name of its file."""
    found = []
    classes = set(evaluation.course.classes["class"])
    for name, meeting in records.meetings.items():
        file = f"{MEETINGS}/{name}"
        found += _class_faults(meeting.class_, classes, file)
        found += faults(meeting, evaluation.course.rules, file)
    found += _plan_faults(evaluation, records, classes)
    for name in records.papers.classes:
        if name not in classes:
            found.append(Problem(PAPERS, Message(NO_CLASS, {"name": name}), column="classes"))
    found += _paf_faults(evaluation, records.papers)
    return found


def _plan_faults(evaluation: Evaluation, records: Records, classes: set[str]) -> Iterator[Problem]:
    """A plan is of one student, and a student has one."""
    students = set(evaluation.course.students.select("class", "student").iter_rows())
    planned: dict[tuple[str, str], str] = {}
    for name, plan in records.plans.items():
        file, of = f"{PLANS}/{name}", (plan.class_ or "", plan.student)
        if wrong := _class_faults(plan.class_, classes, file):
            yield from wrong
        elif of not in students:
            message = Message(NO_STUDENT, {"student": plan.student})
            yield Problem(file, message, column="student")
        elif (first := planned.setdefault(of, file)) != file:
            message = Message(TWO_PLANS, {"student": plan.student, "file": first})
            yield Problem(file, message, column="student", value=plan.student)


def _class_faults(name: str | None, classes: set[str], file: str) -> list[Problem]:
    if (name or "") in classes:
        return []
    message = Message(WHICH_CLASS) if name is None else Message(NO_CLASS, {"name": name})
    return [Problem(file, message, column="class", value=name)]


def _paf_faults(evaluation: Evaluation, papers: Papers) -> Iterator[Problem]:
    """29/1: the PAF is in one of the two years of the course of its class."""
    rows = evaluation.course.classes.select("class", "start", "anniversary")
    for name, start, second in rows.iter_rows():
        paf, end = papers.of(name).paf, anniversary(second)
        if paf is None or start <= paf.at.date() < end:
            continue
        message = Message(PAF_OUTSIDE, {"first": start, "last": end - timedelta(days=1)})
        column = papers.place_of_paf(name)
        yield Problem(PAPERS, message, column=column, value=paf.at.isoformat(sep=" "))
