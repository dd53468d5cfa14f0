"""Rounding: every mode at its ties and just beside them, and never a float."""

import decimal
from decimal import Decimal
from fractions import Fraction
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portaria.core.errors import UsageError
from portaria.core.rounding import CENT, HALF, TENTH, WHOLE, Rounding, round_to

HALF_UP, FLOOR, CEILING, TRUNCATE = (
    Rounding.HALF_UP,
    Rounding.FLOOR,
    Rounding.CEILING,
    Rounding.TRUNCATE,
)


@pytest.mark.parametrize(
    ("value", "half_up", "floor", "ceiling", "truncate"),
    [
        ("0", 0, 0, 0, 0),
        ("2", 2, 2, 2, 2),
        ("2.4999", 2, 2, 3, 2),
        ("2.5", 3, 2, 3, 2),
        ("2.5001", 3, 2, 3, 2),
        ("3.5", 4, 3, 4, 3),
        ("0.5", 1, 0, 1, 0),
        ("0.4999", 0, 0, 1, 0),
        ("-2", -2, -2, -2, -2),
        ("-0.4999", 0, -1, 0, 0),
        ("-0.5", -1, -1, 0, 0),
        ("-2.4999", -2, -3, -2, -2),
        ("-2.5", -3, -3, -2, -2),
        ("-2.5001", -3, -3, -2, -2),
    ],
)
def test_each_mode_at_its_ties_and_beside_them(value, half_up, floor, ceiling, truncate):
    for exact in (Decimal(value), Fraction(value)):
        assert round_to(exact, WHOLE, HALF_UP) == half_up
        assert round_to(exact, WHOLE, FLOOR) == floor
        assert round_to(exact, WHOLE, CEILING) == ceiling
        assert round_to(exact, WHOLE, TRUNCATE) == truncate


@pytest.mark.parametrize(
    ("situation", "value", "step", "mode", "expected"),
    [
        ("application grade, 0.05 goes up", Fraction("155.45"), TENTH, HALF_UP, "155.5"),
        ("application grade, just below", Fraction("155.4499999"), TENTH, HALF_UP, "155.4"),
        ("application grade of thirds", Fraction(466, 3), TENTH, HALF_UP, "155.3"),
        ("a whole grade keeps its tenth", 200, TENTH, HALF_UP, "200.0"),
        ("12.25 is no 12.2", Decimal("12.25"), TENTH, HALF_UP, "12.3"),
        ("3.5 % of 10 seats", Fraction(35, 100), WHOLE, HALF_UP, "0"),
        ("2.5 % of 60 seats", Fraction(3, 2), WHOLE, HALF_UP, "2"),
        ("regional preference, 37 % of 24", Fraction(37 * 24, 100), WHOLE, FLOOR, "8"),
        ("20 % of 37 seats may not be passed", Fraction(37, 5), WHOLE, FLOOR, "7"),
        ("5 % of 1234 seats must be reached", Fraction(1234, 20), WHOLE, CEILING, "62"),
        ("weekly hours", Decimal("82.5"), WHOLE, HALF_UP, "83"),
        ("level of the mean of 2, 3, 3, 2", Fraction(5, 2), WHOLE, HALF_UP, "3"),
        ("foreign grade 7.25 doubled", Decimal("14.50"), WHOLE, HALF_UP, "15"),
        ("100 hours at 27 a credit, to the half", Fraction(100, 27), HALF, FLOOR, "7/2"),
        ("bed, 17.5 % of 428.90", Decimal("75.05750"), CENT, TRUNCATE, "75.05"),
        ("meal, 0.63 % of 522.50", Decimal("3.291750"), CENT, TRUNCATE, "3.29"),
    ],
)
def test_numbers_of_the_regulations(situation, value, step, mode, expected):
    assert str(round_to(value, step, mode)) == expected, situation


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (1, int),
        (5, int),
        (TENTH, Decimal),
        (Decimal("5"), Decimal),
        (HALF, Fraction),
        (Fraction(1), Fraction),
    ],
)
def test_the_answer_has_the_type_of_the_step(step, expected):
    assert type(round_to(Fraction(73, 10), step, FLOOR)) is expected


@pytest.mark.parametrize(
    ("value", "step", "expected"),
    [
        (Decimal("3.14"), Decimal("0.50"), "3.00"),
        (Decimal("0.04"), TENTH, "0.0"),
        (Decimal("-0.04"), TENTH, "0.0"),
        (1234, Decimal("1E+2"), "1.2E+3"),
    ],
)
def test_a_decimal_is_written_as_its_step(value, step, expected):
    assert str(round_to(value, step, TRUNCATE)) == expected


def test_the_decimal_context_plays_no_part():
    value = Decimal("123456789012345678901234567890.45")
    with decimal.localcontext() as context:
        context.clear_flags()  # what other tests did in this thread
        context.prec = 3
        context.rounding = decimal.ROUND_UP
        context.Emax, context.Emin = 5, -5
        context.traps[decimal.Inexact] = context.traps[decimal.Rounded] = True
        rounded = round_to(value, TENTH, HALF_UP)
        assert not context.flags[decimal.Inexact]
    assert str(rounded) == "123456789012345678901234567890.5"


@pytest.mark.parametrize("wrong", [2.5, 0.1, inf, True, "2.5", None, 1 + 0j])
def test_floats_and_other_types_are_refused(wrong):
    with pytest.raises(TypeError, match="never a float"):
        round_to(wrong, WHOLE, HALF_UP)
    with pytest.raises(TypeError, match="never a float"):
        round_to(1, wrong, HALF_UP)


def test_a_mode_by_its_name_is_refused():
    with pytest.raises(TypeError, match="one of Rounding"):
        round_to(1, WHOLE, "half_up")  # type: ignore[call-overload]


@pytest.mark.parametrize("step", [0, -1, Decimal("0.0"), Fraction(-1, 2), Decimal("NaN")])
def test_a_step_must_be_above_zero(step):
    with pytest.raises(UsageError, match="step"):
        round_to(1, step, HALF_UP)


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("-Infinity"), Decimal("sNaN")])
def test_a_value_must_be_finite(value):
    with pytest.raises(UsageError, match="not a finite number"):
        round_to(value, WHOLE, FLOOR)


fractions = st.fractions(max_denominator=2000)
ties = st.builds(lambda n: Fraction(n, 2), st.integers(-2000, 2000))
steps = st.fractions(min_value=Fraction(1, 1000), max_value=50, max_denominator=1000)


@given(fractions | ties, steps, st.sampled_from(Rounding))
def test_the_definition_of_each_mode(value, step, mode):
    """By comparing with the multiples of the step beside the value, not by dividing."""
    rounded = round_to(value, step, mode)
    assert (rounded / step).denominator == 1
    off = rounded - value
    if mode is FLOOR:
        assert -step < off <= 0
    elif mode is CEILING:
        assert 0 <= off < step
    elif mode is TRUNCATE:
        assert abs(rounded) <= abs(value) < abs(rounded) + step
        assert rounded * value >= 0
    else:
        assert abs(off) * 2 <= step
        if abs(off) * 2 == step:
            assert abs(rounded) > abs(value)


@given(st.decimals(-1000, 1000, places=4), st.sampled_from(Rounding))
def test_as_the_decimal_module_rounds(value, mode):
    modes = {
        HALF_UP: decimal.ROUND_HALF_UP,
        FLOOR: decimal.ROUND_FLOOR,
        CEILING: decimal.ROUND_CEILING,
        TRUNCATE: decimal.ROUND_DOWN,
    }
    assert round_to(value, CENT, mode) == value.quantize(CENT, modes[mode])


@given(fractions, fractions, steps, st.sampled_from(Rounding))
def test_order_is_kept_and_twice_is_once(one, other, step, mode):
    low, high = sorted((one, other))
    assert round_to(low, step, mode) <= round_to(high, step, mode)
    once = round_to(one, step, mode)
    assert round_to(once, step, mode) == once
