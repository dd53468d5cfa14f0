"""Cases as data, for every small regulation: one question, what is given, what comes of it.

`call` names the question, `given` its arguments (a number written as a text is an exact one),
`policy` the readings; `result` names only what is compared, `refused` a part of the message of a
ValueError. `like` takes everything of an earlier case that is not said anew.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from .reading import Reading

Row = dict[str, Any]
Questions = Mapping[str, Callable[..., Any]]

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+|/[1-9][0-9]*)?")


def read_cases(beside: str) -> list[Row]:
    """cases.toml in the folder of the module `beside`; no id twice, a note for every case."""
    known: dict[str, Row] = {}
    text = Path(beside).with_name("cases.toml").read_text(encoding="utf-8")
    for case in tomllib.loads(text)["case"]:
        assert case["id"] not in known, case["id"]
        assert case.get("note"), f"{case['id']} does not say why"
        earlier = known.get(case.get("like", ""), {})
        given = {**earlier.get("given", {}), **case.get("given", {})}
        known[case["id"]] = {**earlier, **case, "given": given}
    return list(known.values())


def named(cases: list[Row]) -> dict[str, Any]:
    """For pytest.mark.parametrize("case", ...)."""
    return {"argvalues": cases, "ids": [case["id"] for case in cases]}


def exact(value: Any) -> Any:
    """Texts that are numbers become Fractions; a float is never one."""
    assert not isinstance(value, float), value
    if isinstance(value, str) and NUMBER.fullmatch(value):
        return Fraction(value)
    if isinstance(value, dict):
        return {key: exact(entry) for key, entry in value.items()}
    return [exact(entry) for entry in value] if isinstance(value, list) else value


def answered(case: Row, questions: Questions, policy: Row | None = None) -> Any:
    """`policy` is passed only where there is one: some questions have no reading."""
    readings = case.get("policy", {}) if policy is None else policy
    return questions[case["call"]](
        **exact(case["given"]), **({"policy": readings} if readings else {})
    )


def check(case: Row, questions: Questions) -> None:
    """One case against the reference."""
    if "refused" in case:
        with pytest.raises(ValueError, match=re.escape(case["refused"])):
            answered(case, questions)
        return
    same(answered(case, questions), exact(case["result"]), case["id"])


def same(got: Any, expected: Any, where: str) -> None:
    """Equal in everything that is expected; "" stands for None."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            assert key in got, f"{where}: no {key}"
            same(got[key], value, f"{where}.{key}")
    elif isinstance(expected, list):
        assert len(got) == len(expected), f"{where}: {got}"
        for number, (one, other) in enumerate(zip(got, expected, strict=True)):
            same(one, other, f"{where}[{number}]")
    else:
        wanted = None if expected == "" and got != "" else expected
        assert type(got) is type(wanted) or not isinstance(got, bool), f"{where}: {got}"
        assert got == wanted, f"{where}: {got} is not {wanted}"


def without_a_case(cases: list[Row], rules: set[str]) -> set[str]:
    """The rules that no case is named after."""
    return {rule for rule in rules if not any(case["id"].startswith(rule) for case in cases)}


def shows(cases: list[Row], questions: Questions, known: Mapping[str, Reading], name: str) -> bool:
    """Whether each choice of a reading changes the answer of some case."""
    return all(
        any(_differs(case, questions, known, name, choice) for case in cases)
        for choice in known[name].choices[1:]
    )


def _differs(
    case: Row, questions: Questions, known: Mapping[str, Reading], name: str, choice: str
) -> bool:
    given = case.get("policy", {})
    if name not in given or "refused" in case:
        return False
    default = {**given, name: known[name].choices[0]}
    one = answered(case, questions, default)
    return bool(plain(one) != plain(answered(case, questions, {**given, name: choice})))


def plain(value: Any) -> Any:
    """Without what an answer says of the readings themselves."""
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items() if key != "readings"}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    return str(value) if isinstance(value, Fraction | date) else value
