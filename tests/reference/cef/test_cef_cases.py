"""Every worked case of the rules, as data, in the order of the articles."""

from datetime import date
from typing import Any

import pytest

from . import READINGS, BadCourse, Evaluation, deadline, evaluate, quorum
from .calls import call, plain
from .deadlines import NAMES
from .evaluation import written
from .readings import choose
from .remarks import CODES
from .situations import ON, read_cases, tables_of

Row = dict[str, Any]

RULES = {f"CEF-{number:02}" for number in range(1, 39)}
COLUMNS = {
    "attendance": "student subject absent_minutes unjustified_minutes attendance meets_90"
    " recovery recovery_lessons clause",
    "subject_grades": "student subject exact level",
    "component_grades": "student component exact level",
    "certification": "student outcome components paf finals reason clause",
    "recoveries": "student subject recorded_on tell_by define_by late follows clause",
    "exclusions": "student excluded_from decided_on open lacks retained_year attend_until clause",
}
GIVEN = {"recoveries": "recorded", "exclusions": "excluded"}
"""By what a case calls the rows given: tables that a class may do without."""
KEYS = ("student", "subject", "component")
ALL = list(read_cases())
CLASSES = [case for case in ALL if "call" not in case and "faults" not in case]


def names(cases: list[Row]) -> dict[str, Any]:
    return {"argvalues": cases, "ids": [case["id"] for case in cases]}


def evaluated(case: Row, **policy: str) -> Evaluation:
    given = {**case, "policy": {**case.get("policy", {}), **policy}}
    return evaluate(tables_of(given), case.get("on", ON))


@pytest.mark.parametrize("case", **names([case for case in ALL if "call" in case]))
def test_question(case: Row) -> None:
    got, expected = call(case), plain(case["result"])
    if isinstance(expected, dict):
        got = {name: got[name] for name in expected}
    assert got == expected


@pytest.mark.parametrize("case", **names([case for case in ALL if "faults" in case]))
def test_faults(case: Row) -> None:
    with pytest.raises(BadCourse) as refused:
        evaluated(case)
    assert [" ".join(map(str, fault)) for fault in refused.value.faults] == case["faults"]


@pytest.mark.parametrize("case", **names(CLASSES))
def test_class(case: Row) -> None:
    """Only the columns that a case names are compared; a row without a student is ana's. Of an
    optional table a case names every row, in its order."""
    found = evaluated(case)
    for table, got in found.answer().items():
        for number, row in enumerate(case.get(table, [])):
            whole = {"student": "ana", **{name: written(value) for name, value in row.items()}}
            if table in GIVEN:
                same = got[number]
            else:
                key = {name: whole[name] for name in KEYS if name in whole}
                [same] = [given for given in got if key.items() <= given.items()]
            assert {name: same[name] for name in whole} == whole
        assert table not in GIVEN or len(got) == len(case.get(table, got))
    warned = [f"{w['code']}:{w['student']}:{w['where']}" for w in found.warnings]
    assert warned == case.get("warnings", warned)


@pytest.mark.parametrize("case", **names(CLASSES))
def test_the_answer_is_the_contracts(case: Row) -> None:
    answer = evaluated(case).answer()
    assert list(answer) == [name for name in COLUMNS if GIVEN.get(name, "id") in case]
    for table, rows in answer.items():
        assert all(" ".join(row) == COLUMNS[table] for row in rows)


def test_no_rule_is_left_out() -> None:
    ids = [case["id"] for case in ALL]
    assert len(set(ids)) == len(ids)
    assert {rule for rule in RULES if not any(name.startswith(rule) for name in ids)} == set()


def test_every_deadline_has_a_case() -> None:
    asked = {case["given"]["name"] for case in ALL if case.get("call") == "deadlines.deadline"}
    assert asked == set(NAMES)


def test_every_warning_has_a_case() -> None:
    assert {w["code"] for case in CLASSES for w in evaluated(case).warnings} == set(CODES)


@pytest.mark.parametrize("name", READINGS)
def test_every_reading_has_a_case(name: str) -> None:
    """And gives another answer there: a reading that changes nothing would mean nothing."""
    for choice in READINGS[name].choices[1:]:
        assert any(differs(case, name, choice) for case in ALL), choice


def differs(case: Row, name: str, choice: str) -> bool:
    if "faults" in case or case.get("policy", {}).get(name, choice) != choice:
        return False
    default = {**case.get("policy", {}), name: READINGS[name].choices[0]}
    other = {**default, name: choice}
    if "call" in case:
        return bool(call({**case, "policy": default}) != call({**case, "policy": other}))
    return evaluated(case, **default).answer() != evaluated(case, **other).answer()


def test_what_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown reading"):
        choose({"colour": "blue"})
    with pytest.raises(ValueError, match="allowed"):
        choose({"notice": "weeks"})
    with pytest.raises(ValueError, match="unknown deadline"):
        deadline("holiday", date(2025, 1, 2))
    for numbers in ((0, 0), (5, 6), (5, -1)):
        with pytest.raises(ValueError, match="present"):
            quorum(*numbers)


def test_a_class_without_tables_says_which() -> None:
    with pytest.raises(BadCourse) as refused:
        evaluate({}, ON)
    tables = {fault.table for fault in refused.value.faults}
    expected = {"course", "students", "subjects", "units", "unit_grades", "absences"}
    assert tables == {*expected, "internship", "paf"}
    assert {fault.code for fault in refused.value.faults} == {"missing-table"}
