"""How amounts, shares and readings of student prices are written."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from portaria.core.messages import declare
from portaria.core.numbers import written
from portaria.documents.cef.sentence import sentence

READING = declare("social-reading", "By the reading {name} = {choice}.")


def plain(value: Fraction) -> str:
    """An amount for programs: with a point and two decimals at least, `3.20`, `84.07525`."""
    text = written(value)
    if "/" in text:
        return text
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals.ljust(2, '0')}"


def money(value: Fraction, lang: str) -> str:
    """The same for people: `3,20` in Portuguese."""
    return plain(value) if lang == "en" else plain(value).replace(".", ",")


def percent(share: Fraction, lang: str) -> str:
    """`0,63 %` for 0.0063."""
    text = written(share * 100)
    return text + "%" if lang == "en" else text.replace(".", ",") + "\u00a0%"


def readings_told(changed: Mapping[str, str], lang: str) -> list[str]:
    """A sentence for each reading that is not the edition's own."""
    return [sentence(READING, lang, name=name, choice=each) for name, each in changed.items()]
