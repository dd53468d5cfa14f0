"""Answers to a list: which are in time, which are still open, which change the list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.recruitment.days import Hearing
from portaria.regulations.recruitment.model import Answer, Procedure, Published


@dataclass(frozen=True)
class Heard:
    """The answers to one list. `timely`: received by the last day of its hearing; `late`: the
    others; `effective`: those accepted that change the list, the last decided last."""

    timely: tuple[Answer, ...] = ()
    late: tuple[Answer, ...] = ()
    effective: tuple[Answer, ...] = ()

    @property
    def undecided(self) -> bool:
        """Whether an answer in time waits for its decision."""
        return any(each.outcome is None for each in self.timely)

    @property
    def decided_on(self) -> tuple[date, ...]:
        """The days of the decisions that the list waited for."""
        weighed = (*self.timely, *self.effective)
        return tuple(each.decided_on for each in weighed if each.decided_on is not None)


@dataclass(frozen=True)
class Opened:
    """A published list with its hearing and what was answered in it."""

    list: str
    published: Published
    hearing: Hearing
    answers: Heard


@rule("answers-heard")
def heard(procedure: Procedure, name: str, hearing: Hearing, rules: RuleSet) -> Heard:
    """The answers to the list `name`. Without a hearing none is in time."""
    own = [each for each in procedure.answers if each.list == name]
    timely = tuple(each for each in own if hearing.open_on(each.received_on))
    late = tuple(each for each in own if not hearing.open_on(each.received_on))
    count = own if rules.takes("late_answer", "weighed") else timely
    accepted = [each for each in count if each.outcome == "accepted"]
    accepted.sort(key=lambda each: (each.decided_on or date.min, each.answer))
    return Heard(timely, late, tuple(accepted))
