"""A procedure as people recorded it: everything by its key, exact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

ADMISSION, EVALUATION = LISTS = ("admission", "evaluation")


@dataclass(frozen=True)
class Notice:
    """What notice.toml says. `posts`: how many are wanted; `scale`: the highest grade; days of
    applications and hearings in working days."""

    process: str
    published: date
    posts: int
    application_days: int
    hearing_days: int
    scale: int
    municipal: frozenset[date] = frozenset()
    closures: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Candidate:
    """`applied_on` is None where nobody wrote it down."""

    candidate: str
    name: str
    applied_on: date | None = None


@dataclass(frozen=True)
class Decision:
    """What the jury decided: `admitted` or `excluded`, the latter with reason and clause."""

    result: str
    reason: str | None = None
    clause: str | None = None


@dataclass(frozen=True)
class Criterion:
    """A method of selection. `weight` in percent; below `minimum` a candidate is out, by
    `clause`."""

    criterion: str
    weight: Fraction
    minimum: Fraction | None
    clause: str


@dataclass(frozen=True)
class Published:
    """A list as it was published; `title`: what it called itself."""

    on: date
    hearing_days: int
    title: str | None = None


@dataclass(frozen=True)
class Answer:
    """What somebody answered to a list, and what was decided on it: `accepted` or `rejected`. An
    accepted one to the evaluation brings the new `score` in one `criterion`."""

    answer: str
    list: str
    candidate: str
    received_on: date
    decided_on: date | None = None
    outcome: str | None = None
    criterion: str | None = None
    score: Fraction | None = None

    def known_on(self, day: date) -> Answer:
        """As it stood on a day: what was decided later is open."""
        if self.decided_on is None or self.decided_on <= day:
            return self
        return replace(self, decided_on=None, outcome=None, criterion=None, score=None)


@dataclass(frozen=True)
class Procedure:
    """`scores`: by candidate and criterion, as the jury first gave them."""

    notice: Notice
    candidates: Mapping[str, Candidate]
    decisions: Mapping[str, Decision]
    criteria: Mapping[str, Criterion]
    scores: Mapping[tuple[str, str], Fraction]
    lists: Mapping[str, Published]
    answers: tuple[Answer, ...]

    def known_on(self, day: date) -> Procedure:
        """As it stood on a day: without later lists, answers and decisions on answers."""
        lists = {name: each for name, each in self.lists.items() if each.on <= day}
        answers = (each.known_on(day) for each in self.answers if each.received_on <= day)
        return replace(self, lists=lists, answers=tuple(answers))
