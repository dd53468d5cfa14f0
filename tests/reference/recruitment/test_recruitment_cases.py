"""Recruitment lists: every worked case, as data."""

from collections.abc import Callable
from typing import Any

import pytest

from reference.cases import check, named, read_cases, shows, without_a_case

from .application import admission, application, apply_by
from .hearing import hearing
from .readings import READINGS
from .situations import evaluated
from .warnings import CODES

Row = dict[str, Any]

QUESTIONS: dict[str, Callable[..., Any]] = {
    "evaluate": evaluated,
    **{f.__name__: f for f in (admission, application, apply_by, hearing)},
}
ALL = read_cases(__file__)


@pytest.mark.parametrize("case", **named(ALL))
def test_case(case: Row) -> None:
    check(case, QUESTIONS)


def test_every_rule_question_and_warning_has_a_case() -> None:
    assert without_a_case(ALL, {"REC-01", "REC-02", "REC-03"}) == set()
    assert {case["call"] for case in ALL} == set(QUESTIONS)
    warned = {one for case in ALL if "result" in case for one in _warned(case)}
    assert {one.partition(":")[0] for one in warned} == set(CODES)


def _warned(case: Row) -> list[str]:
    found: list[str] = case["result"].get("warned", []) if isinstance(case["result"], dict) else []
    return found


@pytest.mark.parametrize("name", READINGS)
def test_every_reading_has_a_case(name: str) -> None:
    assert shows(ALL, QUESTIONS, READINGS, name)
