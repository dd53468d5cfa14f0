"""Clauses of a notice of recruitment as people cite them; such a notice has no articles."""

from __future__ import annotations

import re

from portaria.core.messages import Message, declare, render
from portaria.documents.citation import cite

NUMBER = declare("recruitment-cited-number", "Aviso 8072/2017, no. {number}")
LETTER = declare("recruitment-cited-letter", "Aviso 8072/2017, no. {number} {letter})")
PROCESS = "Proc.\u00a0006/2017"
NOTICE_CLAUSE = re.compile(r"(Aviso-)?8072 (?P<number>\d{1,2})(/(?P<letter>[a-z]))?")
PROCESS_CLAUSE = re.compile(r"Proc-006( \d)?")
"""The paragraphs of Proc. 006/2017 are counted by us, not by the text, so they are not cited."""


def cited(clause: str, lang: str) -> str:
    """A clause in words; what an office wrote in its own words comes back unchanged."""
    if found := NOTICE_CLAUSE.fullmatch(clause):
        parts = {name: value for name, value in found.groupdict().items() if value}
        words = render(Message(LETTER if "letter" in parts else NUMBER, parts), lang)
        name, comma, place = words.partition(", ")
        return name + comma + place.replace(" ", "\u00a0")
    return PROCESS if PROCESS_CLAUSE.fullmatch(clause) else cite(clause, lang)
