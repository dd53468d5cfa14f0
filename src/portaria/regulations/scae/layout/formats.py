"""How a value is written: which formats each kind of column takes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from portaria.core.messages import Message
from portaria.regulations.scae.layout import words
from portaria.regulations.scae.layout.model import FLAGS, Kind

DECIMALS = re.compile(r"(decimals|implied):(\d)")
MOST_PLACES = 6
MONTH_FORMAT = "%Y-%m"


def is_date_pattern(text: str, letters: str) -> bool:
    """Whether a date pattern says something, with no other codes than `%` and these letters.

    Codes of names (`%B`) would follow a language, those of hours have nothing to say.
    """
    return bool(re.fullmatch(rf"(%[{letters}]|[^%])+", text)) and "%" in text


def decimals(text: str) -> tuple[str, int]:
    """`decimals:2` as (`decimals`, 2): with the mark, or as whole units of 10**-2 (`implied`)."""
    found = DECIMALS.fullmatch(text)
    assert found, "the format was checked as it was read"
    return found[1], int(found[2])


def misfit(value: object, kind: Kind, plain: bool) -> Message | None:
    """What is meant where `value` is no format for a column of this kind, else None.

    `plain` columns hold a value of a result column itself, not something inside complements.
    """
    if kind == "operation":
        return Message(words.MEANT_NOTHING)
    if kind == "date":
        fits = isinstance(value, str) and is_date_pattern(value, "dmYy")
        return None if fits else Message(words.MEANT_DATE)
    if kind == "month":
        fits = isinstance(value, str) and is_date_pattern(value, "mYy")
        return None if fits else Message(words.MEANT_MONTH)
    if kind == "decimal":
        found = DECIMALS.fullmatch(value) if isinstance(value, str) else None
        fits = found is not None and int(found[2]) <= MOST_PLACES
        return None if fits else Message(words.MEANT_DECIMAL, {"most": MOST_PLACES})
    said = value if isinstance(value, Mapping) else {}
    fits = bool(said) and all(isinstance(word, str) for word in said.values())
    if kind == "flag" and plain:
        return None if fits and set(said) == set(FLAGS) else Message(words.MEANT_FLAGS)
    return None if fits else Message(words.MEANT_WORDS)
