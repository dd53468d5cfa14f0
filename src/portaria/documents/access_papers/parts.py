"""The pieces that the pages are made of, as `templates/access.typ` takes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from portaria.documents.access_papers.fingerprint import in_groups

Part = dict[str, Any]


def heading(text: str) -> Part:
    """A heading of a section."""
    return {"kind": "heading", "text": text}


def text(words: str, small: bool = False) -> Part:
    """A paragraph."""
    return {"kind": "text", "text": words, "small": small}


def address(lines: Iterable[str]) -> Part:
    """To whom a notice goes, line by line."""
    return {"kind": "address", "lines": [*lines]}


def state(words: str, lines: Iterable[str], final: bool) -> Part:
    """What nobody may overlook; final: in the calm colour, else in the warm one."""
    return {"kind": "state", "text": words, "lines": [*lines], "final": final}


def facts(rows: Iterable[tuple[str, str]]) -> Part:
    """Labels with their values."""
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


def card(title: str, side: str, parts: Iterable[Part]) -> Part:
    """Something with a name, a word beside it, and parts of its own."""
    return {"kind": "card", "title": title, "side": side, "parts": [*parts]}


def code(label: str, digits: str, words: str) -> Part:
    """A fingerprint in its frame, with what it is for."""
    return {"kind": "code", "label": label, "groups": in_groups(digits), "words": words}


def signature(day: str, office: str, name: str) -> Part:
    """A line to sign on, under place and day."""
    return {"kind": "signature", "day": day, "office": office, "name": name}


def names(groups: Iterable[tuple[str, Iterable[tuple[str, str]]]]) -> Part:
    """Many short lines in two columns, a name and what stands against it, under a letter each."""
    made = [{"letter": letter, "rows": [list(row) for row in rows]} for letter, rows in groups]
    return {"kind": "names", "groups": made}
