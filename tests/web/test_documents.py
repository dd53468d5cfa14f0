"""Documents of people: how many and how much is taken, and what is given back where one is lost."""

from __future__ import annotations

import io
import json
import time
import uuid
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portaria.core.errors import InputError
from portaria.web.access import attachments, claims, complaints, own_data
from portaria.web.access.models import Candidate, Complaint, Contest, Document, Relocation
from portaria.web.accounts.models import User

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%test\n"


def pdf(name: str = "prova.pdf", size: int = len(PDF)) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF.ljust(size, b" "), "application/pdf")


@pytest.fixture
def ana(open_contest: Contest, candidate_of: Callable[..., Candidate]) -> Candidate:
    return candidate_of(open_contest, "C1")


@pytest.fixture
def owner(ana: Candidate) -> User:
    assert ana.user is not None
    return ana.user


@pytest.fixture
def browser(owner: User) -> Client:
    client = Client()
    client.force_login(owner)
    return client


def test_only_so_many_documents_of_one_person_are_taken_in_a_contest(
    ana: Candidate, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "MOST", 3)
    made = claims.claim(ana, owner, "azores", "art11.1", "", [pdf(), pdf("b.pdf")])
    with pytest.raises(InputError) as refused:
        claims.claim(ana, owner, "emigrant", "", "", [pdf("c.pdf"), pdf("d.pdf")])
    (problem,) = refused.value.problems
    assert problem.message.params == {"number": 4, "limit": 3}
    assert Document.objects.count() == 2, "nothing of what was refused is kept"
    claims.add_documents(made, owner, [pdf("c.pdf")])
    with pytest.raises(InputError):
        claims.add_documents(made, owner, [pdf("d.pdf")])


def test_only_so_many_bytes_of_one_person_are_taken_in_all(
    ana: Candidate, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of another contest count too."""
    other = Contest.objects.create(key="other", title="Other", edition="pt-national-2017")
    before = Candidate.objects.create(
        contest=other, candidate="X9", user=owner, has_final_grade=True
    )
    made = claims.claim(ana, owner, "azores", "art11.1", "", [pdf(size=700)])
    Document.objects.update(claim=None, complaint=_complaint(before))
    assert attachments.kept_of(ana) == attachments.Kept(0, 700)
    monkeypatch.setattr(attachments, "MOST_BYTES", 1000)
    with pytest.raises(InputError) as refused:
        claims.add_documents(made, owner, [pdf(size=301)])
    assert refused.value.problems[0].message.code == "documents-too-much-in-all"
    claims.add_documents(made, owner, [pdf(size=300)])


def _complaint(candidate: Candidate) -> Complaint:
    return Complaint.objects.create(contest=candidate.contest, candidate=candidate, text="x")


def test_complaints_count_too(
    published: Contest, candidate_of: Callable[..., Candidate], monkeypatch: pytest.MonkeyPatch
) -> None:
    published.complaints_until = timezone.now() + timedelta(hours=1)
    published.save()
    ana = candidate_of(published, "C1")
    assert ana.user is not None
    monkeypatch.setattr(attachments, "MOST", 1)
    complaints.receive(ana, ana.user, uuid.uuid4(), "Não concordo.", [pdf()])
    with pytest.raises(InputError):
        complaints.receive(ana, ana.user, uuid.uuid4(), "Nem assim.", [pdf()])


def test_the_limits_stand_on_the_page_and_a_refusal_is_told_there(
    ana: Candidate, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "MOST", 1)
    address = reverse("candidate-claims", args=[ana.contest.key])
    text = browser.get(address).content.decode()
    assert "200 MB" in text
    sent = {"quota": "azores", "ground": "art11.1", "statement": "",
            "documents": [pdf(), pdf("b.pdf")]}  # fmt: skip
    answer = browser.post(address, sent)
    assert answer.status_code == 422
    assert not Document.objects.exists()


def test_her_own_data_come_without_the_document_that_is_lost(
    ana: Candidate, owner: User, browser: Client
) -> None:
    claims.claim(ana, owner, "azores", "art11.1", "", [pdf("a.pdf"), pdf("b.pdf")])
    lost, kept = Document.objects.order_by("pk")
    lost.file.storage.delete(lost.file.name)
    answer = browser.post(reverse("candidate-data-download"))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as archive:
        names = archive.namelist()
        told = archive.read(own_data.MISSING_FILE).decode()
        assert len(json.loads(archive.read("data.json"))["contests"][0]["documents"]) == 2
    folder = f"{ana.contest.key}/documents"
    assert f"{folder}/{kept.pk}-b.pdf" in names
    assert f"{folder}/{lost.pk}-a.pdf" not in names
    assert f"{folder}/{lost.pk}-a.pdf" in told
    assert "b.pdf" not in told


def test_her_own_data_tell_where_a_relocation_would_take_her_and_nobody_else(
    ana: Candidate, browser: Client, user_with: Callable[..., User]
) -> None:
    asked_by = user_with("institution", "9001")
    for moves in ({"C1": "9001/0002", "C2": "9001/0003"}, {"C2": "9001/0003"}):
        Relocation.objects.create(
            contest=ana.contest, programme="9001/0001", moves=moves, asked_by=asked_by
        )
    answer = browser.post(reverse("candidate-data-download"))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as archive:
        (contest,) = json.loads(archive.read("data.json"))["contests"]
    assert [each["moves"] for each in contest["relocations"]] == ["9001/0002"]


def test_where_nothing_is_missing_nothing_is_said(
    ana: Candidate, owner: User, browser: Client
) -> None:
    claims.claim(ana, owner, "azores", "art11.1", "", [pdf("a.pdf")])
    answer = browser.post(reverse("candidate-data-download"))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as archive:
        assert own_data.MISSING_FILE not in archive.namelist()


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_do_not_take_more_than_one(
    ana: Candidate, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "MOST", 3)
    count = attachments.kept_of

    def slowly(candidate: Candidate) -> attachments.Kept:
        found = count(candidate)
        time.sleep(0.3)
        return found

    monkeypatch.setattr(attachments, "kept_of", slowly)
    start = Barrier(2)

    def claim(quota: str) -> bool:
        start.wait(10)
        try:
            claims.claim(ana, owner, quota, "", "", [pdf(), pdf("b.pdf")])
        except InputError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(claim, ["emigrant", "military"])) == [False, True]
    assert Document.objects.count() == 2
