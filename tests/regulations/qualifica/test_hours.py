"""Hour credit: what always holds, and what each clause adds."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portaria.core.errors import UsageError
from portaria.regulations.qualifica.hours import hours
from portaria.regulations.qualifica.model import School
from portaria.regulations.qualifica.regulation import QUALIFICA
from portaria.regulations.qualifica.steps import to_the_hour

RULES = QUALIFICA.rule_set()
POLICIES = st.fixed_dictionaries(
    {name: st.sampled_from(each.choices) for name, each in QUALIFICA.edition.readings.items()}
)
POINTS = st.fractions(-100, 100, max_denominator=1000)
RATES = st.fractions(0, 150, max_denominator=1000)
SHARES = st.fractions(0, 1, max_denominator=100)


@given(POINTS, RATES, POLICIES)
def test_a_promoter_has_66_to_95_hours_and_half_an_hour_at_most_is_rounded(above, rate, policy):
    found = hours(School("promoter", above, rate), None, QUALIFICA.rule_set(policy))
    assert 66 <= found.hours <= 95
    assert found.exact == 88 + found.need_bonus - found.performance_cut
    assert -Fraction(1, 2) <= found.exact - found.hours < Fraction(1, 2)


@given(POINTS, RATES, SHARES, POLICIES)
def test_a_partner_has_44_at_most_and_never_more_for_less_activity(above, rate, share, policy):
    rules = QUALIFICA.rule_set(policy)
    part = hours(School("partner", above, rate, share), None, rules)
    whole = hours(School("partner", above, rate, Fraction(1)), None, rules)
    assert 0 <= part.hours <= whole.hours <= 44


@pytest.mark.rules("qualifica-rounding-up", "qualifica-rounding-down")
@pytest.mark.parametrize(
    ("exact", "whole", "letter"),
    [("82.5", 83, "a"), ("83.5", 84, "a"), ("82.49", 82, "b"), ("82", 82, "b"), ("86.6", 87, "a")],
)
def test_a_half_goes_up_and_says_by_which_letter(exact, whole, letter):
    assert to_the_hour(Fraction(exact), RULES) == (whole, f"6261-B anexo-I/3/{letter}")


@pytest.mark.rules("qualifica-both-roles")
def test_both_roles_have_the_promoters_hours_and_say_why():
    both = hours(School("both", Fraction(3), Fraction(80)), None, RULES)
    one = hours(School("promoter", Fraction(3), Fraction(80)), None, RULES)
    assert both.hours == one.hours
    assert both.clauses == ("6261-B 4/3", *one.clauses)
    new = School("both", authorised_on=date(2017, 10, 10))
    assert hours(new, date(2018, 1, 1), RULES).clauses[0] == "6261-B 4/3"


@pytest.mark.rules("qualifica-excluded")
@pytest.mark.parametrize("role", ["promoter", "partner", "both"])
def test_who_did_not_apply_has_none(role):
    found = hours(School(role, did_not_apply=True), None, RULES)
    assert (found.hours, found.exact, found.excluded) == (0, 0, True)
    assert found.clauses == ("6261-B 2/2",)


def test_the_clauses_stand_in_the_order_of_the_arithmetic():
    found = hours(School("partner", Fraction(5), Fraction(84), Fraction(1, 2)), None, RULES)
    assert [clause.removeprefix("6261-B anexo-") for clause in found.clauses] == [
        "II/2", "I/2/a", "I/2/b", "I/3/a", "II/1",
    ]  # fmt: skip
    assert found.before_proportion == Fraction("45.7")


def test_the_last_measurement_is_told_for_a_day():
    found = hours(School("promoter", Fraction(0), Fraction(100)), date(2018, 7, 1), RULES)
    assert found.measured_on == date(2018, 6, 30)


def test_the_end_of_the_calendar_is_no_fault():
    school = School("promoter", Fraction(0), Fraction(100), authorised_on=date.max)
    assert hours(school, date.max, RULES).hours == 88


@pytest.mark.parametrize(
    "school",
    [
        School("guest"),
        School("both", Fraction(0), Fraction(0), Fraction(1)),
        School("partner", Fraction(0), Fraction(0), Fraction(2)),
        School("promoter", Fraction(101), Fraction(0)),
        School("promoter", Fraction(0), Fraction(-1)),
        School("promoter", Fraction(0)),
        School("promoter", authorised_on=date(2018, 1, 1)),
    ],
)
def test_what_cannot_be_is_refused(school):
    with pytest.raises(UsageError):
        hours(school, None, RULES)
