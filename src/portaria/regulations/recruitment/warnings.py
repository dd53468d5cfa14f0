"""What is decided, or even lawful, and should be looked at: nothing here changes a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portaria.regulations.recruitment.model import ADMISSION, EVALUATION
from portaria.regulations.recruitment.states import PROVISIONAL

if TYPE_CHECKING:
    from portaria.regulations.recruitment.admitted import Listed
    from portaria.regulations.recruitment.evaluate import Evaluation
    from portaria.regulations.recruitment.ranking import Ranked

RULES = {
    "admitted-late": "application-deadline",
    "evaluation-before-admission": "list-state",
    "evaluation-in-hearing": "list-state",
    "hearing-under-ten-days": "hearing",
    "late-answer": "answers-heard",
    "list-before-deadline": "application-deadline",
    "same-name": "public-list",
    "tie-at-last-post": "posts",
    "titled-definitive": "list-state",
}
"""Every warning, with the rule whose clause it cites."""


@dataclass(frozen=True, order=True)
class Notable:
    """`list`: which one it is about; `candidate`: whom, "" where it is about the list."""

    code: str
    list: str
    candidate: str = ""


def warnings_of(found: Evaluation) -> tuple[Notable, ...]:
    """By code, list and candidate."""
    return tuple(sorted({*_of_lists(found), *_of_people(found)}))


def _of_lists(found: Evaluation) -> Iterator[Notable]:
    for state in found.lists:
        if state.hearing.short:
            yield Notable("hearing-under-ten-days", state.list)
        if state.title == "definitive" and state.state == PROVISIONAL:
            yield Notable("titled-definitive", state.list)
    first, second = found.lists
    if first.published is not None and first.published <= found.apply_by.last_day:
        yield Notable("list-before-deadline", ADMISSION)
    if second.published is None:
        return
    if first.published is None or second.published < first.published:
        yield Notable("evaluation-before-admission", EVALUATION)
    elif first.hearing.open_on(second.published):
        yield Notable("evaluation-in-hearing", EVALUATION)


def _of_people(found: Evaluation) -> Iterator[Notable]:
    candidates = found.procedure.candidates
    for row in found.admission:
        applied = candidates[row.candidate].applied_on
        if row.result == "admitted" and applied is not None and applied > found.apply_by.last_day:
            yield Notable("admitted-late", ADMISSION, row.candidate)
    for name, answers in found.answers.items():
        for each in answers.late:
            yield Notable("late-answer", name, each.candidate)
    yield from _same_names(ADMISSION, found.admission)
    yield from _same_names(EVALUATION, found.ranking)
    for ranked in found.ranking:
        if ranked.selected is None:
            yield Notable("tie-at-last-post", EVALUATION, ranked.candidate)


def _same_names(name: str, rows: Sequence[Listed] | Sequence[Ranked]) -> Iterator[Notable]:
    """People whom a public list cannot tell apart."""
    names = Counter(row.name for row in rows)
    for row in rows:
        if names[row.name] > 1:
            yield Notable("same-name", name, row.candidate)
