"""A procedure as read: everything by its key."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True)
class Notice:
    """`posts`: how many are wanted; `scale`: the highest score."""

    process: str
    published: date
    application_days: int
    hearing_days: int
    posts: int
    scale: int
    municipal: tuple[date, ...]
    closures: tuple[date, ...]


@dataclass(frozen=True)
class Candidate:
    candidate: str
    name: str
    applied_on: date | None


@dataclass(frozen=True)
class Decision:
    """`result`: admitted or excluded; reason and clause of an exclusion."""

    result: str
    reason: str | None
    clause: str | None


@dataclass(frozen=True)
class Criterion:
    """`weight` in percent. Below `minimum` a candidate is out, by `clause`."""

    criterion: str
    weight: Fraction
    minimum: Fraction | None
    clause: str


@dataclass(frozen=True)
class Published:
    """A list. `title`: what it calls itself, or None."""

    published: date
    hearing_days: int
    title: str | None


@dataclass(frozen=True)
class Answer:
    """What a candidate answered to a list, and what was decided on it: accepted or rejected. An
    accepted one to the evaluation list brings a new score in one criterion."""

    answer: str
    list: str
    candidate: str
    received_on: date
    decided_on: date | None
    outcome: str | None
    criterion: str | None
    score: Fraction | None


@dataclass(frozen=True)
class Procedure:
    notice: Notice
    candidates: dict[str, Candidate]
    decisions: dict[str, Decision]
    criteria: dict[str, Criterion]
    scores: dict[tuple[str, str], Fraction]
    lists: dict[str, Published]
    answers: tuple[Answer, ...]
