"""Deadlines hold to the end of their last second, wherever they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from portaria.core.errors import UsageError
from portaria.web.access import complaints, enrolments, publication
from portaria.web.access.models import Candidate, Contest, Stage
from portaria.web.days import begin_of, day_of, in_time
from portaria.web.retention import erase_account

UNTIL = datetime(2026, 8, 7, 16, 0, 0, tzinfo=UTC)
LAST = UNTIL + timedelta(microseconds=999_999)
OVER = UNTIL + timedelta(seconds=1)


def given(stage: str = Stage.PUBLISHED, **moments: datetime) -> Contest:
    return Contest(stage=stage, **moments)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets the clock."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


def test_the_last_second_counts_whole() -> None:
    assert in_time(UNTIL, UNTIL)
    assert in_time(LAST, UNTIL)
    assert not in_time(OVER, UNTIL)


def test_an_application_is_received_in_the_last_second() -> None:
    contest = given(Stage.OPEN, opens_at=UNTIL - timedelta(days=1), closes_at=UNTIL)
    assert contest.accepts(LAST)
    assert not contest.accepts(OVER)


def test_a_complaint_is_received_in_the_last_second() -> None:
    contest = given(complaints_until=UNTIL)
    assert complaints.receives(contest, LAST)
    assert not complaints.receives(contest, OVER)


def test_enrolments_are_not_late_in_the_last_second(at: Callable[[datetime], None]) -> None:
    contest = given(enrolment_until=UNTIL)
    at(LAST)
    assert not enrolments.late(contest)
    at(OVER)
    assert enrolments.late(contest)
    assert not enrolments.late(given())


def test_the_list_of_names_is_public_in_the_last_second(at: Callable[[datetime], None]) -> None:
    contest = given(public_until=UNTIL)
    at(LAST)
    assert contest.is_public
    at(OVER)
    assert not contest.is_public
    assert given().is_public


def test_a_contest_does_not_close_in_the_last_second(at: Callable[[datetime], None]) -> None:
    contest = given(Stage.OPEN, closes_at=UNTIL)
    at(LAST)
    assert not publication.may_close(contest)
    at(OVER)
    assert publication.may_close(contest)


@pytest.mark.django_db
def test_an_account_is_needed_while_she_may_complain(
    published: Contest,
    candidate_of: Callable[..., Candidate],
    at: Callable[[datetime], None],
) -> None:
    candidate_of(published, "C1")
    Contest.objects.filter(pk=published.pk).update(complaints_until=UNTIL)
    at(LAST)
    with pytest.raises(UsageError, match="not over"):
        erase_account("c1@example.org")
    at(OVER)
    erase_account("c1@example.org")


def test_a_day_is_that_of_lisbon() -> None:
    assert day_of(datetime(2026, 8, 6, 23, 30, tzinfo=UTC)) == date(2026, 8, 7)
    assert begin_of(date(2026, 8, 7)) == datetime(2026, 8, 6, 23, 0, tzinfo=UTC)
