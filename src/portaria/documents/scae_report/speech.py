"""How the summary says numbers, months and names, in one language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from portaria.core.messages import Message, declare, render, show
from portaria.core.rounding import TENTH, WHOLE, Rounding, round_to
from portaria.documents.scae_report.names import (
    EXCLUSION,
    LEVEL_NAMES,
    MODALITY_NAMES,
    SITUATION_NAMES,
)

NONE = "–"
NO_UNIT = declare("scae-report-no-unit", "without a unit")


class Speech:
    """Sentences and numbers of a summary in `lang`."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def say(self, code: str, **params: object) -> str:
        """The declared sentence."""
        return render(Message(code, params), self.lang)

    def count(self, none: str, some: str, count: int, **params: object) -> str:
        """The sentence of `none` where there is nothing, else `some`, which counts."""
        return self.say(some, count=count, **params) if count else self.say(none, **params)

    def number(self, value: int) -> str:
        """A count, its thousands set apart."""
        return show(value, self.lang)

    def hours(self, value: Decimal | None) -> str:
        """Hours with two decimals: `1.234,50`; a dash where they are not known."""
        if value is None:
            return NONE
        whole, _, rest = f"{abs(value):.2f}".partition(".")
        point = "." if self.lang == "en" else ","
        return f"{'−' if value < 0 else ''}{show(int(whole), self.lang)}{point}{rest}"

    def whole_hours(self, value: Decimal) -> str:
        """Hours rounded to the whole, where two decimals would say too much."""
        return self.number(round_to(value, WHOLE, Rounding.HALF_UP))

    def percent(self, part: int, of: int) -> str:
        """A share of the whole with one decimal; a dash where there is no whole."""
        return self._percent(Fraction(100 * part, of)) if of else NONE

    def change(self, now: int, before: int) -> str:
        """The difference with its sign."""
        return _signed(now - before, self.number(abs(now - before)))

    def change_of_hours(self, now: Decimal, before: Decimal) -> str:
        """The difference with its sign, two decimals."""
        return _signed(now - before, self.hours(abs(now - before)))

    def growth(self, now: int | Decimal, before: int | Decimal) -> str:
        """The difference as a share of what was before; a dash where there was nothing."""
        if not before:
            return NONE
        difference = Fraction(now) - Fraction(before)
        return _signed(difference, self._percent(abs(100 * difference / Fraction(before))))

    def _percent(self, exact: Fraction) -> str:
        number = show(round_to(exact, TENTH, Rounding.HALF_UP), self.lang)
        return f"{number}\u00a0%" if self.lang == "pt-PT" else f"{number}%"

    def month(self, month: str, short: bool = False) -> str:
        """`2024-03` as “março de 2024”, or “mar. de 2024”."""
        from babel.dates import format_skeleton

        first = date.fromisoformat(f"{month}-01")
        skeleton = "yMMM" if short else "yMMMM"
        return str(format_skeleton(skeleton, first, locale=self.lang.replace("-", "_")))

    def situation(self, operation: str, code: str) -> str:
        """`1 Matriculado`; the words of the exclusion command; an unknown code by itself."""
        if operation == "DELETE":
            return self.say(EXCLUSION)
        return f"{code} {self.say(SITUATION_NAMES[code])}" if code in SITUATION_NAMES else code

    def level(self, level: str) -> str:
        """The name of a level of education."""
        return self.say(LEVEL_NAMES[level]) if level in LEVEL_NAMES else level or NONE

    def modality(self, level: str, code: str) -> str:
        """`8 Nova EJA`; a code that the text does not name by itself."""
        name = MODALITY_NAMES.get((level, code.lstrip("0")))
        return f"{code} {self.say(name)}" if name else code or NONE

    def unit(self, unit: str) -> str:
        """The code of a unit."""
        return unit or self.say(NO_UNIT)


def _signed(difference: int | Decimal | Fraction, size: str) -> str:
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return sign + size
