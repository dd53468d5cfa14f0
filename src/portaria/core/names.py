"""The one order of names, in data and on paper: as people look them up."""

from __future__ import annotations

import unicodedata


def by_name(name: str, key: str = "") -> tuple[str, str, str]:
    """To sort by: without accents and capitals, so that Úrsula stands before Valdemar; two people
    of one name by their `key`."""
    letters = unicodedata.normalize("NFD", name.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c)), name, key
