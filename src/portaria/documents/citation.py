"""Clauses as people cite them: `211-A 37/3/b` is “art. 37.º, n.º 3, al. b)”."""

from __future__ import annotations

ARTICLE = {"en": "art. {}", "pt-PT": "art. {}.º", "pt-BR": "art. {}.º"}
NUMBER = {"en": "no. {}", "pt-PT": "n.º {}", "pt-BR": "n.º {}"}
LETTER = {"en": "{})", "pt-PT": "al. {})", "pt-BR": "al. {})"}


def cite(clause: str, lang: str, with_text: bool = False) -> str:
    """A clause in words; with the name of its text where asked (`Portaria 211-A`).

    What is no clause of ours (an office's own words) comes back unchanged.
    """
    text, _, number = clause.rpartition(" ")
    article, *rest = number.split("/")
    if not article.isdigit():
        return clause
    parts = [ARTICLE[lang].format(article)]
    for part in rest:
        form = NUMBER if part.isdigit() else LETTER
        parts.append(form[lang].format(part))
    words = ", ".join(parts)
    return f"{words} (Portaria {text})" if with_text and text else words
