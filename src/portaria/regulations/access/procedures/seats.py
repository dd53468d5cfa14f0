"""Seats as the procedures see them: who holds which one now, which are free, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from portaria.core.edition import Edition
from portaria.regulations.access.contest import seats_decided
from portaria.regulations.access.folder import Results
from portaria.regulations.access.later.holders import seats_now
from portaria.regulations.access.procedures.outcome import Standing

NO_APPLICATION = "no_application"
FORMULA, DECIDED, LAST_PHASE = "formula", "seats_decided", "last_phase"


@dataclass(frozen=True)
class Seat:
    """A seat held: where it is now, and the phase and quota in which it was won."""

    candidate: str
    programme: str
    phase: int
    quota: str

    @property
    def standing(self) -> Standing:
        """The holder's standing in a list."""
        return Standing("placed", self.programme, self.quota)


def as_seat(row: dict[str, Any]) -> Seat:
    """A row of `seats_of`."""
    return Seat(row["candidate"], row["programme"], int(row["phase"]), row["quota"])


def seats_of(results: Results, enrolments: pl.DataFrame | None) -> pl.DataFrame:
    """Every seat after the phase of `results`, as the next phase reads it: the columns of
    `seats_now`, with enrolled, cancelled and stands null where no enrolments were given."""
    won = results.table("holders", pl.lit(True)).select(
        "candidate", "programme", pl.col("phase").cast(pl.Int64), "quota"
    )
    if enrolments is None:
        unknown = pl.lit(None, pl.Boolean)
        return won.with_columns(enrolled=unknown, cancelled=unknown, stands=unknown)
    return seats_now(won, enrolments, results.manifest["phase"])


def standing_in(placements: pl.DataFrame, candidate: str) -> Standing:
    """How a table of placements has her; `no_application` where it does not (40/8/b)."""
    found = placements.filter(pl.col("candidate") == candidate)
    if found.is_empty():
        return Standing(NO_APPLICATION)
    row = found.row(0, named=True)
    return Standing(row["result"], row["programme"], row["quota"])


def leftover(results: Results, programme: str) -> int:
    """Seats left over at a programme in these results, 0 where they do not name it."""
    rows = results.table("seats", pl.col("programme") == programme)
    return int(rows["leftover"][0]) if rows.height else 0


def not_opened(results: Results, edition: Edition, programme: str) -> int:
    """Seats that the institution could have put up in the phase of `results` and did not (47/1)."""
    rows = results.table("seats", pl.col("programme") == programme)
    if rows.is_empty() or not seats_decided(edition, results.manifest["phase"]):
        return 0
    term = {name: int(rows[name][0]) for name in ("vs1", "vsm", "ve", "base")}
    return max(0, term["vs1"] + term["vsm"] - term["ve"] - term["base"])


def next_seats(edition: Edition, phase: int) -> str:
    """Whence the seats of the phase after `phase`: the formula of 42/1, decided by institutions
    (46/2), or `last_phase` where there is none."""
    last = edition.parameters.get("phases")
    if last is not None and phase >= last.value:
        return LAST_PHASE
    return DECIDED if seats_decided(edition, phase + 1) else FORMULA
