"""Exhaustive checks on tiny contests: is the outcome stable, and the best stable one for all?

Written apart from `placement`: the choice of a programme is stated here, not computed by sorting.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from types import MappingProxyType

from . import DEFAULTS
from .contest import ADDITIONAL, GENERAL, STAGES, Tables, read_contest
from .placement import Seats, place_market
from .quotas import Market, assess_all, build_market

Assignment = dict[str, str | None]  # candidate to programme, None for none


def wanted(market: Market, programme: str, who: set[str], further: int) -> set[str]:
    """Arts. 36/1, 37/5, 9/2: in each stage, whoever has fewer better ones than there are seats."""
    accepted: set[str] = set()
    left = market.seats[programme]
    sizes = market.sizes[programme]
    for quota in (*STAGES, ADDITIONAL):
        size = min(left, sizes[quota]) if quota in sizes and quota != GENERAL else left
        if quota == ADDITIONAL:
            size = further
        rivals = {
            c: market.heard[programme][c][quota]
            for c in who - accepted
            if quota in market.heard[programme][c]
        }
        stage = {c for c in rivals if sum(r < rivals[c] for r in rivals.values()) < size}
        accepted |= stage
        left -= min(len(stage), size) if quota != ADDITIONAL else 0
    return accepted


def prefers(market: Market, candidate: str, programme: str, assignment: Assignment) -> bool:
    """Whether an eligible option is better to the candidate than what she holds."""
    options, holds = market.lists[candidate], assignment[candidate]
    if programme not in options:
        return False
    return holds is None or options.index(programme) < options.index(holds)


def is_stable(market: Market, assignment: Assignment, further: Seats) -> bool:
    """Nobody is held against a programme's choice, and nobody has justified envy.

    Asked with each blocker alone and with all together; both must agree, since the choice is
    substitutable.
    """
    alone = together = True
    for programme in market.seats:
        seats = further.get(programme, 0)
        holders = {c for c, p in assignment.items() if p == programme}
        blockers = {c for c in assignment if prefers(market, c, programme, assignment)}
        if wanted(market, programme, holders, seats) != holders:
            return False
        alone &= all(c not in wanted(market, programme, holders | {c}, seats) for c in blockers)
        together &= wanted(market, programme, holders | blockers, seats) == holders
    assert alone == together, "the choice of a programme is not substitutable"
    return alone


def all_assignments(market: Market) -> Iterator[Assignment]:
    """Every way to give each candidate one of her eligible options or nothing."""
    candidates = list(market.lists)
    choices: list[list[str | None]] = [[None, *market.lists[c]] for c in candidates]
    for chosen in product(*choices):
        yield dict(zip(candidates, chosen, strict=True))


def check(tables: Tables, policy: Mapping[str, str] = MappingProxyType({})) -> None:
    """Raise AssertionError unless the default placement of a tiny contest is stable with its
    final further seats, and no stable assignment is better for anybody."""
    readings = {**DEFAULTS, **policy}
    contest = read_contest(tables)
    market = build_market(contest, assess_all(contest), readings)
    outcome = place_market(market, readings["placement"])
    further = outcome.rounds[-1]
    found: Assignment = {c: outcome.held.get(c, (None, None))[0] for c in market.lists}
    assert is_stable(market, found, further), f"not stable: {found}"
    for other in all_assignments(market):
        if any(p is not None and prefers(market, c, p, found) for c, p in other.items()):
            assert not is_stable(market, other, further), f"{other} is stable, not {found}"
