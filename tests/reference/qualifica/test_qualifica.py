"""Hour credit of Centros Qualifica: every case, and what always holds."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from reference import qualifica
from reference.cases import check, named, read_cases, shows, without_a_case

from .hours import FIRST_DAY, hours, new_until
from .readings import READINGS
from .references import ROWS

QUESTIONS: dict[str, Callable[..., Any]] = {
    name: getattr(qualifica, name) for name in qualifica.__all__ if name != "READINGS"
}
ALL = read_cases(__file__)
RULES = {f"QLF-{n:02}" for n in range(1, 11)}
SEEDS = range(200)


@pytest.mark.parametrize("case", **named(ALL))
def test_case(case: dict[str, Any]) -> None:
    check(case, QUESTIONS)


def test_every_rule_and_question_has_a_case() -> None:
    assert without_a_case(ALL, RULES) == set()
    assert {case["call"] for case in ALL} == set(QUESTIONS)


def test_every_wrong_reference_has_a_case() -> None:
    asked = {case["given"]["where"] for case in ALL if case["call"] == "reference"}
    assert asked >= {row["where"] for row in ROWS}


@pytest.mark.parametrize("name", READINGS)
def test_every_reading_has_a_case(name: str) -> None:
    assert shows(ALL, QUESTIONS, READINGS, name)


def random_school(seed: int) -> dict[str, Any]:
    rng = Random(seed)
    role = rng.choice(("promoter", "partner"))
    given = {
        "role": role,
        "points_above": Fraction(rng.randint(-50, 120), 10),
        "performance": Fraction(rng.randint(0, 1200), 10),
        "policy": {name: rng.choice(reading.choices) for name, reading in READINGS.items()},
    }
    if role == "partner":
        given["proportion"] = Fraction(rng.randint(0, 10), 10)
    return given


@pytest.mark.parametrize("seed", SEEDS)
def test_hours_are_near_the_exact_ones_and_within_the_bounds(seed: int) -> None:
    given = random_school(seed)
    found = hours(**given)
    assert 0 <= found["need_bonus"] <= 7
    assert 0 <= found["performance_cut"] <= 22
    most = 95 if given["role"] == "promoter" else 44
    assert 0 <= found["hours"] <= most
    if not found["capped"]:
        assert -Fraction(1, 2) <= found["exact"] - found["hours"] < Fraction(1, 2)


@pytest.mark.parametrize("seed", SEEDS)
def test_more_need_or_more_people_is_never_fewer_hours(seed: int) -> None:
    given = random_school(seed)
    better = {
        **given,
        "points_above": given["points_above"] + 1,
        "performance": given["performance"] + Fraction(5, 2),
    }
    assert hours(**better)["hours"] >= hours(**given)["hours"]
    if "proportion" in given:
        whole = {**given, "proportion": Fraction(1)}
        assert hours(**whole)["hours"] >= hours(**given)["hours"]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_new_centre_has_its_hours_until_the_end_of_the_next_school_year(seed: int) -> None:
    published = FIRST_DAY + timedelta(days=Random(seed).randrange(2000))
    last = new_until(published)
    assert 243 <= (last - published).days <= 608
    for day in (published, last):
        found = hours("promoter", Fraction(7), Fraction(50), None, published, day)
        assert (found["hours"], found["new_until"]) == (88, last)
    after = hours("promoter", Fraction(7), Fraction(50), None, published, date(last.year, 9, 1))
    assert (after["hours"], after["new_until"]) == (84, None)
