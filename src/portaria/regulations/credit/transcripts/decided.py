"""What an assessment credits, as a record writes it: only what was decided, and nothing open."""

from __future__ import annotations

from collections.abc import Callable

from portaria.core.errors import InputError
from portaria.core.messages import DEFAULT_LANGUAGE, Message, declare
from portaria.core.numbers import written
from portaria.core.problem import Problem
from portaria.regulations.credit.assess import Assessment, Decision
from portaria.regulations.credit.request import Request
from portaria.regulations.credit.transcripts.write import Recognised, Record

NOT_DECIDED = declare(
    "record-not-decided",
    "a record is written of what was decided: the request is {outcome}; decide it first",
)
OPEN_ITEM = declare(
    "record-open-item", "the item {item} still waits for a person; decide it, or leave it out"
)
NEEDED = declare("record-needs", "a record needs this")
NOTHING = declare("record-nothing", "nothing was credited, so there is nothing to record")
CANNOT = declare("record-cannot", "The record cannot be written: correct the errors above.")


def recognised_of(assessment: Assessment, cite: Callable[[str], str]) -> list[Recognised]:
    """What people granted, whole or reduced, in the order of the request; cite: a clause in words.

    InputError where the request is not complete, an item is open, or nothing was granted.
    """
    problems = []
    if assessment.outcome != "complete":
        message = Message(NOT_DECIDED, {"outcome": assessment.outcome})
        problems.append(Problem("", message, column="submitted_on"))
    for number, each in enumerate(assessment.items):
        if each.outcome == "human" or (each.credits and not _is_decided(each)):
            message = Message(OPEN_ITEM, {"item": each.facts.item.id})
            problems.append(Problem("", message, column=f"items[{number}]", clause=each.clause))
    if not any(each.credits for each in assessment.items) and not problems:
        problems.append(Problem("", Message(NOTHING), column="items"))
    if problems:
        raise InputError(Message(CANNOT), problems)
    return [_recognised(each, cite) for each in assessment.items if each.credits]


def _is_decided(each: Decision) -> bool:
    """14/1, 15/4: by people, who judged level and area, or by a table approved beforehand."""
    item = each.facts.item
    return item.table is not None or item.decided is not None


def _recognised(each: Decision, cite: Callable[[str], str]) -> Recognised:
    item, credits, exact = each.facts.item, each.credits, each.grade.exact
    assert credits is not None
    return Recognised(
        source_id=item.id,
        source_name=item.name or item.id,
        source_institution=item.institution or "",
        source_country=item.country,
        target=item.target or "",
        credits=credits,
        grade=each.grade.grade,
        exact_grade=None if exact is None or exact == each.grade.grade else written(exact),
        clause=cite(each.clause),
        experience=each.facts.origin == "experience",
    )


def record_of(request: Request, lang: str = DEFAULT_LANGUAGE) -> Record:
    """Who recognised, for whom and when; InputError with everything that the request lacks."""
    student, course = request.student, request.course
    needed = {
        "course": course,
        "course.institution": course and course.institution,
        "course.identifier": course and course.identifier,
        "course.url": course and course.url,
        "student": student,
        "student.given_names": student and student.given_names,
        "student.family_name": student and student.family_name,
        "decided_on": request.decided_on,
    }
    lacking = [Problem("", Message(NEEDED), column=name) for name, v in needed.items() if not v]
    if lacking:
        raise InputError(Message(CANNOT), lacking)
    assert course is not None
    assert course.identifier is not None
    assert student is not None
    assert request.decided_on is not None
    return Record(
        institution=course.institution or "",
        identifier=(course.identifier.type, course.identifier.value),
        country="PT",
        url=course.url or "",
        course=course.name,
        given_names=student.given_names or "",
        family_name=student.family_name or "",
        decided_on=request.decided_on,
        language=lang,
    )
