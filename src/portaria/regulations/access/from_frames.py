"""A contest from frames that come from no folder: a database, a form somebody is writing.

What a folder and a database have in common stands in `contest`; the rules see no difference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from portaria.core.edition import Edition
from portaria.core.errors import ConfigurationError
from portaria.core.problem import Problem
from portaria.regulations.access.contest import Contest, checked, gathered
from portaria.regulations.access.schemas import PREVIOUS, TABLES, tables_of
from portaria.regulations.access.settings import settle
from portaria.tables.canonical import canonical_rows
from portaria.tables.folder import folder_of
from portaria.tables.parquet_file import as_text
from portaria.tables.parse import read_cells
from portaria.tables.schema import SOURCE_ROW, empty, text_columns


def contest_of(
    edition: Edition, phase: int, policy: Mapping[str, str], frames: Mapping[str, pl.DataFrame]
) -> tuple[Contest | None, list[Problem]]:
    """The contest that a folder with the same rows would give, and the same problems.

    frames: by the names of `tables_of(phase)`, cells typed or text, rows in any order; a table
    that a folder may do without may be missing. policy: named readings, the defaults for the
    rest. A problem names `TABLE.csv` and a row, the first of a frame being row 2.
    ConfigurationError for a frame that no table of the phase has the name of.
    """
    if unknown := sorted(set(frames) - set(tables_of(phase))):
        raise ConfigurationError(f"phase {phase} has no tables called {unknown}")
    settings, problems = settle(edition, phase, policy)
    begin = f"{PREVIOUS}_"
    before = {n.removeprefix(begin): frame for n, frame in frames.items() if n.startswith(begin)}
    tables = gathered(
        settings,
        lambda specs: folder_of(frames, specs),
        lambda specs: folder_of(before, specs),
    )
    return checked(settings, tables, problems, {})


PERSON = ("candidates", "exams", "prerequisites", "options")


def person_contest(base: Contest, tables_of_one: Mapping[str, pl.DataFrame]) -> Contest:
    """`base` with one candidate alone: her rows of the tables of `PERSON`.

    The cells are typed or text, as those of `contest_of`, the rows in any order; a table or a
    column left out is empty. Nothing is checked, because a form is accounted for while it is still
    being written: a cell that cannot be read is empty too. Programmes and whatever else the base
    has are shared, not copied.
    """
    tables = {name: _read(name, tables_of_one.get(name)) for name in PERSON}
    return replace(base, tables={**base.tables, **tables}, whole={}, files={})


def _read(name: str, frame: pl.DataFrame | None) -> pl.DataFrame:
    """The columns that rules know, in their types and in key order."""
    schema = TABLES[name].schema
    if frame is None or not frame.width:
        return empty(schema).drop(SOURCE_ROW)
    raw = as_text(name, frame, text_columns(schema))
    return canonical_rows(read_cells(raw.cells, schema))
