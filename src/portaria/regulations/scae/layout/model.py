"""A layout as data: what a file looks like, and where each column of a line comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "number", "flag", "decimal", "date", "month", "operation"]

LOAD: dict[str, Kind] = {
    "record": "text",
    "operation": "operation",
    "kind": "text",
    "enrolment": "text",
    "student": "text",
    "unit": "text",
    "period": "text",
    "class": "text",
    "course": "text",
    "effective_date": "date",
    "situation": "number",
    "mobility_date": "date",
    "student_hours": "decimal",
    "hours_partial": "flag",
    "complements": "text",
    "class_discipline": "text",
}
DISCIPLINES: dict[str, Kind] = {
    "record": "text",
    "scae_discipline": "text",
    "situation": "number",
    "evaluation_type": "number",
}
BLOCKS = {"load": LOAD, "load_disciplines": DISCIPLINES}
"""The result columns of each block and what they hold."""

NATURAL_KEY = ("unit", "period", "class", "student", "kind")
"""What says which record a DELETE means: keys of the school system mean nothing to SCAE (K5)."""

ISOLATED_KEY = "class_discipline"
"""What tells two isolated enrolments of a student in a class apart (R16); others have none."""

OPERATIONS = ("UPSERT", "DELETE")
FLAGS = ("true", "false")
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""What no line holds: line breaks, tabs and other control characters."""
LINE_ENDS = {"lf": "\n", "crlf": "\r\n"}
ENCODINGS = ("utf-8", "utf-8-sig", "latin-1", "iso-8859-15", "cp1252", "cp850", "ascii")


@dataclass(frozen=True)
class Source:
    """A column of a result table, or the month; `path` leads into the JSON of complements."""

    table: str
    column: str
    kind: Kind
    path: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """A column of a line. Without a `source` it holds `const` in every line.

    `width` counts characters: in a fixed layout the width itself, in a delimited one the most.
    `format` is a date pattern, `decimals:N` or `implied:N`, or says a word for each value.
    """

    name: str
    source: Source | None = None
    const: str = ""
    width: int | None = None
    right: bool = False
    pad: str = " "
    required: bool = False
    format: str | Mapping[str, str] = ""


@dataclass(frozen=True)
class Block:
    """The lines of one result table; `file` may hold `{month}`."""

    file: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Layout:
    """A layout without faults. `quote` is empty where values stand as they are."""

    name: str
    official: bool
    fixed: bool
    separator: str
    quote: str
    line_end: str
    encoding: str
    decimal_mark: str
    date_format: str
    header: bool
    operations: Mapping[str, str]
    load: Block
    disciplines: Block

    @property
    def one_file(self) -> bool:
        """Whether each line of load is followed by its disciplines, in the same file."""
        return self.load.file == self.disciplines.file
