"""A source of tables that answers queries where it lives: a folder, a file or a server.

Small files are read as text with every problem of every cell (`folder`); Parquet files and
databases keep their types, which are checked and not re-parsed. Either way the tables come out as
Ibis expressions with the columns and types of their schemas, and `SOURCE_ROW_COLUMN` beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import polars as pl

from portaria.core.errors import MachineError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.tables.address import server, unknown, without_password
from portaria.tables.columns import SOURCE_ROW_COLUMN, padded, typed_table
from portaria.tables.engine import check_engine, connect, of_driver
from portaria.tables.folder import (
    KINDS,
    MISSING_TABLE,
    TABLE_TWICE,
    TableSpec,
    read_table,
)
from portaria.tables.integrity import integrity
from portaria.tables.raw import NOT_READABLE, cut
from portaria.tables.schema import SOURCE_ROW, columns_of, empty
from portaria.tables.sqlite_file import is_sqlite, read_sqlite

FAILED = declare("source-failed", "{source} failed while it was read: {detail}")
NOT_READ = declare("table-not-readable", "the table {table} cannot be read: {detail}")
MISSING_IN_DATABASE = declare(
    "missing-database-table", "the table {table} is missing in the database: make it, or a view"
)


@dataclass
class Database:
    """A connection, its typed tables by name, where each came from, and every problem.

    A table with a problem is empty in `tables`: only a database without errors is fit for use.
    """

    backend: Any
    tables: dict[str, ir.Table] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)
    """The tables that the source has; the others are empty."""

    own: list[Path] = field(default_factory=list)
    """Frames of ours, as files for an engine that reads nothing else."""

    source: str = ""
    """The source as it may be shown."""

    def file(self, table: str) -> str:
        """How a problem names the origin of a table."""
        return self.names.get(table, table)

    def beside(self, frame: pl.DataFrame) -> ir.Table:
        """A frame of our own beside the tables of the source."""
        frame = frame.with_columns(
            pl.col(pl.UInt32).cast(pl.Int64), pl.col(pl.Enum).cast(pl.String)
        )
        if self.backend.name != "pyspark":
            table: ir.Table = ibis.memtable(frame.to_arrow())
            return table
        # Through pandas, Spark would take a missing number for a number.
        path = Path(self.backend.spill.name) / f"{len(self.own)}.parquet"
        frame.write_parquet(path)
        self.own.append(path)
        return self.backend.read_parquet(path)

    def fetch(self, table: ir.Table, schema: Mapping[str, Any]) -> pl.DataFrame:
        """The rows of an expression as a frame of exactly these columns and types.

        MachineError where the source gives none: the server has gone, the disk is full.
        """
        try:
            arrow = self.backend.to_pyarrow(table.select(*schema))
        except Exception as error:
            if not of_driver(error):
                raise
            params = {"source": self.source, "detail": cut(error)}
            raise MachineError(Message(FAILED, params)) from error
        frame = pl.from_arrow(arrow)
        assert isinstance(frame, pl.DataFrame)
        return frame.cast(pl.Schema(schema))


def open_database(source: str, specs: Mapping[str, TableSpec], engine: str = "duckdb") -> Database:
    """Every table of `specs` from `source`; never stops at the first problem.

    UsageError where the source is nothing we know, MachineError where a server does not answer.
    """
    path = Path(source)
    check_engine(engine)
    if "://" in source:
        return _from_catalogue(server(source), specs, without_password(source))
    if path.is_dir():
        return _from_folder(path, specs, engine)
    if path.is_file() and is_sqlite(path):
        return _from_frames(path, specs, engine)
    if path.is_file() and _is_duckdb(path):
        return _from_file(path, specs)
    raise unknown(source)


def from_tables(
    backend: Any, found: Mapping[str, ir.Table], specs: Mapping[str, TableSpec], codes: bool = False
) -> Database:
    """Tables of a database, or views made over one, with their types and rows checked.

    codes: whether a number in a column of codes is a fault (in a file, 02 became 2).
    """
    database = Database(backend)
    for name, spec in specs.items():
        database.tables[name] = database.beside(_nothing(spec))
        if name not in found:
            if spec.required:
                message = Message(MISSING_IN_DATABASE, {"table": name})
                database.problems.append(Problem(name, message))
            continue
        database.given.add(name)
        _add(database, name, found[name], spec, codes)
    return database


def _is_duckdb(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(12)[8:] == b"DUCK"


def _from_file(path: Path, specs: Mapping[str, TableSpec]) -> Database:
    """A DuckDB file; it may be damaged, newer than the library, or held by who writes it."""
    backend = connect("duckdb")
    quoted = str(path).replace("'", "''")
    try:
        backend.con.execute(f"ATTACH '{quoted}' AS source (READ_ONLY)")
    except Exception as error:
        if not of_driver(error):
            raise
        detail = cut(str(error).replace(str(path.absolute()), path.name))
        message = Message(NOT_READABLE, {"format": "DuckDB", "detail": detail})
        nothing = {name: replace(spec, required=False) for name, spec in specs.items()}
        database = from_tables(backend, {}, nothing)
        database.problems.append(Problem(path.name, message))
        return database
    return _from_catalogue(backend, specs, str(path), ("source", "main"))


def _from_catalogue(
    backend: Any, specs: Mapping[str, TableSpec], source: str, place: tuple[str, str] | None = None
) -> Database:
    """The tables and views of a database, or of one of its schemas."""
    if place is None:
        listed = set(backend.list_tables())
    else:  # Ibis 12 asks DuckDB in a way that DuckDB 2 has no more
        names = "SELECT table_name FROM information_schema.tables"
        rows = backend.con.execute(f"{names} WHERE table_catalog = ? AND table_schema = ?", place)
        listed = {name for (name,) in rows.fetchall()}
    found, problems = {}, []
    for name in specs:
        if name not in listed:
            continue
        try:
            found[name] = backend.table(name, database=place)
        except Exception as error:
            if not of_driver(error):
                raise
            problems.append(_not_read(name, name, error))
    kept = {
        name: replace(spec, required=spec.required and name not in listed - set(found))
        for name, spec in specs.items()
    }
    database = from_tables(backend, found, kept)
    database.source = source
    database.problems = problems + database.problems
    return database


def _not_read(file: str, name: str, error: BaseException | None) -> Problem:
    return Problem(file, Message(NOT_READ, {"table": name, "detail": cut(error)}))


def _from_folder(folder: Path, specs: Mapping[str, TableSpec], engine: str) -> Database:
    database = Database(connect(engine), source=str(folder))
    for name, spec in specs.items():
        database.tables[name] = database.beside(_nothing(spec))
        found = [path for kind in KINDS if (path := folder / f"{name}.{kind}").exists()]
        database.names[name] = found[0].name if found else f"{name}.csv"
        if len(found) > 1:
            names = ", ".join(path.name for path in found)
            message = Message(TABLE_TWICE, {"table": name, "files": names})
            database.problems.append(Problem(found[0].name, message))
        elif found:
            database.files[name] = found[0]
            database.given.add(name)
            _add_file(database, name, found[0], spec, engine)
        elif spec.required:
            message = Message(MISSING_TABLE, {"table": name})
            database.problems.append(Problem(f"{name}.csv", message))
    return database


def _add_file(database: Database, name: str, path: Path, spec: TableSpec, engine: str) -> None:
    if path.suffix != ".parquet":
        _add_frame(database, name, spec, *read_table(path, spec.schema))
        return
    try:
        table = _parquet(database.backend, path, name, engine)
    except Exception as error:  # DuckDB and Spark each have their own
        message = Message(NOT_READABLE, {"format": "Parquet", "detail": cut(error)})
        database.problems.append(Problem(path.name, message))
        return
    _add(database, name, table, spec, codes=True)


def _parquet(backend: Any, path: Path, name: str, engine: str) -> ir.Table:
    if engine == "spark":
        table: ir.Table = backend.read_parquet(path, table_name=f"file_{name}")
        own = SOURCE_ROW_COLUMN in table.columns
        return table.drop(SOURCE_ROW_COLUMN) if own else table
    table = backend.read_parquet(path, table_name=f"file_{name}", file_row_number=True)
    # As a spreadsheet counts: the header is row 1.
    return table.mutate(**{SOURCE_ROW_COLUMN: table.file_row_number + 2}).drop("file_row_number")


def _from_frames(path: Path, specs: Mapping[str, TableSpec], engine: str) -> Database:
    """A SQLite file: its cells have no types to rely on, so they are read as text."""
    database = Database(connect(engine), source=str(path))
    for name, spec in specs.items():
        database.tables[name] = database.beside(_nothing(spec))
        database.names[name] = f"{path.name}:{name}"
        read = read_sqlite(path, name, spec.schema)
        if read is not None:
            database.given.add(name)
            _add_frame(database, name, spec, *read)
        elif spec.required:
            message = Message(MISSING_IN_DATABASE, {"table": name})
            database.problems.append(Problem(database.names[name], message))
    return database


def _add_frame(
    database: Database, name: str, spec: TableSpec, frame: pl.DataFrame | None,
    problems: list[Problem],
) -> None:  # fmt: skip
    database.problems += problems
    if frame is None or any(problem.severity == "error" for problem in problems):
        return
    columns = [*columns_of(spec.schema), pl.col(SOURCE_ROW).alias(SOURCE_ROW_COLUMN)]
    database.tables[name] = database.beside(frame.select(columns))


def _add(database: Database, name: str, table: ir.Table, spec: TableSpec, codes: bool) -> None:
    file = database.file(name)
    typed, problems = typed_table(table, spec.schema, file, codes)
    if typed is not None:
        try:
            counted = table.aggregate(n=padded(table, spec.schema))
            if not database.fetch(counted, {"n": pl.Int64}).item():
                typed, _ = typed_table(table, spec.schema, file, codes, trim=False)
                assert typed is not None, "its header was right a moment ago"
            problems += integrity(typed, spec.schema, file, database.fetch)
        except MachineError as error:
            problems.append(_not_read(file, name, error.__cause__))
    database.problems += problems
    if typed is not None and not problems:
        database.tables[name] = typed.select(*columns_of(spec.schema), SOURCE_ROW_COLUMN)


def _nothing(spec: TableSpec) -> pl.DataFrame:
    return empty(spec.schema).rename({SOURCE_ROW: SOURCE_ROW_COLUMN})
