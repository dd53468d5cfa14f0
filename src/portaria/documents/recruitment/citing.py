"""Clauses as people cite them, and the law that a sentence stands on.

The two publications that the program was written from belong to other procedures: what a sentence
says of somebody's own stands on the Code of Administrative Procedure (CPA). A clause of theirs is
cited where a question is about Aviso 8072/2017, or where an office wrote it down.
"""

from __future__ import annotations

import re

from portaria.core.messages import Message, declare, render
from portaria.documents.citation import cite

NUMBER = declare("recruitment-cited-number", "Aviso 8072/2017, no. {number}")
LETTER = declare("recruitment-cited-letter", "Aviso 8072/2017, no. {number} {letter})")
HEARING = declare("recruitment-law-hearing", "CPA, arts. 121 and 122")
COUNT = "CPA 87"
"""How working days are counted."""
PROCESS = "Proc.\u00a0006/2017"
NOTICE_CLAUSE = re.compile(r"(Aviso-)?8072 (?P<number>\d{1,2})(/(?P<letter>[a-z]))?")
PROCESS_CLAUSE = re.compile(r"Proc-006( \d)?")
"""The paragraphs of Proc. 006/2017 are counted by us, not by the text, so they are not cited."""


def hearing_law(lang: str) -> str:
    """The law of prior hearings."""
    return render(Message(HEARING), lang).replace(" ", "\u00a0")


def count_law(lang: str) -> str:
    """The law of working days."""
    return cite(COUNT, lang).replace(" ", "\u00a0")


def cited(clause: str, lang: str) -> str:
    """A clause in words; what an office wrote in its own words comes back unchanged."""
    if found := NOTICE_CLAUSE.fullmatch(clause):
        parts = {name: value for name, value in found.groupdict().items() if value}
        words = render(Message(LETTER if "letter" in parts else NUMBER, parts), lang)
        name, comma, place = words.partition(", ")
        return name + comma + place.replace(" ", "\u00a0")
    return PROCESS if PROCESS_CLAUSE.fullmatch(clause) else cite(clause, lang)
