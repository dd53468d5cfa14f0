"""Where a list stands. While its hearing is open it is provisional, whatever it calls itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.recruitment.answers import Heard
from portaria.regulations.recruitment.days import Hearing
from portaria.regulations.recruitment.model import Published

UNPUBLISHED, PROVISIONAL, FINAL = STATES = ("unpublished", "provisional", "final")
HEARING_OPEN, ANSWER_OPEN, DECISION_MISSING, SCORE_MISSING, ADMISSION_NOT_FINAL = BLOCKS = (
    "hearing-open", "answer-open", "decision-missing", "score-missing", "admission-not-final",
)  # fmt: skip
ONE = timedelta(days=1)
NO_HEARING = Hearing()


@dataclass(frozen=True)
class ListState:
    """A list on a day. `blocks`: why it is not final yet; `final_from`: the first day on which it
    is, as things stand, None while something is missing that no day brings."""

    list: str
    state: str = UNPUBLISHED
    published: date | None = None
    title: str | None = None
    hearing: Hearing = NO_HEARING
    final_from: date | None = None
    blocks: tuple[str, ...] = ()

    @property
    def is_final(self) -> bool:
        """Whether it may be called so."""
        return self.state == FINAL


@rule("list-state")
def list_state(
    name: str,
    published: Published,
    hearing: Hearing,
    answers: Heard,
    on: date,
    rules: RuleSet,
    missing: Sequence[str] = (),
    first: ListState | None = None,
) -> ListState:
    """A published list on a day (REC-01). `missing`: what its rows lack; `first`: the list that
    must be final before it."""
    blocks = [HEARING_OPEN] if hearing.open_on(on) else []
    lacks = [ANSWER_OPEN] if answers.undecided and rules.takes("open_answers", "block") else []
    lacks += missing
    days = [published.on, *answers.decided_on]
    if hearing.until is not None:
        days.append(hearing.until + ONE)
    sure = not lacks
    if first is not None:
        lacks += [] if first.is_final else [ADMISSION_NOT_FINAL]
        sure = sure and first.final_from is not None
        days += [] if first.final_from is None else [first.final_from]
    blocks += lacks
    return ListState(
        name,
        PROVISIONAL if blocks else FINAL,
        published.on,
        published.title,
        hearing,
        max(days) if sure else None,
        tuple(blocks),
    )
