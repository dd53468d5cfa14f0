"""The rows of a folder as its checks look at them, and how a fault of a cell is told."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from portaria.core.messages import Message
from portaria.core.problem import Problem
from portaria.core.rounding import without_zeros
from portaria.regulations.recruitment.model import Notice
from portaria.regulations.recruitment.plain_text import without_hidden
from portaria.tables.folder import Folder
from portaria.tables.raw import cut
from portaria.tables.schema import SOURCE_ROW

Row = dict[str, Any]


class Checked:
    """The typed rows of a folder; what could not be read is None and told already. `notice`: None
    where it has a fault itself."""

    def __init__(self, tables: Folder, notice: Notice | None) -> None:
        self.tables, self.notice = tables, notice
        self.rows: dict[str, list[Row]] = {
            name: frame.to_dicts() for name, frame in tables.frames.items()
        }
        self._unread = {(each.file, each.row, each.column) for each in tables.problems}

    def told(self, table: str, row: Row, column: str, message: Message) -> Problem:
        """The fault of a cell, with what stands in it."""
        value = row[column]
        text = str(without_zeros(value) if isinstance(value, Decimal) else value)
        shown = None if value is None else cut(without_hidden(text))
        file = self.tables.file(table)
        return Problem(file, message, row=row[SOURCE_ROW], column=column, value=shown)

    def is_unread(self, table: str, row: Row, *columns: str) -> bool:
        """Whether a cell has a fault already, by itself or because its column is missing."""
        file = self.tables.file(table)
        return any(
            (file, at, column) in self._unread for at in (1, row[SOURCE_ROW]) for column in columns
        )
