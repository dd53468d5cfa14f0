"""Exact numbers: read from text, written as decimals where finite and as p/q where not."""

import re
from fractions import Fraction

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+|/[0-9]*[1-9][0-9]*)?")
HALF = Fraction(1, 2)


def number(text: object) -> Fraction | None:
    """A decimal string as the contract writes it; None for anything else, a float too."""
    if isinstance(text, str) and NUMBER.fullmatch(text):
        return Fraction(text)
    return None


def written(value: Fraction | int) -> str:
    """`5`, `67.5`, `70/3`."""
    value = Fraction(value)
    rest, places = value.denominator, 0
    while rest % 2 == 0 or rest % 5 == 0:
        rest //= 10 if rest % 10 == 0 else 2 if rest % 2 == 0 else 5
        places += 1
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    whole, decimals = digits[: len(digits) - places], digits[len(digits) - places :].rstrip("0")
    return ("-" if value < 0 else "") + (f"{whole}.{decimals}" if decimals else whole)


def floor(value: Fraction, step: Fraction) -> Fraction:
    """Down to a whole number of steps."""
    return (value / step).__floor__() * step


def half_up(value: Fraction, step: Fraction) -> Fraction:
    """To the nearest step, a tie upwards; nothing here is below zero."""
    return floor(value + step / 2, step)
