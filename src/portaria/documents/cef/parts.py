"""The pieces that the pages are made of, as `templates/cef.typ` takes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

Part = dict[str, Any]
Row = list[str | Part]


def heading(text: str) -> Part:
    """A heading of a section."""
    return {"kind": "heading", "text": text}


def subheading(text: str) -> Part:
    """The name of a single point under a heading."""
    return {"kind": "subheading", "text": text}


def text(words: str, small: bool = False) -> Part:
    """A paragraph."""
    return {"kind": "text", "text": words, "small": small}


def bullets(lines: Iterable[str]) -> Part:
    """A list."""
    return {"kind": "bullets", "lines": [*lines]}


def facts(rows: Iterable[tuple[str, str]]) -> Part:
    """Labels with their values; an empty value is a line to fill."""
    return {"kind": "facts", "rows": [list(row) for row in rows]}


def lines(count: int) -> Part:
    """Empty lines to write on."""
    return {"kind": "lines", "count": count}


def said(words: str, name: str = "") -> Part:
    """The sentence that a certificate makes, around the name in large letters."""
    return {"kind": "said", "text": words, "name": name}


def code(label: str, groups: str, words: str) -> Part:
    """The verification code in its frame, with what it is for."""
    return {"kind": "code", "label": label, "groups": groups, "words": words}


def cell(words: str, strong: bool = False, alarm: bool = False) -> Part:
    """A cell of a table; `alarm`: what nobody may overlook, in colour and bold."""
    return {"text": words, "strong": strong, "alarm": alarm}


def table(
    header: Sequence[str],
    widths: Sequence[str],
    rows: Iterable[Row] | Iterable[list[str]],
    align: str,
    groups: Sequence[tuple[str, int]] = (),
    turned: int = 0,
    dense: bool = False,
    halved: int = 0,
) -> Part:
    """A table that breaks between its rows and repeats its header.

    widths: shares of the page, `3fr`, or `auto`; align: a letter l, c or r a column; groups: names
    over so many columns each; turned: how many of the last columns have their names upright;
    halved: from which step of tightness on two rows stand side by side, 0 for never.
    """
    return {
        "kind": "table",
        "header": [*header],
        "widths": [*widths],
        "align": [*align],
        "groups": [{"text": name, "span": span} for name, span in groups],
        "turned": turned,
        "dense": dense,
        "halved": halved,
        "rows": [[cell(c) if isinstance(c, str) else c for c in row] for row in rows],
    }


def kept(parts: Iterable[Part], again: str) -> Part:
    """Parts that stay together, the last of them a table; one that goes on over the page has
    `again` over its rows."""
    return {"kind": "kept", "parts": [*parts], "again": again}


def signatures(names: Iterable[tuple[str, str]], day: str) -> Part:
    """Lines to sign on, each over an office and a name; `day`: place and day, over them."""
    return {"kind": "signatures", "names": [list(name) for name in names], "day": day}
