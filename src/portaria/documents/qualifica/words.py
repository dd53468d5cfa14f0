"""Clauses of the order as people cite them, its wrong references, other readings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

from portaria.core.edition import Correction, Edition
from portaria.core.messages import Message, declare, render
from portaria.documents.citation import WORDS, cite

READING = declare("qualifica-reading", "By another reading, {words}.")
WORDS_OF_READINGS = {
    ("need_points", "whole"): declare(
        "qualifica-reading-whole-points", "only whole points above the nation give hours"
    ),
    ("need_points", "fraction"): declare(
        "qualifica-reading-parts-of-points", "parts of a point above the nation give hours too"
    ),
    ("performance_points", "whole"): declare(
        "qualifica-reading-whole-fives", "only whole fives of points below the target take hours"
    ),
    ("performance_points", "fraction"): declare(
        "qualifica-reading-parts-of-fives", "parts of five points below the target take hours too"
    ),
    ("entry_day", "new"): declare(
        "qualifica-reading-new", "a centre authorised on 18 July 2017 is a new one"
    ),
    ("entry_day", "old"): declare(
        "qualifica-reading-old", "a centre authorised on 18 July 2017 is not a new one"
    ),
    ("partner_most", "at_the_end"): declare(
        "qualifica-reading-at-the-end", "the 44 hours of a partner bound the result"
    ),
    ("partner_most", "before_proportion"): declare(
        "qualifica-reading-before",
        "the 44 hours of a partner bound what its proportion is taken of",
    ),
}
"""What a choice of a reading means, to stand in a sentence."""
CORRECTION = declare(
    "qualifica-correction",
    "The text of {where} says {says}; it is read as {means} ({source}).",
)
ANNEX = re.compile(r"6261-B anexo-(?P<annex>[IV]+)/(?P<number>[0-9.]+)(/(?P<letter>[a-z]))?")
"""The annexes of this order number their parts themselves, unlike others."""


def clause_words(clause: str, lang: str) -> str:
    """`6261-B anexo-I/2/a` as `anexo I, n.º 2, al. a)`, an article as everywhere."""
    found = ANNEX.fullmatch(clause)
    if found is None:
        return cite(clause, lang)
    parts = found.groupdict()
    forms = WORDS[lang]
    return ", ".join(forms[part].format(each) for part, each in parts.items() if each)


def say(code: str, lang: str, clause: str = "", **params: object) -> str:
    """The sentence of a code; clause: as rules name it, for its place {clause}."""
    return render(Message(code, {**params, "clause": clause_words(clause, lang)}), lang)


def corrections_row(edition: Edition) -> list[dict[str, str]]:
    """The wrong references of the text, as data."""
    return [asdict(each) for each in edition.corrections]


def corrections_told(edition: Edition, where: Iterable[str], lang: str) -> Iterator[str]:
    """A sentence for each wrong reference of these clauses."""
    found: Iterable[Correction] = edition.corrections
    for each in found:
        if each.where in where:
            params = {**asdict(each), "where": clause_words(each.where, lang)}
            yield render(Message(CORRECTION, params), lang)


def readings_told(changed: Mapping[str, str], lang: str) -> Iterator[str]:
    """A sentence for each reading that is not the edition's own."""
    for chosen in changed.items():
        yield say(READING, lang, words=say(WORDS_OF_READINGS[chosen], lang))
