"""A whole procedure on one day: where both lists stand and who is on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from portaria.core.deadline import Deadline, ServiceCalendar
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.recruitment.admitted import Listed, admission_list
from portaria.regulations.recruitment.answers import Heard, Opened, heard
from portaria.regulations.recruitment.days import apply_by, calendar_of, hearing
from portaria.regulations.recruitment.model import ADMISSION, EVALUATION, LISTS, Procedure
from portaria.regulations.recruitment.ranking import UNEVALUATED, Ranked, ranking
from portaria.regulations.recruitment.states import (
    DECISION_MISSING,
    SCORE_MISSING,
    ListState,
    list_state,
)
from portaria.regulations.recruitment.warnings import Notable, warnings_of

BEFORE_NOTICE = declare(
    "recruitment-before-notice", "{day} is before the notice of {published}: there is nothing yet"
)


@dataclass(frozen=True)
class Evaluation:
    """The answer. `procedure`: as it stood on the day; `lists`: admission and evaluation;
    `admission` and `ranking`: their rows, none before they are published."""

    procedure: Procedure
    rules: RuleSet
    on: date
    apply_by: Deadline
    lists: tuple[ListState, ListState]
    answers: Mapping[str, Heard]
    admission: tuple[Listed, ...]
    ranking: tuple[Ranked, ...]

    @cached_property
    def warnings(self) -> tuple[Notable, ...]:
        """What a person must look at."""
        return warnings_of(self)

    def state(self, name: str) -> ListState:
        """The state of a list."""
        return self.lists[LISTS.index(name)]

    def public(self, name: str) -> list[dict[str, Any]]:
        """The rows of a list that anybody may see."""
        return public_rows(self.admission if name == ADMISSION else self.ranking)


def evaluate(recorded: Procedure, on: date, rules: RuleSet) -> Evaluation:
    """The procedure on a day; UsageError before its notice, or beyond the known years."""
    notice = recorded.notice
    if on < notice.published:
        raise UsageError(Message(BEFORE_NOTICE, {"day": on, "published": notice.published}))
    procedure = recorded.known_on(on)
    calendar = calendar_of(notice.municipal, notice.closures, rules)
    opened = {name: _opened(procedure, name, calendar, rules) for name in procedure.lists}
    answers = {name: each.answers for name, each in opened.items()}
    admission = admission_list(procedure, answers.get(ADMISSION, Heard()).effective)
    ranked: tuple[Ranked, ...] = ()
    first, second = (ListState(name) for name in LISTS)
    if ADMISSION in opened:
        undecided = any(row.result == "undecided" for row in admission)
        lacks = [DECISION_MISSING] if undecided else []
        first = list_state(opened[ADMISSION], on, rules, lacks)
    if EVALUATION in opened:
        ranked = _ranked(procedure, admission, answers[EVALUATION], rules)
        unevaluated = any(row.result == UNEVALUATED for row in ranked)
        lacks = [SCORE_MISSING] if unevaluated else []
        second = list_state(opened[EVALUATION], on, rules, lacks, first)
    last = apply_by(notice.published, calendar, rules, notice.application_days)
    return Evaluation(procedure, rules, on, last, (first, second), answers, admission, ranked)


def _opened(procedure: Procedure, name: str, calendar: ServiceCalendar, rules: RuleSet) -> Opened:
    """A published list with its hearing."""
    published = procedure.lists[name]
    held = hearing(published.on, published.hearing_days, calendar, rules)
    return Opened(name, published, held, heard(procedure, name, held, rules))


def _ranked(
    procedure: Procedure, admission: tuple[Listed, ...], answers: Heard, rules: RuleSet
) -> tuple[Ranked, ...]:
    """The admitted by the grades of the jury, and by the new ones of accepted answers: the last
    decision stands."""
    scores = dict(procedure.scores)
    for each in answers.effective:
        if each.criterion is not None and each.score is not None:
            scores[each.candidate, each.criterion] = each.score
    admitted = [row.candidate for row in admission if row.result == "admitted"]
    return ranking(procedure, admitted, scores, rules)


@rule("public-list")
def public_rows(rows: tuple[Listed, ...] | tuple[Ranked, ...]) -> list[dict[str, Any]]:
    """Name and result, with rank and score where people are ranked: nothing else of a person
    (REC-03)."""
    return [
        {"name": row.name, "result": row.result}
        | ({"rank": row.rank, "score": row.score} if isinstance(row, Ranked) else {})
        for row in rows
    ]
