"""What a person must look at before deciding: the code, the item, and the clause behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from portaria.core.rule_set import RuleSet
from portaria.regulations.credit import experience
from portaria.regulations.credit.caps import recognition
from portaria.regulations.credit.deadlines import request_by
from portaria.regulations.credit.documents_needed import transcript_alone, unknown
from portaria.regulations.credit.reasons import FINAL, WARNINGS
from portaria.regulations.credit.request import Request

if TYPE_CHECKING:
    from portaria.regulations.credit.assess import Decision
    from portaria.regulations.credit.cuts import Cuts

ZERO = Fraction(0)


@dataclass(frozen=True)
class Warned:
    """`item` None: the whole request. `details`: what it is about, such as missing documents."""

    code: str
    item: str | None
    clause: str
    details: tuple[str, ...] = ()


Found = Iterator[tuple[str, str | None, tuple[str, ...]]]


def warnings_of(
    request: Request, items: Sequence[Decision], cuts: Cuts, rules: RuleSet
) -> Iterator[Warned]:
    """First those of the request, then item by item as asked."""
    standing = {ask.id for ask in cuts.asks}
    for code, item, details in (
        *_of_request(request, items, standing, rules),
        *(found for each in items for found in _of_item(each, request, standing, rules)),
        *_of_whole(request, items, cuts),
    ):
        why = WARNINGS[code].rule
        if why == "documents-certified" and item and _origin(items, item) == "experience":
            why = "documents-experience"
        yield Warned(code, item, rules.clause(why), details)


def _of_request(
    request: Request, items: Sequence[Decision], standing: set[str], rules: RuleSet
) -> Found:
    if standing:
        yield "judgement", None, ()
    late = [each.facts.late for each in items]
    if any(late) and request.late_authorised_on is not None:
        yield "late-authorised", None, ()
        if not all(late):
            yield "two-clocks", None, ()
    special = rules.edition.has("origin-long-experience") and request.degree.cycle == "ctesp"
    experienced = any(each.facts.origin == "experience" for each in items)
    if special and experienced and request.experience_years is None:
        yield "years-not-given", None, ()


def _of_item(each: Decision, request: Request, standing: set[str], rules: RuleSet) -> Found:
    facts, item = each.facts, each.facts.item
    if recognition(item, facts.origin, rules)[1]:
        yield "unrecognised-not-named", item.id, ()
    if facts.missing:
        awaited = item.requested_documents_on is not None
        yield "documents-awaited" if awaited else "documents-missing", item.id, facts.missing
    if strange := unknown(item):
        yield "unknown-document", item.id, strange
    if each.reason not in FINAL and transcript_alone(item, facts.origin, rules):
        yield "transcript-alone", item.id, ()
    if not facts.late and item.requested_documents_on and _submitted_late(each, request, rules):
        yield "in-time-by-asking", item.id, ()
    granted = item.decided is not None and item.decided.outcome == "granted"
    if granted and each.outcome == "refused":
        yield "decided-against-rules", item.id, ()
    if item.id in standing:
        flags = [flag for flag in facts.work.flags if flag != "agreement-part"]
        for code in (*flags, *facts.grade.warnings):
            yield code, item.id, ()
        if facts.origin == "experience":
            for code in experience.warnings(item):
                yield code, item.id, ()


def _of_whole(request: Request, items: Sequence[Decision], cuts: Cuts) -> Found:
    """a) has no cap, and b) and c) make a whole degree together."""
    granted = sum((each.credits or ZERO for each in items), ZERO)
    if granted + sum(request.granted_before.values(), ZERO) >= request.degree.credits:
        yield "whole-degree", None, ()
    if any(choice.count is None for choice in cuts.choices):
        yield "options-not-listed", None, ()


def _submitted_late(each: Decision, request: Request, rules: RuleSet) -> bool:
    last = request_by(request, rules)
    return last is not None and request.submitted_on > last.last_day


def _origin(items: Sequence[Decision], item: str) -> str:
    return next(each.facts.origin for each in items if each.facts.item.id == item)
