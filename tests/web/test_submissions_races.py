"""Forms that arrive at once: one row a form, none lost at the deadline, none received after it."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from django.conf import settings
from django.db import connections
from django.utils import timezone

from portaria.core.errors import UsageError
from portaria.web.access import complaints, frames, publication, submissions
from portaria.web.access.models import (
    Candidate,
    Complaint,
    Contest,
    PlacementResult,
    Run,
    Stage,
    Submission,
)
from portaria.web.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)

if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Threads do not wait for one another in the database of tests that is kept in memory.
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = settings.DATA / "test.sqlite3"

Own = Callable[[Contest, str], Candidate]
Found = TypeVar("Found")
PEOPLE = ("C1", "C2", "C3", "C4", "C5", "C6")


def at_once(acts: list[Callable[[], Found]]) -> list[Found | UsageError]:
    """Do all of them at the same moment, each in a thread with a connection of its own."""
    start = Barrier(len(acts))

    def do(act: Callable[[], Found]) -> Found | UsageError:
        try:
            start.wait(10)
            return act()
        except UsageError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def handing_in(
    candidate: Candidate, key: uuid.UUID, options: list[str], seen: int | None = None
) -> Callable[[], Submission]:
    assert candidate.user is not None
    user = candidate.user
    return lambda: submissions.submit(candidate, user, key, options, False, seen)


def test_the_same_form_twice_at_once_is_one_row(open_contest: Contest, candidate_of: Own) -> None:
    ana = candidate_of(open_contest, "C1")
    for number in range(1, 6):
        key = uuid.uuid4()
        found = at_once([handing_in(ana, key, ["9001/0002"], number) for _ in range(4)])
        assert {each.pk for each in found if isinstance(each, Submission)} != set()
        assert not [each for each in found if isinstance(each, UsageError)]
        assert Submission.objects.filter(candidate=ana, key=key).count() == 1
        assert Submission.objects.filter(candidate=ana).count() == number + 1


def test_two_windows_at_once_do_not_overwrite_each_other(
    open_contest: Contest, candidate_of: Own
) -> None:
    ana = candidate_of(open_contest, "C1")
    found = at_once(
        [handing_in(ana, uuid.uuid4(), [code], 1) for code in ("9001/0001", "9001/0002")]
    )
    taken = [each for each in found if isinstance(each, Submission)]
    assert len(taken) == 1
    ana.refresh_from_db()
    assert ana.submission == taken[0]


def test_one_just_before_the_deadline_and_one_just_after(
    open_contest: Contest, candidate_of: Own
) -> None:
    ana, rui = candidate_of(open_contest, "C1"), candidate_of(open_contest, "C2")
    end = timezone.now().replace(microsecond=0) + timedelta(seconds=1)
    Contest.objects.filter(pk=open_contest.pk).update(closes_at=end)
    early = handing_in(ana, uuid.uuid4(), ["9001/0002"])
    late = handing_in(rui, uuid.uuid4(), ["9001/0002"])

    def at(moment: float, act: Callable[[], Submission]) -> Callable[[], Submission]:
        def wait() -> Submission:
            time.sleep(max(0, moment - time.time()))
            return act()

        return wait

    # The second that closes counts whole, so the first one comes within it.
    begins = end.timestamp()
    first, second = at_once([at(begins + 0.3, early), at(begins + 1.01, late)])
    assert isinstance(first, Submission)
    assert isinstance(second, UsageError)
    rui.refresh_from_db()
    assert rui.submission is not None
    assert rui.submission.number == 1


def test_closing_while_forms_arrive_loses_none_and_takes_none_after(
    open_contest: Contest, candidate_of: Own, user_with: Callable[..., User]
) -> None:
    people = [candidate_of(open_contest, key) for key in PEOPLE]
    office = user_with("office")
    end = timezone.now().replace(microsecond=0) + timedelta(seconds=1)
    Contest.objects.filter(pk=open_contest.pk).update(closes_at=end)
    read: list[dict[str, list[str]]] = []

    def close() -> Submission:
        while timezone.now() <= end + timedelta(seconds=1):
            time.sleep(0.005)
        publication.close_contest(open_contest, office)
        options = frames.options(Contest.objects.get(pk=open_contest.pk))
        wanted = options.sort("candidate", "order").group_by("candidate").agg("programme")
        read.append(dict(wanted.iter_rows()))
        return Submission()

    def keep_sending(candidate: Candidate) -> Callable[[], Submission]:
        def send() -> Submission:
            last = Submission(candidate=candidate, options=[])
            count = 0
            while Contest.objects.get(pk=open_contest.pk).stage == Stage.OPEN and count < 200:
                count += 1
                options = ["9001/0002", "9001/0001"][:: 1 if count % 2 else -1]
                try:
                    last = handing_in(candidate, uuid.uuid4(), options)()
                except UsageError:
                    time.sleep(0.01)
            return last

        return send

    found = at_once([close, *map(keep_sending, people)])
    assert Contest.objects.get(pk=open_contest.pk).stage == Stage.CLOSED
    receipts = [each for each in found[1:] if isinstance(each, Submission) and each.pk]
    assert receipts, "there was more than a second for all"
    for receipt in receipts:
        assert read[0][receipt.candidate.candidate] == receipt.options
        assert receipt.received_at < end + timedelta(seconds=1)
    assert not Submission.objects.filter(received_at__gte=end + timedelta(seconds=1)).exists()
    last = Submission.objects.order_by("candidate_id", "-number")
    stands = {row.candidate_id: row.pk for row in reversed(last)}
    for person in Candidate.objects.filter(contest=open_contest, candidate__in=PEOPLE):
        assert person.submission_id == stands[person.pk]


def test_the_same_complaint_twice_at_once_is_one_row(
    closed_contest: Contest, candidate_of: Own, user_with: Callable[..., User]
) -> None:
    run = Run.objects.create(
        contest=closed_contest, kind=Run.Kind.PLACEMENT, started_by=user_with("office")
    )
    PlacementResult.objects.bulk_create(
        [PlacementResult(run=run, candidate="C1", sort_name="c1", result="not_placed")]
    )
    Contest.objects.filter(pk=closed_contest.pk).update(
        stage=Stage.PUBLISHED, run=run, complaints_until=timezone.now() + timedelta(hours=1)
    )
    ana = candidate_of(closed_contest, "C1")
    assert ana.user is not None
    user, key = ana.user, uuid.uuid4()
    found = at_once([lambda: complaints.receive(ana, user, key, "Porquê?") for _ in range(4)])
    assert not [each for each in found if isinstance(each, UsageError)]
    assert Complaint.objects.filter(candidate=ana).count() == 1
