"""Numbers and days as people read them: nothing is rounded in silence."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from portaria.core.messages import show
from portaria.core.numbers import written

PLACES = 2
"""Decimals shown of a number that has no end."""


def amount(value: Fraction | int, lang: str) -> str:
    """`67,5`; where no decimal ends, the fraction and its first decimals: `70/3 (23,33…)`."""
    value = Fraction(value)
    text = written(value)
    if "/" not in text:
        return show(value, lang)
    cut = Fraction(abs(value.numerator) * 10**PLACES // value.denominator, 10**PLACES)
    whole, _, decimals = written(cut).partition(".")
    mark = "." if lang == "en" else ","
    sign = "-" if value < 0 else ""
    return f"{text} ({sign}{whole}{mark}{decimals.ljust(PLACES, '0')}…)"


def in_figures(day: date, lang: str) -> str:
    """A day in a table: `2018-08-31` in English, `31/08/2018` in Portuguese."""
    year, month, number = day.isoformat().split("-")
    return day.isoformat() if lang == "en" else f"{number}/{month}/{year}"
