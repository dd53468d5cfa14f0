"""What goes into the rules of the hour credit and what comes out: exact hours a week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

PROMOTER, PARTNER, BOTH = "promoter", "partner", "both"
ROLES = (PROMOTER, PARTNER, BOTH)
ZERO = Fraction(0)

NO_PROPORTION = "proportion-not-given"
WITHOUT_FULL_TIMETABLE = "teachers-without-a-full-timetable"


@dataclass(frozen=True)
class School:
    """A school as asked about: `role` promoter, partner or both.

    points_above and performance: in percentage points, None where not known; proportion: of a
    partner, from 0 to 1; authorised_on: the day the authorisation was published; did_not_apply:
    could have applied for the European support and did not.
    """

    role: str
    points_above: Fraction | None = None
    performance: Fraction | None = None
    proportion: Fraction | None = None
    authorised_on: date | None = None
    did_not_apply: bool = False


@dataclass(frozen=True)
class Need:
    """The bonus of annex I/2/a: `counted` points of those `above`, before the most allowed;
    held: whether they would have given more."""

    above: Fraction
    counted: Fraction
    hours: Fraction
    clause: str
    held: bool = False


@dataclass(frozen=True)
class Cut:
    """What annex I/2/b takes away: `blocks` of five points below the target."""

    performance: Fraction
    below: Fraction
    blocks: Fraction
    hours: Fraction
    clause: str


@dataclass(frozen=True)
class Hours:
    """The answer for a school, hours a week.

    `role` is the one whose rule holds. `exact` is before rounding, a partner's before the most;
    `before_proportion` what the proportion of a partner is taken of; `rounded` the hours before
    the `most` of a partner. `need`, `cut` and `rounded` are None for a new or an excluded centre;
    `new_until` is the last day of a new centre's flat hours. `clauses` stand in the order of the
    arithmetic.
    """

    role: str
    hours: int
    exact: Fraction
    base: Fraction
    clauses: tuple[str, ...]
    readings: Mapping[str, str]
    need: Need | None = None
    cut: Cut | None = None
    proportion: Fraction | None = None
    before_proportion: Fraction | None = None
    rounded: int | None = None
    most: int | None = None
    new_until: date | None = None
    excluded: bool = False
    both: bool = False
    warnings: tuple[str, ...] = ()
    measured_on: date | None = None

    @property
    def need_bonus(self) -> Fraction:
        """Hours more."""
        return self.need.hours if self.need else ZERO

    @property
    def performance_cut(self) -> Fraction:
        """Hours less, not below zero."""
        return self.cut.hours if self.cut else ZERO

    @property
    def capped(self) -> bool:
        """Whether a partner's hours were brought down to the most."""
        return self.rounded is not None and self.rounded != self.hours
