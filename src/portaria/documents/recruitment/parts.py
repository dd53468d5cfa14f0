"""The pieces that the pages are made of, as `templates/recruitment.typ` takes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

Part = dict[str, Any]


def heading(text: str) -> Part:
    """A heading of a section."""
    return {"kind": "heading", "text": text}


def text(words: str) -> Part:
    """A paragraph."""
    return {"kind": "text", "text": words}


def state(words: str, lines: Iterable[str], final: bool) -> Part:
    """What nobody may overlook: whether the list is provisional or final, and since when."""
    return {"kind": "state", "text": words, "lines": [*lines], "final": final}


def bullets(lines: Iterable[str]) -> Part:
    """A list."""
    return {"kind": "bullets", "lines": [*lines]}


def facts(rows: Iterable[tuple[str, str]]) -> Part:
    """Labels with their values; an empty value is a line to fill."""
    return {"kind": "facts", "rows": [list(row) for row in rows]}


def table(
    header: Sequence[str], widths: Sequence[str], rows: Iterable[Sequence[str]], align: str
) -> Part:
    """A table that breaks between its rows and repeats its header; widths: `1fr` or `20mm`;
    align: a letter l, c or r a column."""
    return {
        "kind": "table",
        "header": [*header],
        "widths": [*widths],
        "align": [*align],
        "rows": [[*row] for row in rows],
    }


def names(rows: Iterable[str]) -> Part:
    """Names one under the other."""
    return {"kind": "names", "rows": [*rows]}


def signature(day: str, office: str, name: str) -> Part:
    """A line to sign on, under place and day."""
    return {"kind": "signature", "day": day, "office": office, "name": name}
