"""Placement said plainly: small markets, what a programme chooses, and the kernel's answer to them.

The choice is stated by counting, not by sorting or cutoffs, and knows nothing of the program's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np

from portaria.regulations.access.compute import placement as kernel

Placed = tuple[tuple[int, int] | None, ...]
"""By candidate: the programme and the stage that hold her, None for nothing."""


@dataclass(frozen=True)
class Programme:
    """seats in all; `sizes` of the stages in their order, then the `further` seats of art. 9/2.

    By candidate who may choose it: her rank (smaller is better, equal is tied), the stages that
    hear her, and those of them where she comes after all who are not `later` (art. 11/3).
    """

    seats: int
    sizes: tuple[int, ...]
    further: int
    ranks: Mapping[int, int]
    heard: Mapping[int, frozenset[int]]
    later: Mapping[int, frozenset[int]]


@dataclass(frozen=True)
class Market:
    """Programmes, and by candidate her options, the most wanted first."""

    programmes: tuple[Programme, ...]
    forms: tuple[tuple[int, ...], ...]


def general(seats: int, ranks: Mapping[int, int]) -> Programme:
    """A programme with the general quota alone."""
    every, none = dict.fromkeys(ranks, frozenset({0})), dict.fromkeys(ranks, frozenset[int]())
    return Programme(seats, (seats,), 0, ranks, every, none)


def chosen(programme: Programme, who: Collection[int]) -> dict[int, int]:
    """Candidate to stage (arts. 36/1, 37/5, 9/2): stage by stage, whoever is heard and has fewer
    better ones beside her than the stage has seats. So all who are tied get in or stay out."""
    taken: dict[int, int] = {}
    left = programme.seats
    for stage in range(len(programme.sizes) + 1):
        last = stage == len(programme.sizes)
        seats = programme.further if last else min(programme.sizes[stage], left)
        keys = {
            c: (stage in programme.later[c], programme.ranks[c])
            for c in who
            if c not in taken and stage in programme.heard[c]
        }
        admitted = [c for c in keys if sum(key < keys[c] for key in keys.values()) < seats]
        taken |= dict.fromkeys(admitted, stage)
        left -= min(seats, len(admitted))
    return taken


def place_all(markets: Sequence[Market], visit: Random | None = None) -> list[Placed]:
    """The kernel's placement of each market: all of them side by side as one. `visit` shuffles
    the order in which candidates propose."""
    rows: list[tuple[int, ...]] = []
    first_candidate = first_programme = 0
    stages = max(len(p.sizes) for market in markets for p in market.programmes)
    sizes: list[list[int]] = []
    for market in markets:
        for code, p in enumerate(market.programmes, first_programme):
            here = code - first_programme
            ranked = sorted((p.ranks[c], c) for c, form in enumerate(market.forms) if here in form)
            for rank, c in ranked:
                better = sum(other < rank for other, _ in ranked)
                heard, later = (
                    sum(1 << (s if s < len(p.sizes) else stages) for s in which[c])
                    for which in (p.heard, p.later)
                )
                order = market.forms[c].index(here)
                rows.append((first_candidate + c, code, better + 1, heard, later, order))
            sizes.append([*p.sizes, *[0] * (stages - len(p.sizes)), 0])
        first_candidate += len(market.forms)
        first_programme += len(market.programmes)
    columns = np.array(rows, np.int64).reshape(-1, 6).T
    names = ("candidate", "programme", "rank", "heard", "later", "order")
    everyone = [p for market in markets for p in market.programmes]
    made = kernel.market(
        **dict(zip(names, columns, strict=True)),
        candidates=first_candidate,
        seats=[p.seats for p in everyone],
        sizes=sizes,
    )
    if visit is not None:
        made.visit[:] = visit.sample(range(first_candidate), first_candidate)
    held = kernel.place(made, np.array([p.further for p in everyone]))
    return _by_market(markets, columns[0], columns[1], held, stages)


def _by_market(
    markets: Sequence[Market],
    candidate: np.ndarray,
    programme: np.ndarray,
    held: np.ndarray,
    stages: int,
) -> list[Placed]:
    where: dict[int, tuple[int, int]] = {}
    for c, p, stage in zip(candidate.tolist(), programme.tolist(), held.tolist(), strict=True):
        if stage >= 0:
            assert c not in where, "a candidate holds two seats"
            where[c] = (p, stage)
    answers: list[Placed] = []
    c0 = p0 = 0
    for market in markets:
        row: list[tuple[int, int] | None] = []
        for c in range(len(market.forms)):
            place = where.get(c0 + c)
            if place is None:
                row.append(None)
            else:
                p, stage = place[0] - p0, place[1]
                own = len(market.programmes[p].sizes)
                row.append((p, own if stage == stages else stage))
        answers.append(tuple(row))
        c0 += len(market.forms)
        p0 += len(market.programmes)
    return answers


def place(market: Market, visit: Random | None = None) -> Placed:
    """The kernel's placement of one market."""
    return place_all([market], visit)[0]


def prefers(form: Sequence[int], programme: int, holds: int | None) -> bool:
    """Whether an option of the form is better than what its candidate holds."""
    if programme not in form:
        return False
    return holds is None or form.index(programme) < form.index(holds)
