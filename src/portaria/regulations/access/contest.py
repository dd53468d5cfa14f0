"""A contest: its edition, phase, readings in force and typed tables.

It comes from a folder of tables (`read_contest`) or from the canonical inputs that every result
keeps (`read_inputs`); the rules see only the frames.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from portaria.core.edition import Edition
from portaria.core.problem import Problem, errors
from portaria.regulations.access import check
from portaria.regulations.access.findings import problems_of
from portaria.regulations.access.later.check import together
from portaria.regulations.access.schemas import (
    PREVIOUS,
    TABLES,
    later_tables,
    previous_tables,
    tables_of,
)
from portaria.regulations.access.settings import SETTINGS, Settings, own_edition, read_settings
from portaria.tables.canonical import canonical_rows
from portaria.tables.folder import Folder, read_folder
from portaria.tables.schema import SOURCE_ROW, Table, columns_of, metadata

EDITION_COPY = "edition.toml"


@dataclass(frozen=True)
class Contest:
    """Everything the rules need.

    tables: the columns of `schemas.py` alone, rows in key order. whole: the same with the extra
    columns of the user, which travel along. files: where each table came from.
    """

    edition: Edition
    phase: int
    readings: Mapping[str, str]
    tables: Mapping[str, pl.DataFrame]
    whole: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)

    @property
    def seats_decided(self) -> bool:
        """Whether institutions decide the seats of this phase."""
        return seats_decided(self.edition, self.phase)

    @property
    def variant(self) -> str:
        """The name by which an edition cites the clauses of this phase."""
        return f"phase-{self.phase}"


def read_contest(folder: Path) -> tuple[Contest | None, list[Problem]]:
    """Read and check a contest folder: the contest where nothing is wrong, and every problem."""
    settings, problems = read_settings(folder)
    phase = settings.phase if settings else 1
    tables = _read_tables(folder, settings)
    problems += tables.problems
    if settings is None:
        return None, problems
    problems += check.check(settings.edition, phase, tables)
    if errors(problems):
        return None, problems
    files = {SETTINGS: folder / SETTINGS, **tables.files}
    whole = {name: canonical_rows(tables.frames[name].drop(SOURCE_ROW)) for name in tables.frames}
    declared = _declared(whole, phase)
    contest = Contest(settings.edition, phase, settings.readings, declared, whole, files)
    problems += _problems_together(contest, tables)
    return (None if errors(problems) else contest), problems


def _problems_together(contest: Contest, tables: Folder) -> list[Problem]:
    """What is known only from all the tables of a later phase together."""
    if contest.phase == 1:
        return []
    return [
        problem
        for finding in together(contest, tables.frames)
        for problem in problems_of(contest.edition, tables.file(finding.table), finding)
    ]


def seats_decided(edition: Edition, phase: int) -> bool:
    """Whether institutions decide the seats of a phase (46/2), rather than a formula."""
    return phase > 2 and edition.has("opened-seats")


def _read_tables(folder: Path, settings: Settings | None) -> Folder:
    """The tables of the folder and, in a later phase, of the results in `previous`."""
    if settings is None or settings.phase == 1:
        return read_folder(folder, TABLES)
    decided = seats_decided(settings.edition, settings.phase)
    tables = read_folder(folder, TABLES | later_tables(decided))
    before = read_folder(folder / PREVIOUS, previous_tables(settings.phase))
    return tables.beside(before, PREVIOUS)


def read_inputs(results: Path, settings: Mapping[str, Any]) -> Contest:
    """The contest that made `results`, from its own `inputs/`, as its manifest records it.

    OSError, PolarsError or ConfigurationError where a file of `inputs/` is not what was written.
    """
    inputs = results / "inputs"
    edition = own_edition(inputs / EDITION_COPY)
    readings = edition.choose(settings["readings"])
    specs = tables_of(settings["phase"])
    tables = {
        name: _with_optional(pl.read_parquet(inputs / f"{name}.parquet"), spec.schema)
        for name, spec in specs.items()
    }
    for name, spec in specs.items():
        if missing := set(columns_of(spec.schema)) - set(tables[name].columns):
            raise pl.exceptions.ColumnNotFoundError(f"{name}: {', '.join(sorted(missing))}")
    declared = _declared(tables, settings["phase"])
    return Contest(edition, settings["phase"], readings, declared, tables)


def _with_optional(frame: pl.DataFrame, schema: type[Table]) -> pl.DataFrame:
    """Results written before a column existed have it blank."""
    return frame.with_columns(
        pl.lit(None, column.dtype).alias(name)
        for name, column in columns_of(schema).items()
        if name not in frame.columns and metadata(column).get("optional")
    )


def _declared(whole: Mapping[str, pl.DataFrame], phase: int) -> dict[str, pl.DataFrame]:
    """The columns that rules know: an extra column may have any name."""
    return {
        name: whole[name].select(*columns_of(spec.schema))
        for name, spec in tables_of(phase).items()
    }
