"""The engines that must agree: the program through its files, and the slow plain reference."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import reference
from reference.markets import COLUMNS, write_contest

from portaria.regulations.access import placement
from portaria.regulations.access.contest import Contest, read_contest
from portaria.regulations.access.results import result_tables

Rows = list[dict[str, Any]]
Tables = Mapping[str, Rows]

TABLES = ("placements", "options_outcome", "rankings", "seats", "last_placed")
EXACT = ("grade", "exam_part", "tie_1", "tie_2")


def contest_of(tables: Tables, policy: Mapping[str, str] | None = None) -> Contest:
    """The contest as the program reads it from a folder of CSV files."""
    with tempfile.TemporaryDirectory() as folder:
        full = {name: _with_every_column(name, tables.get(name, [])) for name in COLUMNS}
        write_contest(full, Path(folder), policy=policy or {})
        contest, problems = read_contest(Path(folder))
    assert contest is not None, [str(problem.message) for problem in problems]
    return contest


def _with_every_column(name: str, rows: Rows) -> Rows:
    """Small cases leave out what they do not need; a folder needs every column."""
    return [dict.fromkeys(COLUMNS[name]) | row for row in rows]


def portaria(tables: Tables, policy: Mapping[str, str] | None = None) -> dict[str, Rows]:
    """What the program gives, in the reference's form."""
    contest = contest_of(tables, policy)
    placed = placement.place(contest)
    rows: dict[str, Rows] = {
        name: [_exact(row) for row in frame.iter_rows(named=True)]
        for name, frame in result_tables(placed).items()
    }
    codes = contest.tables["programmes"]["programme"]
    rows["additional_rounds"] = [
        {code: int(count) for code, count in zip(codes, further, strict=True) if count}
        for further in placed.further
    ]
    people = contest.tables["candidates"]["candidate"]
    rows["deadlocked"] = [people[index] for index in placed.deadlocked]  # type: ignore[misc]
    rows["seat_too_many"] = [codes[index] for index in placed.seat_too_many]  # type: ignore[misc]
    return rows


def _exact(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: Fraction(value) if name in EXACT and value is not None else value
        for name, value in row.items()
        if name not in ("reason", "clause")
    }


def differences(tables: Tables, policy: Mapping[str, str] | None = None) -> list[str]:
    """Where program and reference disagree, in words; nothing when they agree on every table."""
    mine, theirs = portaria(tables, policy), reference.place(tables, policy or {})
    found = []
    for name in (*TABLES, "additional_rounds", "seat_too_many", "deadlocked"):
        if mine[name] != theirs[name]:
            pairs = zip(mine[name], theirs[name], strict=False)
            first = next(((a, b) for a, b in pairs if a != b), (mine[name], theirs[name]))
            found.append(f"{name}: program {first[0]}, reference {first[1]}")
    return found


ENGINES: dict[str, Callable[..., dict[str, Rows]]] = {
    "portaria": portaria,
    "reference": reference.place,
}
