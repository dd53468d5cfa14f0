"""Every deadline by name, and the quorum: worked cases, and the reference on random days."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

import pytest
from reference.cef.deadlines import NAMES as KNOWN
from reference.cef.deadlines import deadline as plainly
from reference.cef.meetings import quorum as plain_quorum
from reference.cef.readings import READINGS

from portaria.core.deadline import MunicipalReading, OnDates, ServiceCalendar
from portaria.core.errors import UsageError
from portaria.regulations.cef.deadlines import NAMES, Asked, due
from portaria.regulations.cef.meetings import decided, quorum
from portaria.regulations.cef.regulation import CEF

CHOICES = ("notice", "second_meeting", "second_notice", "grade_sheets", "module_days",
           "municipal_day")  # fmt: skip


def asked(start, municipal=(), closures=(), next_test=None, **policy):
    rules = CEF.rule_set(policy)
    days = (OnDates(frozenset(municipal)),) if municipal else ()
    reading = MunicipalReading(rules.readings["municipal_day"])
    return Asked(start, ServiceCalendar(days, frozenset(closures), reading), rules, next_test)


def test_both_know_the_same_names():
    assert set(NAMES) == set(KNOWN)


@pytest.mark.rules(
    "meeting-notice", "second-meeting", "minutes-deadline", "recovery-notice",
    "recovery-definition", "test-return", "grade-sheets", "module-recovery", "paf-matrix",
    "paf-appeal", "paf-absence",
)  # fmt: skip
@pytest.mark.parametrize(
    ("name", "start", "more", "by"),
    [
        ("minutes", date(2024, 2, 9), {"closures": [date(2024, 2, 13)]}, date(2024, 2, 14)),
        ("recovery-notice", date(2024, 4, 19), {}, date(2024, 4, 29)),
        ("recovery-definition", date(2024, 4, 29), {}, date(2024, 5, 7)),
        ("test-return", date(2025, 11, 24), {}, date(2025, 12, 17)),
        ("test-return", date(2025, 11, 24), {"next_test": date(2025, 12, 10)}, date(2025, 12, 9)),
        ("paf-matrix", date(2025, 7, 15), {}, date(2025, 6, 13)),
        ("paf-absence", date(2025, 8, 14), {}, date(2025, 8, 19)),
        ("paf-appeal", date(2025, 7, 25), {}, date(2025, 7, 29)),
        ("second-meeting", datetime(2024, 2, 15, 17), {}, date(2024, 2, 19)),
        ("grade-sheets", datetime(2025, 12, 15, 9), {}, datetime(2025, 12, 13, 9)),
        ("module-recovery", date(2025, 3, 3), {}, date(2025, 3, 18)),
        ("module-recovery", date(2025, 7, 25), {}, date(2025, 8, 9)),
        ("module-recovery", date(2025, 11, 3),
         {"module_days": "working", "closures": [date(2025, 11, 24)]}, date(2025, 11, 24)),
    ],
)  # fmt: skip
def test_a_deadline(name, start, more, by):
    assert due(name, asked(start, **more)).by == by


def test_a_notice_by_the_clock_and_by_the_law():
    found = due("meeting-notice", asked(datetime(2024, 1, 12, 15)))
    assert found.not_before == datetime(2024, 1, 14, 15)
    assert found.days["two_days"].last_day == date(2024, 1, 16)
    assert found.days["safe_from"].last_day == date(2024, 1, 17)


def test_the_reminder_is_on_an_open_day():
    assert due("grade-sheets", asked(datetime(2025, 12, 15, 9))).remind_on == date(2025, 12, 12)


@pytest.mark.parametrize("name", KNOWN)
def test_random_days(name):
    rng = Random(name)
    for _ in range(150):
        start = datetime(2010, 1, 4) + timedelta(minutes=rng.randint(0, 16 * 525_600))
        start = start if rng.random() < 0.5 else start.date()
        day = start.date() if isinstance(start, datetime) else start
        near = [day + timedelta(days=rng.randint(-40, 40)) for _ in range(6)]
        policy = {n: rng.choice(READINGS[n].choices) for n in CHOICES if rng.random() < 0.3}
        test = day + timedelta(days=rng.randint(3, 40)) if rng.random() < 0.4 else None
        found = due(name, asked(start, near[:2], near[2:], test, **policy))
        expected = plainly(name, start, near[:2], near[2:], test, policy)
        for part in ("not_before", "by", "remind_on"):
            assert getattr(found, part) == expected[part], (name, start, part)
        assert found.clause == f"CEF {expected['clause']}"


@pytest.mark.rules("meeting-quorum")
@pytest.mark.parametrize("choice", ["third", "half"])
def test_quorum(choice):
    rules = CEF.rule_set({"second_call": choice})
    for voting in range(1, 30):
        for present in range(voting + 1):
            for second in (False, True):
                found = quorum(voting, present, second, rules)
                other = plain_quorum(voting, present, second, {"second_call": choice})
                assert (found.needed, found.reached) == (other["needed"], other["quorum"])
    for voting, present in ((0, 0), (5, 6), (5, -1)):
        with pytest.raises(UsageError):
            quorum(voting, present, False, rules)


@pytest.mark.rules("vote-after-consensus", "vote-by-name", "vote-majority")
@pytest.mark.parametrize(
    ("votes", "chair", "expected"),
    [
        ({"for": 4, "against": 4}, "for", "for"),
        ({"for": 4, "against": 4}, "against", "against"),
        ({"a": 4, "b": 3, "c": 2}, "a", None),
        ({"a": 4, "b": 2, "c": 2}, "a", "a"),
        ({"for": 5, "against": 4}, "against", "for"),
        ({}, "for", None),
    ],
)
def test_votes(votes, chair, expected):
    assert decided(votes, sum(votes.values()), chair, CEF.rule_set({})) == expected
