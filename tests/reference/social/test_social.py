"""Maximum prices: every case, and what holds on any day."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from reference.cases import check, named, read_cases, shows, without_a_case

from . import READINGS, ias_of, prices
from .ias import ROWS

QUESTIONS: dict[str, Callable[..., Any]] = {"prices": prices, "ias_of": ias_of}
ALL = read_cases(__file__)
RULES = {f"SAS-0{n}" for n in range(1, 6)}
LAST = date(2027, 9, 30)
SEEDS = range(200)


@pytest.mark.parametrize("case", **named(ALL))
def test_case(case: dict[str, Any]) -> None:
    check(case, QUESTIONS)


def test_every_rule_has_a_case() -> None:
    assert without_a_case(ALL, RULES) == set()


@pytest.mark.parametrize("name", READINGS)
def test_every_reading_has_a_case(name: str) -> None:
    assert shows(ALL, QUESTIONS, READINGS, name)


def test_the_ias_is_dated_data_with_a_source() -> None:
    years = [year for row in ROWS for year in row["years"]]
    assert years == list(range(2007, 2027))
    assert all(row["source"] for row in ROWS)


def day_of(seed: int) -> date:
    rng = Random(seed)
    return date(2017, 9, 1) + timedelta(days=rng.randrange((LAST - date(2017, 9, 1)).days + 1))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_maximum_is_the_last_price_that_is_not_over(seed: int) -> None:
    """In whole cents, exact comparison and the cut-off maximum say the same."""
    on, cent = day_of(seed), Fraction(1, 100)
    found = prices(on)
    for name in ("meal", "bed"):
        price = found[name]
        assert price["max"] <= price["exact"] < price["max"] + cent
        for charged in (price["max"] - cent, price["max"], price["max"] + cent):
            rows = [
                prices(on, **{f"charged_{name}": charged}, policy={"compared": compared})[name]
                for compared in READINGS["compared"].choices
            ]
            assert [row["over"] for row in rows] == [charged > price["max"]] * 2
            assert rows[0]["over_by"] <= rows[1]["over_by"]
            assert rows[0]["over_by"] == max(charged - price["exact"], Fraction(0))


@pytest.mark.parametrize("seed", SEEDS)
def test_prices_hold_from_october_and_never_fall(seed: int) -> None:
    """The IAS has never fallen; the prices of a day are those of all days of their span."""
    on = day_of(seed)
    found = prices(on)
    assert found["valid_from"] <= on <= found["valid_until"]
    for day in (found["valid_from"], found["valid_until"]):
        assert prices(day)["ias"] == found["ias"]
    if found["valid_until"] < LAST:
        after = prices(found["valid_until"] + timedelta(days=1))
        assert after["valid_from"] == found["valid_until"] + timedelta(days=1)
        assert after["ias"] >= found["ias"]
    assert Fraction(Decimal("0.0063")) * found["ias"] == found["meal"]["exact"]
    assert Fraction(Decimal("0.175")) * found["ias"] == found["bed"]["exact"]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_higher_price_or_extra_is_never_better(seed: int) -> None:
    rng = Random(seed)
    charged = Fraction(rng.randrange(200, 450), 100)
    amount = Fraction(rng.randrange(0, 30), 100)
    extras = [{"of": "meal", "amount": amount, "voluntary": rng.random() < 0.4}]
    policy = {"extras": rng.choice(READINGS["extras"].choices)}
    less = prices(day_of(seed), charged, extras=extras, policy=policy)
    more = prices(day_of(seed), charged + Fraction(1, 10), extras=extras, policy=policy)
    assert more["breach"] >= less["breach"]
    assert more["meal"]["over_by"] >= less["meal"]["over_by"]
    assert prices(day_of(seed), charged, policy=policy)["breach"] <= less["breach"]
