"""What a student or a clerk reads of a request: what may be granted, by which sum, and why.

It only tells what `assess` found: nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator

from portaria.core.messages import declare
from portaria.documents.access_letter import Block
from portaria.documents.credit.days import day_lines
from portaria.documents.credit.item_sums import chain, credit_sums, decided_line, grade_sum
from portaria.documents.credit.limits import cap_lines, choice_lines, choices_of, own_limit
from portaria.documents.credit.notes import (
    closing_line,
    correction_lines,
    edition_line,
    readings_line,
    warning_lines,
)
from portaria.documents.credit.procedure import procedure_lines
from portaria.documents.credit.reason_words import REASONS
from portaria.documents.credit.telling import Told, source_of, total_of
from portaria.documents.credit.words import CYCLES, DECIDERS, OUTCOMES, REQUEST_OUTCOMES, STATES
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
MISSING = declare("credit-told-missing", "Documents still missing: {documents}.")
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
        (DAYS, day_lines(told)),
        (PROCEDURE, procedure_lines(told)),
        (WARNED, warning_lines(told)),
        (TEXT, _text(told)),
    ):
        if found := list(lines):
            yield Block("heading", told.say(title))
            yield from (Block("detail", line) for line in found)


def _outcome(told: Told) -> Iterator[Block]:
    request, assessment = told.request, told.assessment
    yield Block("title", told.say(TITLE, outcome=told.say(STATES[assessment.outcome])))
    sentence = told.say(REQUEST_OUTCOMES[assessment.outcome], outcome_clause(told))
    yield Block("text", sentence)
    cycle = told.say(CYCLES[request.degree.cycle])
    degree = {"cycle": cycle[:1].upper() + cycle[1:], "credits": request.degree.credits}
    lines = [told.say(DEGREE, **degree, start=request.year_start)]
    code = TOTAL if assessment.outcome == "complete" else TOTAL_IF
    lines.append(told.say(code, credits=total_of(assessment.items)))
    if assessment.average is not None:
        lines.append(told.say(AVERAGE, average=assessment.average))
    yield Block("text", " ".join(lines))


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
    outcome = told.say(OUTCOMES[decision.outcome])
    named = {"item": told.named(decision.facts.item.id), "outcome": outcome}
    if not decision.credits:
        return told.say(ITEM, **named)
    if decision.grade.grade is None:
        return told.say(ITEM_CREDITS, credits=decision.credits, **named)
    return told.say(ITEM_GRADE, credits=decision.credits, grade=decision.grade.grade, **named)


def item_lines(told: Told, decision: Decision) -> Iterator[str]:
    """What was offered, why the outcome is what it is, the sums, what is missing, who decides."""
    facts = decision.facts
    source, origin = source_of(facts.item), told.origin(facts.item.origin)
    offered = {"source": source, "origin": origin}
    yield told.say(OFFERED if source else OFFERED_ORIGIN, **offered)
    yield told.say(REASONS[decision.reason], decision.clause)
    yield from chain(told, decision)
    yield from credit_sums(told, decision)
    yield from own_limit(told, decision)
    if (decision.outcome != "refused" or facts.grade.refuses) and (
        line := grade_sum(told, decision)
    ):
        yield line
    if facts.missing:
        yield told.say(MISSING, documents=told.documents(facts.missing))
    if facts.item.decided is not None:
        yield from decided_line(told, decision)
    else:
        yield told.say(DECIDED, who=told.say(DECIDERS[decision.decided_by]))


def _text(told: Told) -> Iterator[str]:
    yield edition_line(told)
    yield readings_line(told)
    yield from correction_lines(told)
    yield closing_line(told)
