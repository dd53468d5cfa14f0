"""XLSX files: the first sheet, typed cells checked and not guessed.

Read with python-calamine, blank rows kept so that row numbers stay those of the spreadsheet.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook

from portaria.core.messages import Message
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


def read_xlsx(path: Path, text_columns: frozenset[str]) -> RawTable:
    """Read the first sheet as text. A number in a column of codes is a problem."""
    file = path.name
    try:
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        lines: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError, IndexError) as error:
        message = Message(NOT_READABLE, {"format": "XLSX", "detail": cut(error)})
        return RawTable(file, pl.DataFrame(), problems=[Problem(file, message)])
    numbered = [(row, line) for row, line in enumerate(lines, 1) if any(map(_text, line))]
    if not numbered:
        empty = Problem(file, Message(EMPTY_FILE), sheet.name)
        return RawTable(file, pl.DataFrame(), sheet.name, [empty])
    header = [_text(cell) or "" for cell in numbered[0][1]]
    while header and not header[-1]:
        header.pop()
    problems = header_problems(file, header, sheet.name)
    if problems:
        return RawTable(file, pl.DataFrame(), sheet.name, problems)
    columns: dict[str, list[str | None]] = {name: [] for name in header}
    for row, line in numbered[1:]:
        for name, cell in zip(header, line, strict=False):
            if name in text_columns and not isinstance(cell, str):
                message = Message(NUMBER_AS_CODE)
                problems.append(Problem(file, message, sheet.name, row, name, _text(cell)))
            columns[name].append(_text(cell))
    rows = pl.Series(SOURCE_ROW, [row for row, _ in numbered[1:]], dtype=pl.UInt32)
    cells = pl.DataFrame(columns, schema=dict.fromkeys(header, pl.String)).with_columns(rows)
    return RawTable(file, cells, sheet.name, problems)


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
