"""A candidate's result as a notice and a list tell it: in the sentences of the letter."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from portaria.core.messages import Message
from portaria.documents.access_letter import EXCLUDED, RESULT, RESULT_KEPT, RESULT_PLACED
from portaria.documents.access_papers.model import Option
from portaria.documents.access_papers.paper import Paper
from portaria.documents.access_words import REASON_SENTENCES, RESULT_NAMES, quota_name
from portaria.documents.citation import cite
from portaria.regulations.access.explain import Explanation

PLACED, NOT_PLACED, EXCLUDED_RESULT, HELD = "placed", "not_placed", "excluded", "held"


@dataclass(frozen=True)
class Result:
    """One of the three results (211-A 38/1), with its short reason (38/2).

    outcome: placed, not_placed or excluded; option, grade and quota: of the placement; reason: a
    code of `regulations.access.reasons`; clause: as rules name it, of the placement, of the reason
    or of the exclusion; single_quota: the contest has one quota.
    """

    outcome: str
    option: Option | None = None
    grade: Decimal | None = None
    quota: str = "general"
    reason: str = ""
    clause: str = ""
    single_quota: bool = False


def result_of(told: Explanation) -> Result:
    """The result that an explanation explains."""
    got = next((o for o in told.options if o.order == told.option), None)
    option = Option(got.order, got.programme, got.institution, got.course) if got else None
    return Result(
        told.result, option, told.grade, told.quota or "general", told.reason, told.clause,
        told.single_quota,
    )  # fmt: skip


def result_sentence(paper: Paper, result: Result) -> str:
    """What the result is, in a whole sentence."""
    if result.quota == HELD:
        return paper.say(RESULT_KEPT)
    name = Message(RESULT_NAMES[result.outcome])
    if result.outcome != PLACED or result.option is None:
        return paper.say(RESULT, result=name)
    return paper.say(
        RESULT_PLACED,
        result.clause,
        result=name,
        option=result.option.order,
        programme=programme_name(result.option),
        grade=result.grade,
        quota=quota_name(result.quota, result.single_quota),
    )


def why(paper: Paper, outcome: str, reason: str, clause: str) -> str:
    """The reason in short, with its clause; empty for a placement, or where none is given."""
    if outcome == EXCLUDED_RESULT and clause:
        return paper.say(EXCLUDED, clause=cite(clause, paper.lang))
    if outcome == NOT_PLACED and reason:
        return paper.say(REASON_SENTENCES[reason], clause)
    return ""


def programme_name(option: Option) -> str:
    """Course and institution with the code; the code alone where they have no name."""
    names = ", ".join(filter(None, (option.course, option.institution)))
    return f"{names} ({option.programme})" if names else option.programme
