"""The kernel that makes a market of a demand drawn again: every person as often as drawn.

A person drawn three times becomes three candidates with the same form. They are the same person,
so a full tie between them says nothing: the copies stand one behind another, and where two people
tie, their first copies tie, then their second ones. Nothing is drawn to decide it.
"""

from __future__ import annotations

import numpy as np

from portaria.regulations.access.compute.compiling import compiled
from portaria.regulations.access.compute.placement import NOWHERE, POSITION, WISH, Market
from portaria.regulations.access.simulate.ranked import Ranked


def drawn_market(
    ranked: Ranked, order: np.ndarray, group: np.ndarray, copies: np.ndarray
) -> tuple[Market, np.ndarray]:
    """The market of the people drawn, and for each of its positions the one it is a copy of.

    `order`: the positions of `ranked` as they rank now, programmes in order. `group`: in that
    order, a number for each group of full ties. `copies`: by candidate, how often she is drawn;
    the copies of one stand together and in the order of the candidates.
    """
    forms = np.diff(ranked.first_wish)
    count = int(copies.sum())
    first_wish = np.zeros(count + 1, np.int64)
    np.cumsum(np.repeat(forms, copies), out=first_wish[1:])
    first_copy = np.cumsum(copies) - copies
    positions = np.empty(int(first_wish[-1]), POSITION)
    wishes = np.empty(positions.size, WISH)
    origin = np.empty(positions.size, np.int32)
    first_position = np.zeros(ranked.seats.size + 1, np.int32)
    _copy_all(
        ranked.candidate, ranked.programme, ranked.heard, ranked.later, ranked.wish, order, group,
        copies, first_copy, first_wish, positions, wishes, origin, first_position,
    )  # fmt: skip
    stages = ranked.stages.copy()
    everyone = np.arange(count, dtype=np.int32)
    scratch = (np.zeros(count, kind) for kind in (np.int64, np.int32, np.int32))
    market = Market(positions, stages, first_position, wishes, first_wish, everyone, *scratch)
    return market, origin


@compiled(_nrt=False)
def _copy_all(
    candidate: np.ndarray,
    programme: np.ndarray,
    heard: np.ndarray,
    later: np.ndarray,
    wish: np.ndarray,
    order: np.ndarray,
    group: np.ndarray,
    copies: np.ndarray,
    first_copy: np.ndarray,
    first_wish: np.ndarray,
    positions: np.ndarray,
    wishes: np.ndarray,
    origin: np.ndarray,
    first_position: np.ndarray,
) -> None:
    """Write the copies of each group of ties: all first copies, all second ones, and so on."""
    written = 0
    start = 0
    reached = 0
    while start < order.size:
        end = start + 1
        while end < order.size and group[end] == group[start]:
            end += 1
        here = programme[order[start]]
        while reached <= here:
            first_position[reached] = written
            reached += 1
        most = 0
        for place in range(start, end):
            most = max(most, copies[candidate[order[place]]])
        for copy in range(most):
            rank = written - first_position[here] + 1
            for place in range(start, end):
                source = order[place]
                person = candidate[source]
                if copies[person] <= copy:
                    continue
                who = first_copy[person] + copy
                position = positions[written]
                position.candidate = who
                position.programme = here
                position.rank = rank
                position.heard = heard[source]
                position.later = later[source]
                position.stage = NOWHERE
                line = wishes[first_wish[who] + wish[source]]
                line.position = written
                line.programme = here
                line.rank = rank
                line.heard = heard[source]
                line.later = later[source]
                origin[written] = source
                written += 1
        start = end
    while reached < first_position.size:
        first_position[reached] = written
        reached += 1
