"""The engine and the plain reference, written apart from each other, give the same answers."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from reference.credit import READINGS, BadRequest
from reference.credit import assess as plainly
from reference.credit.random_requests import random_request
from reference.credit.situations import read_cases, request_of

from portaria.regulations.credit.answer import answer
from portaria.regulations.credit.assess import assess
from portaria.regulations.credit.choices import CHOICES
from portaria.regulations.credit.council import MOST_OPTIONS
from portaria.regulations.credit.read import prepare

Row = dict[str, Any]

CASES = [case for case in read_cases() if "call" not in case]
POLICIES = [{name: choice} for name, r in READINGS.items() for choice in r.choices[1:]]
OWN = ("id", "outcome", "credits", "grade", "exact_grade", "counts_in_average", "reason")


def test_both_know_the_same_readings():
    assert {name: r.choices for name, r in READINGS.items()} == dict(CHOICES)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_every_worked_case(case):
    policy, edition = case.get("policy", {}), case.get("given_edition")
    same(request_of(case), policy, edition)


@pytest.mark.parametrize("seed", range(400))
def test_random_requests(seed):
    same(random_request(seed))


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: "=".join(*policy.items()))
def test_random_requests_under_every_reading(policy):
    for seed in range(40):
        same(random_request(seed), policy)


@pytest.mark.parametrize("seed", range(40))
def test_random_requests_with_many_items_under_many_readings(seed):
    rng = Random(seed)
    policy = {name: rng.choice(reading.choices) for name, reading in READINGS.items()}
    same(random_request(1000 + seed, items=12), policy)


@pytest.mark.parametrize("seed", range(65))
def test_faulty_requests(seed):
    same(random_request(seed, faulty=True))


@pytest.mark.long
def test_thousands_of_random_requests():
    for seed in range(2000, 12000):
        rng = Random(seed)
        policy = {n: rng.choice(r.choices) for n, r in READINGS.items() if rng.random() < 0.3}
        same(random_request(seed, faulty=seed % 10 == 0), policy)


def same(given: Row, policy: Row | None = None, edition: str | None = None) -> None:
    """Both refuse, or both give the same answer, to the last warning."""
    policy = policy or {}
    case, problems = prepare(given, policy, edition)
    try:
        other = plainly(given, policy, edition)
    except BadRequest:
        assert case is None
        assert problems
        return
    assert case is not None, [(problem.column, str(problem.message)) for problem in problems]
    found = answer(assess(case.request, case.edition, case.readings))
    assert found["edition"] == other.edition
    assert found["readings"] == other.readings
    assert found["outcome"] == other.outcome
    for mine, its in zip(found["items"], other.items, strict=True):
        assert {name: mine[name] for name in OWN} == {name: its[name] for name in OWN}
        assert clause(mine["clause"]) == plain(its["clause"])
    for mine, its in zip(found["caps"], other.caps, strict=True):
        assert {name: mine[name] for name in its if name != "clause"} == bare(its)
        assert clause(mine["clause"]) == its["clause"].replace("DL 74/2006 ", "")
    combined = ("limit", "asked", "excess")
    assert {n: found["combined"][n] for n in combined} == {n: other.combined[n] for n in combined}
    for name, days in other.deadlines.items():
        assert found["deadlines"][name] == days
    same_options(found, other.choices)
    warned = [(each["code"], each["item"]) for each in found["warnings"]]
    assert sorted(warned, key=str) == sorted(
        ((each["code"], each["item"]) for each in other.warnings), key=str
    )


def same_options(found: Row, choices: dict[str, list[Row]]) -> None:
    """The engine writes the first ways and counts them all; the reference lists them all."""
    mine = {row["origin"]: row for row in found["caps"]} | {"combined": found["combined"]}
    mine["second_cap"] = found.get("second_cap", {"options": [], "options_count": 0})
    for name, row in mine.items():
        its = choices.get(name, [])
        assert row["options_count"] == len(its)
        assert row["options"] == its[:MOST_OPTIONS]


def bare(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "clause"}


def clause(name: str) -> str:
    return name.split(" ", 1)[1]


INSIDE = {
    "6/1": "6/1", "10/5/c": "10/5/c", "12/4": "12/4/b", "Annex I": "anexo-I/3",
    "DL 74/2006 45/1/g": "45/1/g", "11/1": "11/2",
}  # fmt: skip
"""Where the register divides a clause further than the reference cites it."""


def plain(name: str) -> str:
    return INSIDE.get(name, name)
