"""The decision of the scientific council, prepared: what is fixed, what it chooses, its reasons."""

from __future__ import annotations

from collections.abc import Iterator

from portaria.core.messages import declare
from portaria.documents.credit import paper, parts
from portaria.documents.credit.days import day_lines
from portaria.documents.credit.item_lines import sums, who_decides
from portaria.documents.credit.notes import readings_line, warning_lines
from portaria.documents.credit.parts import Part
from portaria.documents.credit.procedure import appeal_lines, fee_lines, reentry_lines
from portaria.documents.credit.telling import Told
from portaria.documents.credit.words import LETTERS, OUTCOMES
from portaria.regulations.credit.assess import Assessment, Decision
from portaria.regulations.credit.caps import SECOND
from portaria.regulations.credit.deadlines import missed

TITLE = declare("credit-decision-title", "Decision of the scientific council")
UNITS = declare("credit-decision-units", "Units and areas")
HEADER = (
    declare("credit-decision-unit", "Unit and what is offered"),
    declare("credit-decision-credits", "ECTS"),
    declare("credit-decision-grade", "Grade"),
    declare("credit-decision-why", "Outcome, clause and sums"),
)
BY = declare("credit-decision-by", "Decides: {who}.")
AVERAGE = declare(
    "credit-decision-average",
    "Average of what is credited with a grade, weighed by credits: {average}.",
)
CHOICES = declare("credit-decision-choices", "The council's choice")
LIMITS = declare("credit-decision-limits", "Limits and total")
LATE = declare("credit-decision-late", "Late request")
LATE_GIVEN = declare(
    "credit-decision-late-given", "Asked on {asked}; authorised by the director on {day}."
)
LATE_FILL = declare(
    "credit-decision-late-fill",
    "Asked on {asked}; it can be decided only if the director authorises it.",
)
AUTHORISED = declare("credit-decision-authorised", "authorised by the director on:")
NOT_AUTHORISED = declare("credit-decision-not-authorised", "not authorised")
WAIVER = declare("credit-decision-waiver", "Second limit")
WAIVER_SAYS = declare(
    "credit-decision-waiver-says",
    "The council may lift the limit of {clause} with reasons; that of {letter}) stands all the "
    "same.",
)
LIFTED = declare("credit-decision-lifted", "lifted in this request, for these reasons:")
NOT_LIFTED = declare("credit-decision-not-lifted", "not lifted")
LIFT = declare("credit-decision-lift", "lifted, for these reasons:")
OUT_OF_TIME = declare("credit-decision-out-of-time", "Days that were missed")
OUT_OF_TIME_REASONS = declare(
    "credit-decision-out-of-time-reasons",
    "Reasons of the council, for the services to tell the student [{clause}]",
)
DAYS = declare("credit-decision-days", "Days")
WARNED = declare("credit-decision-warned", "To look at before deciding")
PROCEDURE = declare("credit-decision-procedure", "Re-entry, fees and appeal")
DECIDES = declare("credit-decision-decides", "Decision")
AS_IS = declare("credit-decision-as-is", "as it stands above, after the commission's opinion of:")
CHANGED = declare("credit-decision-changed", "as it stands above, with these changes:")
NOT_GRANTED = declare("credit-decision-not-granted", "nothing is granted, for these reasons:")
PRESIDENT = declare("credit-decision-president", "President of the scientific council")
SECRETARY = declare("credit-decision-secretary", "Secretary")
MEETING_OF = declare("credit-decision-meeting-of", "Meeting of {day}, no. of the minutes")
MEETING = declare("credit-decision-meeting", "Day of the meeting, and no. of the minutes")


def decision(assessment: Assessment, lang: str | None = None) -> bytes:
    """The decision as PDF, to be completed and signed; `lang`: that of the edition unless given."""
    told = Told(assessment, lang)
    foot = [readings_line(told)]
    return paper.page(told, told.say(TITLE), paper.subtitle_of(told), _parts(told), foot)


def _parts(told: Told) -> Iterator[Part]:
    yield paper.case_facts(told)
    yield from paper.standing(told)
    yield parts.heading(told.say(UNITS))
    header = [told.say(code) for code in HEADER]
    rows = [_row(told, each) for each in told.assessment.items]
    yield parts.table(header, ("4fr", "auto", "auto", "6fr"), rows, right=(1, 2))
    if told.assessment.average is not None:
        clause = told.rules.clause("experience-no-grade")
        yield parts.text(told.say(AVERAGE, clause, average=told.assessment.average))
    yield parts.heading(told.say(LIMITS))
    yield from paper.cap_parts(told)
    if choices := list(paper.choice_parts(told)):
        yield parts.heading(told.say(CHOICES))
        yield from choices
    yield from _late(told)
    yield from _waiver(told)
    more = [*reentry_lines(told), *fee_lines(told), *appeal_lines(told)]
    for title, lines in (
        (WARNED, [*warning_lines(told)]),
        (DAYS, [*day_lines(told)]),
        (PROCEDURE, more),
    ):
        if lines:
            yield parts.heading(told.say(title))
            yield parts.bullets(lines)
    yield from _out_of_time(told)
    yield parts.heading(told.say(DECIDES))
    yield parts.boxes(told.say(code) for code in (AS_IS, CHANGED, NOT_GRANTED))
    yield parts.lines("", 2)
    names, decided = [told.say(PRESIDENT), told.say(SECRETARY)], told.request.decided_on
    meeting = told.say(MEETING) if decided is None else told.say(MEETING_OF, day=decided)
    yield parts.signatures(names, meeting)


def _row(told: Told, each: Decision) -> list[str | Part]:
    notes = sums(told, each)
    if each.decided_by not in ("council", "director"):  # what is late has a heading of its own
        notes.append(told.say(BY, who=who_decides(told, each)))
    return [
        paper.unit(told, each),
        paper.credits_cell(told, each),
        paper.grade_cell(told, each),
        parts.cell(told.say(OUTCOMES[each.outcome]), notes, strong=True),
    ]


def _late(told: Told) -> Iterator[Part]:
    request = told.request
    if not any(each.facts.late for each in told.assessment.items):
        return
    yield parts.heading(told.say(LATE))
    clause, asked = told.rules.clause("late-request"), request.submitted_on
    if request.late_authorised_on is not None:
        day = request.late_authorised_on
        yield parts.text(told.say(LATE_GIVEN, clause, asked=asked, day=day))
    else:
        yield parts.text(told.say(LATE_FILL, clause, asked=asked))
        yield parts.boxes((told.say(AUTHORISED), told.say(NOT_AUTHORISED)))


def _waiver(told: Told) -> Iterator[Part]:
    """12/7 where it could matter: in a first or second cycle, with something that it holds."""
    request = told.request
    holds_all = told.rules.takes("second_cap", "all_credit")
    experience = any(each.facts.origin == "experience" for each in told.assessment.items)
    if request.degree.cycle not in SECOND or not (holds_all or experience):
        return
    yield parts.heading(told.say(WAIVER))
    letter = LETTERS["experience"]
    yield parts.text(told.say(WAIVER_SAYS, clause=told.clause("second-cap"), letter=letter))
    if request.waiver_reasoned:
        yield parts.lines(told.say(LIFTED), 3)
    else:
        yield parts.boxes((told.say(NOT_LIFTED), told.say(LIFT)))
        yield parts.lines("", 1)


def _out_of_time(told: Told) -> Iterator[Part]:
    """17/3: the council says why a result came late."""
    request, due = told.request, told.assessment.deadlines
    late = (
        missed(due.certified_by, request.returned_certified_on),
        missed(due.experience_by, request.returned_experience_on),
        missed(due.forward_by, request.forwarded_on),
    )
    if any(late):
        yield parts.heading(told.say(OUT_OF_TIME))
        clause = told.clause("deadline-missed")
        yield parts.lines(told.say(OUT_OF_TIME_REASONS, clause=clause), 3)
