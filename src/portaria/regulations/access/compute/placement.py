"""The placement kernel: candidates propose, programmes choose by stages, cutoffs only tighten.

Every programme fills its seats in stages (quotas, then general, then the further seats of art.
9/2). A stage hears those whom its bit allows, best key first, and keeps those down to its cutoff.
All tied at the cutoff stay or leave together, so a stage needs to know only four numbers: its
cutoff, how many it holds, how many of them stand at the cutoff, and how many seats it may use.

Whoever a stage lets go is heard by the next stages of the same programme, then by her next option.
Nothing ever loosens, so each tie group is let go once and the work is proportional to the options
times the stages. The README of the regulation tells why the outcome is the right one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import ArrayLike

NOWHERE = -1
NO_CUTOFF = np.int64(1) << 62
LATER = np.int64(1) << 32
"""Added to the rank of those whom a stage hears after all the others (art. 11/3)."""


class Market(NamedTuple):
    """What the kernel reads. A position is a place in the ranking of all programmes, by programme.

    By position: candidate_at, programme_at, rank_at (1, 1, 3), heard_at, later_at (bits by stage).
    By programme: first_position (one more at the end), seats, sizes (programme, stage), further
    (seats of the last stage). By candidate: first_choice (one more at the end) into choice, the
    positions of her options, best first. visit: candidates in the order in which they propose.
    """

    candidate_at: np.ndarray
    programme_at: np.ndarray
    rank_at: np.ndarray
    heard_at: np.ndarray
    later_at: np.ndarray
    first_position: np.ndarray
    seats: np.ndarray
    sizes: np.ndarray
    further: np.ndarray
    first_choice: np.ndarray
    choice: np.ndarray
    visit: np.ndarray


TYPES = {
    "candidate_at": np.int32,
    "programme_at": np.int32,
    "rank_at": np.int32,
    "heard_at": np.uint16,
    "later_at": np.uint16,
    "first_position": np.int64,
    "seats": np.int64,
    "sizes": np.int64,
    "further": np.int64,
    "first_choice": np.int64,
    "choice": np.int32,
    "visit": np.int32,
}


def market(**arrays: ArrayLike) -> Market:
    """A market of arrays with the types that the kernel is compiled for."""
    return Market(**{name: np.array(arrays[name], dtype) for name, dtype in TYPES.items()})


class State(NamedTuple):
    """What the kernel writes.

    By position: held_at, the stage that holds the candidate there, or NOWHERE. By programme and
    stage: cutoff (key of the last one admitted), reach (how far down the list the cutoff has come,
    counting the list twice where some are heard later), held, at_cutoff. By candidate: trying
    (place in choice) and stage (the next to hear her). waiting: a stack of candidates to place.
    """

    held_at: np.ndarray
    cutoff: np.ndarray
    reach: np.ndarray
    held: np.ndarray
    at_cutoff: np.ndarray
    trying: np.ndarray
    stage: np.ndarray
    waiting: np.ndarray


def place(market: Market) -> np.ndarray:
    """The stage that holds each position, NOWHERE where the candidate has no seat there."""
    positions, candidates = market.candidate_at.size, market.visit.size
    programmes, stages = market.sizes.shape
    length = np.diff(market.first_position)[:, None]
    some_later = np.bitwise_or.reduce(market.later_at, initial=0) >> np.arange(stages) & 1
    state = State(
        held_at=np.full(positions, NOWHERE, np.int8),
        cutoff=np.full((programmes, stages), NO_CUTOFF),
        reach=length * (1 + some_later),
        held=np.zeros((programmes, stages), np.int32),
        at_cutoff=np.zeros((programmes, stages), np.int32),
        trying=market.first_choice[:-1].copy(),
        stage=np.zeros(candidates, np.int8),
        waiting=np.empty(candidates, np.int32),
    )
    _propose_all(market, state)
    return state.held_at


def load() -> None:
    """Compile the kernel, or load it compiled, by placing nobody at one programme."""
    nothing: dict[str, ArrayLike] = {name: [] for name in TYPES}
    place(market(**nothing | {"first_position": [0, 0], "first_choice": [0], "sizes": [[0]]}))


@njit(cache=True, nogil=True)
def _propose_all(market: Market, state: State) -> None:
    """Every candidate proposes; whoever is let go proposes again, until nobody moves."""
    for candidate in market.visit:
        state.waiting[0] = candidate
        count = 1
        while count > 0:
            count -= 1
            count = _propose(market, state, state.waiting[count], count)


@njit(cache=True, nogil=True)
def _propose(market: Market, state: State, candidate: int, count: int) -> int:
    """Place one candidate in the best option that takes her; returns how many wait after it."""
    stages = market.sizes.shape[1]
    while state.trying[candidate] < market.first_choice[candidate + 1]:
        position = market.choice[state.trying[candidate]]
        programme = market.programme_at[position]
        for stage in range(state.stage[candidate], stages):
            if not market.heard_at[position] >> stage & 1:
                continue
            key = _key(market, position, stage)
            if key <= state.cutoff[programme, stage]:
                state.held_at[position] = stage
                state.held[programme, stage] += 1
                if key == state.cutoff[programme, stage]:
                    state.at_cutoff[programme, stage] += 1
                return _settle(market, state, programme, count)
        state.trying[candidate] += 1
        state.stage[candidate] = 0
    return count


@njit(cache=True, nogil=True)
def _settle(market: Market, state: State, programme: int, count: int) -> int:
    """Give each stage the seats that are left for it and tighten its cutoff to them.

    Those admitted beyond a stage's size by a tie take nothing from the stages after it (37/5).
    """
    last = market.sizes.shape[1] - 1
    left = market.seats[programme]
    for stage in range(last):
        seats = min(market.sizes[programme, stage], left)
        count = _tighten(market, state, programme, stage, seats, count)
        left -= min(state.held[programme, stage], seats)
    return _tighten(market, state, programme, last, market.further[programme], count)


@njit(cache=True, nogil=True)
def _tighten(
    market: Market, state: State, programme: int, stage: int, seats: int, count: int
) -> int:
    """Let go whole tie groups from the cutoff up, while those above them fill the seats."""
    held, at_cutoff = state.held, state.at_cutoff
    while (
        held[programme, stage] >= seats
        and held[programme, stage] - at_cutoff[programme, stage] >= seats
        and state.cutoff[programme, stage] >= 0
    ):
        if at_cutoff[programme, stage] > 0:
            count = _let_go(market, state, programme, stage, count)
        _raise_cutoff(market, state, programme, stage)
    return count


@njit(cache=True, nogil=True)
def _let_go(market: Market, state: State, programme: int, stage: int, count: int) -> int:
    """Free everyone held at the cutoff: they wait, to be heard by the next stage."""
    place = state.reach[programme, stage] - 1
    while place >= 0:
        position, key = _at(market, programme, stage, place)
        if key >= 0 and key != state.cutoff[programme, stage]:
            break
        if key >= 0 and state.held_at[position] == stage:
            state.held_at[position] = NOWHERE
            candidate = market.candidate_at[position]
            state.stage[candidate] = stage + 1
            state.waiting[count] = candidate
            count += 1
        place -= 1
    state.held[programme, stage] -= state.at_cutoff[programme, stage]
    state.at_cutoff[programme, stage] = 0
    state.reach[programme, stage] = place + 1
    return count


@njit(cache=True, nogil=True)
def _raise_cutoff(market: Market, state: State, programme: int, stage: int) -> None:
    """Move the cutoff up to the worst group still held; above everyone where none is."""
    place = state.reach[programme, stage] - 1
    found, group, group_end = 0, -1, 0
    while place >= 0:
        position, key = _at(market, programme, stage, place)
        if key >= 0 and key != group:
            if found > 0:
                break
            group, group_end = key, place + 1
        if key >= 0 and state.held_at[position] == stage:
            found += 1
        place -= 1
    state.cutoff[programme, stage] = group if found > 0 else -1
    state.at_cutoff[programme, stage] = found
    state.reach[programme, stage] = group_end if found > 0 else 0


@njit(cache=True, nogil=True)
def _at(market: Market, programme: int, stage: int, place: int) -> tuple[int, int]:
    """Position and key at a place of a stage's list; key -1 where the place is not this one's.

    The list is the programme's ranking written twice: first those heard first, then the others.
    """
    first = market.first_position[programme]
    length = market.first_position[programme + 1] - first
    second_time = place >= length
    position = first + place - length if second_time else first + place
    later = market.later_at[position] >> stage & 1
    if (later == 1) != second_time:
        return position, -1
    return position, _key(market, position, stage)


@njit(cache=True, nogil=True)
def _key(market: Market, position: int, stage: int) -> int:
    """What a stage compares, smaller being better: rank, those heard later after all others."""
    later = market.later_at[position] >> stage & 1
    return market.rank_at[position] + LATER * later
