"""Exact numbers: ints and Fractions, never a float."""

from fractions import Fraction


def half_up(value: Fraction) -> int:
    """The nearest whole number, a half upwards; nothing here is below zero."""
    return (value + Fraction(1, 2)).__floor__()


def up(value: Fraction) -> int:
    """The whole number that is not below."""
    return value.__ceil__()


def mean(values: list[Fraction]) -> Fraction | None:
    """The simple mean; None of nothing."""
    return sum(values, Fraction(0)) / len(values) if values else None
