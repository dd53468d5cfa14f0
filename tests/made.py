"""Contests written in a test, as folders: read, placed and kept as a result, all in this process.

`engines` compares decisions; this makes the whole folder that explain, letters and verify work on.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from reference.markets import COLUMNS, write_contest

from portaria.regulations.access import placement
from portaria.regulations.access.contest import Contest, read_contest
from portaria.regulations.access.explain import Explanation, OptionExplained, explain
from portaria.regulations.access.folder import Results, is_result, open_results, write_results
from portaria.regulations.access.results import result_tables
from portaria.tables.result import whole_folder

Tables = Mapping[str, list[dict[str, Any]]]
NONE: Mapping[str, str] = MappingProxyType({})

EDITION = "pt-national-2017"


def write(
    tables: Tables, folder: Path, edition: str = EDITION, policy: Mapping[str, str] = NONE
) -> Path:
    """A contest folder with every column, what the rows leave out being empty; returns it."""
    full = {
        name: [dict.fromkeys(columns) | row for row in tables.get(name, [])]
        for name, columns in COLUMNS.items()
    }
    write_contest(full, folder, edition=edition, policy=policy)
    return folder


def read(folder: Path) -> Contest:
    """The contest of a folder that has no problems."""
    contest, problems = read_contest(folder)
    assert contest is not None, [str(problem.message) for problem in problems]
    return contest


def place(folder: Path, results: Path) -> Results:
    """Place the contest of a folder into a new folder of results."""
    placed = placement.place(read(folder))
    with whole_folder(results, replace=False, is_ours=is_result) as draft:
        write_results(placed, result_tables(placed), draft, {})
    return open_results(results)


def results(
    tables: Tables, folder: Path, edition: str = EDITION, policy: Mapping[str, str] = NONE
) -> Results:
    """The results of a contest from tables, both written under `folder`."""
    return place(write(tables, folder / "contest", edition, policy), folder / "results")


def told(results: Results, candidate: str) -> Explanation:
    """The explanation of one candidate."""
    return explain(results, candidate)


def option(results: Results, candidate: str, order: int = 1) -> OptionExplained:
    """The explanation of one option."""
    return next(each for each in told(results, candidate).options if each.order == order)
