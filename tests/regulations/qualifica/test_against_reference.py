"""Hour credit: every worked case, and random schools beside the plain reference."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from reference import qualifica
from reference.cases import answered, exact, named, read_cases, same

from portaria.core.errors import UsageError

from .asking import QUESTIONS, RULES, hours, ours

CASES = read_cases(str(Path(qualifica.__file__)))
ANSWERED = [case for case in CASES if case["call"] != "reference"]


@pytest.mark.rules(
    "qualifica-promoter", "qualifica-need", "qualifica-cut", "qualifica-rounding-up",
    "qualifica-rounding-down", "qualifica-new-centre", "qualifica-new-centre-teachers",
    "qualifica-partner", "qualifica-partner-most", "qualifica-scope", "qualifica-both-roles",
    "qualifica-excluded", "qualifica-coordinator", "qualifica-career", "qualifica-staffing",
    "qualifica-recruiting", "qualifica-reserve", "qualifica-effective-need",
    "qualifica-technicians", "qualifica-distribution", "qualifica-distribution-partner",
    "qualifica-start",
)  # fmt: skip
@pytest.mark.parametrize("case", **named(ANSWERED))
def test_worked_case(case: dict[str, Any]) -> None:
    if "refused" in case:
        with pytest.raises(UsageError):
            answered(case, QUESTIONS)
        return
    expected = exact(case["result"])
    if isinstance(expected, dict):
        expected.pop("clauses", None)  # the engine names letters, and the steps in their order
        if "clause" in expected:
            expected["clause"] = ours(expected["clause"])
    same(answered(case, QUESTIONS), expected, case["id"])


def test_the_wrong_references_are_those_of_the_reference() -> None:
    cases = [case for case in CASES if case["call"] == "reference" and "result" in case]
    known = {each.where for each in RULES.edition.corrections}
    assert {ours(case["given"]["where"]) for case in cases} == known


def school(seed: int) -> dict[str, Any]:
    rng = Random(seed)
    authorised = date(2017, 7, 10) + timedelta(days=rng.randrange(900))
    given: dict[str, Any] = {
        "role": rng.choice(("promoter", "partner")),
        "points_above": Fraction(rng.randint(-80, 1020), rng.choice((10, 100, 7))),
        "performance": Fraction(rng.randint(0, 1300), rng.choice((10, 9))),
        "policy": {name: rng.choice(each.choices) for name, each in qualifica.READINGS.items()},
    }
    if rng.random() < 0.1:
        del given[rng.choice(("points_above", "performance"))]
    if rng.random() < 0.5:
        given["proportion"] = Fraction(rng.randint(0, 21), 20)
    if rng.random() < 0.5:
        given |= {"authorised_on": authorised}
    if rng.random() < 0.7:
        given |= {"on": authorised + timedelta(days=rng.randrange(-10, 800))}
    return given


@pytest.mark.parametrize("seed", range(600))
def test_random_schools_have_the_same_hours(seed: int) -> None:
    given = school(seed)
    try:
        expected = qualifica.hours(**given)
    except ValueError:
        with pytest.raises(UsageError):
            hours(**given)
        return
    expected.pop("clauses")
    assert hours(**given) == expected


def test_random_schools_are_answered_and_refused() -> None:
    answers = []
    for seed in range(600):
        try:
            answers.append(qualifica.hours(**school(seed))["new_until"] is not None)
        except ValueError:
            answers.append(None)
    assert {None, True, False} == set(answers)


def test_the_readings_are_those_of_the_reference() -> None:
    choices = {name: each.choices for name, each in RULES.edition.readings.items()}
    assert choices == {name: each.choices for name, each in qualifica.READINGS.items()}
