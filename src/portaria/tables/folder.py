"""A folder of tables, each NAME.csv, NAME.xlsx or NAME.parquet, read with all its problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.core.unopened import why
from portaria.tables.csv_file import read_csv
from portaria.tables.parquet_file import as_text, read_parquet
from portaria.tables.parse import MISSING_COLUMN, parse
from portaria.tables.raw import RawTable
from portaria.tables.schema import Table, empty, text_columns
from portaria.tables.xlsx_file import read_xlsx

KINDS = ("csv", "xlsx", "parquet")

MISSING_TABLE = declare(
    "missing-table",
    "the table {table} is missing: add {table}.csv, .xlsx or .parquet to the folder",
)
TABLE_TWICE = declare(
    "table-given-twice", "the table {table} is given by several files ({files}): keep one"
)
OTHER_NAME = declare("table-other-name", "the file is not read under this name: call it {name}")
NO_TABLE = declare(
    "file-no-table", "the file is not read: no table has this name (the tables are {known})"
)
UNREADABLE = declare("file-unreadable", "the file cannot be opened: {detail}")


@dataclass(frozen=True)
class TableSpec:
    """A table of a folder: its schema, and whether the folder may do without it."""

    schema: type[Table]
    required: bool = True


@dataclass
class Folder:
    """Typed frames by table name, the files they came from, and every problem of reading them.

    A table that could not be read, or lacks a column, is not in `readable`: what depends on it is
    not checked, because that fault is reported already.
    """

    frames: dict[str, pl.DataFrame]
    files: dict[str, Path]
    problems: list[Problem]
    readable: frozenset[str]

    names: dict[str, str] = field(default_factory=dict)
    """How problems call the files of tables that are not in this folder itself."""

    def file(self, table: str) -> str:
        """The file name of a table, for problems."""
        if table in self.names:
            return self.names[table]
        return self.files[table].name if table in self.files else f"{table}.csv"

    def beside(self, other: Folder, name: str) -> Folder:
        """This folder and one inside it: its table `seats` is `NAME_seats`, its file `NAME/…`."""
        return Folder(
            self.frames | {f"{name}_{table}": frame for table, frame in other.frames.items()},
            self.files | {f"{name}_{table}": file for table, file in other.files.items()},
            self.problems + [replace(p, file=f"{name}/{p.file}") for p in other.problems],
            self.readable | {f"{name}_{table}" for table in other.readable},
            {f"{name}_{table}": f"{name}/{other.file(table)}" for table in other.frames},
        )


def read_folder(folder: Path, specs: Mapping[str, TableSpec]) -> Folder:
    """Read every table of `specs` from `folder`; never stops at the first problem."""
    result = Folder({table: empty(s.schema) for table, s in specs.items()}, {}, [], frozenset())
    try:
        next(folder.iterdir(), None)
    except OSError as error:
        message = Message(UNREADABLE, {"detail": why(error)})
        result.problems.append(Problem(folder.name, message))
        return result
    readable = set()
    for table, spec in specs.items():
        found = [path for kind in KINDS if (path := folder / f"{table}.{kind}").exists()]
        if not found and spec.required:
            message = Message(MISSING_TABLE, {"table": table})
            result.problems.append(Problem(f"{table}.csv", message))
        elif len(found) > 1:
            names = ", ".join(path.name for path in found)
            message = Message(TABLE_TWICE, {"table": table, "files": names})
            result.problems.append(Problem(found[0].name, message))
        elif found:
            result.files[table] = found[0]
            if _add(result, table, *read_table(found[0], spec.schema)):
                readable.add(table)
        else:
            readable.add(table)
    result.readable = frozenset(readable)
    return result


def folder_of(frames: Mapping[str, pl.DataFrame], specs: Mapping[str, TableSpec]) -> Folder:
    """The same from frames by table name, as a database gives them: typed cells or text.

    A problem names the file that a folder would have, and a row as that file would count it.
    """
    result = Folder({table: empty(s.schema) for table, s in specs.items()}, {}, [], frozenset())
    readable = set()
    for table, spec in specs.items():
        if table not in frames and spec.required:
            message = Message(MISSING_TABLE, {"table": table})
            result.problems.append(Problem(f"{table}.csv", message))
        elif table in frames:
            raw = as_text(f"{table}.csv", frames[table], text_columns(spec.schema))
            if _add(result, table, *_parsed(raw, spec.schema)):
                readable.add(table)
        else:
            readable.add(table)
    result.readable = frozenset(readable)
    return result


def _add(folder: Folder, table: str, frame: pl.DataFrame | None, problems: list[Problem]) -> bool:
    """Whether a table of the folder, with its problems, can be read: it has every column."""
    folder.problems += problems
    if frame is None:
        return False
    folder.frames[table] = frame
    return not any(problem.code == MISSING_COLUMN for problem in problems)


def unread_files(folder: Path, specs: Mapping[str, TableSpec]) -> list[Problem]:
    """Files that look like tables and are none of `specs`: an error where only capitals are
    against it, else a warning, so that nothing somebody wrote is left out in silence."""
    names = {f"{table}.{kind}" for table in specs for kind in KINDS}
    problems = []
    for path in sorted(folder.iterdir()):
        if path.name in names or path.suffix.lower().removeprefix(".") not in KINDS:
            continue
        if path.name.lower() in names:
            message = Message(OTHER_NAME, {"name": path.name.lower()})
            problems.append(Problem(path.name, message))
        else:
            message = Message(NO_TABLE, {"known": ", ".join(specs)})
            problems.append(Problem(path.name, message, severity="warning"))
    return problems


def read_table(path: Path, schema: type[Table]) -> tuple[pl.DataFrame | None, list[Problem]]:
    """One table file with all its problems; no frame where the file itself cannot be read."""
    return _parsed(_read(path, schema), schema)


def _parsed(raw: RawTable, schema: type[Table]) -> tuple[pl.DataFrame | None, list[Problem]]:
    if not raw.cells.width:
        return None, raw.problems
    frame, problems = parse(raw, schema)
    return frame, raw.problems + problems


def _read(path: Path, schema: type[Table]) -> RawTable:
    try:
        if path.suffix == ".csv":
            return read_csv(path)
        if path.suffix == ".xlsx":
            return read_xlsx(path, text_columns(schema))
        return read_parquet(path, text_columns(schema))
    except OSError as error:
        message = Message(UNREADABLE, {"detail": why(error)})
        return RawTable(path.name, pl.DataFrame(), problems=[Problem(path.name, message)])
