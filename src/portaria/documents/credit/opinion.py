"""The opinion of the commission: what the rules compute, and what it must judge itself."""

from __future__ import annotations

from collections.abc import Iterator

from portaria.core.messages import declare
from portaria.documents.credit import paper, parts
from portaria.documents.credit.days import day_lines
from portaria.documents.credit.item_lines import sums, who_decides
from portaria.documents.credit.notes import (
    all_readings_line,
    correction_lines,
    warning_lines,
)
from portaria.documents.credit.parts import Part
from portaria.documents.credit.procedure import commission_lines, reentry_lines
from portaria.documents.credit.telling import Told, source_of
from portaria.documents.credit.words import ASSESSMENTS, OUTCOMES, PRINCIPLES, SEATS
from portaria.regulations.credit.assess import Assessment, Decision

TITLE = declare("credit-opinion-title", "Opinion of the credit commission")
UNITS = declare("credit-opinion-units", "Units and areas")
HOW = declare(
    "credit-opinion-how",
    "What is printed of each is what the rules compute. Level, area and correspondence of the "
    "competences are for the commission to judge: tick and give reasons.",
)
SIDE = declare("credit-opinion-side", "{outcome}: {credits} ECTS")
SIDE_GRADE = declare("credit-opinion-side-grade", "{outcome}: {credits} ECTS, grade {grade}")
LEVEL = declare("credit-opinion-level", "level: {value}")
AREA = declare("credit-opinion-area", "area: {value}")
OUTCOMES_MATCHED = declare(
    "credit-opinion-matched", "learning outcomes matched: {matched} of {outcomes}"
)
OUTCOMES_ONLY = declare("credit-opinion-outcomes", "learning outcomes: {outcomes}")
MATCHED_ONLY = declare("credit-opinion-matched-only", "learning outcomes matched: {matched}")
NOTED = declare("credit-opinion-note", "note: {value}")
SEEN_BY = declare("credit-opinion-by", "by: {value}")
EVIDENCE = declare("credit-opinion-evidence", "Evidence: {evidence}.")
NO_EVIDENCE = declare("credit-opinion-no-evidence", "Evidence: none is recorded.")
ASSESSED = declare("credit-opinion-assessed", "Assessed by: {methods}.")
RECORD = declare("credit-opinion-record", "{method} (with written record)")
NO_RECORD = declare("credit-opinion-no-record", "{method} (without written record)")
DECIDED = declare("credit-opinion-decided", "Decides: {who}.")
ASK_LEVEL = declare("credit-opinion-ask-level", "The level is that of the course.")
ASK_AREA = declare("credit-opinion-ask-area", "The scientific area is the right one.")
ASK_MATCH = declare(
    "credit-opinion-ask-match", "The competences correspond to those of the unit or area."
)
ASK_CURRENT = declare("credit-opinion-ask-current", "Contents are relevant and up to date.")
ASK_GRADE = declare(
    "credit-opinion-ask-grade", "The grade is credible, by the methods it was given with."
)
YES = declare("credit-opinion-yes", "yes")
NO = declare("credit-opinion-no", "no")
REASONS = declare("credit-opinion-reasons", "Reasons")
FAVOURABLE = declare("credit-opinion-favourable", "Favourable")
IN_PART = declare("credit-opinion-in-part", "In part: ____ ECTS")
UNFAVOURABLE = declare("credit-opinion-unfavourable", "Unfavourable")
OPINION = declare("credit-opinion-opinion", "Opinion")
LIMITS = declare("credit-opinion-limits", "Limits")
CHOICES = declare("credit-opinion-choices", "To be chosen under the limits")
BEYOND = declare("credit-opinion-beyond", "Further units that the commission proposes")
BEYOND_HOW = declare(
    "credit-opinion-beyond-how",
    "Beyond the request; the student accepts or refuses them in writing [{clause}].",
)
BEYOND_HEADER = (
    declare("credit-opinion-beyond-unit", "Unit"),
    declare("credit-opinion-beyond-source", "From what"),
    declare("credit-opinion-beyond-credits", "ECTS"),
)
COMMISSION = declare("credit-opinion-commission", "Commission")
COMMISSION_FILL = declare(
    "credit-opinion-commission-fill",
    "Two members named by the council and one course coordinator; at least one stays from the "
    "mandate before [{clause}].",
)
MEMBER_HEADER = (
    declare("credit-opinion-member", "Member"),
    declare("credit-opinion-seat", "Seat"),
    declare("credit-opinion-processes", "Processes before"),
    declare("credit-opinion-rank", "Rank"),
    declare("credit-opinion-since", "Since"),
)
DAYS = declare("credit-opinion-days", "Days")
WARNED = declare("credit-opinion-warned", "To look at")
MEMBER = declare("credit-opinion-sign", "Member of the commission")
DAY = declare("credit-opinion-day", "Date")
PLAIN = paper.PLAIN


def opinion_form(assessment: Assessment, lang: str | None = None) -> bytes:
    """The form as PDF, to be filled and signed; `lang`: that of the edition unless given."""
    told = Told(assessment, lang)
    foot = [all_readings_line(told), *correction_lines(told)]
    return paper.page(told, told.say(TITLE), paper.subtitle_of(told), _parts(told), foot)


def _parts(told: Told) -> Iterator[Part]:
    yield paper.case_facts(told)
    yield from paper.standing(told)
    yield parts.heading(told.say(UNITS))
    yield parts.text(told.say(HOW))
    for each in told.assessment.items:
        yield _card(told, each)
    yield parts.heading(told.say(LIMITS))
    yield from paper.cap_parts(told)
    if choices := list(paper.choice_parts(told)):
        yield parts.heading(told.say(CHOICES))
        yield from choices
    for title, lines in (
        (WARNED, [*warning_lines(told), *reentry_lines(told)]),
        (DAYS, [*day_lines(told)]),
    ):
        if lines:
            yield parts.heading(told.say(title))
            yield parts.bullets(lines)
    yield parts.heading(told.say(BEYOND))
    clause = told.clause("units-beyond-request")
    yield parts.text(told.say(BEYOND_HOW, clause=clause))
    header = [told.say(code) for code in BEYOND_HEADER]
    yield parts.table(header, ("4fr", "4fr", "1fr"), [["\u00a0"] * 3] * 3)
    yield from _commission(told)
    yield parts.signatures([told.say(MEMBER)] * 3, told.say(DAY))


def _card(told: Told, decision: Decision) -> Part:
    found = [parts.text(line, small=True) for line in _computed(told, decision)]
    if _judged(decision):
        answers = (told.say(YES), told.say(NO))
        found.append(parts.questions((told.say(code) for code in _questions(decision)), answers))
        verdict = [told.say(code) for code in (FAVOURABLE, IN_PART, UNFAVOURABLE)]
        found.append(parts.questions([told.say(OPINION)], verdict))
        found.append(parts.lines(told.say(REASONS), 1))
    return parts.card(paper.unit_name(told, decision.facts.item), _side(told, decision), found)


def _judged(decision: Decision) -> bool:
    """Whether the commission is asked about an item at all."""
    return decision.outcome != "refused" and decision.decided_by == "council"


def _side(told: Told, decision: Decision) -> str:
    outcome = told.say(OUTCOMES[decision.outcome])
    if not decision.credits:
        return outcome
    if decision.grade.grade is None:
        return told.say(SIDE, outcome=outcome, credits=decision.credits)
    grade = decision.grade.grade
    return told.say(SIDE_GRADE, outcome=outcome, credits=decision.credits, grade=grade)


def _computed(told: Told, decision: Decision) -> Iterator[str]:
    item = decision.facts.item
    offered = source_of(item) if item.target else ""
    yield " · ".join(filter(None, (offered, told.short_origin(item.origin))))
    yield " ".join(sums(told, decision))
    if _judged(decision) or item.evidence is not None:
        yield _evidence(told, decision)
    if item.assessment:
        yield told.say(ASSESSED, methods=", ".join(_methods(told, decision)))
    if decision.decided_by != "council":
        yield told.say(DECIDED, who=who_decides(told, decision))


def _evidence(told: Told, decision: Decision) -> str:
    seen = decision.facts.item.evidence
    if seen is None:
        return told.say(NO_EVIDENCE)
    found = [
        told.say(code, value=value)
        for code, value in ((LEVEL, seen.level), (AREA, seen.area))
        if value
    ]
    if seen.outcomes is not None and seen.matched is not None:
        found.append(told.say(OUTCOMES_MATCHED, matched=seen.matched, outcomes=seen.outcomes))
    elif seen.outcomes is not None:
        found.append(told.say(OUTCOMES_ONLY, outcomes=seen.outcomes))
    elif seen.matched is not None:
        found.append(told.say(MATCHED_ONLY, matched=seen.matched))
    for code, value in ((NOTED, seen.note), (SEEN_BY, seen.decided_by)):
        if value:
            found.append(told.say(code, value=value.removesuffix(".")))
    return told.say(EVIDENCE, evidence="; ".join(found)) if found else told.say(NO_EVIDENCE)


def _methods(told: Told, decision: Decision) -> Iterator[str]:
    for each in decision.facts.item.assessment:
        name = told.say(ASSESSMENTS[each.method]) if each.method in ASSESSMENTS else each.method
        record = {True: RECORD, False: NO_RECORD, None: PLAIN}[each.written_record]
        yield told.say(record, method=name, value=name)


def _questions(decision: Decision) -> tuple[str, ...]:
    """3/6-7 for all; 12/5 for experience; 10/5 for training outside higher education."""
    if decision.facts.origin == "experience":
        return (ASK_LEVEL, ASK_AREA, ASK_MATCH, *PRINCIPLES.values())
    if decision.facts.origin in ("cet", "other"):
        return (ASK_LEVEL, ASK_AREA, ASK_MATCH, ASK_CURRENT, ASK_GRADE)
    return (ASK_LEVEL, ASK_AREA, ASK_MATCH)


def _commission(told: Told) -> Iterator[Part]:
    yield parts.heading(told.say(COMMISSION))
    given = told.request.commission
    header = [told.say(code) for code in MEMBER_HEADER]
    rows: list[list[str]] = [["\u00a0"] * 5] * 3
    if given is None:
        yield parts.text(told.say(COMMISSION_FILL, clause=told.clause("commission-seats")))
    else:
        rows = [
            [
                m.id,
                told.say(SEATS[m.seat]),
                str(m.processes),
                str(m.rank),
                told.say(PLAIN, value=m.since),
            ]
            for m in given.members
        ]
    yield parts.table(header, ("3fr", "3fr", "1.6fr", "1fr", "2.4fr"), rows, right=(2, 3))
    if given is not None:
        yield parts.bullets(commission_lines(told))
