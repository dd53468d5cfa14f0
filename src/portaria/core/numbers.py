"""Exact numbers as text: read as people write them in data, written without rounding.

A number in data is a decimal with a point, `67.5`, or a fraction of two whole numbers, `70/3`.
"""

from __future__ import annotations

import re
from fractions import Fraction

NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12}|/[0-9]{1,12})?")


def exact(text: str) -> Fraction | None:
    """The number that `text` writes; None where it writes none, a decimal comma too."""
    if NUMBER.fullmatch(text) is None:
        return None
    try:
        return Fraction(text)
    except ZeroDivisionError:
        return None


def written(value: Fraction | int) -> str:
    """`5`, `67.5`, and `70/3` where no decimal is finite."""
    value = Fraction(value)
    twos, fives = _times(value.denominator, 2), _times(value.denominator, 5)
    if value.denominator != 2**twos * 5**fives:
        return f"{value.numerator}/{value.denominator}"
    places = max(twos, fives)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def _times(number: int, factor: int) -> int:
    """How many times `factor` divides `number`."""
    count = 0
    while number % factor == 0:
        number, count = number // factor, count + 1
    return count
