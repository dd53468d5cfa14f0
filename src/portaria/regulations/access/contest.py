"""A contest: its edition, phase, readings in force and typed tables.

It comes from a folder of tables (`read_contest`), from the frames of a database (`from_frames`) or
from the canonical inputs that every result keeps (`read_inputs`); the rules see only the frames.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from portaria.regulations.access.settings import (
    SETTINGS,
    Settings,
    read_settings,
    recorded_edition,
)
from portaria.tables.canonical import canonical_rows
from portaria.tables.folder import Folder, TableSpec, read_folder
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
    tables = gathered(
        settings,
        lambda specs: read_folder(folder, specs),
        lambda specs: read_folder(folder / PREVIOUS, specs),
    )
    if settings is None:
        return None, problems + tables.problems
    return checked(settings, tables, problems, {SETTINGS: folder / SETTINGS})


def checked(
    settings: Settings, tables: Folder, problems: list[Problem], files: Mapping[str, Path]
) -> tuple[Contest | None, list[Problem]]:
    """The contest of tables that were read, where neither they nor its settings have an error."""
    edition, phase = settings.edition, settings.phase
    problems = [*problems, *tables.problems, *check.check(edition, phase, tables)]
    if errors(problems):
        return None, problems
    whole = {name: canonical_rows(tables.frames[name].drop(SOURCE_ROW)) for name in tables.frames}
    declared = _declared(whole, phase)
    files = {**files, **tables.files}
    contest = Contest(edition, phase, settings.readings, declared, whole, files)
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


Reader = Callable[[Mapping[str, TableSpec]], Folder]


def gathered(settings: Settings | None, read: Reader, read_previous: Reader) -> Folder:
    """The tables of a contest and, in a later phase, of the results of the phase before."""
    if settings is None or settings.phase == 1:
        return read(TABLES)
    decided = seats_decided(settings.edition, settings.phase)
    tables = read(TABLES | later_tables(decided))
    return tables.beside(read_previous(previous_tables(settings.phase)), PREVIOUS)


def read_inputs(results: Path, settings: Mapping[str, Any]) -> Contest:
    """The contest that made `results`, from its own `inputs/`, as its manifest records it.

    OSError, PolarsError or ConfigurationError where a file of `inputs/` is not what was written.
    """
    inputs = results / "inputs"
    edition = recorded_edition(inputs / EDITION_COPY)
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
