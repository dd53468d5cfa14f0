"""One replication: a demand drawn, placed in the contest as it is and as it would be, and counted.

Both contests meet the same people (common random numbers), so their difference is the change's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from portaria.regulations.access.placement import Outcome, place_with_further_seats
from portaria.regulations.access.reasons import ADDITIONAL, GENERAL
from portaria.regulations.access.simulate.draws import Demand, Draw, ranked_again
from portaria.regulations.access.simulate.ranked import Ranked

NOBODY = -1
"""The last grade of a programme without anybody in the general quota."""
NO_SEAT = np.iinfo(np.int16).max


class Runs(NamedTuple):
    """What replications of one contest give; the first axis of every array is the replication.

    By programme: placed, additional (seats of art. 9/2 taken), last (grade of the last one placed
    in the general quota, in tenths, or `NOBODY`). by_option: placed by order of the option, from
    0, which nobody has.
    """

    placed: np.ndarray
    additional: np.ndarray
    last: np.ndarray
    by_option: np.ndarray


class Moves(NamedTuple):
    """By replication: candidates whom the change would serve better, and worse."""

    better: np.ndarray
    worse: np.ndarray


@dataclass(frozen=True)
class Work:
    """What every replication needs to know besides the arrays.

    readings: of the placement, one a contest. options: the highest order of an option.
    """

    readings: tuple[str, ...]
    demand: Demand
    seed: int
    options: int


def replicate(
    sides: Sequence[Ranked], work: Work, numbers: range
) -> tuple[tuple[Runs, ...], Moves | None]:
    """The replications of `numbers`, for each contest of `sides`; the moves where there are two."""
    runs = tuple(empty_runs(len(numbers), side.seats.size, work.options) for side in sides)
    moves = empty_moves(len(numbers)) if len(sides) == 2 else None
    for row, number in enumerate(numbers):
        draw = Draw(work.demand, work.seed, number, sides[0].no_final.size)
        held = [
            _place(side, reading, draw, run, row)
            for side, reading, run in zip(sides, work.readings, runs, strict=True)
        ]
        if moves is not None:
            moves.better[row] = np.count_nonzero(held[1] < held[0])
            moves.worse[row] = np.count_nonzero(held[1] > held[0])
    return runs, moves


def empty_runs(count: int, programmes: int, options: int) -> Runs:
    """Room for `count` replications; `options`: the highest order of an option."""
    return Runs(
        np.zeros((count, programmes), np.int32),
        np.zeros((count, programmes), np.int32),
        np.zeros((count, programmes), np.int16),
        np.zeros((count, options + 1), np.int32),
    )


def empty_moves(count: int) -> Moves:
    """Room for `count` replications."""
    return Moves(np.zeros(count, np.int32), np.zeros(count, np.int32))


def _place(side: Ranked, reading: str, draw: Draw, runs: Runs, row: int) -> np.ndarray:
    """Place one contest with one demand, write its row, return the option each candidate holds."""
    outcome, candidate, origin, tenths = outcome_of(side, reading, draw)
    taken = np.flatnonzero(outcome.held >= 0)
    source, stage = origin[taken], outcome.held[taken]
    programme, option = side.programme[source], side.option[source]
    programmes = side.seats.size
    runs.placed[row] = np.bincount(programme, minlength=programmes)
    runs.additional[row] = np.bincount(programme[stage == ADDITIONAL], minlength=programmes)
    runs.by_option[row] = np.bincount(option, minlength=runs.by_option.shape[1])
    runs.last[row] = NOBODY
    general = stage == GENERAL
    # Positions descend by grade within a programme, and the last one written stays.
    runs.last[row, programme[general]] = tenths[source[general]]
    held = np.full(int(draw.copies.sum()), NO_SEAT, np.int16)
    held[candidate[taken]] = option
    return held


def outcome_of(
    side: Ranked, reading: str, draw: Draw
) -> tuple[Outcome, np.ndarray, np.ndarray, np.ndarray]:
    """The placement of one contest with one demand (211-A 36, 37, 9/2).

    With the candidate of each position, the position of `side` it is a copy of, and the grades in
    tenths by position of `side`.
    """
    from portaria.regulations.access.simulate.compute.copies import drawn_market

    order, group, tenths = ranked_again(side, draw.shift)
    market, origin = drawn_market(side, order, group, draw.copies)
    no_final = np.repeat(side.no_final, draw.copies)
    outcome = place_with_further_seats(market, side.seats, no_final, reading)
    return outcome, market.positions["candidate"], origin, tenths
