"""Every paper that the data of a folder allow, by the name of its file."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.documents.cef import grade_sheets
from portaria.documents.cef.attendance_list import attendance_list
from portaria.documents.cef.certificates import certificate
from portaria.documents.cef.certified import certified
from portaria.documents.cef.final import days_of, given, held_back
from portaria.documents.cef.internship_plan import internship_plan
from portaria.documents.cef.minutes import minutes
from portaria.documents.cef.paf_notice import late_notices, paf_notice
from portaria.documents.cef.paper import Paper, of_class
from portaria.documents.cef.record_faults import record_faults
from portaria.documents.cef.records import MEETINGS, Papers, Records
from portaria.regulations.cef.evaluate import Evaluation

KINDS = (
    "grade-sheet", "internship-sheet", "paf-sheet", "attendance", "paf-notice", "minutes",
    "internship-plan", "certificate",
)  # fmt: skip
UNKNOWN_KIND = declare("cef-papers-kind", "no paper is called {given}; known: {known}")
STRANGE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True)
class Made:
    """A paper to be: `name` of its file, with the folder of its class where there are many; `code`:
    the verification code of a certificate."""

    name: str
    kind: str
    make: Callable[[], bytes]
    student: str = ""
    code: str = ""


def check_kinds(kinds: Collection[str]) -> None:
    """UsageError for a kind that is not one of KINDS."""
    for kind in kinds:
        if kind not in KINDS:
            raise UsageError(Message(UNKNOWN_KIND, {"given": kind, "known": ", ".join(KINDS)}))


def check_records(
    evaluation: Evaluation, records: Records, kinds: Collection[str] = ()
) -> list[Problem]:
    """What contradicts itself in the records, or names no class or student of the tables; and, as
    warnings where they are among `kinds`, certificates that have to wait and a notice too late."""
    found = record_faults(evaluation, records)
    if not kinds or "certificate" in kinds:
        found += held_back(evaluation, records.papers)
    if not kinds or "paf-notice" in kinds:
        found += late_notices(evaluation, records.papers)
    return found


def every_paper(
    evaluation: Evaluation, records: Records, lang: str | None = None, kinds: Collection[str] = ()
) -> Iterator[Made]:
    """The papers of every class, of these `kinds` or of all; checked records are meant."""
    check_kinds(kinds)
    names = _Names()
    for name in evaluation.course.classes["class"]:
        own, papers = of_class(evaluation, name), records.papers.of(name)
        folder = f"{names.free(_plain(name))}/" if evaluation.course.many else ""
        for made in _of_class(own, papers, records, name, lang):
            if not kinds or made.kind in kinds:
                free = names.free(folder + made.name)
                yield Made(f"{free}.pdf", made.kind, made.make, made.student, made.code)


def _of_class(
    own: Evaluation, papers: Papers, records: Records, name: str, lang: str | None
) -> Iterator[Made]:
    trained, admitted = own.practice.filter("trained"), own.practice.filter("admitted")
    for kind, make, there in (
        ("grade-sheet", grade_sheets.grade_sheet, not own.course.students.is_empty()),
        ("internship-sheet", grade_sheets.internship_sheet, not trained.is_empty()),
        ("paf-sheet", grade_sheets.paf_sheet, not own.course.frames["paf"].is_empty()),
        ("attendance", attendance_list, not own.attendance.is_empty()),
        ("paf-notice", paf_notice, papers.paf is not None and not admitted.is_empty()),
    ):
        if there:
            yield Made(kind, kind, _later(make, own, papers, lang))
    for file, meeting in records.meetings.items():
        if (meeting.class_ or "") == name:
            ready = _later(minutes, own, meeting, papers, lang, f"{MEETINGS}/{file}")
            yield Made(f"minutes-{_plain(PurePath(file).stem)}", "minutes", ready)
    for plan in records.plans.values():
        if (plan.class_ or "") == name:
            ready = _later(internship_plan, own, plan, papers, lang)
            named = f"internship-plan-{_plain(plan.student)}"
            yield Made(named, "internship-plan", ready, plan.student)
    yield from _certificates(own, papers, lang)


def _certificates(own: Evaluation, papers: Papers, lang: str | None) -> Iterator[Made]:
    paper = Paper(own, papers, lang)
    (name,) = own.course.classes["class"]
    days = days_of(own, name, papers.paf)
    for row in own.certification.iter_rows(named=True):
        student = row["student"]
        if not given(own, row, days).kind:
            continue
        code = certified(paper, student).code
        ready = _later(certificate, own, student, papers, lang)
        yield Made(f"certificate-{_plain(student)}", "certificate", ready, student, code)


def _later(make: Callable[..., bytes], *given: object) -> Callable[[], bytes]:
    return lambda: make(*given)


def _plain(name: str) -> str:
    """A name as part of a file name."""
    return STRANGE.sub("_", name).strip(".") or "_"


class _Names:
    """File names, each once; on some disks capitals make no difference."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def free(self, name: str) -> str:
        """The name, with a number where it is taken."""
        found, number = name, 2
        while found.casefold() in self.taken:
            found, number = f"{name}-{number}", number + 1
        self.taken.add(found.casefold())
        return found
