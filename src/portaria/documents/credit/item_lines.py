"""What every telling of an item shares: its reason and sums, what it lacks, who decides it."""

from __future__ import annotations

from portaria.core.messages import declare
from portaria.documents.credit.item_sums import chain, credit_sums, decided_line, grade_sum
from portaria.documents.credit.limits import own_limit
from portaria.documents.credit.telling import Told, reason_of
from portaria.documents.credit.words import DECIDERS
from portaria.regulations.credit.assess import Decision

LAST_DAY = declare("credit-page-last-day", "The last day to ask was {day}.")
LACKING = declare("credit-page-lacking", "{items}: {documents}.")


def sums(told: Told, decision: Decision) -> list[str]:
    """Why an item is what it is, and its arithmetic, line by line."""
    grade = grade_sum(told, decision)
    told_grade = decision.outcome != "refused" or decision.facts.grade.refuses
    # Credits that stay as they are need no sum; a limit that is passed says itself what was asked.
    plain = decision.facts.work.basis == "ects"
    shown = not plain or decision.credits is None
    return [
        reason_of(told, decision),
        *chain(told, decision),
        *(credit_sums(told, decision) if shown and decision.reason != "over-cap" else []),
        *own_limit(told, decision),
        *([grade] if grade and told_grade else []),
        *decided_line(told, decision),
    ]


def missing_lines(told: Told) -> list[str]:
    """The documents that are missing, units with the same ones together."""
    found: dict[tuple[str, ...], list[str]] = {}
    for each in told.assessment.items:
        if each.facts.missing:
            found.setdefault(each.facts.missing, []).append(told.named(each.facts.item.id))
    return [
        told.say(LACKING, items=", ".join(items), documents=told.documents(codes))
        for codes, items in found.items()
    ]


def who_decides(told: Told, decision: Decision) -> str:
    """Who decides an item, and by which table where it is one."""
    who, table = told.say(DECIDERS[decision.decided_by]), decision.facts.item.table
    return f"{who} ({table})" if decision.decided_by == "table" and table else who
