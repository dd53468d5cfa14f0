"""The worked cases of single rules, each through a request or the function that answers it.

The cases are data in reference/credit/cases; those that are whole requests stand in
test_against_reference.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from reference.credit.calls import plain
from reference.credit.situations import read_cases

from portaria.regulations.credit import comparability, experience, reentry, workload
from portaria.regulations.credit.request import Period

from .asking import Row, answered, asked, item, rules

CASES = [case for case in read_cases() if "call" in case]


def of(call: str) -> Any:
    found = [case for case in CASES if case["call"] == call]
    assert found
    return pytest.mark.parametrize("case", found, ids=[case["id"] for case in found])


def policy(case: Row) -> dict[str, str]:
    return case.get("policy", {})


@of("hours")
@pytest.mark.rules("hours-to-credits")
def test_hours(case):
    found = workload.of_hours(Fraction(case["hours"]), rules(**policy(case)))
    assert plain(found.credits) == case["result"]


@of("periods")
@pytest.mark.rules("periods-complete", "periods-incomplete")
def test_periods(case):
    given = [
        {"kind": row["kind"], "complete": True}
        for row in case.get("repeat", [])
        for _ in range(row["count"])
    ]
    for row in case.get("periods", []):
        subjects = [
            {"hours": hours, "passed": number in row["passed"]}
            for number, hours in enumerate(row["hours"], 1)
        ]
        given.append(
            {"kind": row["kind"], "subjects": subjects, "contact": row.get("contact", False)}
        )
    found = workload.of_periods([Period.model_validate(row) for row in given],
                                rules(**policy(case)))  # fmt: skip
    got = {"exact": found.exact, "credits": found.credits, "flags": list(found.flags)}
    assert plain(got) == case["result"]


@of("re_entry")
@pytest.mark.rules("reentry", "reentry-exception")
def test_re_entry(case):
    total, earlier = Fraction(case["total"]), Fraction(case["earlier"])
    found = reentry.credits_left(total, earlier, rules(**policy(case)))
    expected = case["result"]
    assert plain({"limit": found.limit, "exceptional": found.exceptional}) == expected


@of("scale")
@pytest.mark.rules("grade-by-classes")
def test_scale(case):
    graduates = {int(grade): number for grade, number in case["graduates"].items()}
    found = comparability.scale(graduates, case["years"], rules(**policy(case)))
    got = {"classes": found.classes, "ranks": found.ranks, "count": found.count}
    assert {name: plain(got[name]) for name in case["result"]} == plain(case["result"])


@of("mobility")
@pytest.mark.rules("learning-agreement")
def test_learning_agreement(case):
    agreement = {"host": case["host"], "home": case["home"]}
    (row,) = answered(asked(item(credits=None, agreement=agreement)))["items"]
    assert plain({"outcome": row["outcome"], "credits": row["credits"]}) == case["result"]


@of("average")
@pytest.mark.rules("experience-no-grade")
def test_average(case):
    units = [
        experience.Passed(Fraction(u["credits"]), Fraction(u["grade"]) if u["grade"] else None)
        for u in case["units"]
    ]
    assert plain(experience.average(units)) == case["result"]


@of("commission")
@pytest.mark.rules("commission-seats", "commission-lead")
def test_commission(case):
    members = []
    for text in case["members"]:
        name, seat, processes, rank, year = text.split()
        row = {"id": name, "seat": seat, "processes": int(processes), "rank": int(rank)}
        members.append({**row, "since": f"{year}-01-01"})
    given = {"members": members, "previous": case.get("previous"), "present": case["present"]}
    found = answered(asked(commission=given))["commission"]
    found["problems"] = found.pop("faults")
    assert {name: found[name] for name in case["result"]} == case["result"]


@of("appeal")
@pytest.mark.rules("appeal")
def test_appeal(case):
    found = answered(
        asked(
            notified_on=case["notified_on"],
            appeal={"filed_on": case["filed_on"], "reasoned": case["reasoned"]},
            holidays={"closures": case["closures"]},
        )
    )
    got = {"outcome": found["appeal"], "last_day": found["deadlines"]["appeal_by"]}
    assert got == case["result"]


@of("appeal_fees")
@pytest.mark.rules("appeal-fee")
def test_appeal_fee(case):
    appeal = {"filed_on": "2017-12-05", "reasoned": True, "result": case["appeal"]}
    found = answered(
        asked(
            notified_on="2017-12-04",
            fees={"request": "30", "appeal": case["fee"]},
            appeal=appeal,
        ),
        **policy(case),
    )["fees"]
    assert found["due"] == "30"
    assert plain({"paid": found["appeal"], "returned": found["returned"]}) == case["result"]


@of("request_fees")
@pytest.mark.rules("fees", "units-beyond-request")
def test_request_fees(case):
    more = [
        item(id=f"more{n}", target=f"UC{n}", beyond_request="accepted")
        for n in range(case["accepted"])
    ]
    fees = {"request": case["fee"], "unit": case["unit_fee"]}
    assert answered(asked(item(), *more, fees=fees))["fees"]["due"] == case["result"]["paid"]


@of("route")
@pytest.mark.rules("approved-table", "opinion-and-decision")
def test_route(case):
    items = [
        item(id=unit, target=unit, table="T1" if unit in case["tables"] else None)
        for unit in case["units"]
    ]
    rows = answered(asked(*items))["items"]
    got = {
        "at_once": [row["id"] for row in rows if row["decided_by"] == "table"],
        "to_commission": [row["id"] for row in rows if row["decided_by"] == "council"],
    }
    assert got == case["result"]


@of("proposed")
@pytest.mark.rules("units-beyond-request")
def test_units_beyond_the_request(case):
    answers = case["answers"]
    items = [
        item(id=unit, target=unit, beyond_request=answers.get(unit, "proposed"))
        for unit in case["recommended"]
        if unit not in case["asked"]
    ]
    rows = {row["id"]: row for row in answered(asked(*items))["items"]}
    outcomes = {"accepted": "granted", "refused": "refused", "ask": "human"}
    assert {unit: row["outcome"] for unit, row in rows.items()} == {
        unit: outcomes[end] for unit, end in case["result"].items()
    }
    waiting = [unit for unit, row in rows.items() if row["decided_by"] == "student"]
    assert waiting == [unit for unit, end in case["result"].items() if end == "ask"]


@of("opinion_needed")
@pytest.mark.rules("every-course", "opinion-and-decision")
def test_opinion_needed(case):
    for choice, courses in (("corrected", "all"), ("literal", "named")):
        found = []
        for cycle in case["cycles"]:
            degree = {"cycle": cycle, "credits": "120"}
            if cycle == "mestrado":
                degree["course_credits"] = "60"
            (row,) = answered(asked(degree=degree), courses=courses)["items"]
            found.append(row["decided_by"] == "council")
        assert found == case["result"][choice]


@of("may_attend")
@pytest.mark.rules("attendance-meanwhile")
def test_attendance_meanwhile(case):
    days = {"submitted_on": "2017-10-02" if case["in_time"] else "2017-10-20"}
    if case["notified"]:
        days["notified_on"] = "2017-11-20"
    found = answered(asked(**days), **policy(case))
    assert found["meanwhile"]["may_attend"] == case["result"]


@of("may_improve")
@pytest.mark.rules("no-improvement")
def test_no_improvement(case):
    found = answered(asked(*(item(id=unit, target=unit) for unit in case["credited"])))
    assert (case["unit"] not in found["meanwhile"]["no_improvement"]) == case["result"]


@of("standing_grades")
@pytest.mark.rules("assessment-annulled")
def test_assessments_annulled(case):
    items = [
        item(id=unit, target=unit, grade={"value": str(grade), "scale": "pt"})
        for unit, grade in case["credited"].items()
    ]
    taken = [{"unit": unit, "grade": grade} for unit, grade in case["assessed"].items()]
    found = answered(asked(*items, assessed=taken))
    assert found["meanwhile"]["annulled"] == case["result"]["annulled"]
    grades = {row["target"]: row["grade"] for row in found["items"]}
    stays = {each["unit"]: each["grade"] for each in taken if each["unit"] not in grades}
    assert grades | stays == case["result"]["standing"]


@of("missed")
@pytest.mark.rules("deadline-missed")
def test_missed(case):
    found = answered(asked(returned_certified_on=case["returned_on"]))["deadlines"]
    assert found["certified_by"] == case["due"]
    assert ("certified_by" in found["missed"]) == case["result"]


@of("is_certified")
@pytest.mark.rules("certified-training")
def test_certified(case):
    official, issuer, level, *council = case["of"]
    paper = {
        "official": bool(official),
        "issuer": issuer,
        "level": "other" if level == "secondary" else level,
        "recognised_by_council": bool(council),
    }
    (row,) = answered(asked(item("other", certificate=paper)))["items"]
    assert (row["outcome"] == "granted") == case["result"]
    assert case["result"] or row["reason"] == "not-certified"


@of("evidence")
@pytest.mark.rules("level-and-area")
def test_level_and_area_are_judged(case):
    """Nothing is computed from the evidence: units with much and with little of it fare alike."""
    items = [
        item(
            id=unit["id"],
            target=unit["id"],
            evidence={"outcomes": unit["outcomes"], "matched": unit["matched"]},
        )
        for unit in case["units"]
    ]
    found = answered(asked(*items))
    assert len({row["outcome"] for row in found["items"]}) == 1
    assert "judgement" in [warning["code"] for warning in found["warnings"]]


@of("literal")
def test_what_the_printed_words_would_do(case):
    """Every effect that the reference knows stands on a correction of the edition."""
    where = {row["where"].removeprefix("438 ") for row in answered(asked())["corrections"]}
    names = {"Annex I": "anexo-I/1", "3/1/a-c": "3/1/a"}
    assert {names.get(name, name) for name in case["result"]} <= where


def test_no_call_is_left_out():
    """Every kind of case above has its test."""
    tested = {
        mark.args[1][0]["call"]
        for name, function in globals().items()
        if name.startswith("test_") and isinstance(function, Callable)
        for mark in getattr(function, "pytestmark", [])
        if mark.name == "parametrize"
    }
    assert tested == {case["call"] for case in CASES}
