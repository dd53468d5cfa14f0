"""Student prices: what always holds, the dated data, the series."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portaria.core.errors import ConfigurationError, UsageError
from portaria.core.messages import Message
from portaria.regulations.social.ias import ias_of, parse, table
from portaria.regulations.social.model import Asked, Extra
from portaria.regulations.social.prices import SUM_WITHOUT_PRICE, prices
from portaria.regulations.social.regulation import SOCIAL
from portaria.regulations.social.series import series

RULES = SOCIAL.rule_set()
CENT = Fraction(1, 100)
POLICIES = st.fixed_dictionaries(
    {name: st.sampled_from(each.choices) for name, each in SOCIAL.edition.readings.items()}
)
DAYS = st.dates(date(2017, 9, 1), date(2027, 8, 31))
ROW = {
    "year": 2020,
    "value": "1.00",
    "source": "a page",
    "checked_on": date(2026, 11, 21),
    "confirmed": True,
}


@given(DAYS)
def test_no_price_in_whole_cents_lies_between_the_maximum_and_the_share(on):
    """So the cut-off maximum and the exact comparison say the same of any real price."""
    found = prices(Asked(on), RULES)
    for price in found.prices.values():
        most = price.maximum
        assert most.cents <= most.exact < most.cents + CENT


@given(DAYS, POLICIES)
def test_a_day_stands_in_exactly_one_row_of_the_series(on, policy):
    rules = SOCIAL.rule_set(policy)
    rows = [r for r in series(rules) if r.span.valid_from <= on <= r.span.valid_until]
    found = prices(Asked(on), rules)
    assert [(r.span, r.meal, r.bed) for r in rows] == [
        (found.span, found.prices["meal"].maximum, found.prices["bed"].maximum)
    ]


@given(POLICIES)
def test_the_series_has_no_gap_and_begins_with_the_law(policy):
    rows = series(SOCIAL.rule_set(policy))
    assert rows[0].span.valid_from == date(2017, 9, 1)
    for before, after in pairwise(rows):
        assert after.span.valid_from == before.span.valid_until + timedelta(days=1)
        assert after.bed.exact >= before.bed.exact
    assert rows[-1].ias.year == max(table())


def test_the_series_of_the_default_readings():
    rows = series(RULES)
    assert [row.academic_year for row in rows] == [f"20{year}/{year + 1}" for year in range(17, 27)]
    assert [str(float(row.meal.cents)) for row in rows] == [
        "2.65", "2.7", "2.74", "2.76", "2.76", "2.79", "3.02", "3.2", "3.29", "3.38",
    ]  # fmt: skip


@given(DAYS, POLICIES, st.integers(0, 50), st.integers(0, 50))
def test_an_extra_nobody_asked_for_never_helps(on, policy, cents, more):
    rules = SOCIAL.rule_set(policy)
    charged = {"meal": Fraction(300 + cents, 100)}
    extra = Extra("meal", Fraction(more, 100), voluntary=False)
    without, beside = (
        prices(Asked(on, charged, extras), rules).breach for extras in ((), (extra,))
    )
    assert beside >= without
    asked_for = Extra("meal", Fraction(more, 100), voluntary=True)
    assert prices(Asked(on, charged, (asked_for,)), rules).breach == without


def test_a_sum_without_a_price_is_told():
    rules = SOCIAL.rule_set({"extras": "total"})
    extra = Extra("bed", Fraction(5), voluntary=False)
    found = prices(Asked(date(2020, 1, 1), {}, (extra,)), rules)
    assert [(each.code, each.of) for each in found.warnings] == [(SUM_WITHOUT_PRICE, "bed")]
    assert not found.breach


@pytest.mark.parametrize("on", [date(2017, 8, 31), date(2027, 10, 1), date.min, date.max])
def test_unknown_days_are_refused_in_a_sentence(on):
    with pytest.raises(UsageError) as told:
        prices(Asked(on), RULES)
    assert isinstance(told.value.message, Message)


def test_the_ias_is_dated_data_with_a_source():
    rows = table().values()
    assert [row.year for row in rows] == list(range(2007, 2027))
    assert all(row.source and row.checked_on for row in rows)
    assert [row.year for row in rows if not row.confirmed] == [2008]
    assert ias_of(2026).value == Fraction("537.13")


@pytest.mark.parametrize(
    "rows",
    [
        [ROW | {"value": "1,00"}],
        [ROW | {"value": "-1"}],
        [ROW | {"source": ""}],
        [ROW, ROW | {"year": 2022}],
        [ROW, ROW],
        [ROW, ROW | {"year": 2019}],
    ],
)
def test_unsound_data_is_refused(rows):
    with pytest.raises(ConfigurationError):
        parse(rows)
