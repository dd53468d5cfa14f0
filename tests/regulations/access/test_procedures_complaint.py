"""Complaints (art. 40): terms of the text, terms by order, and what the record gives."""

from __future__ import annotations

from datetime import date

import pytest
from aftermath import placed, tables_of

from portaria.regulations.access.procedures.complaint import Complaint, Request, complain

PEOPLE = {"A": "150 19=150 > x", "B": "140 19=140 > x z y", "C": "130 19=130 > x"}
PUBLISHED = date(2017, 9, 11)


@pytest.fixture
def results(tmp_path):
    return placed(tables_of({"x": "1 19", "y": "1 19", "z": "1 07"}, PEOPLE), tmp_path)


def ask(results, candidate="B", filed=date(2017, 9, 13), policy=None, **changes) -> Complaint:
    return complain(results, Request(candidate, PUBLISHED, filed, **changes), policy or {})


@pytest.mark.rules("complaint-in-time")
@pytest.mark.parametrize(
    ("until", "answer"),
    [(date(2017, 9, 13), "accepted"), (date(2017, 9, 12), "refused"), (None, "open")],
)
def test_the_term_to_complain_is_fixed_by_order_and_not_invented(results, until, answer):
    outcome = ask(results, until=until)
    assert outcome.answer == answer
    (condition,) = (c for c in outcome.conditions if c.code == "complaint-in-time")
    assert condition.clause == "211-A 40/1"
    assert condition.deadline is None


@pytest.mark.rules("complaint-in-time", "complaint-identified")
def test_every_condition_that_fails_is_told(results):
    outcome = ask(results, "stranger", date(2017, 9, 8), until=date(2017, 9, 15))
    assert [(c.code, c.detail) for c in outcome.failing] == [
        ("complaint-identified", ""),
        ("complaint-in-time", "early"),
    ]
    assert (outcome.standing, outcome.record) == (None, ())


@pytest.mark.rules("changed-grade-in-time")
@pytest.mark.parametrize(
    ("published", "filed", "answer"),
    [
        (date(2017, 9, 11), date(2017, 9, 14), "accepted"),
        (date(2017, 9, 11), date(2017, 9, 15), "refused"),
        (date(2017, 10, 3), date(2017, 10, 9), "accepted"),  # the 5th is a holiday
        (date(2017, 10, 3), date(2017, 10, 10), "refused"),
        (date(2017, 10, 3), date(2017, 10, 2), "refused"),
    ],
)
def test_three_working_days_for_a_changed_grade(results, published, filed, answer):
    request = Request("B", published, filed, "changed_grade")
    outcome = complain(results, request, {"days": "calendar_days"})
    assert outcome.answer == answer
    (condition,) = (c for c in outcome.conditions if c.code == "changed-grade-in-time")
    assert condition.deadline is not None
    if published.month == 10:
        names = [each.name for each in condition.deadline.skipped]
        assert names == ["Implantação da República", "", ""]


@pytest.mark.rules("complaint-identified")
def test_whoever_did_not_apply_may_apply_for_a_changed_grade(results):
    outcome = ask(results, "new", kind="changed_grade")
    assert (outcome.answer, outcome.conditions[0].detail) == ("accepted", "new")


@pytest.mark.rules("complaint-decision")
def test_a_late_decision_is_told_and_refuses_nothing(results):
    dates = {"until": date(2017, 9, 15), "decided": date(2017, 9, 28)}
    late = ask(results, **dates, decide_until=date(2017, 9, 27))
    assert (late.answer, late.steps[0].in_time) == ("accepted", False)
    assert ask(results, **dates, decide_until=date(2017, 9, 28)).steps[0].in_time
    assert ask(results, **dates).steps[0].detail == "not_fixed"


@pytest.mark.rules("complaint-enrolment")
@pytest.mark.parametrize(
    ("days", "last"), [("working_days", date(2017, 10, 12)), ("calendar_days", date(2017, 10, 9))]
)
def test_seven_days_from_the_notice_to_enrol(results, days, last):
    """From 2 October, over the holiday of the 5th; as days of the calendar they end on the 9th."""
    notified = date(2017, 10, 2)
    step = ask(results, notified=notified, policy={"days": days}).steps[1]
    assert (step.clause, step.last_day) == ("211-A 40/7", last)
    assert ask(results).steps[1].detail == "not_notified"


@pytest.mark.rules("individual-record")
def test_the_record_has_each_option_with_the_last_placed_there(results):
    outcome = ask(results)
    assert outcome.standing is not None
    assert outcome.standing.word == "y"
    assert [(o.programme, o.outcome, o.rank) for o in outcome.record] == [
        ("x", "outranked", 2),
        ("z", "ineligible", None),
        ("y", "placed", 1),
    ]
    last = outcome.record[0].last_placed
    assert last is not None
    assert (str(last.grade), str(last.tie_1)) == ("150.0", "150")
