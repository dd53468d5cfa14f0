"""The engine and the plain reference agree: every case, random procedures, the same faults."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from reference.cases import answered as asked
from reference.cases import exact, named, read_cases, same
from reference.recruitment import READINGS, BadProcedure, situations
from reference.recruitment import evaluate as plainly
from reference.recruitment.random_faults import FAULTS
from reference.recruitment.random_procedures import random_day, random_policy, random_procedure

from portaria.core.errors import InputError, UsageError
from portaria.regulations.recruitment.regulation import RECRUITMENT
from regulations.recruitment.folder import (
    admission,
    answered,
    application,
    apply_by,
    as_reference,
    hearing,
    write,
)

Row = dict[str, Any]

CASES = read_cases(situations.__file__)
TABLES = ("candidates", "decisions", "criteria", "scores", "lists", "answers")
LATER = date(2027, 6, 1)


def in_folder(folder: Path, tables: Row, on: date, policy: Row | None = None) -> Row:
    """The engine asked as the reference is."""
    return as_reference(answered(write(tables, folder), on, policy))


@pytest.mark.rules(
    "admission-list", "answers-heard", "application-deadline", "application-documents",
    "application-way", "hearing", "list-state", "posts", "public-list", "ranking", "requirements",
    "weighted-score",
)  # fmt: skip
@pytest.mark.parametrize("case", **named(CASES))
def test_case(case: Row, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(situations, "evaluate", partial(in_folder, tmp_path / "procedure"))
    questions = {
        "evaluate": situations.evaluated,
        **{f.__name__: f for f in (admission, application, apply_by, hearing)},
    }
    if "refused" not in case:
        same(asked(case, questions), exact(case["result"]), case["id"])
        return
    with pytest.raises((InputError, UsageError)) as refused:
        asked(case, questions)
    table, *place = case["refused"].split()
    if table in TABLES:
        assert isinstance(refused.value, InputError)
        row, column = int(place[0]), place[1]
        assert (table, row, column) in places(refused.value)


def places(refused: InputError) -> set[tuple[str, int, str]]:
    """Where the faults are, by table, row and column."""
    return {(p.file.rpartition(".")[0], p.row or 0, p.column) for p in refused.problems}


def test_the_readings_are_those_of_the_reference() -> None:
    own = RECRUITMENT.edition.readings
    assert {name: each.choices for name, each in own.items()} == {
        name: each.choices for name, each in READINGS.items()
    }


def agree(seed: int, folder: Path) -> None:
    """A random procedure under random readings, on a random day."""
    tables, on, policy = random_procedure(seed), random_day(seed), random_policy(seed)
    assert in_folder(folder, tables, on, policy) == plainly(tables, on, policy)


def agree_on_faults(seed: int, folder: Path) -> None:
    """The same cells are at fault, no more and no fewer."""
    tables = random_procedure(seed, faulty=True)
    with pytest.raises(BadProcedure) as plain:
        plainly(tables, LATER)
    with pytest.raises(InputError) as refused:
        answered(write(tables, folder), LATER)
    assert places(refused.value) == {(f.table, f.row, f.column) for f in plain.value.faults}


@pytest.mark.parametrize("tens", range(15))
def test_random_procedures(tens: int, tmp_path: Path) -> None:
    for seed in range(10 * tens, 10 * tens + 10):
        agree(seed, tmp_path / str(seed))


@pytest.mark.parametrize("seed", range(2 * len(FAULTS)))
def test_faulty_procedures(seed: int, tmp_path: Path) -> None:
    agree_on_faults(seed, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("hundreds", range(10, 40))
def test_many_random_procedures(hundreds: int, tmp_path: Path) -> None:
    for seed in range(100 * hundreds, 100 * hundreds + 100):
        agree(seed, tmp_path / f"sound-{seed}")
        agree_on_faults(seed, tmp_path / f"faulty-{seed}")
