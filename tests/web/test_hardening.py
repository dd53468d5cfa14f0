"""What an attacker or an unlucky person sends: refused calmly; nobody reads what is not hers."""

from __future__ import annotations

import csv
import io
import json
import os
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.utils import timezone

from portaria.core.errors import ConfigurationError, UsageError
from portaria.web import configuration, front, uploads
from portaria.web.access import claims
from portaria.web.access.models import Candidate, Claim, Complaint, Contest, Exchange
from portaria.web.accounts import administration, granting
from portaria.web.accounts.adapters import ProviderAdapter
from portaria.web.accounts.log import record
from portaria.web.accounts.models import LogEntry, Membership, User
from portaria.web.accounts.signals import EMAIL_CHANGED, LOGIN_FAILED
from portaria.web.accounts.words import PROVIDER_REFUSED
from portaria.web.retention import erase, erase_account, over
from portaria.web.views import bad_request, fault
from web.damaging import moved_away

pytestmark = pytest.mark.django_db(transaction=True)


# What stands before the application


class _Answer(list[bytes]):
    streaming = False

    def close(self) -> None:
        """As Django's."""


def _echo(environ: Any, start: Any) -> Any:
    start("200 OK", [])
    return _Answer([environ["wsgi.input"].read()])


def _ask(application: Any, body: Any, length: int, path: str = "/", cookie: str = "") -> Any:
    told: list[str] = []
    environ = {
        "CONTENT_LENGTH": str(length),
        "PATH_INFO": path,
        "HTTP_COOKIE": cookie,
        "wsgi.input": body,
    }
    answer = b"".join(application(environ, lambda status, _headers: told.append(status)))
    return told[0][:3], answer


class _Stalled:
    """A body of which the rest comes once the reader of another is answered."""

    def __init__(self, waits: threading.Event) -> None:
        self.waits, self.sent = waits, False

    def read(self, _most: int) -> bytes:
        if self.sent:
            self.waits.wait(10)
            return b""
        self.sent = True
        return b"a"


def test_people_who_send_slowly_keep_nobody_from_being_answered() -> None:
    served, go_on = front.Front(_echo), threading.Event()
    found: list[Any] = []
    slow = [
        threading.Thread(target=lambda: found.append(_ask(served, _Stalled(go_on), 9)))
        for _ in range(front.WORKING * 3)
    ]
    for each in slow:
        each.start()
    assert _ask(served, io.BytesIO(b"fast"), 4) == ("200", b"fast")
    assert not found
    go_on.set()
    for each in slow:
        each.join()
    assert set(found) == {("200", b"a")}


def test_what_is_too_large_is_refused_before_it_is_received() -> None:
    served = front.Front(_echo)
    status, page = _ask(served, None, front.MOST + 1)
    assert status == "413"
    assert "demasiado grande" in page.decode()
    assert _ask(served, None, front.MOST + 1, "/gabinete/novo/")[0] == "413"
    small = io.BytesIO(b"x")
    assert _ask(served, small, front.MOST + 1, "/gabinete/novo/", "sessionid=a")[0] == "200"
    assert _ask(served, None, front.MOST_TABLES + 1, "/gabinete/novo/", "sessionid=a")[0] == "413"


def test_a_body_for_which_the_disk_has_no_place_is_told_calmly() -> None:
    class Full:
        def read(self, _most: int) -> bytes:
            raise OSError(28, "No space left on device")

    assert _ask(front.Front(_echo), Full(), 5)[0] == "503"


def test_a_long_answer_is_given_block_by_block_and_closed() -> None:
    closed = []

    class Long:
        def __iter__(self) -> Any:
            return iter([b"a", b"", b"b"])

        def close(self) -> None:
            closed.append(True)

    def application(_environ: Any, start: Any) -> Any:
        start("200 OK", [])
        return Long()

    assert _ask(front.Front(application), None, 0) == ("200", b"ab")
    assert closed == [True]


@pytest.mark.parametrize("address", ["/contas/?q=%00", "/contas/?%00=a", "/instituicao/%00/"])
def test_a_nul_is_refused_and_not_a_failure(address: str, signed_in: Callable[..., Client]) -> None:
    assert signed_in("administrator").get(address).status_code == 400


def test_a_nul_in_a_form_is_refused(
    open_contest: Contest, candidate_of: Callable[..., Candidate]
) -> None:
    candidate = candidate_of(open_contest, "C1")
    browser = Client()
    browser.force_login(candidate.user)
    sent = browser.post(f"/candidatura/{open_contest.key}/", {"options": ["a\x00"]})
    assert sent.status_code == 400


def test_the_api_tells_what_it_did_not_understand_as_it_tells_everything(
    client: Client, open_contest: Contest
) -> None:
    answer = client.get(f"/api/v1/contests/{open_contest.key}/programmes?q=%00")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "api-not-understood"


def test_the_api_tells_a_failure_as_it_tells_everything(rf: RequestFactory) -> None:
    answer = fault(rf.get("/api/v1/contests"))
    assert answer.status_code == 500
    assert json.loads(answer.content)["code"] == "api-fault"


# Accounts


def test_no_role_for_an_account_whose_address_nobody_confirmed(
    user_with: Callable[..., User],
) -> None:
    admin, other = user_with("administrator"), User.objects.create_user("officer@uni.example")
    address = EmailAddress.objects.create(user=other, email=other.email, primary=True)
    with pytest.raises(UsageError) as refused:
        administration.grant(admin, other, "office")
    assert refused.value.message.code == administration.UNCONFIRMED  # type: ignore[union-attr]
    with pytest.raises(UsageError):
        granting.grant(other.email, "office")
    assert not Membership.objects.filter(user=other).exists()
    address.verified = True
    address.save()
    administration.grant(admin, other, "office")
    assert Membership.objects.filter(user=other, role="office").exists()


class _Through:
    """What a provider says of somebody."""

    def __init__(self, email: str, domains: list[str]) -> None:
        self.email_addresses = [EmailAddress(email=email, verified=True)]
        app = type("App", (), {"settings": {"domains": domains}})
        self.provider = type("Provider", (), {"app": app})


def test_a_provider_opens_the_account_of_the_address_alone(user_with: Callable[..., User]) -> None:
    wishes = user_with("candidate", email="a@example.org")
    EmailAddress.objects.create(user=wishes, email="officer@uni.example", verified=False)
    adapter = ProviderAdapter()
    assert adapter.authenticate_by_email(_Through("officer@uni.example", ["uni.example"])) is None
    officer = User.objects.create_user("officer@uni.example")
    found = adapter.authenticate_by_email(_Through("Officer@uni.example", ["uni.example"]))
    assert found is not None
    assert found[0] == officer
    assert adapter.authenticate_by_email(_Through("officer@uni.example", [])) is None


@pytest.mark.parametrize("domains", ["[]", '"uni.example"'])
def test_a_provider_of_no_domain_is_refused(
    domains: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "oidc.toml"
    file.write_text(
        f'[[provider]]\nid="u"\nname="U"\nclient_id="c"\nsecret="s"\nserver_url="https://u.example"'
        f"\ndomains={domains}\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("OIDC_CONFIG", str(file))
    with pytest.raises(ConfigurationError, match="domains"):
        configuration.identity_providers()


# The log


def test_the_log_tells_the_account_of_whoever_takes_anothers_name(
    user_with: Callable[..., User], signed_in: Callable[..., Client]
) -> None:
    forger = user_with("candidate", email="forger@example.org")
    forger.name = "Diretora"
    forger.save()
    record(forger, "log-logged-in")
    auditor = signed_in("auditor")
    assert "forger@example.org" in auditor.get("/registo/").content.decode()
    answer = auditor.get("/registo/descarregar/")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["actor"] == "Diretora"]
    assert [row["account"] for row in rows] == ["forger@example.org"]


def test_an_administrator_reads_in_the_log_nothing_of_a_record(
    user_with: Callable[..., User], signed_in: Callable[..., Client]
) -> None:
    user = user_with("candidate", email="c@example.org")
    told = {"number": 1, "options": "0100-9999"}
    record(user, "log-submitted", told, after=["0100-9999"], contest="a", candidate="C1")
    record(user, "log-relocation-proposed", {"count": 1, "programme": "P"},
           after={"C1": "0300-8888"}, contest="a")  # fmt: skip
    page = signed_in("administrator").get("/registo/").content.decode()
    assert "0100-9999" not in page
    assert "0300-8888" not in page
    page = signed_in("auditor").get("/registo/").content.decode()
    assert "0100-9999" in page
    assert "0300-8888" in page


def test_a_refused_decision_that_shows_a_file_is_logged_as_its_reading(
    open_contest: Contest, candidate_of: Callable[..., Candidate], signed_in: Callable[..., Client]
) -> None:
    candidate = candidate_of(open_contest, "C1")
    file = Claim.objects.create(contest=open_contest, candidate=candidate, quota="disability")
    claim = Claim.objects.create(contest=open_contest, candidate=candidate, quota="emigrant")
    complaint = Complaint.objects.create(
        contest=open_contest, candidate=candidate, key="0" * 32, text="x"
    )
    for role, address, code in (
        ("commission", f"/comissao/{file.pk}/decidir/", "log-disability-read"),
        ("office", f"/gabinete/{open_contest.key}/contingentes/{claim.pk}/decidir/",
         "log-claim-read"),
        ("office", f"/gabinete/{open_contest.key}/reclamacoes/{complaint.pk}/decidir/",
         "log-complaint-read"),
    ):  # fmt: skip
        signed_in(role).post(address, {})
        assert LogEntry.objects.filter(code=code, candidate="C1").count() == 1, address


# What is erased


def _old(contest: Contest) -> None:
    published_at = timezone.now() - timedelta(days=3 * 366)
    Contest.objects.filter(pk=contest.pk).update(published_at=published_at)


def test_who_asked_for_an_exchange_is_erased_like_everybody(
    published: Contest, candidate_of: Callable[..., Candidate], signed_in: Callable[..., Client]
) -> None:
    first, second = candidate_of(published, "C1"), candidate_of(published, "C2")
    assert first.user is not None
    Exchange.objects.create(
        contest=published, first=first, second=second, asked_by=first.user, state="refused"
    )
    EmailAddress.objects.create(user=first.user, email="c1@example.org", verified=True)
    record(first.user, EMAIL_CHANGED, before="old@example.org", after="c1@example.org")
    record(None, LOGIN_FAILED, {"email": "C1@example.org"}, actor="C1@example.org")
    refused = {"provider": "Universidade", "email": "c1@example.org"}
    record(None, PROVIDER_REFUSED, refused, actor="c1@example.org")
    _old(published)
    erase(over())
    assert Exchange.objects.count() == 1
    assert not User.objects.filter(email__icontains="c1@").exists()
    assert not EmailAddress.objects.exists()
    first.refresh_from_db()
    assert first.user is None
    kept = "".join(map(str, LogEntry.objects.values_list("actor", "params", "before", "after")))
    assert "@example.org" not in kept.replace("office@", "").replace("director@", "").lower()
    page = signed_in("auditor").get("/registo/")
    assert "Universidade" in page.content.decode()


def test_an_account_is_needed_while_complaints_are_received_or_wait(
    published: Contest, candidate_of: Callable[..., Candidate]
) -> None:
    candidate = candidate_of(published, "C1")
    now = timezone.now()
    Contest.objects.filter(pk=published.pk).update(complaints_until=now + timedelta(days=1))
    with pytest.raises(UsageError):
        erase_account("c1@example.org")
    Contest.objects.filter(pk=published.pk).update(complaints_until=now - timedelta(days=1))
    complaint = Complaint.objects.create(
        contest=published, candidate=candidate, key="0" * 32, text="x"
    )
    with pytest.raises(UsageError):
        erase_account("c1@example.org")
    Complaint.objects.filter(pk=complaint.pk).update(state=Complaint.State.REFUSED)
    erase_account("c1@example.org")
    assert not User.objects.filter(email="c1@example.org").exists()


# Files


def test_names_that_meet_on_the_disk_or_are_too_long_are_told() -> None:
    def sent(name: str) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, b"a\n1\n")

    twice = uploads.faults([sent("exams.csv"), sent("exams.CSV")], uploads.TABLES)
    assert [problem.message.code for problem in twice] == [uploads.TWICE]
    long = uploads.faults([sent("ç" * 120 + ".csv")], uploads.TABLES)
    assert [problem.message.code for problem in long] == [uploads.LONG_NAME]
    paper = SimpleUploadedFile("ç" * 120 + ".pdf", b"%PDF-1.7")
    assert uploads.faults([paper], uploads.DOCUMENTS) == []


def test_a_document_that_finds_no_place_leaves_nothing_behind(
    open_contest: Contest, candidate_of: Callable[..., Candidate], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_any: Any) -> None:
        raise OSError(28, "No space left on device")

    candidate = candidate_of(open_contest, "C1")
    assert candidate.user is not None
    paper = SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    before = set((settings.DATA / "files").rglob("*.pdf"))
    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(OSError, match="space"):
        claims.claim(candidate, candidate.user, "emigrant", files=[paper])
    monkeypatch.undo()
    assert set((settings.DATA / "files").rglob("*.pdf")) == before
    assert not Claim.objects.exists()


def test_a_session_that_cannot_be_kept_does_not_say_that_nothing_was_changed(rf: Any) -> None:
    assert bad_request(rf.get("/"), SessionInterrupted()).status_code == 500
    assert bad_request(rf.get("/"), BadRequest()).status_code == 400


def test_an_archive_packed_and_broken_in_another_way_is_told(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("exams.csv", "candidate,exam,grade\n" * 500)
    whole = bytearray(path.read_bytes())
    begin = whole.index(b"exams.csv") + len("exams.csv")
    whole[begin + 4 : begin + 40] = b"\xff" * 36
    path.write_bytes(whole)
    found = uploads.unpack(path, tmp_path, uploads.TABLES)
    assert [problem.message.code for problem in found] == [uploads.BROKEN_ZIP]


def test_the_api_tells_nobody_where_files_are(published: Contest, client: Client) -> None:
    with moved_away(published.run):
        answer = client.get(f"/api/v1/contests/{published.key}/seats")
    assert answer.status_code == 503
    assert answer.json()["code"] == "api-result-gone"
    assert str(settings.DATA) not in answer.content.decode()
