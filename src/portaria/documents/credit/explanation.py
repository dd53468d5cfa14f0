"""What a student or a clerk reads of a request: what may be granted, by which sum, and why.

It only tells what `assess` found: nothing is decided here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from portaria.core.messages import declare
from portaria.documents.access_letter import Block
from portaria.documents.credit.days import day_lines
from portaria.documents.credit.item_lines import LAST_DAY, missing_lines, sums, who_decides
from portaria.documents.credit.limits import cap_lines, choice_lines, choices_of
from portaria.documents.credit.notes import (
    ALL_ITEMS,
    closing_line,
    correction_lines,
    edition_line,
    readings_line,
    warning_lines,
)
from portaria.documents.credit.procedure import procedure_lines
from portaria.documents.credit.telling import Told, final, source_of, total_of
from portaria.documents.credit.words import (
    COMPLETE_LATE,
    CYCLES,
    DECIDERS,
    OUTCOMES,
    REQUEST_OUTCOMES,
    RESULTS,
    STATES,
)
from portaria.regulations.credit.assess import Assessment, Decision

TITLE = declare("credit-told-title", "Credit request: {outcome}")
DEGREE = declare("credit-told-degree", "{cycle} of {credits} ECTS, year that starts on {start}.")
TOTAL = declare("credit-told-total", "Fixed by the rules: {credits} ECTS.")
TOTAL_IF = declare(
    "credit-told-total-if", "Fixed by the rules, once that is mended: {credits} ECTS."
)
AVERAGE = declare(
    "credit-told-average",
    "Average of what is credited with a grade: {average}, weighed by credits.",
)
ITEM = declare("credit-told-item", "{item}: {outcome}")
ITEM_CREDITS = declare("credit-told-item-credits", "{item}: {outcome}, {credits} ECTS")
ITEM_GRADE = declare("credit-told-item-grade", "{item}: {outcome}, {credits} ECTS, grade {grade}")
OFFERED = declare("credit-told-offered", "Offered: {source}; {origin}.")
OFFERED_ORIGIN = declare("credit-told-offered-origin", "Offered: {origin}.")
OF_OUTCOME = declare("credit-told-of-outcome", "{outcome}: {items}.")
USUALLY = declare(
    "credit-told-usually", "Who decides, where nothing else is said of a unit: {who}."
)
DECIDED = declare("credit-told-decided", "Who decides: {who}.")
CAPS = declare("credit-told-caps", "Limits")
CHOICE = declare("credit-told-choice", "{name}. {sentence}")
OPTION = declare("credit-told-option", "{number}. {option}.")
DAYS = declare("credit-told-days", "Days")
PROCEDURE = declare("credit-told-procedure", "Procedure")
WARNED = declare("credit-told-warned", "To look at before deciding")
TEXT = declare("credit-told-text", "The text and its readings")


def explanation(assessment: Assessment, lang: str | None = None) -> list[Block]:
    """The whole answer in words; `lang`: that of the edition unless another is asked for."""
    return list(_blocks(Told(assessment, lang)))


def _blocks(told: Told) -> Iterator[Block]:
    yield from _outcome(told)
    for each in told.assessment.items:
        yield Block("heading", item_heading(told, each))
        yield from (Block("detail", line) for line in item_lines(told, each))
    yield Block("heading", told.say(CAPS))
    yield from (Block("detail", line) for line in cap_lines(told))
    for name, choice in choices_of(told):
        sentence, options = choice_lines(told, choice)
        yield Block("text", told.say(CHOICE, name=name, sentence=sentence))
        for number, option in enumerate(options, 1):
            yield Block("detail", told.say(OPTION, number=number, option=option))
    for title, lines in (
        (WARNED, warning_lines(told)),
        (DAYS, day_lines(told)),
        (PROCEDURE, _procedure(told)),
        (TEXT, _text(told)),
    ):
        if found := list(lines):
            yield Block("heading", told.say(title))
            yield from (Block("detail", line) for line in found)


def _outcome(told: Told) -> Iterator[Block]:
    request, assessment = told.request, told.assessment
    yield Block("title", told.say(TITLE, outcome=told.say(STATES[assessment.outcome])))
    authorised = any(each.code == "late-authorised" for each in assessment.warnings)
    code = COMPLETE_LATE if authorised else REQUEST_OUTCOMES["complete"]
    if assessment.outcome != "complete":
        code = REQUEST_OUTCOMES[assessment.outcome]
    sentence = told.say(code, outcome_clause(told))
    yield Block("text", sentence)
    last = assessment.deadlines.request_by
    if assessment.outcome == "late" and last is not None:
        clause = told.rules.clause("request-deadline")
        yield Block("detail", told.say(LAST_DAY, clause, day=last.last_day))
    yield from (Block("detail", line) for line in missing_lines(told))
    cycle = told.say(CYCLES[request.degree.cycle])
    degree = {"cycle": cycle[:1].upper() + cycle[1:], "credits": request.degree.credits}
    lines = [told.say(DEGREE, **degree, start=request.year_start)]
    total = TOTAL if assessment.outcome == "complete" else TOTAL_IF
    lines.append(told.say(total, credits=total_of(assessment.items)))
    if assessment.average is not None:
        lines.append(told.say(AVERAGE, average=assessment.average))
    yield Block("text", " ".join(lines))
    if len(assessment.items) > 1:
        yield from (Block("detail", line) for line in _by_outcome(told))


def _by_outcome(told: Told) -> Iterator[str]:
    """The units of each outcome in one line, before they are told one by one."""
    for outcome, words in (RESULTS if final(told) else OUTCOMES).items():
        items = [e.facts.item.id for e in told.assessment.items if e.outcome == outcome]
        if items:
            every = len(items) == len(told.items)
            named = told.say(ALL_ITEMS) if every else ", ".join(map(told.named, items))
            yield told.say(OF_OUTCOME, outcome=told.say(words), items=named)


def outcome_clause(told: Told) -> str:
    """What a request that is late or incomplete stands on; nothing for one that is neither."""
    outcome = told.assessment.outcome
    if outcome == "complete":
        return ""
    if outcome == "late":
        return told.rules.clause("late-request")
    lacking = next(each.facts for each in told.assessment.items if each.facts.missing)
    experience = lacking.origin == "experience"
    return told.rules.clause("documents-experience" if experience else "documents-certified")


def item_heading(told: Told, decision: Decision) -> str:
    """`UC1 (a): Credited, 6 ECTS, grade 14`."""
    outcome = told.say((RESULTS if final(told) else OUTCOMES)[decision.outcome])
    named = {"item": told.named(decision.facts.item.id), "outcome": outcome}
    if not decision.credits:
        return told.say(ITEM, **named)
    if decision.grade.grade is None:
        return told.say(ITEM_CREDITS, credits=decision.credits, **named)
    return told.say(ITEM_GRADE, credits=decision.credits, grade=decision.grade.grade, **named)


def item_lines(told: Told, decision: Decision) -> Iterator[str]:
    """What was offered, why the outcome is what it is, the sums, and who decides, unless it is
    the one who decides most units."""
    facts = decision.facts
    source, origin = source_of(facts.item), told.short_origin(facts.item.origin)
    offered = {"source": source, "origin": origin}
    yield told.say(OFFERED if source else OFFERED_ORIGIN, **offered)
    yield from sums(told, decision)
    if facts.item.decided is None and decision.decided_by != _usual(told):
        yield told.say(DECIDED, who=who_decides(told, decision))


def _usual(told: Told) -> str:
    """Who decides most of the units; the council where no other decides more."""
    count = Counter(e.decided_by for e in told.assessment.items if e.facts.item.decided is None)
    return max(DECIDERS, key=lambda who: (count[who], who == "council")) if count else ""


def _procedure(told: Told) -> Iterator[str]:
    if usual := _usual(told):
        clause = told.rules.clause("opinion-and-decision") if usual == "council" else ""
        yield told.say(USUALLY, clause, who=told.say(DECIDERS[usual]))
    yield from procedure_lines(told)


def _text(told: Told) -> Iterator[str]:
    yield edition_line(told)
    yield readings_line(told)
    yield from correction_lines(told)
    yield closing_line(told)
