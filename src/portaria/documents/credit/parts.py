"""The pieces that the pages are made of, as `templates/credit.typ` takes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

Part = dict[str, Any]


def heading(text: str) -> Part:
    """A heading of a section."""
    return {"kind": "heading", "text": text}


def text(words: str, small: bool = False) -> Part:
    """A paragraph."""
    return {"kind": "text", "text": words, "small": small}


def banner(title: str, words: Iterable[str] = ()) -> Part:
    """What nobody may overlook."""
    return {"kind": "banner", "title": title, "lines": [*words]}


def facts(rows: Iterable[tuple[str, str]]) -> Part:
    """Labels with their values; an empty value is a line to fill."""
    return {"kind": "facts", "rows": [list(row) for row in rows]}


def bullets(lines: Iterable[str]) -> Part:
    """A list."""
    return {"kind": "bullets", "lines": [*lines]}


def boxes(lines: Iterable[str]) -> Part:
    """Lines to tick, one of them or several."""
    return {"kind": "boxes", "lines": [*lines]}


def questions(rows: Iterable[str], answers: Sequence[str]) -> Part:
    """Questions, each with its answers to tick in a row."""
    return {"kind": "questions", "rows": [*rows], "answers": [*answers]}


def lines(label: str, count: int = 2) -> Part:
    """Empty lines to write on."""
    return {"kind": "lines", "label": label, "count": count}


def cell(words: str, notes: Iterable[str] = (), strong: bool = False) -> Part:
    """A cell of a table, with smaller lines under it."""
    return {"text": words, "notes": [*notes], "strong": strong}


def table(
    header: Sequence[str],
    widths: Sequence[str],
    rows: Iterable[Sequence[str | Part]],
    right: Sequence[int] = (),
) -> Part:
    """A table that breaks between its rows. widths: shares of the page, `3fr`, or `auto`; `right`:
    columns of numbers."""
    return {
        "kind": "table",
        "header": [*header],
        "widths": [*widths],
        "right": [*right],
        "rows": [[cell(c) if isinstance(c, str) else c for c in row] for row in rows],
    }


def card(title: str, side: str, parts: Iterable[Part]) -> Part:
    """One unit with all that is to be judged of it, kept on one page where it fits."""
    return {"kind": "card", "title": title, "side": side, "parts": [*parts]}


def signatures(names: Iterable[str], day: str, dated: bool = False) -> Part:
    """Lines to sign on, each over the name or office under it; the day, to be filled or `dated`."""
    return {"kind": "signatures", "names": [*names], "day": day, "dated": dated}
