"""What must hold of every answer of the engine, on random requests."""

from __future__ import annotations

from copy import deepcopy
from fractions import Fraction
from random import Random

import pytest
from reference.credit.random_requests import random_request

from portaria.core.numbers import written
from portaria.regulations.credit.request import COMBINED

from .asking import Row, answered

SEEDS = range(120)


def best(found: Row) -> Fraction:
    """The credits that can come of an answer at most."""
    sums = [*found["caps"], found["combined"]]
    kept = sum(Fraction(row["options"][0]["kept"]) for row in sums if row["options"])
    return kept + sum(Fraction(row["credits"] or 0) for row in found["items"])


@pytest.mark.rules("cap-combined")
@pytest.mark.parametrize("seed", SEEDS)
def test_never_above_a_cap(seed):
    """Not by what is fixed, nor by any option beside it."""
    given = random_request(seed)
    found = answered(given)
    origin = {row["id"]: row["origin"] for row in found["items"]}
    asked = {row["id"]: Fraction(row["asked"] or 0) for row in found["items"]}
    fixed = {row["id"]: Fraction(row["credits"] or 0) for row in found["items"]}
    before = {name: Fraction(n) for name, n in given.get("granted_before", {}).items()}
    limits = {row["origin"]: row["limit"] for row in found["caps"]}
    room = {
        name: max(Fraction(limit) - before.get(name, 0), Fraction(0))
        for name, limit in limits.items()
        if limit is not None
    }
    human = [row["id"] for row in found["items"] if row["reason"] == "combined-choice"]
    ways = [fixed]
    for option in found["combined"]["options"]:
        # What alone passed its cap competes with what was left of it.
        kept = {name: min(asked[name], room[origin[name]]) for name in human}
        ways.append(fixed | {name: n for name, n in kept.items() if name not in option["cut"]})
    for credits in ways:
        for name, limit in limits.items():
            spent = before.get(name, Fraction(0))
            now = sum(n for each, n in credits.items() if origin[each] == name)
            assert limit is None or now <= max(Fraction(limit) - spent, 0)
        spent = sum((before.get(name, Fraction(0)) for name in COMBINED), Fraction(0))
        now = sum(n for each, n in credits.items() if origin[each] in COMBINED)
        assert now <= max(Fraction(found["combined"]["limit"]) - spent, 0)
    assert all(fixed[name] <= asked[name] for name in fixed)


@pytest.mark.parametrize("seed", SEEDS)
def test_larger_caps_never_give_less(seed):
    given = random_request(seed)
    larger = deepcopy(given)
    for key in ("credits", "course_credits"):
        if larger["degree"][key] is not None:
            larger["degree"][key] = written(Fraction(larger["degree"][key]) * 11 / 10)
    for over_cap in ("reduce", "refuse"):
        more, less = answered(larger, over_cap=over_cap), answered(given, over_cap=over_cap)
        assert best(more) >= best(less)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_the_items_is_irrelevant(seed):
    given = random_request(seed)
    other = deepcopy(given)
    Random(seed).shuffle(other["items"])
    one, two = answered(given), answered(other)
    by_id = [{row["id"]: row for row in found["items"]} for found in (one, two)]
    assert by_id[0] == by_id[1]
    for part in ("outcome", "caps", "combined", "deadlines"):
        assert one[part] == two[part]


@pytest.mark.parametrize("seed", SEEDS)
def test_numbers_are_exact(seed):
    """Every number is text that reads as itself; a float is found nowhere."""
    for row in answered(random_request(seed))["items"]:
        for name in ("credits", "exact_grade", "asked", "asked_exact"):
            assert row[name] is None or written(Fraction(row[name])) == row[name]
        assert row["counts_in_average"] == (row["grade"] is not None)
        assert not any(isinstance(value, float) for value in row.values())
