"""Words looked for in names: accents, capitals and whatever is no letter left aside."""

from __future__ import annotations

from collections.abc import Iterable

from portaria.regulations.access.plan.search import folded as without_accents
from portaria.regulations.access.plan.search import spaced as spaced


def folded(text: str) -> str:
    """Text in small letters without accents, its spaces single: as names are sorted and kept."""
    letters = "".join(c for c in without_accents(text) if c.isprintable())
    return " ".join(letters.split())


def words_of(wanted: str) -> list[str]:
    """The words that somebody looks for."""
    return spaced(wanted).split()


def begin_in(words: Iterable[str], text: str) -> bool:
    """Whether each of the words begins a word of a text, which is `spaced`: `porto` begins none of
    `Desporto`."""
    return all(f" {word}" in text for word in words)


def stand_in(wanted: str, *texts: str | None) -> bool:
    """Whether each word of `wanted` stands somewhere in these texts, whole or as a part."""
    whole = folded(" ".join(text or "" for text in texts))
    return all(word in whole for word in folded(wanted).split())
