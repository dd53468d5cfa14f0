"""The days of a request, written out, with what was passed over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portaria.core.deadline import Deadline
from portaria.core.messages import declare
from portaria.documents.credit.telling import Told
from portaria.documents.credit.words import DEADLINES, LATE_DEADLINES, SKIPPED
from portaria.regulations.credit.deadlines import missed

DAY = declare(
    "credit-day",
    "{name}: by {day}, {count} working day after {start}.",
    "{name}: by {day}, {count} working days after {start}.",
)
NO_DAYS = declare("credit-day-none", "{name}: no days run yet.")
PASSED_OVER = declare("credit-day-passed", "Not counted, besides weekends: {days}.")
PASSED_DAY = declare("credit-day-passed-day", "{day} ({why})")
MOVED = declare("credit-day-moved", "It would have ended on {day}, when the service is closed.")
OTHER_READING = declare(
    "credit-day-other", "Under the other reading of the municipal holiday: {day}."
)
MISSED = declare("credit-day-missed", "Missed: done on {day}. The council tells the services why.")
ASKED = declare("credit-day-asked", "Asked on {day}.")
AUTHORISED = declare("credit-day-authorised", "Authorised by the director on {day}.")
DONE = {
    "forward_by": "forwarded_on",
    "certified_by": "returned_certified_on",
    "experience_by": "returned_experience_on",
}


def day_lines(told: Told) -> Iterator[str]:
    """Asking, then every deadline that concerns this request, in the order of the procedure."""
    request = told.request
    asked = told.say(ASKED, day=request.submitted_on)
    if request.late_authorised_on is not None:
        clause = told.rules.clause("late-request")
        asked += " " + told.say(AUTHORISED, clause, day=request.late_authorised_on)
    yield asked
    for name, deadline, late in _concerning(told):
        if deadline is not None:
            yield day_line(told, name, deadline, late)
        elif name in ("request_by", "certified_by", "experience_by"):
            yield told.say(NO_DAYS, name=told.say(DEADLINES[name]))


Due = tuple[str, Deadline | None, bool]
"""Its name, its day, and whether it is of what came late, apart from the rest."""


def _concerning(told: Told) -> Iterator[Due]:
    """Results of training or of experience only where there is such an item; where some came late
    and some in time, of each by itself."""
    due, apart = told.assessment.deadlines, told.assessment.late_results
    split = any(apart)
    items = told.assessment.items
    kinds = {(e.facts.origin == "experience", split and e.facts.late) for e in items}
    for name in DEADLINES:
        if name not in LATE_DEADLINES:
            yield name, getattr(due, name), False
            continue
        experience = name == "experience_by"
        if (experience, False) in kinds:
            yield name, getattr(due, name), False
        if (experience, True) in kinds:
            yield name, apart[experience], True


def day_line(told: Told, name: str, deadline: Deadline, late: bool = False) -> str:
    """One deadline: its last day, from when it counts, what stopped it, and the other reading."""
    numbers = {"count": deadline.days, "day": deadline.last_day, "start": deadline.start}
    title, clause = (LATE_DEADLINES if late else DEADLINES)[name], clause_of(told, name, late)
    lines = [told.say(DAY, clause, name=told.say(title), **numbers)]
    passed = [
        told.say(PASSED_DAY, day=each.date, why=each.name or told.say(SKIPPED[each.reason.value]))
        for each in deadline.skipped
        if each.reason.value in SKIPPED
    ]
    if passed:
        lines.append(told.say(PASSED_OVER, days=", ".join(passed)))
    if deadline.moved_from is not None:
        lines.append(told.say(MOVED, day=deadline.moved_from))
    if deadline.alternative_last_day is not None:
        lines.append(told.say(OTHER_READING, day=deadline.alternative_last_day))
    done: date | None = getattr(told.request, DONE[name]) if name in DONE else None
    if missed(deadline, done):
        lines.append(told.say(MISSED, told.rules.clause("deadline-missed"), day=done))
    return " ".join(lines)


def clause_of(told: Told, name: str, late: bool = False) -> str:
    """The clause a deadline stands on; 16/3 for the results of what came late."""
    parameter = {
        "request_by": "request_days",
        "forward_by": "forward_days",
        "certified_by": "certified_days",
        "experience_by": "experience_days",
        "appeal_by": "appeal_days",
    }[name]
    late = late or all(each.facts.late for each in told.assessment.items)
    if late and name in ("forward_by", "certified_by", "experience_by"):
        return told.rules.clause("late-request")
    return told.rules.edition.parameters[parameter].clause
