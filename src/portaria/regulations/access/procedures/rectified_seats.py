"""The seats of a rectification: the one she takes, the one she leaves, her row for phase 2."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from portaria.core.edition import Edition
from portaria.core.rule import rule
from portaria.regulations.access.folder import Results
from portaria.regulations.access.procedures.outcome import Adjustment, Enrolment, Standing
from portaria.regulations.access.procedures.phases import leftover
from portaria.regulations.access.procedures.tables import is_enrolled
from portaria.regulations.access.reasons import HELD


@dataclass(frozen=True)
class Request:
    """Who started it; whether the cause is the candidate's own; what was known before.

    enrolments, adjustments: the tables as they are, None where there are none yet.
    """

    started_by: str = "office"
    own_cause: bool = False
    enrolments: pl.DataFrame | None = None
    adjustments: pl.DataFrame | None = None


def seat_kind(results: Results, after: Standing, request: Request) -> str:
    """`leftover` where a seat is free at her programme, else `created`; empty where she gets none.

    What earlier rectifications freed and used counts, where the adjustments are given.
    """
    if after.programme is None:
        return ""
    free = leftover(results, after.programme)
    if request.adjustments is not None:
        here = request.adjustments.filter(pl.col("programme") == after.programme)
        free += int(here["vl2"].fill_null(0).sum()) - int(here["vr"].fill_null(0).sum())
    return "leftover" if free > 0 else "created"


@rule("rectification-seats")
def seats_moved(
    edition: Edition, before: Standing, after: Standing, reading: str
) -> tuple[Adjustment, ...]:
    """VL2 for the seat she leaves, VR for the one she takes, left over or created alike (42/1).

    By the reading `left_out` a further seat of art. 9/2 is in neither, as it is not in VSM and VL.
    Where the formula has no VL2 (211-B 29/2), the seat she leaves enters no term.
    """
    found = []
    for standing, freed in ((before, 1), (after, 0)):
        left_out = reading == "left_out" and standing.quota == "additional"
        no_term = freed and not edition.has("rectified-seats-freed")
        if standing.programme and standing.quota != HELD and not left_out and not no_term:
            found.append(Adjustment(standing.programme, freed, 1 - freed))
    return tuple(sorted(found, key=lambda each: each.programme))


def moved_since(before: Standing, request: Request, candidate: str) -> Standing:
    """Where an exchange or a rectification has put her since the results, by the enrolments."""
    if request.enrolments is None:
        return before
    hers = pl.col("candidate") == candidate
    rows = request.enrolments.filter(hers & pl.col("programme").is_not_null())
    if rows.is_empty():
        return before
    return Standing("placed", rows["programme"][0], before.quota or "general")


def enrolment(
    candidate: str, before: Standing, after: Standing, request: Request
) -> tuple[Enrolment, ...]:
    """Her row for the next phase: where she is now, and enrolled only if she was.

    Whoever loses her seat is told as enrolled and cancelled: where the formula counts it in VL2 it
    must not be counted in VSM too, and 211-B counts it as a cancelled enrolment. Whoever has no
    seat before or after has no row.
    """
    if after.result == "placed":
        enrolled = bool(is_enrolled(request.enrolments, candidate))
        return (Enrolment(candidate, enrolled, after.programme, False),)
    return (Enrolment(candidate, True, None, True),) if before.programme else ()
