"""Every page of staff at each stage of a contest, as each role sees it.

Who is let in at all is shown in `test_permissions`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse

from portaria.web.access.models import Candidate, Claim, Complaint, Contest, ImportPlan, Run

pytestmark = pytest.mark.django_db

CONTEST = (
    "office-contest", "office-tables", "office-calendar", "office-demand", "office-people",
    "office-claims", "office-runs",
)  # fmt: skip
CHANGES = (
    "office-correct", "office-calendar-change", "office-open", "office-close", "office-codes",
    "office-place", "office-compare", "office-what-if",
)  # fmt: skip


def read_pages(contest: Contest) -> Iterator[str]:
    """Everything that who may see contests and people reads, of one contest."""
    yield reverse("office")
    yield reverse("director")
    for name in CONTEST:
        yield reverse(name, args=[contest.key])
    person = Candidate.objects.filter(contest=contest).first()
    assert person is not None
    yield reverse("office-person", args=[contest.key, person.pk])
    yield from (reverse("office-plan", args=[plan.pk]) for plan in ImportPlan.objects.all())
    yield from (reverse("office-run", args=[contest.key, run.pk]) for run in Run.objects.all())
    if contest.run_id:
        yield reverse("director-result", args=[contest.key])
    for claim in Claim.objects.exclude(quota="disability"):
        yield reverse("office-claim", args=[contest.key, claim.pk])
    for complaint in Complaint.objects.all():
        yield reverse("office-complaint", args=[contest.key, complaint.pk])


@pytest.mark.parametrize("role", ["office", "director", "auditor"])
@pytest.mark.parametrize("language", ["pt-pt", "en"])
@pytest.mark.parametrize("stage", ["contest", "open_contest", "closed_contest", "published"])
def test_staff_reads_every_page(
    request: pytest.FixtureRequest,
    signed_in: Callable[..., Client],
    role: str,
    language: str,
    stage: str,
) -> None:
    contest = request.getfixturevalue(stage)
    browser = signed_in(role)
    for address in read_pages(contest):
        browser.cookies["django_language"] = language
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert b"<h1" in answer.content, address


@pytest.mark.parametrize("role", ["director", "auditor"])
def test_who_may_not_change_is_shown_no_way_to(
    closed_contest: Contest, signed_in: Callable[..., Client], role: str
) -> None:
    browser = signed_in(role)
    page = browser.get(reverse("office-contest", args=[closed_contest.key])).content.decode()
    for name in CHANGES:
        assert reverse(name, args=[closed_contest.key]) not in page, name


@pytest.mark.parametrize("stage", ["open_contest", "closed_contest"])
def test_the_office_opens_every_page_of_change(
    request: pytest.FixtureRequest, signed_in: Callable[..., Client], stage: str
) -> None:
    contest = request.getfixturevalue(stage)
    browser = signed_in("office")
    assert browser.get(reverse("office-new")).status_code == 200
    for name in CHANGES:
        assert browser.get(reverse(name, args=[contest.key])).status_code == 200, name
