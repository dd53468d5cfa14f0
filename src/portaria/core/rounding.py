"""The only place that rounds: one exact function with an explicit mode.

No floats come in or go out, and the decimal context of the thread plays no part. Which mode a
number takes, and the clause that says so, is the caller's to state:

- half up: application grades to tenths and quota seats to whole seats (211-A 33/1, 10/3; the
  minimum of one seat is `max(1, ...)` at the caller), weekly hours, levels and credit grades;
- floor: preference seats, caps that may not be passed, whole percentage points;
- ceiling: minima that must be reached, lessons to recover;
- truncate: legal maximum prices, to the cent.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar, overload

from portaria.core.errors import UsageError

Whole = TypeVar("Whole")
"""An int, or a column of them."""

WHOLE = 1
HALF = Fraction(1, 2)
TENTH = Decimal("0.1")
CENT = Decimal("0.01")


class Rounding(StrEnum):
    """Where a value between two steps goes. Below zero, -1.25 to tenths stands as example."""

    HALF_UP = "half_up"
    """To the nearest step, a tie away from zero: 1.25 to 1.3, -1.25 to -1.3."""
    FLOOR = "floor"
    """To the step below, towards minus infinity: 1.25 to 1.2, -1.25 to -1.3."""
    CEILING = "ceiling"
    """To the step above, towards plus infinity: 1.25 to 1.3, -1.25 to -1.2."""
    TRUNCATE = "truncate"
    """To the step nearer to zero: 1.25 to 1.2, -1.25 to -1.2."""


@overload
def round_to(value: Fraction | Decimal | int, step: int, mode: Rounding) -> int: ...
@overload
def round_to(value: Fraction | Decimal | int, step: Decimal, mode: Rounding) -> Decimal: ...
@overload
def round_to(value: Fraction | Decimal | int, step: Fraction, mode: Rounding) -> Fraction: ...
def round_to(
    value: Fraction | Decimal | int, step: Fraction | Decimal | int, mode: Rounding
) -> Fraction | Decimal | int:
    """`value` as a whole number of `step`s, chosen by `mode`.

    The answer has the type of `step`: whole numbers for `1`, halves for `Fraction(1, 2)`, and for
    a Decimal as many decimals as the step is written with (`155` to `Decimal("0.1")` is `155.0`).
    Raises TypeError for a float, a bool or any other type, UsageError for a step that is not
    above zero and for a Decimal that is not finite.
    """
    step_exact = _exact(step, "step")
    if step_exact <= 0:
        raise UsageError(f"round_to: the step is {step}, it must be above zero")
    if not isinstance(mode, Rounding):
        raise TypeError(f"round_to: the mode is {mode!r}, give one of Rounding")
    count = _whole_steps(_exact(value, "value") / step_exact, mode)
    if isinstance(step, Decimal):
        return _times(count, step)
    return count * step


def _exact(value: Fraction | Decimal | int, name: str) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, Fraction)):
        raise TypeError(
            f"round_to: the {name} is {value!r} ({type(value).__name__}); "
            "give an int, a Decimal or a Fraction, never a float"
        )
    if isinstance(value, Decimal) and not value.is_finite():
        raise UsageError(f"round_to: the {name} is {value}, not a finite number")
    return Fraction(value)


def _whole_steps(steps: Fraction, mode: Rounding) -> int:
    """`steps` as an integer. Python's // goes towards minus infinity for negatives too."""
    below = steps.numerator // steps.denominator
    above = -(-steps.numerator // steps.denominator)
    match mode:
        case Rounding.FLOOR:
            return below
        case Rounding.CEILING:
            return above
        case Rounding.TRUNCATE:
            return below if steps > 0 else above
        case Rounding.HALF_UP:
            nearest = (2 * abs(steps.numerator) + steps.denominator) // (2 * steps.denominator)
            return nearest if steps > 0 else -nearest


def _times(count: int, step: Decimal) -> Decimal:
    """`count * step` exactly: a multiplication would round to the context's precision."""
    _, digits, exponent = step.as_tuple()
    assert isinstance(exponent, int)  # _exact has refused infinities and NaN
    product = abs(count) * int("".join(map(str, digits)))
    return Decimal((int(count < 0), tuple(map(int, str(product))), exponent))


def divide_floor(numerator: Whole, divisor: Any) -> Whole:
    """`numerator / divisor` to the whole number below."""
    return numerator // divisor  # type: ignore[no-any-return]


def divide_ceiling(numerator: Whole, divisor: Any) -> Whole:
    """`numerator / divisor` to the whole number above."""
    return (numerator + (divisor - 1)) // divisor  # type: ignore[no-any-return]


def without_zeros(value: Decimal) -> Decimal:
    """The same number without decimals that say nothing: 60, not 60.00 and not 6E+1."""
    text = format(value, "f")
    return Decimal(text.rstrip("0").rstrip(".")) if "." in text else Decimal(text)


def divide_half_up(numerator: Whole, divisor: Any) -> Whole:
    """`numerator / divisor` to the nearest whole number, a half up, with whole-number arithmetic.

    For numbers that are not negative: int, or integer columns (Polars expressions, NumPy arrays),
    which is why it names no type. Floats have no place here.
    """
    return (numerator * 2 + divisor) // (divisor * 2)  # type: ignore[operator, no-any-return]
