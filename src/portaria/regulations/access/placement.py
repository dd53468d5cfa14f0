"""The placement (arts. 9/2, 36, 37): ranking and quotas into the kernel, seats out of it.

Default reading, candidate-optimal: candidates propose, programmes choose by the stages of art. 36.
Art. 9/2 is an outer fixed point around it, because further seats that depend on who is placed
would make the choice depend on the order of proposals.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from portaria.core.rule import rule
from portaria.regulations.access import grades, quotas
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.reasons import ADDITIONAL, GENERAL, ORDERED_STAGES

if TYPE_CHECKING:  # the kernel is imported where it is called, Numba being slow to wake
    from portaria.regulations.access.compute.placement import Market

Progress = Callable[[str, int, int], None]
"""Called with stage, done and total; it may raise `Cancelled`."""


@dataclass(frozen=True)
class Placement:
    """What was computed, before it is told in tables.

    options: `graded_options` with heard, later, position, rank (null where not valid) and stage
    (index in `QUOTAS`, null where she has no seat there). sizes: `quota_sizes`. further: seats of
    art. 9/2 by programme in each round, the last round being the result. seat_too_many: programme
    indexes whose seats of art. 9/2 exceed the count in the end.
    """

    contest: Contest
    options: pl.DataFrame
    sizes: pl.DataFrame
    further: tuple[np.ndarray, ...]
    seat_too_many: tuple[int, ...]


def place(contest: Contest, on_progress: Progress | None = None) -> Placement:
    """Place a contest of phase 1. Pure: frames in, frames out."""
    report = on_progress or (lambda stage, done, total: None)
    report("grades", 0, 4)
    options = grades.graded_options(contest)
    report("quotas", 1, 4)
    options = quotas.heard(contest, options)
    sizes = quotas.quota_sizes(contest)
    report("ranking", 2, 4)
    ranked = grades.ranking(options)
    report("placement", 3, 4)
    market = build_market(contest, ranked, sizes)
    no_final = ~contest.tables["candidates"]["has_final_grade"].to_numpy()
    seats = sizes["seats"].to_numpy()
    held, rounds, too_many = place_with_further_seats(market, seats, no_final)
    outcome = ranked.select("candidate_index", "order", "position", "rank").with_columns(
        stage=pl.Series(held).replace(-1, None)
    )
    options = options.join(
        outcome, on=["candidate_index", "order"], how="left", maintain_order="left"
    )
    report("placement", 4, 4)
    return Placement(contest, options, sizes, rounds, too_many)


def build_market(contest: Contest, ranked: pl.DataFrame, sizes: pl.DataFrame) -> Market:
    """The kernel's market from the ranked options (`grades.ranking`)."""
    from portaria.regulations.access.compute.placement import market

    return market(
        candidate=ranked["candidate_index"].to_numpy(),
        programme=ranked["programme_index"].to_numpy(),
        rank=ranked["rank"].to_numpy(),
        heard=ranked["heard"].to_numpy(),
        later=ranked["later"].to_numpy(),
        order=ranked["order"].to_numpy(),
        candidates=contest.tables["candidates"].height,
        seats=sizes["seats"].to_numpy(),
        sizes=stage_sizes(sizes),
    )


def stage_sizes(sizes: pl.DataFrame) -> np.ndarray:
    """Seats by programme and stage. General takes whatever is left, so its size is all seats."""
    stages = np.zeros((sizes.height, ADDITIONAL + 1), np.int64)
    stages[:, :GENERAL] = sizes.select(ORDERED_STAGES[:GENERAL]).to_numpy()
    stages[:, GENERAL] = sizes["seats"].to_numpy()
    return stages


@rule("placement-by-preference", "best-option-kept", "ties-open-seats", "not-placed", "promotion")
def place_once(market: Market, further: np.ndarray) -> np.ndarray:
    """The stage held at each position, -1 for none, with `further` seats by programme."""
    from portaria.regulations.access.compute import placement as kernel

    return kernel.place(market, further)


@rule("further-seats")
def place_with_further_seats(
    market: Market, seats: np.ndarray, no_final: np.ndarray
) -> tuple[np.ndarray, tuple[np.ndarray, ...], tuple[int, ...]]:
    """Place until the further seats of art. 9/2 equal the placed candidates without final grade.

    `seats`: by programme; `no_final`: by candidate. Returns what `place_once` gives, the further
    seats of each round and the programmes that end with a seat too many. There are contests where
    no count fits: once the counts repeat, seats only grow, so that nobody entitled is denied.
    """
    further = np.zeros(seats.size, np.int64)
    rounds: list[np.ndarray] = []
    seen: set[bytes] = set()
    growing = False
    while True:
        rounds.append(further)
        held = place_once(market, further)
        count = entitled(market.positions, held, seats, no_final)
        if np.array_equal(count, further) or (growing and not np.any(count > further)):
            return held, tuple(rounds), tuple(np.flatnonzero(further > count).tolist())
        growing = growing or count.tobytes() in seen
        seen.add(count.tobytes())
        further = np.maximum(further, count) if growing else count


def entitled(
    positions: np.ndarray, held: np.ndarray, seats: np.ndarray, no_final: np.ndarray
) -> np.ndarray:
    """Candidates without final grade placed in each full programme, 0 where one is not full."""
    taken = held >= 0
    programme = positions["programme"][taken]
    ordinary = held[taken] != ADDITIONAL
    without = no_final[positions["candidate"][taken]]
    full = np.bincount(programme[ordinary], minlength=seats.size) >= seats
    return np.where(full, np.bincount(programme[without], minlength=seats.size), 0)
