"""Student prices: every worked case, and random questions beside the plain reference."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from reference import social
from reference.cases import answered, exact, named, read_cases, same

from portaria.core.errors import UsageError

from . import asking

QUESTIONS = {"prices": asking.prices, "ias_of": asking.ias_of}
CASES = read_cases(str(Path(social.__file__)))
FIRST, LAST = date(2017, 8, 15), date(2027, 10, 15)


@pytest.mark.rules(
    "social-meal", "social-bed", "social-update", "social-cents", "social-charged",
    "social-extras", "social-start",
)  # fmt: skip
@pytest.mark.parametrize("case", **named(CASES))
def test_worked_case(case: dict[str, Any]) -> None:
    if "refused" in case:
        with pytest.raises(UsageError):
            answered(case, QUESTIONS)
        return
    same(answered(case, QUESTIONS), exact(case["result"]), case["id"])


def question(seed: int) -> dict[str, Any]:
    rng = Random(seed)

    def amount(least: int, most: int) -> Fraction:
        return Fraction(rng.randrange(least, most), rng.choice((100, 1000)))

    return {
        "on": FIRST + timedelta(days=rng.randrange((LAST - FIRST).days)),
        "charged_meal": rng.choice((None, Fraction(rng.randrange(240, 360), 100))),
        "charged_bed": rng.choice((None, Fraction(rng.randrange(7000, 10_000), 100))),
        "extras": [
            {
                "of": rng.choice(("meal", "bed")),
                "amount": amount(0, 40),
                "voluntary": rng.random() < 0.4,
            }
            for _ in range(rng.randrange(4))
        ],
        **{name: rng.random() < 0.8 for name in ("grant_holder", "subsidised", "residence")},
        "policy": {name: rng.choice(each.choices) for name, each in social.READINGS.items()},
    }


@pytest.mark.parametrize("seed", range(400))
def test_random_questions_have_the_same_answer(seed: int) -> None:
    given = question(seed)
    try:
        expected = social.prices(**given)
    except ValueError:
        with pytest.raises(UsageError):
            asking.prices(**given)
        return
    assert asking.prices(**given) == expected


def test_the_readings_are_those_of_the_reference() -> None:
    own = asking.SOCIAL.edition.readings
    choices = {name: each.choices for name, each in own.items()}
    assert choices == {name: each.choices for name, each in social.READINGS.items()}
