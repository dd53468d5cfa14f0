"""Strict random contests for the kernel and for the `matching` package alike."""

from __future__ import annotations

import sys
import warnings

import numpy as np

from portaria.regulations.access.compute.placement import Market, market

Lists = dict[str, list[str]]


def strict(
    candidates: int, programmes: int, seed: int
) -> tuple[Market, Lists, Lists, dict[str, int]]:
    """The kernel's market, and the same as names: forms, lists of programmes, seats."""
    rng = np.random.default_rng(seed)
    form = np.argsort(rng.random((candidates, programmes)), axis=1)[:, :6]
    candidate = np.repeat(np.arange(candidates), 6)
    order = np.tile(np.arange(6), candidates)
    programme = form.ravel()
    ranked = np.lexsort((rng.random(candidate.size), programme))
    candidate, order, programme = candidate[ranked], order[ranked], programme[ranked]
    first = np.searchsorted(programme, np.arange(programmes + 1))
    seats = np.full(programmes, candidates // programmes)
    built = market(
        candidate=candidate,
        programme=programme,
        rank=np.arange(candidate.size) - first[programme] + 1,
        heard=np.ones(candidate.size),
        later=np.zeros(candidate.size),
        order=order,
        candidates=candidates,
        seats=seats,
        sizes=np.column_stack([seats, np.zeros_like(seats)]),
    )
    forms = {f"c{c}": [f"p{p}" for p in wished] for c, wished in enumerate(form)}
    lists: Lists = {f"p{p}": [] for p in range(programmes)}
    for c, p in zip(candidate, programme, strict=True):
        lists[f"p{p}"].append(f"c{c}")
    return built, forms, lists, {f"p{p}": int(count) for p, count in enumerate(seats)}


def large(candidates: int, programmes: int, seed: int) -> tuple[Market, np.ndarray]:
    """A strict market of four options a candidate, some programmes popular; no further seats."""
    rng = np.random.default_rng(seed)
    popular = np.cumsum(rng.exponential(size=programmes))
    programme = np.searchsorted(popular / popular[-1], rng.random(candidates * 4)).astype(np.int32)
    candidate = np.repeat(np.arange(candidates, dtype=np.int32), 4)
    order = np.tile(np.arange(4, dtype=np.int8), candidates)
    ability = rng.random(candidates, dtype=np.float32)
    grade = ability[candidate] + 0.1 * rng.random(candidate.size, dtype=np.float32)
    ranked = np.lexsort((-grade, programme))
    candidate, order, programme = candidate[ranked], order[ranked], programme[ranked]
    first = np.searchsorted(programme, np.arange(programmes + 1))
    seats = np.full(programmes, candidates * 9 // (programmes * 10))
    built = market(
        candidate=candidate,
        programme=programme,
        rank=(np.arange(candidate.size) - first[programme] + 1).astype(np.int32),
        heard=np.ones(candidate.size, np.uint16),
        later=np.zeros(candidate.size, np.uint16),
        order=order,
        candidates=candidates,
        seats=seats,
        sizes=np.column_stack([seats, np.zeros_like(seats)]),
    )
    return built, np.zeros(programmes, np.int64)


def solve_with_matching(forms: Lists, lists: Lists, seats: dict[str, int]) -> object:
    """The resident-optimal matching by the `matching` package, building included."""
    from matching.games import HospitalResident

    sys.setrecursionlimit(1_000_000)  # the package copies its players by recursion
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        game = HospitalResident.create_from_dictionaries(forms, lists, seats)
        return game.solve(optimal="resident")
