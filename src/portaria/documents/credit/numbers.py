"""Shares and sums as people read them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from portaria.core.messages import show


def share(value: Fraction) -> str:
    """A share as the text writes it: `1/3`, `1/2`."""
    return f"{value.numerator}/{value.denominator}"


def sum_of(terms: Iterable[Fraction], lang: str) -> str:
    """`5 + 4`, each term exact."""
    return " + ".join(show(term, lang) for term in terms)
