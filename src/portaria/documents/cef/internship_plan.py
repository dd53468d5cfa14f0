"""Article 22: the internship plan of a student, under the eight headings of 22/2."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import polars as pl

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.documents.cef import parts
from portaria.documents.cef.certified import NO_STUDENT
from portaria.documents.cef.paper import NAME, Paper
from portaria.documents.cef.parts import Part
from portaria.documents.cef.records import Papers, Plan
from portaria.regulations.cef.evaluate import Evaluation

TITLE = declare("cef-plan-title", "Individual internship plan")
BORN = declare("cef-plan-born", "Born on")
HOST = declare("cef-plan-host", "Host")
MONITOR = declare("cef-plan-monitor", "Monitor of the host")
TEACHER = declare("cef-plan-teacher", "Guiding teacher")
LOAD = declare("cef-plan-load", "Load")
HOURS = declare("cef-plan-hours-load", "{hours} hours")
HEADINGS = {
    "aims": declare("cef-plan-aims", "Aims"),
    "contents": declare("cef-plan-contents", "Contents to cover"),
    "programme": declare("cef-plan-programme", "Programme of the work"),
    "period": declare("cef-plan-period", "Period"),
    "hours": declare("cef-plan-hours", "Timetable"),
    "places": declare("cef-plan-places", "Place or places"),
    "follow_up": declare("cef-plan-follow-up", "How the student is followed and assessed"),
    "rights_and_duties": declare("cef-plan-rights", "Rights and duties of all parties"),
}
"""The letters a) to h) of 22/2, in the order of the text; the keys are those of the record."""
LETTERED = declare("cef-plan-lettered", "{letter}) {heading}")
SCHOOL = declare("cef-plan-school", "The school")
THE_HOST = declare("cef-plan-the-host", "The host")
THE_STUDENT = declare("cef-plan-the-student", "The student")
GUARDIAN = declare("cef-plan-guardian", "The guardian")
MADE_BY = declare("cef-plan-made-by", "Made by the guiding teacher, the monitor and the student.")
SIGNED_BY = declare(
    "cef-plan-signed-by",
    "Signed by the school, the host and the student, and by the guardian of a minor.",
)
REPORT = declare("cef-plan-report", "At the end the student writes a report of the internship.")
OF_AGE = 18


def internship_plan(
    evaluation: Evaluation, plan: Plan, papers: Papers | None = None, lang: str | None = None
) -> bytes:
    """The plan to sign, with lines for what the record leaves out; UsageError where its student is
    not of the class. The guardian signs for who is under 18 on the day of the evaluation (21/5)."""
    paper = Paper(evaluation, papers, lang)
    students = evaluation.course.students.filter(pl.col("student") == plan.student)
    if students.is_empty():
        raise UsageError(Message(NO_STUDENT, {"student": plan.student}))
    foot = [
        f"{paper.say(MADE_BY, 'CEF 22/1')} {paper.say(SIGNED_BY, 'CEF 21/5')} "
        f"{paper.say(REPORT, 'CEF 22/3')} {paper.regulation()}."
    ]
    student = students.row(0, named=True)
    found = _parts(paper, plan, student["name"], student["birth_date"])
    return paper.page(paper.say(TITLE), student["name"], found, foot)


def _parts(paper: Paper, plan: Plan, name: str, born: date) -> Iterator[Part]:
    minutes = paper.course.classes["internship_minutes"].item()
    yield parts.facts(
        (
            (paper.say(NAME), name),
            (paper.say(BORN), paper.day(born)),
            (paper.say(HOST), plan.host or ""),
            (paper.say(MONITOR), plan.monitor or ""),
            (paper.say(TEACHER), plan.teacher or ""),
            (paper.say(LOAD), paper.say(HOURS, hours=Fraction(minutes, 60))),
        )
    )
    for letter, (key, code) in zip("abcdefgh", HEADINGS.items(), strict=True):
        yield parts.heading(paper.say(LETTERED, letter=letter, heading=paper.say(code)))
        written = (getattr(plan, key) or "").splitlines()
        if written:
            yield from map(parts.text, filter(str.strip, written))
        else:
            yield parts.lines(2)
    day = paper.evaluation.on
    names = [
        (paper.say(SCHOOL), paper.papers.school.director or ""),
        (paper.say(THE_HOST), plan.host or ""),
        (paper.say(THE_STUDENT), name),
        (paper.say(TEACHER), plan.teacher or ""),
        (paper.say(MONITOR), plan.monitor or ""),
    ]
    if _is_minor(born, day):
        names.append((paper.say(GUARDIAN), ""))
    yield parts.signatures(names, paper.signed_at(day))


def _is_minor(born: date, on: date) -> bool:
    """Who is born on 29 February is of age on 1 March."""
    return (on.year - born.year, (on.month, on.day)) < (OF_AGE, (born.month, born.day))
