"""`portaria days` from the command line: the contract, and the reference beside it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from random import Random

import pytest
from reference import days as plain
from reference.cases import read_cases

from portaria.cli.days import Home, MunicipalDay
from portaria.core.deadline import MunicipalReading, Residence

CASES = [
    case
    for case in read_cases(plain.__file__)
    if case["call"] == "add" and "refused" not in case
    and set(case["given"]) <= {"start", "days", "municipal", "closures"}
]  # fmt: skip


def options(given, policy):
    """The options of a count."""
    found = ["--from", str(given["start"]), "--days", str(given["days"])]
    for name, option in (("municipal", "--municipal"), ("closures", "--closure")):
        for day in given.get(name, ()):
            found += [option, str(day)]
    return [*found, "--municipal-day", policy.get("municipal_day", "stops-count")]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_every_worked_case(case, portaria):
    policy = case.get("policy", {})
    answer = portaria("days", "add", *options(case["given"], policy), "--json")
    found = json.loads(answer.out)
    for name, value in case["result"].items():
        if name == "skipped":
            rows = [{"date": str(r["date"]), "reason": r["reason"]} for r in value]
            assert [{k: r[k] for k in ("date", "reason")} for r in found["skipped"]] == rows
        else:
            key = {"alternative": "other_municipal_reading"}.get(name, name)
            assert (found[key] or "") == str(value)


@pytest.mark.parametrize("seed", range(25))
def test_random_counts(seed, portaria):
    rng = Random(seed)
    start = date(2010, 1, 1) + timedelta(days=rng.randrange(6000))
    near = [start + timedelta(days=rng.randrange(30)) for _ in range(4)]
    given = {"start": start, "days": rng.randrange(1, 30)}
    given |= {"municipal": near[:2], "closures": near[2:]}
    policy = {"municipal_day": rng.choice(["stops-count", "closes-only"])}
    expected = plain.add(**given, policy=policy)
    found = json.loads(portaria("days", "add", *options(given, policy), "--json").out)
    assert found["date"] == str(expected["date"])
    assert [row["date"] for row in found["skipped"]] == [
        str(r["date"]) for r in expected["skipped"]
    ]


def test_every_skipped_day_is_named(portaria):
    told = portaria(
        "days", "add", "--from", "2018-01-30", "--days", "10", "--closure", "2018-02-13",
        "--lang", "en",
    ).out  # fmt: skip
    assert told.splitlines() == [
        "February 14, 2018: 10 working days after January 30, 2018.",
        "Not counted: February 3, 2018 (Saturday), February 4, 2018 (Sunday), "
        "February 10, 2018 (Saturday), February 11, 2018 (Sunday).",
        "It cannot end on: February 13, 2018 (the service is closed).",
    ]


def test_a_holiday_has_its_name_and_a_town_its_own(portaria):
    told = portaria("days", "add", "--from", "2026-04-24", "--days", "5", "--lang", "en").out
    assert "April 25, 2026 (Saturday, Dia da Liberdade)" in told
    town = ("--municipality", "Castelo Branco")
    answer = portaria("days", "add", "--from", "2026-04-17", "--days", "10", *town, "--json")
    found = json.loads(answer.out)
    assert (found["date"], found["other_municipal_reading"]) == ("2026-05-05", "2026-05-04")


def test_before_and_between(portaria):
    answer = portaria("days", "before", "--event", "2018-03-30", "--days", "5", "--json")
    assert json.loads(answer.out)["date"] == "2018-03-23"
    answer = portaria("days", "between", "--from", "2018-02-09", "--to", "23/02/2018", "--json")
    assert json.loads(answer.out)["working_days"] == 10
    answer = portaria("days", "add", "--from", "2018-01-05", "--days", "3", "--calendar-days",
                      "--json")  # fmt: skip
    assert json.loads(answer.out)["date"] == "2018-01-08"


def test_distance_and_length(portaria):
    home = ("--home", "europe")
    answer = portaria("days", "add", "--from", "2018-01-05", "--days", "10", *home, "--json")
    found = json.loads(answer.out)
    assert (found["extra_days"], found["days"]) == (15, 10)
    law = ("--from", "2018-01-05", "--days", "200", "--fixed-by-law")
    assert json.loads(portaria("days", "add", *law, "--json").out)["unit"] == "calendar_days"


@pytest.mark.parametrize(
    "given",
    [
        ("add", "--from", "2018-02-09"),
        ("add", "--from", "2018-02-09", "--days", "0"),
        ("add", "--from", "2018-02-30", "--days", "3"),
        ("add", "--from", "2027-12-30", "--days", "9"),
        ("add", "--from", "2007-12-30", "--days", "9"),
        ("add", "--from", "2018-02-09", "--days", "3", "--municipality", "Nowhere"),
        ("between", "--from", "2018-02-09"),
        ("between", "--from", "2018-02-23", "--to", "2018-02-09"),
    ],
)
def test_what_cannot_be_counted(given, portaria):
    answer = portaria("days", *given, "--lang", "en")
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err


def test_the_choices_are_those_of_the_rules():
    assert [each.value for each in Home] == [each.value for each in Residence]
    assert [each.value for each in MunicipalDay] == [each.value for each in MunicipalReading]
