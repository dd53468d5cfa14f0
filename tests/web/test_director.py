"""The director: looks at what was sent, returns it, ratifies, publishes; all in order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portaria.web.access.models import Contest, Stage
from portaria.web.accounts.models import LogEntry, User
from web.making import placed

pytestmark = pytest.mark.django_db
Commit = Callable[..., Any]


@pytest.fixture
def sent(closed_contest: Contest, user_with: Any) -> Contest:
    """A contest whose placement is with the director."""
    placed(closed_contest, user_with("office"))
    closed_contest.refresh_from_db()
    return closed_contest


def post(browser: Client, name: str, contest: Contest, **given: str) -> int:
    return browser.post(reverse(name, args=[contest.key]), given).status_code


def test_what_was_sent_is_ratified_and_then_published(
    signed_in: Callable[..., Client], sent: Contest, django_capture_on_commit_callbacks: Commit
) -> None:
    browser = signed_in("director")
    assert sent.run is not None
    assert sent.title in browser.get(reverse("director")).content.decode()
    page = browser.get(reverse("director-result", args=[sent.key])).content.decode()
    assert sent.run.digest in page
    assert reverse("director-publish", args=[sent.key]) not in page
    post(browser, "director-publish", sent)
    sent.refresh_from_db()
    assert sent.stage == Stage.SENT, "not published before it is ratified"
    assert browser.get(reverse("director-ratify", args=[sent.key])).status_code == 200
    post(browser, "director-ratify", sent)
    sent.refresh_from_db()
    assert (sent.stage, str(sent.ratified_by)) == (Stage.RATIFIED, "director")
    assert browser.get(reverse("director-publish", args=[sent.key])).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        post(browser, "director-publish", sent)
    sent.refresh_from_db()
    assert sent.stage == Stage.PUBLISHED
    assert LogEntry.objects.filter(code="log-published").count() == 1


def test_a_result_is_returned_with_reasons(signed_in: Callable[..., Client], sent: Contest) -> None:
    browser = signed_in("director")
    assert post(browser, "director-take-back", sent, reasons="") == 422
    sent.refresh_from_db()
    assert sent.stage == Stage.SENT
    assert post(browser, "director-take-back", sent, reasons="Faltam notas.") == 302
    sent.refresh_from_db()
    assert (sent.stage, sent.run) == (Stage.CLOSED, None)
    entry = LogEntry.objects.get(code="log-taken-back")
    assert entry.params["reasons"] == "Faltam notas."
    office, page = signed_in("office"), reverse("office-contest", args=[sent.key])
    assert "Faltam notas." in office.get(page).content.decode(), "the office reads why"
    placed(sent, User.objects.get(email="office@example.org"))
    assert "Faltam notas." not in office.get(page).content.decode()


def test_what_is_ratified_is_not_returned(signed_in: Callable[..., Client], sent: Contest) -> None:
    browser = signed_in("director")
    post(browser, "director-ratify", sent)
    post(browser, "director-take-back", sent, reasons="Afinal não.")
    sent.refresh_from_db()
    assert sent.stage == Stage.RATIFIED


@pytest.mark.parametrize("role", ["office", "auditor"])
def test_others_look_and_do_not_ratify(
    signed_in: Callable[..., Client], sent: Contest, role: str
) -> None:
    browser = signed_in(role)
    page = browser.get(reverse("director-result", args=[sent.key])).content.decode()
    for name in ("director-ratify", "director-take-back", "director-publish"):
        address = reverse(name, args=[sent.key])
        assert address not in page
        assert browser.get(address).status_code == 403
        assert browser.post(address, {"reasons": "x"}).status_code == 403
    sent.refresh_from_db()
    assert sent.stage == Stage.SENT


def test_before_anything_is_sent_there_is_nothing_to_see(
    signed_in: Callable[..., Client], closed_contest: Contest
) -> None:
    browser = signed_in("director")
    address = reverse("director-result", args=[closed_contest.key])
    assert browser.get(address).status_code == 302
    post(browser, "director-ratify", closed_contest)
    closed_contest.refresh_from_db()
    assert closed_contest.stage == Stage.CLOSED
