"""The placement (arts. 9/2, 36, 37): ranking and quotas into the kernel, seats out of it.

Default reading, candidate-optimal: candidates propose, programmes choose by the stages of art. 36.
Art. 9/2 is an outer fixed point around it, because further seats that depend on who is placed
would make the choice depend on the order of proposals.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from portaria.core.rule import rule
from portaria.regulations.access import audit, grades, quotas
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
    indexes whose seats of art. 9/2 exceed the count in the end. deadlocked: candidate indexes
    that the reading `literal` leaves without an answer. holders: in a later phase, the seats of
    the phases before that stand (`later.holders`), and `sizes` has every term of the formula.
    """

    contest: Contest
    options: pl.DataFrame
    sizes: pl.DataFrame
    further: tuple[np.ndarray, ...]
    seat_too_many: tuple[int, ...]
    deadlocked: tuple[int, ...] = ()
    holders: pl.DataFrame | None = None


class Outcome(NamedTuple):
    """held: the stage at each position, -1 for none. The rest as in `Placement`, as arrays."""

    held: np.ndarray
    further: tuple[np.ndarray, ...]
    seat_too_many: np.ndarray
    deadlocked: np.ndarray


def place(contest: Contest, on_progress: Progress | None = None) -> Placement:
    """Place a contest, whatever its phase. Pure: frames in, frames out."""
    if contest.phase > 1:
        from portaria.regulations.access.later.placement import place_later

        return place_later(contest, on_progress)
    return place_first(contest, on_progress)


def place_first(contest: Contest, on_progress: Progress | None = None) -> Placement:
    """Place phase 1: every quota and preference."""
    report = on_progress or (lambda stage, done, total: None)
    options, sizes, ranked = rank_first(contest, report)
    report("placement", 3, 4)
    market = build_market(contest, ranked, sizes)
    no_final = without_final_grade(contest)
    seats = sizes["seats"].to_numpy()
    outcome = place_with_further_seats(market, seats, no_final, contest.readings["placement"])
    seated = ranked.select("position", "rank", stage=pl.Series(outcome.held).replace(-1, None))
    options = options.with_columns(seated.select(pl.all().gather(positions(contest, ranked))))
    report("placement", 4, 4)
    return Placement(
        contest,
        options,
        sizes,
        outcome.further,
        tuple(outcome.seat_too_many.tolist()),
        tuple(outcome.deadlocked.tolist()),
    )


def rank_first(
    contest: Contest, report: Progress
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """All that comes before the placement of phase 1: options heard, sizes of quotas, ranking."""
    report("grades", 0, 4)
    options = grades.graded_options(contest)
    report("quotas", 1, 4)
    options = quotas.heard(contest, options)
    sizes = quotas.quota_sizes(contest)
    report("ranking", 2, 4)
    return options, sizes, grades.ranking(options)


def build_market(contest: Contest, ranked: pl.DataFrame, sizes: pl.DataFrame) -> Market:
    """The kernel's market from the ranked options of a contest (`grades.ranking`)."""
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
        by_form=positions(contest, ranked).drop_nulls().to_numpy(),
    )


def positions(contest: Contest, ranked: pl.DataFrame) -> pl.Series:
    """The position of each option of the contest in `ranked`, null where it is not valid."""
    position = np.full(contest.tables["options"].height, -1)
    position[ranked["row"].to_numpy()] = np.arange(ranked.height)
    return pl.Series(position).replace(-1, None)


@rule("order-of-stages")
def stage_sizes(sizes: pl.DataFrame) -> np.ndarray:
    """Seats by programme and stage. General takes whatever is left, so its size is all seats."""
    stages = np.zeros((sizes.height, ADDITIONAL + 1), np.int64)
    stages[:, :GENERAL] = sizes.select(ORDERED_STAGES[:GENERAL]).to_numpy()
    stages[:, GENERAL] = sizes["seats"].to_numpy()
    return stages


@rule("placement-by-preference", "best-option-kept", "ties-open-seats", "not-placed", "promotion")
def place_once(market: Market, further: np.ndarray, reading: str) -> tuple[np.ndarray, np.ndarray]:
    """The stage held at each position, -1 for none, with `further` seats by programme.

    And the candidates in deadlock, by index, which only the reading `literal` knows.
    """
    from portaria.regulations.access.compute import placement as kernel

    nobody = np.empty(0, np.int32)
    if reading == "literal":
        return audit.literal(market, further)
    if reading in ("stages-r1", "stages-r2"):
        return audit.by_stages(market, further, keeps_type=reading == "stages-r1"), nobody
    return kernel.place(market, further), nobody


@rule("further-seats")
def place_with_further_seats(
    market: Market, seats: np.ndarray, no_final: np.ndarray, reading: str = "candidate-optimal"
) -> Outcome:
    """Place until the further seats of art. 9/2 equal the placed candidates without final grade.

    `seats`: by programme; `no_final`: by candidate.
    """
    return settle_further_seats(
        lambda further: place_once(market, further, reading),
        lambda held: entitled(market.positions, held, seats, no_final),
        seats.size,
    )


def settle_further_seats(
    place: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]],
    entitled: Callable[[np.ndarray], np.ndarray],
    programmes: int,
) -> Outcome:
    """`place` with further seats by programme until they equal the count of those `entitled`.

    There are contests where no count fits: once the counts repeat, seats only grow, so that
    nobody entitled is denied.
    """
    further = np.zeros(programmes, np.int64)
    rounds: list[np.ndarray] = []
    seen: set[bytes] = set()
    growing = False
    while True:
        rounds.append(further)
        held, deadlocked = place(further)
        count = entitled(held)
        if np.array_equal(count, further) or (growing and not np.any(count > further)):
            too_many = np.flatnonzero(further > count)
            return Outcome(held, tuple(rounds), too_many, deadlocked)
        growing = growing or count.tobytes() in seen
        seen.add(count.tobytes())
        further = np.maximum(further, count) if growing else count


def without_final_grade(contest: Contest) -> np.ndarray:
    """By candidate, whether a further seat follows her placement; nobody where none ever does."""
    final = contest.tables["candidates"]["has_final_grade"].to_numpy()
    return ~final if contest.edition.has("further-seats") else np.zeros(final.size, bool)


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
