"""The program against the slow reference, table by table, on random contests with every rule.

`engines.differences` compares placements, outcomes of options, rankings, seats, last placed and
every round of art. 9/2, exactly. A failure names the contest by its line: run it again alone.
"""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from engines import differences, portaria
from reference.contest import QUOTAS
from reference.markets import random_contest

READINGS = [
    {"form_order": form_order, "preference_rounding": rounding}
    for form_order, rounding in product(("as_written", "valid_only"), ("floor", "half_up"))
]
AUDIT = ("literal", "stages-r1", "stages-r2")
SIZES = [(1, 1), (6, 2), (15, 3), (30, 5), (60, 8), (120, 15)]  # candidates, programmes


def case(seed: int, sizes: list[tuple[int, int]], quotas: bool, ties: str, **reading: str) -> str:
    """What differs on one contest, with what is needed to make it again."""
    candidates, programmes = sizes[seed % len(sizes)]
    policy = READINGS[seed // len(sizes) % len(READINGS)] | reading
    tables = random_contest(Random(seed), candidates, programmes, quotas=quotas, ties=ties)
    found = differences(tables, policy)
    where = f"seed {seed}: {candidates} x {programmes}, quotas={quotas}, ties={ties}, {policy}"
    return f"{where}: {found}" if found else ""


@pytest.mark.parametrize(
    ("quotas", "ties", "seeds"),
    [(True, "many", 72), (True, "few", 36), (False, "many", 24), (False, "few", 24)],
)
def test_a_sample_of_contests(quotas, ties, seeds):
    """Every size under every pair of readings, some of them three times."""
    failures = [case(seed, SIZES, quotas, ties) for seed in range(seeds)]
    assert not list(filter(None, failures))


@pytest.mark.rules("literal-iterations", "promotion")
@pytest.mark.parametrize("placement", AUDIT)
def test_a_sample_of_contests_under_the_audit_readings(placement):
    failures = [
        case(seed, SIZES, True, "few" if seed % 4 == 3 else "many", placement=placement)
        for seed in range(200, 224)
    ]
    assert not list(filter(None, failures))


@pytest.mark.long
@pytest.mark.parametrize("placement", AUDIT)
@pytest.mark.parametrize("quotas", [True, False])
def test_hundreds_of_contests_under_the_audit_readings(placement, quotas):
    sizes = [*SIZES, (40, 2), (80, 30), (150, 12)]
    failures = [
        case(seed, sizes, quotas, "few" if seed % 4 == 3 else "many", placement=placement)
        for seed in range(300)
    ]
    assert not list(filter(None, failures))


@pytest.mark.long
@pytest.mark.parametrize("block", range(10))
@pytest.mark.parametrize(("quotas", "ties"), list(product((True, False), ("many", "few"))))
def test_thousands_of_contests(quotas, ties, block):
    """4,000 contests of up to 400 candidates, in blocks that two processes can share."""
    sizes = [*SIZES, (40, 2), (80, 30), (200, 25), (400, 20), (400, 60)]
    seeds = range(1_000 + 100 * block, 1_100 + 100 * block)
    failures = [case(seed, sizes, quotas, ties) for seed in seeds]
    assert not list(filter(None, failures))


def test_the_sample_reaches_every_quota_outcome_and_kind_of_round():
    """A comparison proves only what the contests contain."""
    quotas: set[str] = set()
    outcomes: set[str] = set()
    results: set[str] = set()
    rounds: set[int] = set()
    extra = 0
    for seed in range(24):
        candidates, programmes = SIZES[seed % len(SIZES)]
        tables = random_contest(Random(seed), candidates, programmes, quotas=True)
        mine = portaria(tables)
        quotas |= {row["quota"] for row in mine["last_placed"]}
        outcomes |= {row["outcome"] for row in mine["options_outcome"]}
        results |= {row["result"] for row in mine["placements"]}
        rounds.add(min(len(mine["additional_rounds"]), 3))
        extra += sum(row["tie_extra"] for row in mine["seats"])
    assert quotas == set(QUOTAS)
    assert outcomes == {"placed", "outranked", "better_placed", "ineligible"}
    assert results == {"placed", "not_placed", "excluded"}
    assert rounds == {1, 2, 3}
    assert extra > 0
