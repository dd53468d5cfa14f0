"""The ledger as a file: CSV where its name ends so, else Parquet; read whole, replaced whole."""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import polars as pl

from portaria.core.errors import InputError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.regulations.scae.ledger import DELETE, LEDGER, UPSERT
from portaria.tables.raw import cut
from portaria.tables.result import check_file, machine_error, write_file

NOT_A_LEDGER = declare(
    "scae-not-a-ledger",
    "{file} is not a ledger of this program ({detail}): name another file, or one not there yet",
)
CHANGED = declare(
    "scae-ledger-changed",
    "this row of the ledger is not as the program wrote it: put the file back as it was",
)
MOST_TOLD = 100
"""Rows told of one fault: a ledger saved again by a spreadsheet has it in all of them."""


def read_ledger(path: Path) -> pl.DataFrame:
    """The ledger of a file, columns `LEDGER`; empty where there is no file yet.

    InputError where the file is something else, or was changed: what was sent is never guessed.
    """
    if not path.exists():
        return pl.DataFrame(schema=LEDGER)
    try:
        if _is_csv(path):
            frame = pl.read_csv(path, schema_overrides=LEDGER)
        else:
            frame = pl.read_parquet(path)
        if differing := set(frame.columns) ^ set(LEDGER):
            raise ValueError(", ".join(sorted(differing)))
        ledger = frame.select(*LEDGER).cast(LEDGER)  # type: ignore[arg-type]
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError) as error:
        message = Message(NOT_A_LEDGER, {"file": path.name, "detail": cut(error)})
        raise InputError(message, [Problem(path.name, message)]) from error
    if problems := _changed(ledger, path.name):
        message = Message(NOT_A_LEDGER, {"file": path.name, "detail": problems[0].column})
        raise InputError(message, problems)
    return ledger


def _changed(ledger: pl.DataFrame, file: str) -> list[Problem]:
    """Rows that this program does not write: a spreadsheet makes 2024-03 into mar/24."""
    upsert = pl.col("operation") == UPSERT
    hours = pl.col("student_hours")
    faults = {
        "month": ~pl.col("month").str.contains(r"^\d{4}-(0[1-9]|1[0-2])$"),
        "status": ~pl.col("status").is_in(["preview", "final"]),
        "record": pl.col("record").is_null() | pl.struct("month", "record").is_duplicated(),
        "kind": ~pl.col("kind").is_in(["P", "I"]),
        "enrolment": pl.col("enrolment").is_null(),
        "operation": ~pl.col("operation").is_in([UPSERT, DELETE]),
        "situation": upsert & pl.col("situation").is_null(),
        "student_hours": hours.is_not_null() & ~hours.str.contains(r"^\d+\.\d\d$"),
        "hash": ~pl.col("hash").str.contains("^[0-9a-f]{64}$"),
    }
    numbered = ledger.with_row_index("row", offset=2)
    found = []
    for name, wrong in faults.items():
        rows = numbered.filter(wrong.fill_null(True)).head(MOST_TOLD)
        for row, value in rows.select("row", pl.col(name).cast(pl.String)).iter_rows():
            shown = None if value is None else cut(value)
            found.append(Problem(file, Message(CHANGED), "", row, name, shown))
    return found


def write_ledger(path: Path, ledger: pl.DataFrame) -> None:
    """Replace the file as a whole; the same ledger gives the same bytes."""
    content = io.BytesIO()
    if _is_csv(path):
        ledger.write_csv(content, line_terminator="\n")
    else:
        ledger.write_parquet(content)
    write_file(path, content.getvalue(), replace=True, ours=True)


@contextmanager
def recording(path: Path) -> Iterator[Callable[[pl.DataFrame], None]]:
    """`write_ledger` of a path that is undone where what follows fails: a ledger never knows a
    load that nobody has."""
    before = _content(path)
    try:
        yield lambda ledger: write_ledger(path, ledger)
    except BaseException:
        if before is None:
            path.unlink(missing_ok=True)
        elif before != _content(path):
            write_file(path, before, replace=True, ours=True)
        raise


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One run at a time reads and writes the ledgers of a folder; another waits. A folder made for
    a ledger that is not written goes again, and so does what a killed run left behind.

    UsageError where the path is a folder; MachineError where its folder cannot be made or opened.
    """
    made = [folder for folder in path.absolute().parents if not folder.exists()]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        check_file(path, replace=True)
        handle = os.open(path.parent, os.O_RDONLY)
    except OSError as error:
        raise machine_error(error, path) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        for left in path.parent.iterdir():
            if left.name.startswith(f".{path.name}.portaria-") and left.is_file():
                left.unlink(missing_ok=True)
        yield
    except BaseException:
        with suppress(OSError):
            for folder in made:
                folder.rmdir()
        raise
    finally:
        os.close(handle)


def digest(ledger: pl.DataFrame) -> str:
    """The SHA-256 of what a ledger says."""
    lines = ledger.select(pl.concat_str("month", "record", "hash", separator=",")).to_series()
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _is_csv(path: Path) -> bool:
    return path.suffix.lower() == ".csv"
