"""The placement kernel: candidates propose, programmes choose by stages, cutoffs only tighten.

Every programme fills its seats in stages (quotas, then general, then the further seats of art.
9/2). A stage hears those whom its bit allows, best key first, and keeps those down to its cutoff.
All tied at the cutoff stay or leave together, so a stage needs few numbers: the seats left for it,
how many it holds, its cutoff and how many of them stand at the cutoff.

Whoever a stage lets go is heard by the next stages of the same programme, then by the programme
of the next option. Nothing ever loosens, so each tie group is let go once and the work is
proportional to the options times the stages. The README of the regulation tells why the outcome
is the right one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from portaria.regulations.access.compute.compiling import compiled
from portaria.regulations.access.reasons import LATER

# The kernel allocates nothing, so its arrays need no reference counts; counting them costs
# fifteen times the work itself.
kernel = compiled(_nrt=False)

NOWHERE = -1
NO_CUTOFF = 2**31 - 1

POSITION = np.dtype(
    [
        ("candidate", np.int32),
        ("programme", np.int32),
        ("rank", np.int32),  # 1, 1, 3 within the programme
        ("heard", np.uint16),  # one bit a stage
        ("later", np.uint16),  # one bit a stage
        ("stage", np.int32),  # the stage that holds the candidate here, or NOWHERE
    ]
)
WISH = np.dtype(
    [
        ("position", np.int32),
        ("programme", np.int32),
        ("rank", np.int32),
        ("heard", np.uint16),
        ("later", np.uint16),
    ]
)
STAGE = np.dtype(
    [
        ("size", np.int32),
        ("left", np.int32),  # seats of the programme left for this stage and those after it
        ("held", np.int32),
        ("cutoff", np.int32),  # key of the last one admitted
        ("at_cutoff", np.int32),  # how many of the held have that key
        ("reach", np.int32),  # how far down the stage's list the cutoff stands
        ("owed", np.int32),  # seats that the stages after this one may not use
    ]
)


class Market(NamedTuple):
    """What the kernel works on; `positions`, `stages`, `trying` and `next_stage` change.

    positions: POSITION, one for each place in the ranking of each programme, programmes in order.
    stages: STAGE by programme and stage, the further seats of art. 9/2 last. first_position: by
    programme, one more at the end. wishes: WISH, the same positions by candidate, the most wanted
    first, so that a form is read in one go. first_wish: by candidate, one more at the end. visit:
    the order in which candidates propose. trying: by candidate, her place in wishes. next_stage:
    the next to hear her there. waiting: room for a stack of candidates.
    """

    positions: np.ndarray
    stages: np.ndarray
    first_position: np.ndarray
    wishes: np.ndarray
    first_wish: np.ndarray
    visit: np.ndarray
    trying: np.ndarray
    next_stage: np.ndarray
    waiting: np.ndarray


def market(
    *,
    candidate: ArrayLike,
    programme: ArrayLike,
    rank: ArrayLike,
    heard: ArrayLike,
    later: ArrayLike,
    order: ArrayLike,
    candidates: int,
    seats: ArrayLike,
    sizes: ArrayLike,
    owed: ArrayLike = 0,
    by_form: ArrayLike | None = None,
) -> Market:
    """A market from columns of positions (already in the order of the ranking).

    `order`: the order of each option in its candidate's form. `seats` by programme; `sizes` by
    programme and stage, the last stage's being the further seats. `owed`: by programme and stage,
    the seats that a stage leaves out of what it passes on. `by_form`: the positions by candidate
    and form, where they are known; otherwise they are sorted by `order`.
    """
    sizes = np.asarray(sizes, np.int32)
    programmes = sizes.shape[0]
    positions = np.zeros(np.size(candidate), POSITION)
    columns = {"candidate": candidate, "programme": programme, "rank": rank}
    for name, column in (columns | {"heard": heard, "later": later}).items():
        positions[name] = column
    stages = np.zeros(sizes.shape, STAGE)
    stages["size"] = sizes
    stages["owed"] = owed
    stages["left"] = np.asarray(seats, np.int32)[:, None]
    bounds = [np.arange(count + 1) for count in (programmes, candidates)]
    if by_form is None:
        by_form = np.lexsort((np.asarray(order), positions["candidate"]))
    choice = np.asarray(by_form, np.int32)
    chooser = positions["candidate"][choice]
    return Market(
        positions,
        stages,
        np.searchsorted(positions["programme"], bounds[0]).astype(np.int32),
        wishes(positions, choice),
        np.searchsorted(chooser, bounds[1]).astype(np.int64),
        np.arange(candidates, dtype=np.int32),
        np.zeros(candidates, np.int64),
        np.zeros(candidates, np.int32),
        np.zeros(candidates, np.int32),
    )


def wishes(positions: np.ndarray, choice: np.ndarray) -> np.ndarray:
    """The positions of `choice` as WISH, in that order."""
    wishes = np.empty(choice.size, WISH)
    wishes["position"] = choice
    for name in ("programme", "rank", "heard", "later"):
        wishes[name] = positions[name][choice]
    return wishes


def place(market: Market, further: np.ndarray) -> np.ndarray:
    """The stage that holds each position, NOWHERE where the candidate has no seat there.

    `further`: by programme, the seats of the last stage.
    """
    stages = market.stages
    stages["size"][:, -1] = further
    owed = np.cumsum(stages["owed"], axis=1) - stages["owed"]
    stages["left"] = np.maximum(0, stages["left"][:, :1] - owed)
    stages["held"] = stages["at_cutoff"] = 0
    stages["cutoff"] = np.where(stages["size"] > 0, NO_CUTOFF, NOWHERE)
    length = np.diff(market.first_position)[:, None]
    some_later = np.bitwise_or.reduce(market.positions["later"], initial=0)
    stages["reach"] = length * (1 + (some_later >> np.arange(stages.shape[1]) & 1))
    market.positions["stage"] = NOWHERE
    market.trying[:] = market.first_wish[:-1]
    market.next_stage[:] = 0
    _propose_all(market)
    return market.positions["stage"].copy()


def choose(market: Market, listed: np.ndarray, further: np.ndarray) -> np.ndarray:
    """The stage in which each programme takes each position, choosing from all those `listed`.

    Every listed position stands for herself, whatever else her candidate lists. The cutoffs of
    `market.stages` are left as the choice made them.
    """
    alone = np.arange(market.positions.size, dtype=np.int32)
    positions = market.positions.copy()
    positions["candidate"] = alone
    choosers = market._replace(
        positions=positions,
        wishes=wishes(positions, np.flatnonzero(listed)),
        first_wish=np.concatenate(([0], np.cumsum(listed))),
        visit=alone,
        trying=np.zeros(alone.size, np.int64),
        next_stage=np.zeros(alone.size, np.int32),
        waiting=np.zeros(alone.size, np.int32),
    )
    return place(choosers, further)


def place_stage(market: Market, stage: int, wanted: np.ndarray, seats: np.ndarray) -> np.ndarray:
    """One stage alone: which of the `wanted` positions get one of its `seats` by programme."""
    positions = market.positions.copy()
    positions["heard"] = wanted
    stages = np.zeros((market.stages.shape[0], 2), STAGE)
    stages["size"][:, 0] = seats
    stages["left"] = seats[:, None]
    positions["later"] = positions["later"] >> stage & 1
    choice = market.wishes["position"]
    kept = wanted[choice]
    alone = market._replace(
        positions=positions,
        stages=stages,
        wishes=wishes(positions, choice[kept]),
        first_wish=np.concatenate(([0], np.cumsum(kept)))[market.first_wish],
    )
    return place(alone, np.zeros(seats.size, np.int64)) == 0


def load() -> None:
    """Compile the kernel, or load it compiled, by placing nobody at one programme."""
    columns = ("candidate", "programme", "rank", "heard", "later", "order")
    nobody: dict[str, ArrayLike] = {name: [] for name in columns}
    place(market(**nobody, candidates=0, seats=[0], sizes=[[0]]), np.zeros(1))


@kernel
def _propose_all(market: Market) -> None:
    """Every candidate proposes; whoever is let go proposes again, until nobody moves."""
    for candidate in market.visit:
        market.waiting[0] = candidate
        count = 1
        while count > 0:
            count -= 1
            count = _propose(market, market.waiting[count], count)


@kernel
def _propose(market: Market, candidate: int, count: int) -> int:
    """Place one candidate in the best option that takes her; returns how many wait after it."""
    stages = market.stages.shape[1]
    while market.trying[candidate] < market.first_wish[candidate + 1]:
        wish = market.wishes[market.trying[candidate]]
        for stage in range(market.next_stage[candidate], stages):
            if not wish.heard >> stage & 1:
                continue
            here = market.stages[wish.programme, stage]
            key = _key(wish, stage)
            if key <= here.cutoff:
                market.positions[wish.position].stage = stage
                here.held += 1
                if key == here.cutoff:
                    here.at_cutoff += 1
                return _settle(market, wish.programme, stage, count)
        market.trying[candidate] += 1
        market.next_stage[candidate] = 0
    return count


@kernel
def _settle(market: Market, programme: int, stage: int, count: int) -> int:
    """Tighten a stage that holds one more, and those after it for which fewer seats are left.

    Those admitted beyond a stage's size by a tie take nothing from the stages after it (37/5).
    """
    last = market.stages.shape[1] - 1
    left = market.stages[programme, stage].left
    for each in range(stage, last):
        here = market.stages[programme, each]
        here.left = left
        seats = min(here.size, left)
        if here.held >= seats:
            count = _tighten(market, programme, each, seats, count)
        left = max(0, left - min(here.held, seats) - here.owed)
    if stage == last:
        count = _tighten(market, programme, last, market.stages[programme, last].size, count)
    return count


@kernel
def _tighten(market: Market, programme: int, stage: int, seats: int, count: int) -> int:
    """Let go whole tie groups from the cutoff up, while those above them fill the seats."""
    here = market.stages[programme, stage]
    while here.held >= seats and here.held - here.at_cutoff >= seats and here.cutoff >= 0:
        if here.at_cutoff > 0:
            count = _let_go(market, programme, stage, count)
        _raise_cutoff(market, programme, stage)
    return count


@kernel
def _let_go(market: Market, programme: int, stage: int, count: int) -> int:
    """Free everyone held at the cutoff: they wait, to be heard by the next stage."""
    here = market.stages[programme, stage]
    place = here.reach - 1
    while place >= 0:
        position = market.positions[_index(market, programme, place)]
        if _in_list(market, position, programme, stage, place):
            if _key(position, stage) != here.cutoff:
                break
            if position.stage == stage:
                position.stage = NOWHERE
                market.next_stage[position.candidate] = stage + 1
                market.waiting[count] = position.candidate
                count += 1
        place -= 1
    here.held -= here.at_cutoff
    here.at_cutoff = 0
    here.reach = place + 1
    return count


@kernel
def _raise_cutoff(market: Market, programme: int, stage: int) -> None:
    """Move the cutoff up to the worst group still held; above everyone where none is."""
    here = market.stages[programme, stage]
    place = here.reach - 1
    found, group, group_end = 0, NOWHERE, 0
    while place >= 0:
        position = market.positions[_index(market, programme, place)]
        if _in_list(market, position, programme, stage, place):
            key = _key(position, stage)
            if key != group:
                if found > 0:
                    break
                group, group_end = key, place + 1
            if position.stage == stage:
                found += 1
        place -= 1
    here.at_cutoff = found
    here.cutoff = group if found > 0 else NOWHERE
    here.reach = group_end if found > 0 else 0


@kernel
def _index(market: Market, programme: int, place: int) -> int:
    """The position at a place of a stage's list: the programme's ranking, written twice."""
    first = market.first_position[programme]
    length = market.first_position[programme + 1] - first
    return first + (place - length if place >= length else place)


@kernel
def _in_list(market: Market, position: np.record, programme: int, stage: int, place: int) -> bool:
    """Those heard first stand in the list the first time it is written, the others the second."""
    length = market.first_position[programme + 1] - market.first_position[programme]
    return (position.later >> stage & 1) == (place >= length)


@kernel
def _key(option: np.record, stage: int) -> int:
    """What a stage compares, smaller being better: the rank, those heard later after all others."""
    return option.rank + LATER * (option.later >> stage & 1)
