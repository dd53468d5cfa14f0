"""Words that the pages of a candidate share: grades, reasons, names of quotas."""

from __future__ import annotations

from dataclasses import dataclass

from portaria.core.messages import Message, declare
from portaria.documents.access_words import QUOTA_NAMES, REASON_SENTENCES
from portaria.documents.citation import cite
from portaria.regulations.access import reasons
from portaria.regulations.access.form import (
    FormOption,
    ProgrammeGrade,
)
from portaria.web.pages import lang, say

GRADE = declare("form-grade", "Application grade {grade}")
CANNOT = declare("form-cannot", "You cannot apply here")
NOT_KNOWN = declare("form-not-known", "No application grade yet")
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


def why_not(grade: ProgrammeGrade, min_exam: object, min_grade: object, group: str) -> Line | None:
    """Why somebody cannot apply to a programme, None where she can."""
    if grade.reason is None:
        return None
    params = {"min_exam": min_exam, "min_grade": min_grade, "prerequisite": group}
    return line(sentence_of(grade.reason), grade.clause, "bad", **params)


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
