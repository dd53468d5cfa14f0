"""Clauses as people cite them: `211-A 37/3/b` is “art. 37.º, n.º 3, al. b)”."""

from __future__ import annotations

import re

CLAUSE = re.compile(
    r"((?P<text>\d+-[A-Z]) )?(?P<article>\d{1,3})"
    r"(/(?P<number>\d+))?(/(?P<letter>[a-z]))?(/(?P<item>[ivx]+))?"
)
WORDS = {
    "en": {"article": "art. {}", "number": "no. {}", "letter": "{})", "item": "{})"},
    "pt-PT": {
        "article": "art. {}.º",
        "number": "n.º {}",
        "letter": "al. {})",
        "item": "subal. {})",
    },
}
WORDS["pt-BR"] = WORDS["pt-PT"]


def cite(clause: str, lang: str, with_text: bool = False) -> str:
    """A clause in words; with the name of its text where asked (`Portaria 211-A`).

    What is no clause of ours (an office's own words) comes back unchanged.
    """
    found = CLAUSE.fullmatch(clause)
    if found is None:
        return clause
    words = ", ".join(
        form.format(found[part]) for part, form in WORDS[lang].items() if found[part] is not None
    )
    return f"{words} (Portaria {found['text']})" if with_text and found["text"] else words
