"""What a report is made of, whatever it tells and however it is rendered (HTML, PDF).

A report is sections; a section is paragraphs, tables and pictures. Every picture stands beside a
table or a sentence that says the same, so nothing is told by a picture alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Cell:
    """A cell as text; `share` (0 to 1) draws a bar of that length under it."""

    text: str
    share: float | None = None


@dataclass(frozen=True)
class Table:
    """A table with its caption; `align` has one letter a column: l (text) or r (numbers)."""

    caption: str
    header: Sequence[str]
    align: str
    rows: Sequence[Sequence[Cell]]
    long: bool = False
    """A long table is folded on the screen, with a field to filter its rows."""

    kind: Literal["table"] = "table"


@dataclass(frozen=True)
class Picture:
    """An SVG drawing, the words that stand for it, and its caption."""

    svg: str
    words: str
    caption: str
    width: int
    """Of the page, in percent."""

    kind: Literal["picture"] = "picture"


@dataclass(frozen=True)
class Section:
    """A heading (with `name` for links), what it says, and its tables and pictures."""

    name: str
    title: str
    text: Sequence[str]
    parts: Sequence[Table | Picture] = ()


@dataclass(frozen=True)
class Figure:
    """One of the numbers that stand first: the number and what it counts."""

    number: str
    words: str


@dataclass(frozen=True)
class Document:
    """A whole report in one language; `words` are those of the page itself (contents, filter)."""

    lang: str
    title: str
    subtitle: str
    figures: Sequence[Figure]
    sections: Sequence[Section]
    foot: Sequence[str]
    words: dict[str, str] = field(default_factory=dict)


def text_row(*cells: str | Cell) -> list[Cell]:
    """A row, plain text or cells."""
    return [cell if isinstance(cell, Cell) else Cell(cell) for cell in cells]
