"""CSV files: UTF-8, comma or semicolon, every line as long as the header.

The fields of every line are counted before anything is parsed, because Polars fills a short line
with nulls in silence. A file without quotes (nearly all) is counted with NumPy and parsed by
Polars; one with quotes, blank lines or old line ends is read by the standard library's `csv`,
so that the two never have to agree on quoting.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import numpy as np
import polars as pl

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.tables.raw import EMPTY_FILE, RawTable, header_problems
from portaria.tables.schema import SOURCE_ROW

LONGEST_LINE = 1_000_000
UTF8_MARK = b"\xef\xbb\xbf"
BLANKS = " \t\r\n\v\f\u00a0"
LONE_RETURN = re.compile(rb"\r(?!\n)")
BLANK_LINE = re.compile(rb"(?m)[ \t]*\r?$")

WRONG_ENCODING = declare(
    "wrong-encoding",
    "the file is not UTF-8, it looks like {likely} (first at this row): "
    "save it again as “CSV UTF-8”",
)
BINARY_FILE = declare("binary-file", "the file holds binary data: it is not a CSV file")
LINE_TOO_LONG = declare(
    "line-too-long",
    "the line has {length} bytes, more than the {limit} allowed: look for a missing line end",
)
RAGGED_LINE = declare(
    "ragged-line",
    "the line has {found} cells and the header {expected}: look for a missing or spare separator",
)
BAD_QUOTES = declare(
    "bad-quotes",
    "the quotes of this line do not match: close each of them, and double the quotes inside a cell",
)


def read_csv(path: Path) -> RawTable:
    """Read a CSV file as text; its problems stand in the answer."""
    file = path.name
    data = path.read_bytes().removeprefix(UTF8_MARK)
    ends = _line_ends(data if b"\n" in data else data.replace(b"\r", b"\n"))
    problems = _byte_problems(file, data) or _endless_lines(file, ends)
    if problems:
        return RawTable(file, pl.DataFrame(), problems=problems)
    data = data.rstrip(b"\r\n")
    ends = np.append(ends[ends < len(data)], len(data))
    first_line = io.BytesIO(data.lstrip()).readline().split(b"\r", 1)[0]
    separator = ";" if first_line.count(b";") > first_line.count(b",") else ","
    if _is_plain(data, ends):
        return _read_plain(file, data, ends, separator)
    return _read_quoted(file, data, separator)


def _line_ends(data: bytes) -> np.ndarray:
    """Position of the end of each line; the last ends with the file."""
    feeds = np.flatnonzero(np.frombuffer(data, np.uint8) == ord("\n"))
    return np.append(feeds, len(data))


def _byte_problems(file: str, data: bytes) -> list[Problem]:
    """Faults of the file as bytes: nothing in it, not text, not UTF-8."""
    if not data or data.isspace():
        return [Problem(file, Message(EMPTY_FILE))]
    if likely := _likely_encoding(data):
        encoding, row = likely
        return [Problem(file, Message(WRONG_ENCODING, {"likely": encoding}), row=row)]
    if b"\0" in data:
        row = data.count(b"\n", 0, data.index(b"\0")) + 1
        return [Problem(file, Message(BINARY_FILE), row=row)]
    return []


def _endless_lines(file: str, ends: np.ndarray) -> list[Problem]:
    lengths = np.diff(ends, prepend=-1) - 1
    return [
        Problem(
            file,
            Message(LINE_TOO_LONG, {"length": int(lengths[line]), "limit": LONGEST_LINE}),
            row=int(line) + 1,
        )
        for line in np.flatnonzero(lengths > LONGEST_LINE)
    ]


def _likely_encoding(data: bytes) -> tuple[str, int] | None:
    """The likely encoding of bytes that are not UTF-8 and the row of the first stranger."""
    half = len(data) // 2
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or 5 * data.count(b"\0") > 2 * half > 1:
        return "UTF-16", 1
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return "Windows-1252 (Latin-1)", data.count(b"\n", 0, error.start) + 1
    return None


def _is_plain(data: bytes, ends: np.ndarray) -> bool:
    """No quotes, no blank lines, no lone carriage returns: one line is one row."""
    return b'"' not in data and not LONE_RETURN.search(data) and not _has_blank_line(data, ends)


def _has_blank_line(data: bytes, ends: np.ndarray) -> bool:
    """Only lines that begin with a blank or a line end are looked at: there are few."""
    starts = np.append(0, ends[:-1] + 1)
    first_bytes = np.frombuffer(data, np.uint8)[starts]
    return any(BLANK_LINE.match(data, start) for start in starts[first_bytes <= ord(" ")])


def _read_plain(file: str, data: bytes, ends: np.ndarray, separator: str) -> RawTable:
    header = [name.strip() for name in data[: ends[0]].decode().split(separator)]
    problems = header_problems(file, header)
    separators = np.flatnonzero(np.frombuffer(data, np.uint8) == ord(separator))
    counts = np.diff(np.searchsorted(separators, ends), prepend=0) + 1
    problems += [
        _ragged(file, int(line) + 1, int(counts[line]), len(header))
        for line in np.flatnonzero(counts != len(header))
    ]
    if problems:
        return RawTable(file, pl.DataFrame(), problems=problems)
    if len(ends) == 1:
        return RawTable(file, _no_rows(header))
    cells = pl.read_csv(
        io.BytesIO(data),
        has_header=False,
        skip_rows=1,
        new_columns=header,
        separator=separator,
        quote_char=None,
        infer_schema=False,
    )
    rows = pl.int_range(2, len(ends) + 1, dtype=pl.UInt32, eager=True).alias(SOURCE_ROW)
    return RawTable(file, _without_blank_rows(cells.with_columns(*blank_to_null(cells), rows)))


def _read_quoted(file: str, data: bytes, separator: str) -> RawTable:
    reader = csv.reader(io.StringIO(data.decode(), newline=""), delimiter=separator, strict=True)
    csv.field_size_limit(LONGEST_LINE)
    lines: list[list[str]] = []
    try:
        lines.extend(reader)
    except csv.Error:
        problem = Problem(file, Message(BAD_QUOTES), row=len(lines) + 1)
        return RawTable(file, pl.DataFrame(), problems=[problem])
    # A wholly blank line is no row, but it counts: row numbers are those of a spreadsheet.
    numbered = [
        (row, line) for row, line in enumerate(lines, 1) if any(cell.strip(BLANKS) for cell in line)
    ]
    if not numbered:
        return RawTable(file, pl.DataFrame(), problems=[Problem(file, Message(EMPTY_FILE))])
    header_line = numbered[0][1]
    header = [name.strip() for name in header_line]
    problems = header_problems(file, header)
    problems += [
        _ragged(file, row, len(line), len(header))
        for row, line in numbered[1:]
        if len(line) != len(header)
    ]
    if problems:
        return RawTable(file, pl.DataFrame(), problems=problems)
    cells = pl.DataFrame(
        [line for _, line in numbered[1:]], schema=dict.fromkeys(header, pl.String), orient="row"
    )
    rows = pl.Series(SOURCE_ROW, [row for row, _ in numbered[1:]], dtype=pl.UInt32)
    return RawTable(file, _without_blank_rows(cells.with_columns(*blank_to_null(cells), rows)))


def _without_blank_rows(cells: pl.DataFrame) -> pl.DataFrame:
    """A line of separators alone, as spreadsheets leave behind, is no row."""
    return cells.filter(~pl.all_horizontal(pl.exclude(SOURCE_ROW).is_null()))


def blank_to_null(cells: pl.DataFrame) -> list[pl.Expr]:
    """Every cell without its outer blanks; a cell of nothing else is null."""
    stripped = (pl.col(name).str.strip_chars() for name in cells.columns)
    return [pl.when(cell != "").then(cell) for cell in stripped]


def _ragged(file: str, row: int, found: int, expected: int) -> Problem:
    return Problem(file, Message(RAGGED_LINE, {"found": found, "expected": expected}), row=row)


def _no_rows(header: list[str]) -> pl.DataFrame:
    return pl.DataFrame(schema={**dict.fromkeys(header, pl.String), SOURCE_ROW: pl.UInt32})
