"""The kernel against brute force: among all assignments, the stable one that is best for all.

An assignment is stable when every programme would choose just those it holds, even beside everyone
who would rather be there. Of the stable ones one is the best for each candidate (arts. 36/2, 37/1);
the brute force looks for it among all of them, so it needs no algorithm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, product
from random import Random
from typing import Any

import pytest
from engines import differences
from plain import Market, Placed, Programme, chosen, general, place_all, prefers
from reference.markets import COLUMNS, random_contest

# --- brute force ---------------------------------------------------------------------------------


def stable_assignments(market: Market) -> Iterator[tuple[int | None, ...]]:
    """By candidate the programme she holds, None for nothing."""
    choices: list[tuple[int | None, ...]] = [(*form, None) for form in market.forms]
    for assignment in product(*choices):
        for code, programme in enumerate(market.programmes):
            holders = {c for c, p in enumerate(assignment) if p == code}
            rivals = {c for c, p in enumerate(assignment) if prefers(market.forms[c], code, p)}
            if chosen(programme, holders | rivals).keys() != holders:
                break
        else:
            yield assignment


def best_stable(market: Market) -> Placed:
    """The stable assignment that nobody would exchange for another stable one, with its stages."""
    stable = list(stable_assignments(market))
    ranks = [
        tuple(len(f) if p is None else f.index(p) for f, p in zip(market.forms, a, strict=True))
        for a in stable
    ]
    best = tuple(map(min, zip(*ranks, strict=True)))
    assert best in ranks, f"no stable assignment is the best for all: {market}"
    held = stable[ranks.index(best)]
    stages = [
        chosen(p, {c for c, h in enumerate(held) if h == code} | rivals(market, code, held))
        for code, p in enumerate(market.programmes)
    ]
    return tuple(None if p is None else (p, stages[p][c]) for c, p in enumerate(held))


def rivals(market: Market, code: int, held: tuple[int | None, ...]) -> set[int]:
    """Who would rather be at a programme than where she is."""
    return {c for c, p in enumerate(held) if prefers(market.forms[c], code, p)}


def disagreements(markets: Iterable[Market], chunk: int = 2_000) -> list[tuple[Market, Placed]]:
    """The markets in which the kernel does not give the best stable assignment."""
    found = []
    source = iter(markets)
    while several := list(islice(source, chunk)):
        for market, placed in zip(several, place_all(several), strict=True):
            if placed != best_stable(market):
                found.append((market, placed))
    return found


def test_the_brute_force_sees_what_is_not_stable():
    """Two candidates, one seat: only the better one there is stable; tied, both are admitted."""
    forms = ((0,), (0,))
    better = Market((general(1, {0: 1, 1: 2}),), forms)
    assert list(stable_assignments(better)) == [(0, None)]
    tied = Market((general(1, {0: 1, 1: 1}),), forms)
    assert list(stable_assignments(tied)) == [(0, 0)]


@pytest.mark.rules("placement-by-preference", "best-option-kept")
def test_of_two_stable_assignments_the_candidates_one_is_taken():
    """The worked case where art. 37 read to the letter never moves."""
    market = Market((general(1, {0: 2, 1: 1}), general(1, {0: 1, 1: 2})), ((0, 1), (1, 0)))
    assert set(stable_assignments(market)) == {(0, 1), (1, 0)}
    assert best_stable(market) == place_all([market])[0] == ((0, 0), (1, 0))


# --- every market of three candidates and two programmes -----------------------------------------

FORMS = [(), (0,), (1,), (0, 1), (1, 0)]
# Places of three candidates with ties: 1 strict order of ranks a set partition in order, 13 in all.
WEAK_ORDERS = [
    ranks for ranks in product(range(3), repeat=3) if set(ranks) == set(range(len(set(ranks))))
]
EVERY = 5**3 * 13**2 * 3**2


def every_market() -> Iterator[Market]:
    """Forms, orders with ties and 1 to 3 seats; fewer candidates are those with empty forms."""
    offers = [
        general(seats, dict(enumerate(ranks))) for ranks in WEAK_ORDERS for seats in (1, 2, 3)
    ]
    for forms in product(FORMS, repeat=3):
        for programmes in product(offers, repeat=2):
            yield Market(programmes, forms)


def test_there_are_190125_of_them():
    assert len(WEAK_ORDERS) == 13
    assert sum(1 for _ in every_market()) == EVERY == 190_125


@pytest.mark.rules("placement-by-preference", "best-option-kept", "ties-open-seats", "not-placed")
def test_a_sample_of_every_market_of_three_by_two():
    """Every 11th: 11 divides neither the number of orders nor of seats nor of forms."""
    assert not disagreements(islice(every_market(), 5, None, 11))


@pytest.mark.long
@pytest.mark.parametrize("part", range(5))
def test_every_market_of_three_by_two(part):
    assert not disagreements(islice(every_market(), part, None, 5))


# --- random markets with quotas ------------------------------------------------------------------


def random_market(rng: Random) -> Market:
    """Four candidates, three programmes, three stages before the further seats; many ties."""
    forms = tuple(tuple(rng.sample(range(3), rng.randint(0, 3))) for _ in range(4))
    return Market(tuple(_random_programme(rng) for _ in range(3)), forms)


def _random_programme(rng: Random) -> Programme:
    seats = rng.randint(0, 3)
    stages: dict[str, dict[int, frozenset[int]]] = {"heard": {}, "later": {}}
    for c in range(4):
        stages["heard"][c] = frozenset(s for s in range(4) if s == 2 or rng.random() < 0.5)
        stages["later"][c] = frozenset(s for s in range(2) if rng.random() < 0.4)
    ranks = {c: rng.randint(1, 3) for c in range(4)}
    sizes = (rng.randint(0, 2), rng.randint(0, 2), seats)
    return Programme(seats, sizes, rng.choice([0, 0, 1, 2]), ranks, **stages)


@pytest.mark.rules("order-of-stages", "islands-first-ground-first", "stage-additional")
def test_a_sample_of_random_markets_with_stages():
    assert not disagreements(random_market(Random(seed)) for seed in range(5_000))


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
def test_many_random_markets_with_stages(part):
    seeds = range(25_000 * part, 25_000 * (part + 1))
    assert not disagreements(random_market(Random(seed)) for seed in seeds)


# --- random contests with every quota and art. 9/2 -----------------------------------------------

CODES = {"programme", "congener", "candidate"}


def side_by_side(seeds: Iterable[int]) -> dict[str, list[dict[str, Any]]]:
    """Contests of 4 candidates and 3 programmes as one contest, their codes kept apart."""
    together: dict[str, list[dict[str, Any]]] = {name: [] for name in COLUMNS}
    for seed in seeds:
        ties = "few" if seed % 3 == 0 else "many"
        for name, rows in random_contest(Random(seed), 4, 3, quotas=True, ties=ties).items():
            together[name] += [
                {
                    column: f"{seed}-{value}" if column in CODES and value is not None else value
                    for column, value in row.items()
                }
                for row in rows
            ]
    return together


@pytest.mark.rules("further-seats", "special-quotas", "preference-size")
def test_a_sample_of_random_contests_of_four_by_three():
    assert not differences(side_by_side(range(300)))


@pytest.mark.long
@pytest.mark.parametrize("part", range(20))
def test_100000_random_contests_of_four_by_three(part):
    found = []
    for first in range(5_000 * part, 5_000 * (part + 1), 250):
        found += differences(side_by_side(range(first, first + 250)))
    assert not found
