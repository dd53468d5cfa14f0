"""Where a list stands. While its hearing is open it is provisional, whatever it calls itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.recruitment.answers import Opened
from portaria.regulations.recruitment.days import Hearing

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

    @property
    def was_provisional(self) -> bool:
        """Whether it was not final yet when it was published, so that what is final now is not
        what people saw on that day."""
        return not self.is_final or self.final_from != self.published


@rule("list-state")
def list_state(
    opened: Opened,
    on: date,
    rules: RuleSet,
    missing: Sequence[str] = (),
    before: ListState | None = None,
) -> ListState:
    """A published list on a day (REC-01). `missing`: what its rows lack; `before`: the list that
    must be final before it."""
    to_do = [*missing]
    if opened.answers.undecided and rules.takes("open_answers", "block"):
        to_do.insert(0, ANSWER_OPEN)
    blocks = [HEARING_OPEN] if opened.hearing.open_on(on) else []
    blocks += to_do
    if before is not None and not before.is_final:
        blocks.append(ADMISSION_NOT_FINAL)
    return ListState(
        opened.list,
        PROVISIONAL if blocks else FINAL,
        opened.published.on,
        opened.published.title,
        opened.hearing,
        None if to_do else _final_from(opened, before),
        tuple(blocks),
    )


def _final_from(opened: Opened, before: ListState | None) -> date | None:
    """The day on which the last thing that a list waits for has happened, or None while the list
    before it has no such day."""
    days = [opened.published.on, *opened.answers.decided_on]
    if opened.hearing.until is not None:
        days.append(opened.hearing.until + ONE)
    if before is not None:
        if before.final_from is None:
            return None
        days.append(before.final_from)
    return max(days)
