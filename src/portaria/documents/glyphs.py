"""Characters that the fonts of the documents have; PDF/A refuses a page with any other.

A name in Chinese or an emoji in a note would leave the student without a document, so what cannot
be shown stands as a mark, and the rest of the words with it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

MISSING = "\ufffd"
SHOWN = re.compile(
    "[\u0020-\u007e\u00a0-\u024f\u0300-\u036f\u0370-\u03ff\u0400-\u045f\u1e00-\u1eff"
    "\u2010-\u2027\u2030-\u203a\u20ac\u2116\u2122\u2190-\u2193\u2212\u2260\u2264\u2265\u2610\ufffd]"
)

LONG = re.compile(r"\S{40,}")
"""A word so long that no cell holds it: it may break."""
PIECE = 20
CITED = re.compile(r"\[(art|annex|anexo)[^\]()]{1,40}\)?\]")
"""A clause in its brackets, without the name of a text."""


def shown(text: str) -> str:
    """The text with a mark in place of every character that no page could show; line ends and
    tabs become spaces."""
    plain = unicodedata.normalize("NFC", text)
    known = "".join(c if SHOWN.match(c) else " " if c.isspace() else MISSING for c in plain)
    return LONG.sub(lambda found: _in_pieces(found[0]), known)


def _in_pieces(word: str) -> str:
    """With a place to break after every so many characters."""
    return "\u200b".join(word[at : at + PIECE] for at in range(0, len(word), PIECE))


def fit(data: Any) -> Any:
    """The same data with every text of it fit for a page, and no clause broken over two lines."""
    if isinstance(data, str):
        return CITED.sub(lambda found: found[0].replace(" ", "\u00a0"), shown(data))
    if isinstance(data, dict):
        return {key: fit(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [fit(value) for value in data]
    return data
