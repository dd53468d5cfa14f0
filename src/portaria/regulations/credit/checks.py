"""What contradicts something else in a request: every fault, each with the field to mend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from portaria.core.deadline import FIRST_YEAR, LAST_YEAR, known_municipalities
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.regulations.credit.grade_scale import fault_of
from portaria.regulations.credit.request import Grade, Item, Request

NO_ITEMS = declare("credit-no-items", "the request asks for nothing: give at least one item")
COURSE_NEEDED = declare(
    "credit-course-needed",
    "a master gives the credits of its taught course too: the caps refer to it (3/3)",
)
COURSE_STRANGE = declare("credit-course-strange", "only a master has course_credits; leave it out")
COURSE_ABOVE = declare(
    "credit-course-above", "the course has {course} credits, more than the degree's {degree}"
)
BEFORE_YEAR = declare(
    "credit-before-year",
    "{day} is before the year that starts on {start}; correct one of the two dates, or, if the "
    "office takes requests before the year, choose the reading early_request=in_time",
)
BEFORE = declare("credit-before", "{day} is before {other} ({name})")
YEAR_UNKNOWN = declare(
    "credit-day-unknown", "{day} is outside the years whose working days are known, {first}-{last}"
)
MUNICIPALITY = declare(
    "credit-municipality",
    "the municipal holiday of {name} is not known; give its days in holidays.municipal, or one "
    "of: {known}",
)
ID_TWICE = declare("credit-id-twice", "the item {id} stands twice; each needs its own id")
NO_CREDITS = declare(
    "credit-no-credits", "give credits, or hours, periods or a learning agreement in their place"
)
ROOT_UNKNOWN = declare("credit-root-unknown", "no item has the id {root}")
ROOT_CYCLE = declare(
    "credit-root-cycle",
    "the roots go round in a circle from {id}: name the training it was first credited from",
)
PERIOD_EMPTY = declare(
    "credit-period-empty", "a period that is not complete gives its subjects, with their hours"
)
PERIOD_FAILED = declare(
    "credit-period-failed",
    "the period is called complete, and not all of its subjects were passed; correct one of the "
    "two",
)
MATCHED = declare("credit-matched", "{matched} outcomes matched, of {outcomes}")
NOT_NOTIFIED = declare(
    "credit-not-notified", "an appeal counts from the notification: give notified_on"
)

Found = Iterator[tuple[str, Message, object]]
"""Where, what, and the value shown."""


def problems_of(request: Request, readings: Mapping[str, str], file: str) -> list[Problem]:
    """Everything that contradicts something else, in the order of the file."""
    found = [*_degree(request), *_dates(request, readings), *_items(request)]
    return [
        Problem(file, message, column=where, value=None if value is None else str(value))
        for where, message, value in found
    ]


def _degree(request: Request) -> Found:
    degree = request.degree
    course = degree.course_credits
    if degree.cycle == "mestrado" and course is None:
        yield "degree.course_credits", Message(COURSE_NEEDED), None
    if degree.cycle != "mestrado" and course is not None:
        yield "degree.course_credits", Message(COURSE_STRANGE), course
    if course is not None and course > degree.credits:
        params: dict[str, object] = {"course": course, "degree": degree.credits}
        yield "degree.course_credits", Message(COURSE_ABOVE, params), course
    if not request.items:
        yield "items", Message(NO_ITEMS), None
    if (name := request.holidays.municipality) is not None:
        known = known_municipalities()
        if name.casefold() not in map(str.casefold, known):
            params = {"name": name, "known": ", ".join(known)}
            yield "holidays.municipality", Message(MUNICIPALITY, params), name


def _dates(request: Request, readings: Mapping[str, str]) -> Found:
    """5/2 gives a last day and no first; a request before the year is more often a slip."""
    start, submitted = request.year_start, request.submitted_on
    if submitted < start and readings["early_request"] == "refused":
        yield "submitted_on", Message(BEFORE_YEAR, {"day": submitted, "start": start}), submitted
    notified = request.notified_on
    filed = request.appeal.filed_on if request.appeal else None
    if filed and notified is None:
        yield "appeal", Message(NOT_NOTIFIED), None
    later: tuple[tuple[str, date | None, str, date | None], ...] = (
        ("late_authorised_on", request.late_authorised_on, "submitted_on", submitted),
        ("forwarded_on", request.forwarded_on, "submitted_on", submitted),
        ("returned_certified_on", request.returned_certified_on, "submitted_on", submitted),
        ("returned_experience_on", request.returned_experience_on, "submitted_on", submitted),
        ("decided_on", request.decided_on, "submitted_on", submitted),
        ("notified_on", notified, "submitted_on", submitted),
        ("appeal.filed_on", filed, "notified_on", notified),
    )
    for where, day, name, other in later:
        if day and other and day < other:
            yield where, Message(BEFORE, {"day": day, "other": other, "name": name}), day
    last = date(LAST_YEAR, 10, 15)  # forty working days later the known holidays end
    for where, day in (("submitted_on", submitted), *((w, d) for w, d, _, _ in later)):
        if day and not date(FIRST_YEAR, 1, 1) <= day <= last:
            params = {"day": day, "first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
            yield where, Message(YEAR_UNKNOWN, params), day


def _items(request: Request) -> Found:
    known: dict[str, Item] = {}
    for item in request.items:
        known.setdefault(item.id, item)
    for number, item in enumerate(request.items):
        where = f"items[{number}]"
        if known[item.id] is not item:
            yield f"{where}.id", Message(ID_TWICE, {"id": item.id}), item.id
        for place, message, value in (*_amount(item), *_root(item, known), *_grade(item.grade)):
            yield f"{where}.{place}", message, value
        seen = item.evidence
        if seen and None not in (seen.outcomes, seen.matched) and seen.matched > seen.outcomes:  # type: ignore[operator]
            params = {"matched": seen.matched, "outcomes": seen.outcomes}
            yield f"{where}.evidence.matched", Message(MATCHED, params), seen.matched


def _amount(item: Item) -> Found:
    given = (item.credits, item.hours, item.agreement)
    if all(each is None for each in given) and not item.periods:
        yield "credits", Message(NO_CREDITS), None
    for number, period in enumerate(item.periods):
        if not period.complete and not period.subjects:
            yield f"periods[{number}].subjects", Message(PERIOD_EMPTY), None
        if period.complete and not all(subject.passed for subject in period.subjects):
            yield f"periods[{number}].complete", Message(PERIOD_FAILED), None


def _root(item: Item, known: Mapping[str, Item]) -> Found:
    """4/4: the chain of roots is known and ends."""
    seen, at = {item.id}, item
    while at.root is not None:
        if at.root not in known:
            yield "root", Message(ROOT_UNKNOWN, {"root": at.root}), item.root
            return
        if at.root in seen:
            yield "root", Message(ROOT_CYCLE, {"id": item.id}), item.root
            return
        seen.add(at.root)
        at = known[at.root]


def _grade(grade: Grade | None) -> Found:
    if grade is not None and (fault := fault_of(grade)) is not None:
        where, message, value = fault
        yield f"grade.{where}", message, value
