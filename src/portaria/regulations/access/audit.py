"""The audit readings of the placement: other ways to read arts. 36/2 and 37, to compare with.

`literal` follows art. 37/3-4 to the letter and may leave candidates in deadlock. `stages-r1` and
`stages-r2` run the stages of art. 36/1 one after the other over all programmes and do them again
when art. 36/2 promotes someone. All work on the kernel: a stage, or the choice of every programme,
is the kernel with shorter lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from portaria.core.rule import rule
from portaria.regulations.access.reasons import ADDITIONAL, LATER

if TYPE_CHECKING:
    from portaria.regulations.access.compute.placement import Market


@rule("literal-iterations")
def literal(market: Market, further: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The stage held at each position (-1: none), and the candidates in deadlock, by index.

    In each iteration programmes choose from everyone who still lists them. A list is cut after
    the best option with a place (37/3/b); a candidate whose only option has a place is settled
    (37/3/a); an option where those settled leave her no seat is struck out (37/4/a). It ends when
    no list changes.
    """
    listed = np.ones(market.positions.size, bool)
    while True:
        before = listed.copy()
        chosen = _choices(market, listed, further) >= 0
        listed &= ~_worse_than_best(market, listed, chosen)
        settled = listed & chosen & (_count(market, listed) == 1)
        held = _choices(market, settled, further)
        listed &= settled | _admissible(market)
        if np.array_equal(listed, before):
            open_lists = np.unique(market.positions["candidate"][listed & ~settled])
            return held, open_lists


def _choices(market: Market, listed: np.ndarray, further: np.ndarray) -> np.ndarray:
    """The stage in which each programme takes each listed position, choosing from all of them."""
    from portaria.regulations.access.compute import placement as kernel

    return kernel.choose(market, listed, further)


def _admissible(market: Market) -> np.ndarray:
    """Positions that would be taken beside those just chosen: some stage hears them in time."""
    positions, stages = market.positions, market.stages
    found = np.zeros(positions.size, bool)
    for stage in range(stages.shape[1]):
        heard = positions["heard"] >> stage & 1 == 1
        found |= heard & (_keys(market, stage) <= stages["cutoff"][positions["programme"], stage])
    return found


def _keys(market: Market, stage: int) -> np.ndarray:
    later = (market.positions["later"] >> stage & 1).astype(np.int64)
    ranks: np.ndarray = market.positions["rank"]
    return ranks + LATER * later


def _worse_than_best(market: Market, listed: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Listed positions that stand after the candidate's best option with a place."""
    place = _places(market)
    best = np.full(market.trying.size, place.size)
    taken = listed & chosen
    np.minimum.at(best, market.positions["candidate"][taken], place[taken])
    return np.asarray(listed & (place > best[market.positions["candidate"]]))


def _places(market: Market) -> np.ndarray:
    """By position: where it stands in `market.wishes`, so that better options come first."""
    place = np.empty(market.wishes.size, np.int64)
    place[market.wishes["position"]] = np.arange(market.wishes.size)
    return place


def _count(market: Market, listed: np.ndarray) -> np.ndarray:
    """By position: how many options its candidate still lists."""
    candidate = market.positions["candidate"]
    counts = np.bincount(candidate[listed], minlength=market.trying.size)
    return np.asarray(counts[candidate])


@rule("promotion")
def by_stages(market: Market, further: np.ndarray, keeps_type: bool) -> np.ndarray:
    """The stage held at each position, -1 for none.

    The stages run in turn, each placing candidates by preference in the seats it has; whoever
    holds a seat is heard only for better options. When a stage promotes holders (36/2), they keep
    at least the option won and all stages are done again. `keeps_type` (r1): a promoted candidate
    keeps the seat type she won, so earlier stages no longer hear her there; otherwise (r2) every
    stage hears again everyone eligible.
    """
    listed = np.ones(market.positions.size, bool)
    heard = market.positions["heard"].copy()
    place = _places(market)
    while True:
        held, promoted = _one_pass(market, further, listed, heard, place)
        if not promoted.size:
            return held
        won = np.full(market.trying.size, place.size)
        won[market.positions["candidate"][promoted]] = place[promoted]
        listed &= place <= won[market.positions["candidate"]]
        if keeps_type:
            stage = held[promoted].astype(np.int64)
            # A further seat of art. 9/2 is no stage of art. 36/1: it fixes no type.
            earlier = np.where(stage == ADDITIONAL, 0, (1 << stage) - 1)
            heard[promoted] &= ~earlier.astype(np.uint16)


def _one_pass(
    market: Market,
    further: np.ndarray,
    listed: np.ndarray,
    heard: np.ndarray,
    place: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Every stage once, up to the first that promotes: held, and the positions promoted to."""
    from portaria.regulations.access.compute import placement as kernel

    candidate = market.positions["candidate"]
    held = np.full(market.positions.size, -1, np.int32)
    holds = np.full(market.trying.size, place.size)  # place of the option held, none: the last
    left = market.stages["left"][:, 0].copy()
    for stage in range(market.stages.shape[1]):
        wanted = listed & (heard >> stage & 1 == 1) & (place < holds[candidate])
        seats = (
            further if stage == ADDITIONAL else np.minimum(market.stages["size"][:, stage], left)
        )
        taken = np.flatnonzero(kernel.place_stage(market, stage, wanted, seats))
        promoted = taken[holds[candidate[taken]] < place.size]
        held[taken] = stage
        if promoted.size:
            return held, promoted
        holds[candidate[taken]] = place[taken]
        if stage != ADDITIONAL:
            used = np.bincount(market.positions["programme"][taken], minlength=left.size)
            left = left - np.minimum(used, seats)
    return held, np.empty(0, np.int64)
