"""The folder of a kept result is missing or damaged: that is told, calmly, and nothing changes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portaria.core.errors import UsageError
from portaria.web.access import frames, kept_papers, kept_results
from portaria.web.access.models import Candidate, Contest, Programme
from portaria.web.accounts.models import ApiToken, LogEntry, User
from web.damaging import damaged, moved_away

pytestmark = pytest.mark.django_db


@pytest.fixture
def gone(published: Contest) -> Iterator[Contest]:
    """A published contest whose result was moved away."""
    with moved_away(published.run):
        yield published


def institution_of(contest: Contest) -> str:
    row = Programme.objects.filter(contest=contest).order_by("programme").first()
    assert row is not None
    return row.institution or ""


PAGES = ["candidate-record", "candidate-record-pdf", "candidate-notice-pdf"]


@pytest.mark.parametrize("page", PAGES)
def test_a_candidate_reads_what_is_the_matter(
    gone: Contest, candidate_of: Callable[..., Candidate], page: str
) -> None:
    candidate = candidate_of(gone, "C1")
    browser = Client()
    browser.force_login(candidate.user)
    answer = browser.get(reverse(page, args=[gone.key]))
    assert answer.status_code == 503
    text = answer.content.decode()
    assert "Os ficheiros deste resultado não estão aqui" in text or "not here" in text
    assert gone.run.digest[:12] not in text
    result = browser.get(reverse("candidate-result", args=[gone.key]))
    assert result.status_code == 200


def test_institutions_and_the_office_do_too(
    gone: Contest, signed_in: Callable[..., Client]
) -> None:
    institution = institution_of(gone)
    officer = signed_in("institution", institution)
    assert officer.get(reverse("institution-list", args=[institution, gone.key])).status_code == 503
    office = signed_in("office")
    answer = office.get(reverse("institution-list", args=[institution, gone.key]))
    assert answer.status_code == 503
    assert gone.run.digest[:12] in answer.content.decode(), "staff are told which folder"
    assert office.post(reverse("next-phase", args=[gone.key])).status_code in (403, 503)
    assert office.get(reverse("next-phase", args=[gone.key])).status_code == 503
    assert Contest.objects.count() == 1


def test_programs_get_a_problem(gone: Contest, user_with: Callable[..., User]) -> None:
    institution = institution_of(gone)
    _token, text = ApiToken.issue(
        name="t", institution=institution, scopes=["placements:read"],
        created_by=user_with("administrator"), expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    for address, more in (
        (f"/api/v1/contests/{gone.key}/placements", {"authorization": f"Bearer {text}"}),
        (f"/api/v1/contests/{gone.key}/seats", {}),
    ):
        answer = Client().get(address, headers=more)
        assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
        assert json.loads(answer.content)["code"] == "api-result-gone"


def test_the_answer_is_documented(client: Client) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    for address in ("seats", "placements"):
        answers = paths[f"/api/v1/contests/{{contest}}/{address}"]["get"]["responses"]
        assert "application/problem+json" in answers["503"]["content"]


def test_it_is_logged_once_for_the_administrator(
    gone: Contest, candidate_of: Callable[..., Candidate], caplog: pytest.LogCaptureFixture
) -> None:
    browser = Client()
    browser.force_login(candidate_of(gone, "C1").user)
    for _time in range(3):
        browser.get(reverse("candidate-record", args=[gone.key]))
    entry = LogEntry.objects.get(code="log-result-gone")
    assert entry.params["result"] == gone.run.digest[:12]
    assert sum("Put the folder back" in each.getMessage() for each in caplog.records) == 3


@pytest.mark.parametrize(
    "name", ["placements.csv", "options_outcome.csv", "manifest.json", "inputs/candidates.parquet"]
)
def test_a_damaged_file_is_not_read_as_if_it_were_whole(
    published: Contest, candidate_of: Callable[..., Candidate], name: str
) -> None:
    browser = Client()
    browser.force_login(candidate_of(published, "C1").user)
    address = reverse("candidate-record", args=[published.key])
    with damaged(published.run, name):
        answer = browser.get(address)
        assert answer.status_code == 503
    assert browser.get(address).status_code == 200, "it is back from the backup"


def test_the_frames_of_a_next_phase_tell_it(gone: Contest) -> None:
    with pytest.raises(kept_results.ResultGone):
        frames.previous_tables_of(gone.run)


def pages_of_papers(contest: Contest) -> list[str]:
    return [
        reverse("results-paper", args=[contest.key]),
        reverse("contest-seats", args=[contest.key, "csv"]),
        reverse("office-report", args=[contest.key, contest.run.pk, "pdf"]),
    ]


@pytest.fixture
def no_papers(published: Contest) -> Iterator[None]:
    """None is made yet, nor has failed; what a test leaves goes."""
    cache.clear()
    shutil.rmtree(kept_papers.folder(published.run), ignore_errors=True)
    yield
    shutil.rmtree(kept_papers.folder(published.run), ignore_errors=True)


def test_a_paper_that_cannot_be_made_says_so(
    no_papers: None, gone: Contest, signed_in: Callable[..., Client]
) -> None:
    office = signed_in("office")
    for address in pages_of_papers(gone):
        assert [office.get(address).status_code for _time in range(2)] == [503, 503]
    text = office.get(pages_of_papers(gone)[0]).content.decode()
    assert gone.run.digest[:12] in text
    assert reverse("office-paper-again", args=[gone.key, gone.run.pk]) in text
    for browser in (Client(), signed_in("auditor")):
        text = browser.get(pages_of_papers(gone)[0]).content.decode()
        assert reverse("office-paper-again", args=[gone.key, gone.run.pk]) not in text
    assert gone.run.digest[:12] not in Client().get(pages_of_papers(gone)[0]).content.decode()
    assert LogEntry.objects.filter(code="log-paper-failed").count() == 3


def test_what_failed_is_not_tried_again_until_the_office_asks(
    no_papers: None,
    published: Contest,
    signed_in: Callable[..., Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tries: list[str] = []

    def broken(*_given: Any) -> bytes:
        tries.append("")
        raise ZeroDivisionError("by nothing")

    name = kept_papers.SEATS_CSV
    whole = kept_papers.MAKERS[name]
    monkeypatch.setitem(kept_papers.MAKERS, name, broken)
    address = reverse("contest-seats", args=[published.key, "csv"])
    for _time in range(3):
        answer = Client().get(address)
        assert answer.status_code == 503
        assert "ETag" not in answer
        assert "Retry-After" not in answer
        cache.clear()
    assert len(tries) == 1
    run = published.run
    office = signed_in("office")
    shown = office.get(reverse("office-run", args=[published.key, run.pk])).content.decode()
    assert "ZeroDivisionError" in shown

    monkeypatch.setitem(kept_papers.MAKERS, name, whole)
    again = reverse("office-paper-again", args=[published.key, run.pk])
    assert signed_in("auditor").post(again, {"paper": name, "lang": ""}).status_code == 403
    office.post(again, {"paper": name, "lang": ""})
    assert Client().get(address).status_code == 200
    assert LogEntry.objects.filter(code="log-paper-again").exists()


@pytest.mark.parametrize(("name", "lang"), [("seats.csv", ""), ("../../x", ""), ("seats.csv", "/")])
def test_only_what_failed_is_made_anew(
    published: Contest, user_with: Callable[..., User], name: str, lang: str
) -> None:
    with pytest.raises(UsageError):
        kept_papers.again(published.run, name, lang, user_with("office"))
