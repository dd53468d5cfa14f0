"""XLSX files: the first sheet, typed cells checked and not guessed.

Read with python-calamine, blank rows kept so that row numbers stay those of the spreadsheet.
"""

from __future__ import annotations

import re
import zlib
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError, fromstring
from zipfile import BadZipFile, ZipFile, is_zipfile

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.tables.raw import (
    EMPTY_FILE,
    NOT_READABLE,
    NUMBER_AS_CODE,
    RawTable,
    cut,
    header_problems,
)
from portaria.tables.schema import SOURCE_ROW

NOT_A_WORKBOOK = (
    CalamineError, BadZipFile, ParseError, OSError, EOFError, zlib.error,
    IndexError, KeyError, ValueError, NotImplementedError, RuntimeError, StopIteration,
)  # fmt: skip
"""What the libraries raise on a damaged file."""

OLDER = b"\xd0\xcf\x11\xe0"
"""How the workbooks of before 2007 begin, and those under a password."""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

ERROR_CELL = declare(
    "error-in-cell", "the cell {cell} holds a spreadsheet error (such as #N/A): mend its formula"
)
NO_WORKBOOK = declare("xlsx-no-workbook", "it is no Excel workbook, or only a part of one")
LOCKED = declare("xlsx-locked", "it is an older workbook or one with a password")
DAMAGED = declare("xlsx-damaged", "the workbook is damaged")
OUTSIDE_HEADER = declare(
    "cell-outside-header", "a cell stands outside the columns of the header: name its column"
)


def read_xlsx(path: Path, text_columns: frozenset[str]) -> RawTable:
    """Read the first sheet as text. A number in a column of codes is a problem."""
    file = path.name
    with path.open("rb") as opened:  # what cannot be opened is told as of any table
        beginning = opened.read(len(OLDER))
    try:
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        lines: list[list[Any]] = sheet.to_python(skip_empty_area=False)
        failed = _error_cells(path)
    except NOT_A_WORKBOOK:
        detail = LOCKED if beginning == OLDER else DAMAGED if is_zipfile(path) else NO_WORKBOOK
        message = Message(NOT_READABLE, {"format": "XLSX", "detail": Message(detail)})
        return RawTable(file, pl.DataFrame(), problems=[Problem(file, message)])
    numbered = [(row, line) for row, line in enumerate(lines, 1) if any(map(_text, line))]
    if not numbered:
        empty = Problem(file, Message(EMPTY_FILE), sheet.name)
        return RawTable(file, pl.DataFrame(), sheet.name, [empty])
    header = [_text(cell) or "" for cell in numbered[0][1]]
    while header and not header[-1]:
        header.pop()
    problems = header_problems(file, header, sheet.name)
    problems += [
        Problem(file, Message(ERROR_CELL, {"cell": cell}), sheet.name, row) for row, cell in failed
    ]
    problems += [
        Problem(file, Message(OUTSIDE_HEADER), sheet.name, row, value=cut(_text(spare)))
        for row, line in numbered[1:]
        for spare in line[len(header) :]
        if _text(spare)
    ]
    if problems:
        return RawTable(file, pl.DataFrame(), sheet.name, problems)
    columns = {name: [_text(line[i]) for _, line in numbered[1:]] for i, name in enumerate(header)}
    for i, name in enumerate(header):
        if name in text_columns:
            problems += [
                Problem(file, Message(NUMBER_AS_CODE), sheet.name, row, name, _text(line[i]))
                for row, line in numbered[1:]
                if not isinstance(line[i], str)
            ]
    rows = pl.Series(SOURCE_ROW, [row for row, _ in numbered[1:]], dtype=pl.UInt32)
    cells = pl.DataFrame(columns, schema=dict.fromkeys(header, pl.String)).with_columns(rows)
    return RawTable(file, cells, sheet.name, problems)


def _error_cells(path: Path) -> list[tuple[int, str]]:
    """Row and name of the cells that hold an error (#N/A), which arrive as blanks otherwise."""
    with ZipFile(path) as book:
        relations = fromstring(book.read("xl/_rels/workbook.xml.rels"))
        targets = {each.get("Id"): each.get("Target", "") for each in relations}
        sheets = fromstring(book.read("xl/workbook.xml")).iter(f"{{{MAIN}}}sheet")
        target = targets[next(sheets).get(f"{{{RELATIONS}}}id")]
        name = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        cells = book.read(name)
    found = re.findall(rb'<c [^>]*?r="([A-Z]+)(\d+)"[^>]*?t="e"', cells)
    return [(int(row), f"{column.decode()}{int(row)}") for column, row in found]


def _text(cell: Any) -> str | None:
    """A typed cell as the text a person would have written; null where it is blank."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        # A spreadsheet keeps every number as a float: 150 arrives as 150.0, and the shortest
        # text of 12.55 is what was typed.
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip() or None
