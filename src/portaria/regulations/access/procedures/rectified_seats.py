"""The seats of a rectification: the one she takes, the one she leaves, her row for what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from portaria.core.edition import Edition
from portaria.core.rule import rule
from portaria.regulations.access.folder import Results
from portaria.regulations.access.later.holders import ADDITIONAL_QUOTA
from portaria.regulations.access.procedures.outcome import Adjustment, Enrolment, Standing
from portaria.regulations.access.procedures.seats import (
    FORMULA,
    Seat,
    as_seat,
    leftover,
    next_seats,
    seats_of,
    standing_in,
)
from portaria.regulations.access.procedures.tables import is_enrolled, moved_to
from portaria.regulations.access.reasons import HELD

NO_TERM = "no_term"


@dataclass(frozen=True)
class Request:
    """Who started it; whether the cause is the candidate's own; what was known before.

    enrolments, adjustments: the tables as they are, None where there are none yet.
    """

    started_by: str = "office"
    own_cause: bool = False
    enrolments: pl.DataFrame | None = None
    adjustments: pl.DataFrame | None = None


@dataclass(frozen=True)
class Position:
    """Her standing in the results of a phase, and the seat she has after it, of that phase or kept
    from one before. cancelled: its enrolment was cancelled already."""

    standing: Standing
    phase: int
    seat: Seat | None = None
    cancelled: bool = False

    @property
    def won(self) -> Seat | None:
        """The seat, where it was won in this phase."""
        return self.seat if self.seat and self.seat.phase == self.phase else None

    @property
    def kept(self) -> Seat | None:
        """The seat, where it was won in a phase before."""
        return self.seat if self.seat and self.seat.phase < self.phase else None


def position_before(results: Results, enrolments: pl.DataFrame | None, candidate: str) -> Position:
    """How she stands now: in the results, or where an exchange or a rectification put her since."""
    phase = results.manifest["phase"]
    hers = pl.col("candidate") == candidate
    standing = standing_in(results.table("placements", hers), candidate)
    rows = seats_of(results, enrolments).filter(hers)
    if rows.is_empty():
        return Position(standing, phase)
    row = rows.row(0, named=True)
    seat = as_seat(row)
    if seat.phase == phase:
        standing = seat.standing
    elif standing.quota == HELD:
        standing = Standing(standing.result, seat.programme, HELD)
    return Position(standing, phase, seat, bool(row["cancelled"]))


def position_after(tables: Mapping[str, pl.DataFrame], phase: int, candidate: str) -> Position:
    """How she stands in the result tables of the corrected contest."""
    standing = standing_in(tables["placements"], candidate)
    rows = tables["holders"].filter(pl.col("candidate") == candidate)
    seat = None if rows.is_empty() else as_seat(rows.row(0, named=True))
    return Position(standing, phase, seat)


def seat_kind(results: Results, after: Position, request: Request) -> str:
    """`leftover` where a seat is free at her programme, else `created`; empty where she gets none.

    What earlier rectifications freed and used counts, where the adjustments are given.
    """
    if after.won is None:
        return ""
    free = leftover(results, after.won.programme)
    if request.adjustments is not None:
        here = request.adjustments.filter(pl.col("programme") == after.won.programme)
        free += int(here["vl2"].fill_null(0).sum()) - int(here["vr"].fill_null(0).sum())
    return "leftover" if free > 0 else "created"


@rule("rectification-seats")
def seats_moved(
    edition: Edition, before: Position, after: Position, reading: str
) -> tuple[tuple[Adjustment, ...], str]:
    """VL2 for the seat she leaves, VR for the one she takes, left over or created alike (42/1).

    By the reading `left_out` a further seat of art. 9/2 is in neither, as it is not in VSM and VL;
    a seat kept from a phase before, or cancelled already, is none that this frees. With it, why a
    seat enters no term: seats_decided, last_phase, or no_term where the formula has no VL2 (211-B
    29/2) and she is not told as cancelled, which that formula counts.
    """
    left = None if before.cancelled else before.won
    following = next_seats(edition, before.phase)
    if following != FORMULA:
        return (), following if left or after.won else ""
    no_term = left is not None and not edition.has("rectified-seats-freed")
    found = [
        Adjustment(seat.programme, freed, 1 - freed)
        for seat, freed in ((None if no_term else left, 1), (after.won, 0))
        if seat and not (reading == "left_out" and seat.quota == ADDITIONAL_QUOTA)
    ]
    counted = after.seat is None and edition.has("cancelled-enrolments")
    why = NO_TERM if no_term and not counted else ""
    return tuple(sorted(found, key=lambda each: each.programme)), why


def enrolment(
    candidate: str, before: Position, after: Position, request: Request
) -> tuple[Enrolment, ...]:
    """Her row for the next phase: where she is now, and enrolled only if she was.

    Whoever loses her seat is told as enrolled and cancelled: where the formula counts it in VL2 it
    must not be counted in VSM too, and 211-B counts it as a cancelled enrolment. A seat kept from
    a phase before stays as it is, whatever becomes of this phase's result (56/3 is for the
    institution); it comes back where she lost it by a placement that was a slip (45/1).
    """
    table = request.enrolments
    if after.won:
        return (Enrolment(candidate, is_enrolled(table, candidate), after.won.programme, False),)
    if before.won and after.kept:
        return (Enrolment(candidate, True, after.kept.programme, False),)
    if before.won:
        return (Enrolment(candidate, True, moved_to(table, candidate), True),)
    return ()
