"""What the council may cut: all ways counted, against plain enumeration; and many items."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import pytest

from portaria.core.numbers import written
from portaria.regulations.credit.caps import Sum
from portaria.regulations.credit.council import MOST_OPTIONS, Ask, choices, total
from portaria.regulations.credit.request import COMBINED, ORIGINS

from .asking import answered, asked, item


def sums(rng, all_credit):
    rooms = [Sum(o, frozenset({o}), Fraction(rng.randint(5, 25)), Fraction(0)) for o in ORIGINS[1:]]
    rooms.append(Sum("combined", frozenset(COMBINED), Fraction(rng.randint(10, 40)), Fraction(0)))
    if all_credit:
        widest = Fraction(rng.randint(20, 60))
        rooms.append(Sum("second_cap", frozenset(ORIGINS), widest, Fraction(0)))
    return rooms


@pytest.mark.rules("cap-combined")
@pytest.mark.parametrize("seed", range(300))
def test_against_every_subset(seed):
    rng = Random(seed)
    held = sums(rng, seed % 3 == 0)
    sizes = [Fraction(n, d) for n, d in ((3, 1), (6, 1), (9, 2), (5, 1), (10, 3), (8, 1))]
    asks = [
        Ask(f"i{n}", rng.choice(ORIGINS if seed % 3 == 0 else COMBINED), rng.choice(sizes))
        for n in range(9)
    ]
    found = choices(asks, held)
    everyone = {name for choice in found for name in choice.competing}
    settled = [ask for ask in asks if ask.id not in everyone]
    for choice in found:
        competing = sorted((a for a in asks if a.id in choice.competing), key=lambda a: a.id)
        ways = {}
        for keeps in product((True, False), repeat=len(competing)):
            kept = [ask for ask, keep in zip(competing, keeps, strict=True) if keep]
            if all(within([*kept, *settled], each) for each in held):
                cut = tuple(a.id for a, keep in zip(competing, keeps, strict=True) if not keep)
                ways.setdefault(total(kept), []).append(cut)
        best = max(ways)
        assert choice.kept == best
        assert choice.count == len(ways[best])
        assert list(choice.cuts) == sorted(ways[best])[:MOST_OPTIONS]


def within(asks, each):
    return total(ask for ask in asks if ask.origin in each.origins) <= each.room


def test_forty_equal_units_are_counted_and_not_all_written_out():
    """Fifteen of forty units of 6 credits fit in 90 of letter d): C(40, 15) ways."""
    units = [item("non_degree", id=f"u{n:02}", target=f"UC{n}") for n in range(40)]
    found = answered(asked(*units))
    row = next(row for row in found["caps"] if row["origin"] == "non_degree")
    assert row["options_count"] == 40225345056
    assert len(row["options"]) == MOST_OPTIONS
    assert {option["kept"] for option in row["options"]} == {"90"}
    assert row["options"][0]["cut"] == [f"u{n:02}" for n in range(25)]


def test_credits_too_finely_divided_are_left_without_options():
    units = [item("cet", id=f"u{n}", target=f"UC{n}", credits=f"20.{n:011}7") for n in range(1, 6)]
    found = answered(asked(*units))
    row = next(row for row in found["caps"] if row["origin"] == "cet")
    assert (row["options"], row["options_count"]) == ([], None)
    assert "options-not-listed" in [warning["code"] for warning in found["warnings"]]


def test_two_hundred_units_in_hundredths_of_a_credit():
    """All totals of 120.00 are reached; the ways are counted to the last."""
    rng = Random(1)
    units = [
        item(rng.choice(["non_degree", "cet", "other"]), id=f"i{n:03}", target=f"UC{n}",
             credits=written(Fraction(rng.randint(1, 2000), 100)))
        for n in range(200)
    ]  # fmt: skip
    found = answered(asked(*units))["combined"]
    assert {option["kept"] for option in found["options"]} == {"120"}
    assert found["options_count"] > 10**20
    sizes = {unit["id"]: Fraction(unit["credits"]) for unit in units}
    for option in found["options"]:
        assert sum(sizes.values()) - sum(sizes[each] for each in option["cut"]) == 120


def test_more_items_than_a_call_stack_holds():
    units = [item("other", id=f"i{n:04}", target=f"UC{n}", credits="0.5") for n in range(1500)]
    found = answered(asked(*units))
    row = next(row for row in found["caps"] if row["origin"] == "other")
    assert row["options"][0]["cut"] == [f"i{n:04}" for n in range(1380)]
