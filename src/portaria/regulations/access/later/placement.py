"""The placement of a later phase (arts. 44, 45, 49, 50): one quota, and seats that holders free.

A holder's own seat is a guaranteed last option. In each programme her seat counts among those to be
filled: whoever keeps it takes it before anyone, and what is then left, the base and the seats of
those who left, goes to newcomers. The kernel does this in two stages, so that seats freed by this
very phase need no guessing: the outcome is the one in which the most is freed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from portaria.core.rule import rule
from portaria.regulations.access import grades, reasons
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.later.holders import former_seats, guaranteed
from portaria.regulations.access.later.terms import seat_terms
from portaria.regulations.access.placement import (
    Outcome,
    Placement,
    Progress,
    place_once,
    settle_further_seats,
    without_final_grade,
)

if TYPE_CHECKING:
    from portaria.regulations.access.compute.placement import Market

HELD, GENERAL, FURTHER = 0, 1, 2
"""The stages of a programme in the kernel."""
LAST = 2**31 - 1
"""The order of a guaranteed seat in a form: after everything written."""


@dataclass(frozen=True)
class Seats:
    """Seats by programme, as arrays: the base, seats that applicants hold and would free, open."""

    base: np.ndarray
    held: np.ndarray
    open: np.ndarray

    def put_up(self, kept: np.ndarray) -> np.ndarray:
        """The seats put up when `kept` of the held ones are kept (42/1, 47/2)."""
        return np.where(self.open, np.maximum(0, self.base + self.held - kept), 0)


@rule("single-quota")
def place_later(contest: Contest, on_progress: Progress | None = None) -> Placement:
    """Place phase 2 or 3. Pure: frames in, frames out."""
    report = on_progress or (lambda stage, done, total: None)
    report("grades", 0, 3)
    former = former_seats(contest)
    held = guaranteed(contest, former)
    terms = seat_terms(contest, former)
    options = without_what_is_no_better(grades.graded_options(contest), held, terms)
    report("ranking", 1, 3)
    ranked = grades.ranking(options)
    report("placement", 2, 3)
    seats = _seats(terms, held)
    positions = _positions(contest, ranked, held)
    market = _market(contest, positions, seats)
    outcome = _place(contest, market, seats)
    report("placement", 3, 3)
    keepers = positions["programme_index"].to_numpy()[outcome.held == HELD]
    kept = np.bincount(keepers, minlength=seats.base.size)
    return Placement(
        contest,
        _with_stage(options, positions, outcome.held),
        _sizes(terms, seats, kept),
        outcome.further,
        tuple(outcome.seat_too_many.tolist()),
        holders=former.filter("stands"),
    )


def _with_stage(options: pl.DataFrame, positions: pl.DataFrame, held: np.ndarray) -> pl.DataFrame:
    """`options` with position, rank, and the stage that holds each, as in phase 1."""
    stages = {GENERAL: reasons.GENERAL, FURTHER: reasons.ADDITIONAL, -1: None}
    seated = (
        positions.with_columns(pl.Series("kernel", held))
        .drop_nulls("position")
        .with_columns(stage=pl.col("kernel").replace_strict(stages, return_dtype=pl.Int32))
        .select("candidate_index", "order", "position", "rank", "stage")
    )
    return options.join(
        seated, on=["candidate_index", "order"], how="left", maintain_order="left"
    ).with_columns(heard=pl.lit(1 << reasons.GENERAL, pl.UInt16), later=pl.lit(0, pl.UInt16))


def _sizes(terms: pl.DataFrame, seats: Seats, kept: np.ndarray) -> pl.DataFrame:
    """The terms with VL, and the seats put up, all of them in the general quota."""
    put_up = pl.Series("seats", seats.put_up(kept))
    freed = pl.Series("vl", np.where(seats.open, seats.held - kept, 0))
    none = {quota: pl.lit(0, pl.Int64) for quota in reasons.ORDERED_STAGES}
    return (
        terms.drop("open").with_columns(put_up, freed, **none).with_columns(general=pl.col("seats"))
    )


@rule("placed-again")
def without_what_is_no_better(
    options: pl.DataFrame, held: pl.DataFrame, terms: pl.DataFrame
) -> pl.DataFrame:
    """`options` with a reason where a holder's own programme ends her list, or none is open.

    She keeps her seat unless placed (45/1, 50/1), so what she wrote from her own programme on is
    no better than staying.
    """
    own = options.join(held.select("candidate", "programme"), on=["candidate", "programme"])
    ends = own.group_by("candidate").agg(ends=pl.col("order").min())
    closed = ~pl.col("open")
    joined = options.join(ends, on="candidate", how="left", maintain_order="left").join(
        terms.select("programme", "open"), on="programme", how="left", maintain_order="left"
    )
    excluded = pl.col("reason") == reasons.EXCLUDED
    return joined.with_columns(
        reason=pl.when(excluded.fill_null(False))
        .then("reason")
        .when((pl.col("order") >= pl.col("ends")).fill_null(False))
        .then(pl.lit(reasons.NO_BETTER_THAN_HELD))
        .when(closed)
        .then(pl.lit(reasons.NOT_OPENED))
        .otherwise("reason")
    ).drop("ends", "open")


def _seats(terms: pl.DataFrame, held: pl.DataFrame) -> Seats:
    counts = held.filter("frees").group_by("programme").agg(held=pl.len().cast(pl.Int64))
    counted = terms.join(counts, on="programme", how="left", maintain_order="left")
    return Seats(
        terms["base"].to_numpy(),
        counted["held"].fill_null(0).to_numpy(),
        terms["open"].to_numpy(),
    )


def _positions(contest: Contest, ranked: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Guaranteed seats first, then the ranking, programme by programme; `position` is null for
    the former. A holder of a further seat of art. 9/2 needs no place: whoever leaves it frees none.
    """
    people, programmes = (
        contest.tables[name][name.removesuffix("s")] for name in ("candidates", "programmes")
    )
    frees = held.filter("frees")
    guaranteed_seats = frees.select(
        candidate_index=people.search_sorted(frees["candidate"]),
        programme_index=programmes.search_sorted(frees["programme"]),
        order=pl.lit(LAST, pl.Int64),
        position=pl.lit(None, ranked.schema["position"]),
        rank=pl.lit(0, pl.Int32),
    )
    written = ranked.select(
        "candidate_index", "programme_index", pl.col("order").cast(pl.Int64), "position", "rank"
    )
    together = pl.concat([guaranteed_seats.cast(written.schema), written])
    return together.sort("programme_index", "rank", "candidate_index")


@rule("freed-seats")
def _market(contest: Contest, positions: pl.DataFrame, seats: Seats) -> Market:
    from portaria.regulations.access.compute.placement import market

    no_final = without_final_grade(contest)
    newcomer = 1 << GENERAL | np.where(no_final, 0, 1 << FURTHER)
    written = positions["position"].is_not_null().to_numpy()
    heard = np.where(written, newcomer[positions["candidate_index"].to_numpy()], 1 << HELD)
    total = seats.held + np.maximum(seats.base, 0)
    # Where the base is negative, or the programme is not opened, seats freed are owed first.
    owed = np.where(seats.open, np.maximum(-seats.base, 0), total)
    nothing = np.zeros_like(total)
    return market(
        candidate=positions["candidate_index"].to_numpy(),
        programme=positions["programme_index"].to_numpy(),
        rank=positions["rank"].to_numpy(),
        heard=heard,
        later=np.zeros(positions.height, np.uint16),
        order=positions["order"].to_numpy(),
        candidates=no_final.size,
        seats=total,
        sizes=np.stack([seats.held, total, nothing], axis=1),
        owed=np.stack([owed, nothing, nothing], axis=1),
    )


def _place(contest: Contest, market: Market, seats: Seats) -> Outcome:
    """The placement with the further seats of art. 9/2.

    They are for full programmes where a seat was put up, as many as were placed there in this
    phase without a final grade.
    """
    no_final = without_final_grade(contest)
    positions, size = market.positions, seats.base.size
    written = positions["heard"] != 1 << HELD

    def held_by(held: np.ndarray, which: np.ndarray) -> np.ndarray:
        return np.bincount(positions["programme"][which & (held >= 0)], minlength=size)

    def entitled(held: np.ndarray) -> np.ndarray:
        put_up = seats.put_up(held_by(held, held == HELD))
        full = (put_up > 0) & (held_by(held, held == GENERAL) >= put_up)
        without = held_by(held, written & no_final[positions["candidate"]])
        return np.where(full, without, 0)

    def place(further: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """No further seat where no seat is put up: taking it away may leave others without."""
        while True:
            held, deadlocked = place_once(market, further, contest.readings["placement"])
            none = seats.put_up(held_by(held, held == HELD)) == 0
            if not np.any(none & (further > 0)):
                return held, deadlocked
            further = np.where(none, 0, further)

    return settle_further_seats(place, entitled, size)
