"""The shape that every procedure answers with: dataclasses of codes and exact numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from portaria.core.deadline import Deadline

if TYPE_CHECKING:
    from portaria.regulations.access.contest import Contest

ACCEPTED, REFUSED, OPEN = "accepted", "refused", "open"


@dataclass(frozen=True)
class Condition:
    """One condition of a procedure.

    met: None where what decides it was not given. detail: which of the ways it can be met or fail,
    where there are several. params: the codes, dates and exact numbers it rests on.
    """

    code: str
    clause: str
    met: bool | None
    detail: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    deadline: Deadline | None = None


@dataclass(frozen=True)
class Standing:
    """How a candidate stands: placed, not_placed, excluded, or no_application."""

    result: str
    programme: str | None = None
    quota: str | None = None

    @property
    def word(self) -> str:
        """The programme of somebody placed, else the result: one cell of a list."""
        return self.programme or self.result


@dataclass(frozen=True)
class Change:
    """One row of a list, before and after, with the clause that changes it."""

    candidate: str
    before: Standing
    after: Standing
    clause: str = ""


@dataclass(frozen=True)
class Enrolment:
    """A row of the table `enrolments` that the next phase reads.

    enrolled: None where nobody told, a blank cell that no check lets pass.
    """

    candidate: str
    enrolled: bool | None
    programme: str | None
    cancelled: bool


@dataclass(frozen=True)
class Adjustment:
    """A row of the table `adjustments`: seats freed (vl2) and used (vr) by rectifications."""

    programme: str
    vl2: int
    vr: int


@dataclass(frozen=True)
class Otherwise:
    """The answer that another reading would have given, where it differs."""

    reading: str
    choice: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a procedure answers. changes and enrolments are empty unless it is accepted."""

    procedure: str
    edition: str
    edition_title: str
    language: str
    phase: int
    conditions: tuple[Condition, ...]
    changes: tuple[Change, ...] = ()
    enrolments: tuple[Enrolment, ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict)
    otherwise: tuple[Otherwise, ...] = ()

    @property
    def answer(self) -> str:
        """accepted, refused, or open: nothing fails, but something needed was not given."""
        return answer_of(self.conditions)

    @property
    def failing(self) -> tuple[Condition, ...]:
        """Every condition that is not met."""
        return tuple(each for each in self.conditions if each.met is False)


def answer_of(conditions: tuple[Condition, ...]) -> str:
    """refused where one fails, open where one could not be checked, else accepted."""
    found = {each.met for each in conditions}
    return REFUSED if False in found else OPEN if None in found else ACCEPTED


def heading(procedure: str, contest: Contest) -> dict[str, Any]:
    """What every outcome says of its procedure and contest."""
    edition = contest.edition
    return {
        "procedure": procedure,
        "edition": edition.name,
        "edition_title": edition.title,
        "language": edition.language,
        "phase": contest.phase,
    }


def transferred(changes: tuple[Change, ...]) -> tuple[Enrolment, ...]:
    """The enrolments of people who are enrolled, where `changes` have put them."""
    return tuple(Enrolment(each.candidate, True, each.after.programme, False) for each in changes)


def as_json(outcome: Outcome) -> dict[str, Any]:
    """The same object as plain JSON values; exact numbers as text, dates as in ISO 8601."""
    told: dict[str, Any] = _plain(outcome)
    accepted = {ACCEPTED: True, REFUSED: False, OPEN: None}[outcome.answer]
    return {"answer": outcome.answer, "accepted": accepted, **told}


def _plain(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value
