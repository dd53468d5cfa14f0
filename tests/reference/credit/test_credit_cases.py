"""Every worked case of the rules, as data, in the order of the articles."""

from typing import Any

import pytest

from . import READINGS, Assessment, BadRequest, assess
from .calls import call, plain
from .corrections import CORRECTIONS, literal
from .readings import choose
from .situations import read_cases, request_of

Row = dict[str, Any]

EXAMPLES = {*(f"CRE-{n:02}" for n in range(1, 31)), "2.0-10/3", "2.0-5/2", "2.0-14/1"}
ALL = list(read_cases())
REQUESTS = [case for case in ALL if "call" not in case and "faults" not in case]


def names(cases: list[Row]) -> dict[str, Any]:
    return {"argvalues": cases, "ids": [case["id"] for case in cases]}


def assessed(case: Row, **policy: str) -> Assessment:
    return assess(request_of(case), {**case.get("policy", {}), **policy}, case.get("given_edition"))


@pytest.mark.parametrize("case", **names([case for case in ALL if "call" in case]))
def test_question(case: Row) -> None:
    got, expected = call(case), plain(case["result"])
    if isinstance(expected, dict):
        got = {name: got[name] for name in expected}
    if case["call"] == "evidence":
        got = [{key: row[key] for key in expected[0]} for row in got]
    assert got == expected


@pytest.mark.parametrize("case", **names([case for case in ALL if "faults" in case]))
def test_faults(case: Row) -> None:
    with pytest.raises(BadRequest) as refused:
        assess(request_of(case))
    assert [f"{f.where}: {f.code}" for f in refused.value.faults] == case["faults"]


@pytest.mark.parametrize("case", **names(REQUESTS))
def test_request(case: Row) -> None:
    """Only what a case names is compared; `exact_warnings` allows no other warning."""
    found = assessed(case)
    assert found.outcome == case.get("outcome", found.outcome)
    assert found.edition == case.get("edition", found.edition)
    same_rows(found.items, case.get("expect", []), "id")
    same_rows(found.caps, case.get("caps", []), "origin")
    limits = [{"origin": o, "limit": limit} for o, limit in case.get("limits", {}).items()]
    same_rows(found.caps, limits, "origin")
    granted = [{"origin": o, "granted": sum_} for o, sum_ in case.get("granted", {}).items()]
    same_rows(found.caps, granted, "origin")
    for part in ("combined", "deadlines"):
        got = plain(getattr(found, part))
        assert {**got, **case.get(part, {})} == got
    assert plain(found.choices) == case.get("choices", plain(found.choices))
    same_warnings(found, case)


def same_rows(got: list[Row], expected: list[Row], key: str) -> None:
    rows = {row[key]: {name: plain(value) for name, value in row.items()} for row in got}
    for row in expected:
        assert {**rows[row[key]], **row} == rows[row[key]]


def same_warnings(found: Assessment, case: Row) -> None:
    """A case that names warnings names all but those that every such request has."""
    got = [w["code"] + (f":{w['item']}" if w["item"] else "") for w in found.warnings]
    if "warnings" not in case:
        return
    always = ("judgement", "four-principles", "confirm-training")
    kept = [w for w in got if w in case["warnings"] or not w.startswith(always)]
    assert (got if case.get("exact_warnings") else kept) == case["warnings"]


@pytest.mark.parametrize("case", **names(REQUESTS))
def test_the_answer_is_the_contracts(case: Row) -> None:
    answer = assessed(case).answer()
    assert list(answer) == ["outcome", "items", "caps", "combined", "deadlines", "warnings"]
    assert answer["outcome"] in ("complete", "incomplete", "late")
    columns = "id outcome credits grade exact_grade counts_in_average clause reason"
    for row in answer["items"]:
        assert " ".join(row) == columns
        assert row["outcome"] in ("granted", "reduced", "refused", "human")
    assert all(" ".join(row) == "origin limit asked granted clause" for row in answer["caps"])
    assert " ".join(answer["combined"]) == "limit asked excess options"
    dates = "request_by forward_by certified_by experience_by appeal_days"
    assert " ".join(answer["deadlines"]) == dates


def test_no_example_is_left_out() -> None:
    ids = [case["id"] for case in ALL]
    assert {e for e in EXAMPLES if e not in ids} == set()
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("name", READINGS)
def test_every_reading_has_a_case(name: str) -> None:
    """And gives another answer there: a reading that changes nothing would mean nothing."""
    for choice in READINGS[name].choices[1:]:
        assert any(differs(case, name, choice) for case in ALL), choice


def differs(case: Row, name: str, choice: str) -> bool:
    if name == "early_request":
        return case["id"] == "CRE-09-early"  # under the other it is a fault
    if "faults" in case or case.get("policy", {}).get(name, choice) != choice:
        return False
    default = {**case.get("policy", {}), name: READINGS[name].choices[0]}
    other = {**default, name: choice}
    if "call" in case:
        return bool(call({**case, "policy": default}) != call({**case, "policy": other}))
    before = assess(request_of(case), default, case.get("given_edition"))
    after = assess(request_of(case), other, case.get("given_edition"))
    return before.answer() != after.answer()


def test_a_reading_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown reading"):
        choose({"colour": "blue"})
    with pytest.raises(ValueError, match="allowed"):
        choose({"straddle": "all"})
    with pytest.raises(ValueError, match="unknown edition"):
        assess(request_of(REQUESTS[0]), {}, "1999")


def test_a_correction_names_a_reading_that_exists() -> None:
    for row in CORRECTIONS:
        if row.reading:
            choose(dict([row.reading.split("=")]))
    with pytest.raises(ValueError, match="no correction"):
        literal("9")
