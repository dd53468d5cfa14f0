"""What goes into the rules and what comes out: codes, clauses and exact numbers, no sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from portaria.core.messages import exact_decimal


@dataclass(frozen=True)
class Programme:
    """One row of the table of seats. `proofs`: condition to proved, where the row says."""

    programme: str
    institution: str
    kind: str
    general_seats: int
    special_seats: int
    over23_seats: int
    outside_scope: str | None = None
    leftover_seats: int = 0
    authorised_increase: bool = False
    authorised_seats: int | None = None
    proofs: Mapping[str, bool] | None = None
    lma: int | None = None
    special_regime_seats: int | None = None


@dataclass(frozen=True)
class Cap:
    """The most special seats of a programme: `maximum + leftovers + authorised = cap`.

    `exact` is the maximum before rounding; `not_proved` are the conditions of the increase that
    failed; `code` and `clause` tell what sets the maximum.
    """

    programme: str
    institution: str
    kind: str
    general_seats: int
    lma: int | None
    special_regime_seats: int | None
    exact: Fraction
    maximum: int
    leftovers: int
    authorised: int
    cap: int
    special_seats: int
    over23_seats: int
    over_by: int
    not_proved: tuple[str, ...]
    code: str
    clause: str


@dataclass(frozen=True)
class Minimum:
    """The fewest over-23 seats of an institution: a share of `of`, counted in `basis`."""

    institution: str
    kind: str
    programmes: int
    basis: str
    of: int
    exact: Fraction
    minimum: int
    over23_seats: int
    short_by: int
    sum_of_caps: int
    feasible: bool
    clause: str


@dataclass(frozen=True)
class Breach:
    """A limit that the table does not keep; `programme` is empty for a whole institution."""

    code: str
    institution: str
    programme: str
    given: int
    allowed: int
    by: int
    not_proved: tuple[str, ...]
    clause: str


@dataclass(frozen=True)
class Constraint:
    """One of the limits that clash: at most or at least `bound` seats, over `programmes`."""

    code: str
    sense: str
    bound: int
    exact: Fraction
    programmes: int
    clause: str


@dataclass(frozen=True)
class Remedy:
    """How the clash may end: `seats` more by this clause."""

    code: str
    seats: int
    clause: str


@dataclass(frozen=True)
class Otherwise:
    """What another reading would give."""

    reading: str
    choice: str
    minimum: int
    sum_of_caps: int
    feasible: bool


@dataclass(frozen=True)
class Infeasible:
    """An institution where no distribution of over-23 seats keeps every limit."""

    institution: str
    kind: str
    minimum: int
    sum_of_caps: int
    short_by: int
    constraints: tuple[Constraint, ...]
    remedies: tuple[Remedy, ...]
    otherwise: tuple[Otherwise, ...]


@dataclass(frozen=True)
class Outside:
    """A programme that the order does not cover, and why."""

    programme: str
    institution: str
    why: str
    clause: str


@dataclass(frozen=True)
class Movement:
    """Unfilled seats of a modality that someone wants to use elsewhere."""

    programme: str
    institution: str
    modality: str
    unfilled: int
    to_programme: str
    to_institution: str
    to_modality: str
    seats: int


@dataclass(frozen=True)
class Moved:
    """The decision on a movement: `left` seats stay unfilled where they were."""

    movement: Movement
    allowed: bool
    left: int
    code: str
    clause: str


@dataclass(frozen=True)
class SeatLimits:
    """The whole answer. `unchecked` are clauses that also bind and are not known here."""

    edition: str
    title: str
    language: str
    year: int
    basis: str
    readings: Mapping[str, str]
    caps: tuple[Cap, ...]
    minima: tuple[Minimum, ...]
    breaches: tuple[Breach, ...]
    infeasible: tuple[Infeasible, ...]
    outside: tuple[Outside, ...]
    movements: tuple[Moved, ...]
    corrections: tuple[Mapping[str, str], ...]
    unchecked: tuple[str, ...]


def as_json(answer: SeatLimits) -> dict[str, Any]:
    """The same object as plain JSON values; exact numbers as text, so that none is lost."""
    return asdict(answer, dict_factory=_json_values)


def _json_values(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {
        name: format(exact_decimal(value), "f") if isinstance(value, Fraction) else value
        for name, value in pairs
    }
