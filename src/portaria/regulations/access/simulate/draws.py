"""How the demand of a replication is drawn: people again, with replacement, and their grades moved.

Each replication has its own seed, made of the seed of the run and its number, so it draws the same
whoever runs it, whenever, beside whichever others.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from portaria.regulations.access.simulate.ranked import HIGHEST, Ranked


@dataclass(frozen=True)
class Demand:
    """What varies: `resample` draws whole people again, `noise` moves grades (points, 0 to 200).

    A person keeps her exams, options, prerequisites and everything else. The noise is one draw a
    person, normal with this standard deviation, in whole tenths, added to her application grade
    at every programme; it never takes a valid option below the minimum grade nor above the scale.
    """

    resample: bool = True
    noise: Decimal = Decimal(0)


class Draw:
    """The demand of one replication, the same for every contest with these candidates."""

    def __init__(self, demand: Demand, seed: int, index: int, people: int) -> None:
        child = np.random.SeedSequence(seed, spawn_key=(index,))
        rng = np.random.Generator(np.random.PCG64(child))
        self.copies = np.ones(people, np.int64)
        self.shift: np.ndarray | None = None
        if demand.resample and people:
            self.copies = np.bincount(rng.integers(0, people, people), minlength=people)
        if demand.noise:
            tenths = rng.normal(0.0, float(demand.noise * 10), people)
            self.shift = np.rint(tenths).astype(np.int32)


def ranked_again(
    ranked: Ranked, shift: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Positions in their new order, the group of ties of each (in that order), and the grades.

    Grades in tenths, by position of `ranked`.
    """
    if shift is None:
        return np.arange(ranked.tenths.size, dtype=np.int32), ranked.group, ranked.tenths
    moved = np.clip(ranked.tenths + shift[ranked.candidate], ranked.least, HIGHEST)
    by_grade = ranked.programme.astype(np.int64) * (HIGHEST + 1) + (HIGHEST - moved)
    key = by_grade * (int(ranked.rest.max(initial=0)) + 1) + ranked.rest
    order = np.argsort(key, kind="stable").astype(np.int32)
    sorted_key = key[order]
    group = np.zeros(key.size, np.int32)
    np.cumsum(sorted_key[1:] != sorted_key[:-1], out=group[1:])
    return order, group, moved
