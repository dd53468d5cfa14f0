"""The result as its candidate sees it: never before it is public, and from its rows alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portaria.web.access.models import Candidate, Contest, PlacementResult, Run, Stage
from portaria.web.accounts.models import User
from web.making import placed

pytestmark = pytest.mark.django_db

Own = Callable[[Contest, str], Candidate]
SignedIn = Callable[..., Client]
PAPERS = ("ficha/", "ficha.pdf", "notificacao.pdf", "reclamacao/")


def browser_of(contest: Contest, key: str, candidate_of: Own, signed_in: SignedIn) -> Client:
    candidate_of(contest, key)
    return signed_in("candidate", email=f"{key.lower()}@example.org")


@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.CLOSED, Stage.SENT, Stage.RATIFIED])
def test_nothing_of_a_result_is_seen_before_it_is_public(
    closed_contest: Contest,
    candidate_of: Own,
    signed_in: SignedIn,
    user_with: Callable[..., User],
    stage: Stage,
) -> None:
    run = placed(closed_contest, user_with("office"))
    Contest.objects.filter(pk=closed_contest.pk).update(stage=stage, run=run)
    browser = browser_of(closed_contest, "C1", candidate_of, signed_in)
    answer = browser.get(f"/candidatura/{closed_contest.key}/resultado/")
    assert "result-info" in answer.content.decode()
    assert "result-success" not in answer.content.decode()
    for name in PAPERS:
        assert browser.get(f"/candidatura/{closed_contest.key}/{name}").status_code == 404
    data = b"".join(browser.post("/candidatura/dados/portaria.zip").streaming_content)  # type: ignore[attr-defined]
    assert data


def test_every_candidate_reads_her_result(
    published: Contest, candidate_of: Own, signed_in: SignedIn
) -> None:
    assert published.run is not None
    for row in PlacementResult.objects.filter(run=published.run):
        browser = browser_of(published, row.candidate, candidate_of, signed_in)
        answer = browser.get(f"/candidatura/{published.key}/resultado/")
        text = answer.content.decode()
        assert answer.status_code == 200
        kinds = {
            "placed": "result-success",
            "not_placed": "result-neutral",
            "excluded": "result-danger",
        }
        assert kinds[row.result] in text
        assert browser.get(f"/candidatura/{published.key}/ficha/").status_code == 200
        browser.logout()


def test_the_papers_of_a_result(published: Contest, candidate_of: Own, signed_in: SignedIn) -> None:
    browser = browser_of(published, "C1", candidate_of, signed_in)
    for name in ("ficha.pdf", "notificacao.pdf"):
        answer = browser.get(f"/candidatura/{published.key}/{name}")
        assert answer.content.startswith(b"%PDF-")
    stranger = signed_in("candidate", email="stranger@example.org")
    for name in ("resultado/", *PAPERS):
        assert stranger.get(f"/candidatura/{published.key}/{name}").status_code == 404


def test_the_result_page_asks_the_database_little(
    published: Contest, candidate_of: Own, signed_in: SignedIn
) -> None:
    browser = browser_of(published, "C2", candidate_of, signed_in)
    page = f"/candidatura/{published.key}/resultado/"
    browser.get(page)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert browser.get(page).status_code == 200
    assert 0 < len(queries) <= 10


def test_who_did_not_apply_has_no_result(
    published: Contest, candidate_of: Own, signed_in: SignedIn
) -> None:
    candidate_of(published, "C1")
    Candidate.objects.create(
        contest=published, candidate="Z9", name="Zita Exemplo", has_final_grade=True,
        user=signed_in_user(signed_in),
    )  # fmt: skip
    browser = signed_in("candidate", email="zita@example.org")
    assert browser.get(f"/candidatura/{published.key}/resultado/").status_code == 200


def signed_in_user(signed_in: SignedIn) -> User:
    signed_in("candidate", email="zita@example.org")
    return User.objects.get(email="zita@example.org")


def test_a_what_if_is_no_result(
    published: Contest, candidate_of: Own, signed_in: SignedIn, user_with: Callable[..., User]
) -> None:
    """Rows of another run of the contest never reach the page."""
    assert published.run is not None
    other = Run.objects.create(
        contest=published, kind=Run.Kind.WHAT_IF, started_by=user_with("office")
    )
    rows = PlacementResult.objects.filter(run=published.run, candidate="C1").values()[0]
    PlacementResult.objects.bulk_create(
        [
            PlacementResult(
                **{**rows, "id": None, "run_id": other.pk, "result": "excluded", "clause": "x"}
            )
        ]
    )
    browser = browser_of(published, "C1", candidate_of, signed_in)
    text = browser.get(f"/candidatura/{published.key}/resultado/").content.decode()
    assert "result-danger" not in text


def test_the_enrolment_deadline_stands_with_a_placement(
    published: Contest, candidate_of: Own, signed_in: SignedIn
) -> None:
    published.enrolment_until = timezone.now() + timedelta(days=5)
    published.save()
    row = PlacementResult.objects.filter(run=published.run, result="placed").first()
    assert row is not None
    browser = browser_of(published, row.candidate, candidate_of, signed_in)
    text = browser.get(f"/candidatura/{published.key}/resultado/").content.decode()
    assert str(timezone.localtime(published.enrolment_until).year) in text
