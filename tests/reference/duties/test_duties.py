"""Duties against harassment: every case, and what always holds."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from reference import duties
from reference.cases import check, named, read_cases, shows, without_a_case

from .corrections import DATA
from .people import SEVERITY, presumed_abusive
from .readings import READINGS
from .time import FIRST_DAY, a_year_after, in_force_from

QUESTIONS: dict[str, Callable[..., Any]] = {
    name: getattr(duties, name) for name in duties.__all__ if name != "READINGS"
}
ALL = read_cases(__file__)
RULES = {f"ASS-{n:02}" for n in range(1, 5)}
SEEDS = range(200)


@pytest.mark.parametrize("case", **named(ALL))
def test_case(case: dict[str, Any]) -> None:
    check(case, QUESTIONS)


def test_every_rule_and_question_has_a_case() -> None:
    assert without_a_case(ALL, RULES) == set()
    assert {case["call"] for case in ALL} == set(QUESTIONS)


def test_every_grade_and_correction_has_a_case() -> None:
    asked = {case["given"].get("clause") for case in ALL if case["call"] == "breach"}
    assert asked >= set(SEVERITY)
    corrected = {case["given"]["where"] for case in ALL if case["call"] == "cited"}
    assert corrected >= {row["where"] for row in DATA["correction"]}


@pytest.mark.parametrize("name", READINGS)
def test_every_reading_has_a_case(name: str) -> None:
    assert shows(ALL, QUESTIONS, READINGS, name)


@pytest.mark.parametrize("published", [date(2017, 1, 1) + n * timedelta(15) for n in range(100)])
def test_the_first_day_is_a_first_and_one_to_two_months_away(published: date) -> None:
    first = in_force_from(published)
    assert first.day == 1
    assert 29 <= (first - published).days <= 62
    assert in_force_from(published + timedelta(15)) >= first


@pytest.mark.parametrize("seed", SEEDS)
def test_the_presumption_is_one_span_without_a_hole(seed: int) -> None:
    rng = Random(seed)
    complaint = FIRST_DAY + timedelta(days=rng.randrange(3000))
    policy = {name: rng.choice(reading.choices) for name, reading in READINGS.items()}
    first = max(complaint - timedelta(days=3), FIRST_DAY)
    days = [first + timedelta(days=n) for n in range(373)]
    found = [presumed_abusive(complaint, day, policy)["presumed_abusive"] for day in days]
    span = [day for day, presumed in zip(days, found, strict=True) if presumed]
    assert 364 <= len(span) <= 367
    assert (span[-1] - span[0]).days == len(span) - 1
    assert span[0] - complaint <= timedelta(days=1)
    assert a_year_after(complaint) - span[-1] <= timedelta(days=1)
