"""A sentence of an answer, its clause written as people cite it."""

from __future__ import annotations

from portaria.core.messages import Message, render
from portaria.documents.citation import cite


def sentence(code: str, lang: str, clause: str = "", **params: object) -> str:
    """The sentence of a code; clause: as rules name it, `CEF 8/4`, for its place {clause}."""
    return render(Message(code, {**params, "clause": cite(clause, lang)}), lang)
