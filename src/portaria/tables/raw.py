"""A table as it was found: every cell as text, with its row; and the faults of reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import polars as pl

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.core.rounding import without_zeros

SHOWN = 60

EMPTY_FILE = declare("empty-file", "the file is empty: write at least the line of column names")
DUPLICATE_HEADER = declare(
    "duplicate-header", "the column {column} stands {count} times in the header: keep one of them"
)
BLANK_HEADER = declare(
    "blank-header", "column {number} has no name in the header: name it or remove it"
)
NUMBER_AS_CODE = declare(
    "number-as-code",
    "a number stands where a code or text is meant (02 would become 2): format the cell as text",
)
NOT_READABLE = declare(
    "file-not-readable", "the file cannot be read as {format} ({detail}): save it again"
)


@dataclass
class RawTable:
    """`cells` has one String column a header name and `source_row`; blank cells are null."""

    file: str
    cells: pl.DataFrame
    sheet: str = ""
    problems: list[Problem] = field(default_factory=list)


def cut(value: object) -> str:
    """A value as shown in a problem: one line, at most 60 characters."""
    if isinstance(value, Decimal):
        value = without_zeros(value)
    text = " ".join(str(value).split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def header_problems(file: str, header: Sequence[str], sheet: str = "") -> list[Problem]:
    """Names that stand twice, and columns without a name."""
    problems = []
    for name in dict.fromkeys(header):
        if name and (count := header.count(name)) > 1:
            message = Message(DUPLICATE_HEADER, {"column": cut(name), "count": count})
            problems.append(Problem(file, message, sheet, 1, cut(name)))
    for number, name in enumerate(header, 1):
        if not name:
            problems.append(Problem(file, Message(BLANK_HEADER, {"number": number}), sheet, 1))
    return problems
