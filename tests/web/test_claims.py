"""Special quotas: claimed until the deadline, decided by whom it concerns, written at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from portaria.core.errors import InputError, UsageError
from portaria.web.access import claims, frames, people
from portaria.web.access.models import Candidate, Claim, Contest, Document, Stage
from portaria.web.accounts.models import LogEntry, User

pytestmark = pytest.mark.django_db

Own = Callable[[Contest, str], Candidate]
Users = Callable[..., User]
SignedIn = Callable[..., Client]
PDF = b"%PDF-1.7\n%test\n"


def pdf(name: str = "prova.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


@pytest.fixture
def ana(open_contest: Contest, candidate_of: Own) -> Candidate:
    return candidate_of(open_contest, "C1")


@pytest.fixture
def owner(ana: Candidate) -> User:
    assert ana.user is not None
    return ana.user


def test_a_claim_with_documents_is_accepted_and_written(
    ana: Candidate, owner: User, user_with: Users
) -> None:
    made = claims.claim(ana, owner, "azores", "art11.1", "", [pdf(), pdf("b.PDF")])
    assert Document.objects.filter(claim=made).count() == 2
    assert Candidate.objects.get(pk=ana.pk).azores is None
    claims.decide(made, user_with("office"), accepted=True, reasons="")
    assert Candidate.objects.get(pk=ana.pk).azores == "art11.1"
    with pytest.raises(UsageError):
        claims.decide(made, user_with("office"), accepted=False, reasons="Outra vez.")
    assert {entry.code for entry in LogEntry.objects.filter(candidate="C1")} >= {
        "log-claimed", "log-claim-accepted",
    }  # fmt: skip


def test_disability_is_decided_by_the_commission_alone(
    ana: Candidate, owner: User, user_with: Users
) -> None:
    made = claims.claim(ana, owner, "disability", files=[pdf()])
    for role in ("office", "director", "auditor", "administrator", "candidate"):
        with pytest.raises(PermissionDenied):
            claims.decide(made, user_with(role), accepted=True, reasons="")
    claims.decide(made, user_with("commission"), accepted=True, reasons="Comprovada.")
    assert Candidate.objects.get(pk=ana.pk).disability
    other = claims.claim(ana, owner, "military")
    with pytest.raises(PermissionDenied):
        claims.decide(other, user_with("commission"), accepted=True, reasons="")


def test_a_correction_of_the_table_leaves_what_was_decided(
    ana: Candidate, owner: User, user_with: Users
) -> None:
    made = claims.claim(ana, owner, "azores", "art11.1")
    claims.decide(made, user_with("office"), accepted=True, reasons="")
    table = frames.table(ana.contest, "candidates").with_columns(
        azores=pl.lit(None, pl.String), name=pl.lit("Outro Nome")
    )
    people.keep_people(ana.contest, table)
    ana.refresh_from_db()
    assert (ana.name, ana.azores) == ("Outro Nome", "art11.1")


def test_a_refusal_needs_reasons_and_writes_nothing(
    ana: Candidate, owner: User, user_with: Users
) -> None:
    made = claims.claim(ana, owner, "military")
    with pytest.raises(UsageError):
        claims.decide(made, user_with("office"), accepted=False, reasons=" ")
    claims.decide(made, user_with("office"), accepted=False, reasons="Falta o documento.")
    assert not Candidate.objects.get(pk=ana.pk).military


def test_withdrawing_takes_back_what_was_written(
    ana: Candidate, owner: User, user_with: Users
) -> None:
    made = claims.claim(ana, owner, "emigrant")
    claims.decide(made, user_with("office"), accepted=True, reasons="")
    claims.withdraw(made, owner)
    assert not Candidate.objects.get(pk=ana.pk).emigrant
    assert claims.claim(ana, owner, "emigrant").pk != made.pk


def test_a_quota_is_claimed_once(ana: Candidate, owner: User) -> None:
    claims.claim(ana, owner, "military")
    before = stored()
    with pytest.raises(UsageError):
        claims.claim(ana, owner, "military", files=[pdf()])
    assert stored() == before, "a refused claim leaves no file behind"


def stored() -> set[Path]:
    return set(Path(settings.DATA, "files").rglob("*.pdf"))


@pytest.mark.parametrize(
    ("quota", "ground"), [("azores", ""), ("azores", "art99"), ("regional", ""), ("general", "")]
)
def test_claims_that_are_none(ana: Candidate, owner: User, quota: str, ground: str) -> None:
    with pytest.raises(UsageError):
        claims.claim(ana, owner, quota, ground)


@pytest.mark.parametrize(
    "file",
    [
        pdf("virus.exe"),
        pdf("outro.pdf", b"MZ not a pdf"),
        pdf("vazio.pdf", b""),
        SimpleUploadedFile("x.png", PDF),
    ],
    ids=["kind", "content", "empty", "other"],
)
def test_documents_that_are_not_taken(
    ana: Candidate, owner: User, file: SimpleUploadedFile
) -> None:
    with pytest.raises(InputError):
        claims.claim(ana, owner, "military", files=[file])
    assert not Claim.objects.filter(candidate=ana).exists()


def test_at_most_ten_documents_a_claim(ana: Candidate, owner: User) -> None:
    made = claims.claim(ana, owner, "military", files=[pdf(f"{n}.pdf") for n in range(9)])
    with pytest.raises(InputError):
        claims.add_documents(made, owner, [pdf("a.pdf"), pdf("b.pdf")])
    claims.add_documents(made, owner, [pdf("a.pdf")])
    assert Document.objects.filter(claim=made).count() == 10


def test_nothing_is_claimed_or_withdrawn_after_the_deadline(
    ana: Candidate, owner: User, user_with: Users
) -> None:
    made = claims.claim(ana, owner, "military")
    Contest.objects.update(closes_at=timezone.now() - timedelta(seconds=2))
    before = stored()
    for act in (
        lambda: claims.claim(ana, owner, "emigrant", files=[pdf()]),
        lambda: claims.add_documents(made, owner, [pdf()]),
        lambda: claims.withdraw(made, owner),
    ):
        with pytest.raises(UsageError):
            act()
    assert stored() == before
    Contest.objects.update(stage=Stage.CLOSED)
    claims.decide(made, user_with("office"), accepted=True, reasons="")
    other = Claim.objects.create(contest=ana.contest, candidate=ana, quota="emigrant")
    Contest.objects.update(stage=Stage.SENT)
    with pytest.raises(UsageError):
        claims.decide(other, user_with("office"), accepted=True, reasons="")


def test_on_the_screen(ana: Candidate, signed_in: SignedIn) -> None:
    browser = signed_in("candidate", email="c1@example.org")
    page = f"/candidatura/{ana.contest.key}/contingentes/"
    assert browser.get(page).status_code == 200
    bad = browser.post(page, {"quota": "azores", "statement": ""})
    assert bad.status_code == 422
    wrong = browser.post(page, {"quota": "military", "documents": [pdf("x.exe")]})
    assert wrong.status_code == 422
    done = browser.post(
        page, {"quota": "madeira", "ground": "art11.2", "documents": [pdf(), pdf("b.pdf")]}
    )
    assert done.status_code == 302
    made = Claim.objects.get(candidate=ana)
    assert (made.quota, made.ground) == ("madeira", "art11.2")
    more = browser.post(f"{page}{made.pk}/documentos/", {"documents": [pdf("c.pdf")]})
    assert more.status_code == 302
    assert browser.post(f"{page}{made.pk}/documentos/", {}).status_code == 422
    document = Document.objects.filter(claim=made).first()
    assert document is not None
    assert "prova" not in document.file.name
    own = browser.get(f"/candidatura/documentos/{document.pk}/")
    assert b"".join(own.streaming_content) == PDF  # type: ignore[attr-defined]
    assert "attachment" in own["Content-Disposition"]
    stranger = signed_in("candidate", email="stranger@example.org")
    assert stranger.get(f"/candidatura/documentos/{document.pk}/").status_code == 404
    assert stranger.post(f"{page}{made.pk}/retirar/").status_code == 404
    assert browser.get(f"{page}{made.pk}/retirar/").status_code == 200
    assert browser.post(f"{page}{made.pk}/retirar/").status_code == 302
    made.refresh_from_db()
    assert made.state == Claim.State.WITHDRAWN
    assert browser.get(f"/candidatura/{ana.contest.key}/").status_code == 200
