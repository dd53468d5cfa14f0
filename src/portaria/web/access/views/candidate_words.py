"""Words that the pages of a candidate share: grades, reasons, names of quotas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from babel.lists import format_list

from portaria.core.messages import Message, declare
from portaria.documents.access_words import QUOTA_NAMES, REASON_SENTENCES
from portaria.documents.citation import cite
from portaria.regulations.access import reasons
from portaria.regulations.access.form import (
    FormOption,
    ProgrammeGrade,
)
from portaria.regulations.access.plan.account import SetMissing
from portaria.web.access.offers import exam_name
from portaria.web.pages import lang, say

GRADE = declare("form-grade", "Application grade {grade}")
CANNOT = declare("form-cannot", "You cannot apply here")
NOT_KNOWN = declare("form-not-known", "No application grade yet")
NOT_TAKEN = declare(
    "form-not-taken", "The exam {exams} is missing.", "{count} exams are missing: {exams}."
)
NONE_TAKEN = declare("form-none-taken", "One of these exams is missing: {exams}.")
BELOW = declare(
    "form-points",
    "{exam}: {grade}, {count} point below the minimum.",
    "{exam}: {grade}, {count} points below the minimum.",
)
TENTHS = declare(
    "form-tenths",
    "{count} tenth is missing to the minimum.",
    "{count} tenths are missing to the minimum.",
)
SHORT_REASONS = {
    reasons.EXAM_NOT_TAKEN: declare(
        "form-exam-not-taken", "No set of its entrance exams was fully taken."
    ),
    reasons.EXAM_BELOW_MINIMUM: declare(
        "form-exam-below", "An entrance exam is below the minimum of {min_exam}."
    ),
    reasons.PREREQUISITE_NOT_MET: declare(
        "form-prerequisite", "The prerequisite of group {prerequisite} is not met."
    ),
    reasons.GRADE_BELOW_MINIMUM: declare(
        "form-grade-below", "The application grade is below the minimum of {min_grade}."
    ),
    reasons.EXCLUDED: declare("form-excluded", "You are excluded from this contest."),
}


@dataclass(frozen=True)
class Line:
    """A sentence, and the clause it stands on, cited; kind: plain, good or bad."""

    text: str
    clause: str = ""
    kind: str = "plain"


def line(code: str, clause: str = "", kind: str = "plain", **params: object) -> Line:
    """A declared sentence with its clause."""
    return Line(say(Message(code, params)), cite(clause, lang()) if clause else "", kind)


def badge(grade: ProgrammeGrade | FormOption | None) -> tuple[str, str]:
    """What an option is worth in a word, and its tone."""
    if grade is None or grade.state in ("no_secondary", "unknown", "repeated"):
        return say(Message(NOT_KNOWN)), "neutral"
    if grade.state == "invalid":
        return say(Message(CANNOT)), "danger"
    if grade.grade is None:
        return say(Message(NOT_KNOWN)), "neutral"
    return say(Message(GRADE, {"grade": grade.grade})), "success"


def why_not(
    grade: ProgrammeGrade | FormOption, min_exam: object, min_grade: object, group: object
) -> list[Line]:
    """Why somebody cannot apply to a programme and what she lacks; nothing where she can."""
    if grade.reason is None:
        return []
    params = {"min_exam": min_exam, "min_grade": min_grade, "prerequisite": group}
    lacks = list(_lacking(grade.missing.nearest)) if grade.missing else []
    if grade.reason == reasons.EXAM_NOT_TAKEN and lacks:
        found = [replace(lacks[0], clause=cite(grade.clause, lang()), kind="bad"), *lacks[1:]]
    else:
        found = [line(sentence_of(grade.reason), grade.clause, "bad", **params), *lacks]
    if grade.missing and grade.missing.tenths:
        found.append(line(TENTHS, count=grade.missing.tenths))
    return found


def _lacking(nearest: Sequence[SetMissing]) -> Iterator[Line]:
    """The exams that are missing, by name; of several sets that would do, each."""
    not_taken = [listed(map(exam_name, each.not_taken)) for each in nearest if each.not_taken]
    if len(not_taken) == 1:
        count = len(next(each.not_taken for each in nearest if each.not_taken))
        yield line(NOT_TAKEN, exams=not_taken[0], count=count)
    elif not_taken:
        yield line(NONE_TAKEN, exams="; ".join(dict.fromkeys(not_taken)))
    for each in nearest:
        for below in each.below:
            exam = exam_name(below.exam)
            yield line(BELOW, exam=exam, grade=below.grade, count=below.points)


def listed(names: Iterable[str]) -> str:
    """Names in a row, as people write them: `A, B e C`."""
    return format_list(list(names), locale=lang().replace("-", "_"))


def sentence_of(reason: str) -> str:
    """The code of the sentence of a reason, the short one where there is one."""
    return SHORT_REASONS.get(reason) or REASON_SENTENCES[reason]


def capital(name: Message) -> str:
    """A name as it begins a line."""
    words = say(name)
    return words[:1].upper() + words[1:]


def quota_title(quota: str) -> str:
    """The name of a quota or preference as it begins a line."""
    return capital(Message(QUOTA_NAMES[quota]))
