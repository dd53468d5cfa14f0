"""How the report says numbers and programmes, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from portaria.core.messages import Message, render, show
from portaria.core.rounding import TENTH, Rounding, round_to

NONE = "–"


class Speech:
    """Sentences and numbers of a report in `lang`."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def say(self, code: str, **params: object) -> str:
        """The declared sentence."""
        return render(Message(code, params), self.lang)

    def number(self, value: int) -> str:
        """A count, its thousands set apart."""
        return show(value, self.lang)

    def percent(self, count: int, of: int) -> str:
        """A share of the whole with one decimal; a dash where there is no whole."""
        if not of:
            return NONE
        exact = round_to(Fraction(100 * count, of), TENTH, Rounding.HALF_UP)
        return f"{show(exact, self.lang)}\u00a0%"

    def tenths(self, value: int | None) -> str:
        """Tenths of a point as a grade."""
        return NONE if value is None else show(Decimal(value).scaleb(-1), self.lang)

    def change(self, value: int | None) -> str:
        """A difference of grades in tenths, with its sign."""
        if value is None:
            return NONE
        sign = "+" if value > 0 else "−" if value < 0 else ""
        return sign + self.tenths(abs(value))

    def programme(self, row: Mapping[str, Any]) -> str:
        """Course, institution and code; the code alone where they have no name."""
        if not (row["course"] or row["institution"]):
            return str(row["programme"])
        names = [name for name in (row["course"], row["institution"]) if name]
        return f"{', '.join(names)} ({row['programme']})"
