"""What a change file says: what would be otherwise in a contest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from portaria.regulations.access.simulate.draws import Demand

COLUMNS = ("seats", "min_exam", "min_grade", "regional_share", "vocational_share")
"""Columns of the table programmes that a change moves."""
QUOTAS = ("azores", "madeira", "emigrant", "military", "disability")
"""Special quotas, whose percents are parameters of the edition: `quota_azores` and so on."""


@dataclass(frozen=True)
class Target:
    """Whose: the programmes listed, those of an institution, or all where both are empty."""

    programmes: tuple[str, ...] = ()
    institution: str | None = None


@dataclass(frozen=True)
class Step:
    """A column of programmes `set` to a value, or to which is `add`ed, a number or a `percent`."""

    column: str
    target: Target
    how: str
    value: Decimal
    place: str


@dataclass(frozen=True)
class Weights:
    """New weights, percent: of S, and of exams in one set, or in every set that has them."""

    target: Target
    w_secondary: Decimal | None
    number: int | None
    exams: Mapping[str, Decimal]
    place: str


@dataclass(frozen=True)
class Change:
    """One change file. demand: only what it says of it."""

    file: str
    title: str = ""
    steps: tuple[Step, ...] = ()
    weights: tuple[Weights, ...] = ()
    quotas: Mapping[str, Decimal] = field(default_factory=dict)
    policy: Mapping[str, str] = field(default_factory=dict)
    demand: Mapping[str, Any] = field(default_factory=dict)

    @property
    def alters(self) -> bool:
        """Whether it says anything of the contest itself."""
        return bool(self.steps or self.weights or self.quotas or self.policy)


def demand_of(changes: Sequence[Change]) -> Demand:
    """What varies in replications; where several files say it, the last one holds."""
    said: dict[str, Any] = {}
    for change in changes:
        said |= change.demand
    return Demand(**said)
