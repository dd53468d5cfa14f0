"""Clauses as people cite them: `211-A 37/3/b` is “art. 37.º, n.º 3, al. b)”."""

from __future__ import annotations

import re

TEXTS = {
    "438": "Regulamento n.º 438/2017",
    "6261-B": "Despacho n.º 6261-B/2017",
    "71": "Lei n.º 71/2017",
    "CEF": "Regulamento dos CEF",
    "DL-74": "Decreto-Lei n.º 74/2006",
    "73": "Lei n.º 73/2017",
    "CT": "Código do Trabalho",
    "LTFP": "Lei Geral do Trabalho em Funções Públicas",
    "CPT": "Código de Processo do Trabalho",
}
"""Texts that are no Portaria, by the name of their register."""
CLAUSE = re.compile(
    rf"((?P<text>\d+-[A-Z]|{'|'.join(map(re.escape, TEXTS))}) )?"
    r"((?P<article>\d{1,3})(/(?P<number>\d+))?(/(?P<letter>[a-z]))?(/(?P<item>[ivx]+))?"
    r"|anexo-(?P<annex>[IVX]+)(/\d+)?)"
)
"""The parts of an annex are numbered by us, not by the text, so they are not cited."""
LAW = re.compile(r"(?P<law>CPA) (?P<clause>.+)")
"""A law that a regulation leaves something to; always cited by its name."""
WORDS = {
    "en": {
        "article": "art. {}",
        "number": "no. {}",
        "letter": "{})",
        "item": "{})",
        "annex": "annex {}",
    },
    "pt-PT": {
        "article": "art. {}.º",
        "number": "n.º {}",
        "letter": "al. {})",
        "item": "subal. {})",
        "annex": "anexo {}",
    },
}
WORDS["pt-BR"] = WORDS["pt-PT"]


def cite(clause: str, lang: str, with_text: bool = False) -> str:
    """A clause in words; with the name of its text where asked (`Portaria 211-A`).

    What is no clause of ours (an office's own words) comes back unchanged.
    """
    if law := LAW.fullmatch(clause):
        return f"{law['law']}, {cite(law['clause'], lang)}"
    found = CLAUSE.fullmatch(clause)
    if found is None:
        return clause
    words = ", ".join(
        form.format(found[part]) for part, form in WORDS[lang].items() if found[part] is not None
    )
    text = found["text"]
    return f"{words} ({TEXTS.get(text, f'Portaria {text}')})" if with_text and text else words
