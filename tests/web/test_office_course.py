"""The office's way of a contest: calendar, opening, codes, closing, exclusion, claims."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portaria.web.access import attachments
from portaria.web.access.forms.office import Calendar
from portaria.web.access.models import Candidate, Claim, Complaint, Contest, Document, Stage
from portaria.web.access.people import digest
from portaria.web.accounts.models import LogEntry, User

pytestmark = pytest.mark.django_db


def cells(answer: Any, table: str = "") -> list[list[str]]:
    """The text of the cells of the tables of a page, or of one of them."""
    page = answer.content.decode()
    if table:
        page = page.partition(f'id="{table}-caption"')[2].partition("</table>")[0]
    bodies = "".join(re.findall(r"<tbody.*?</tbody>", page, re.DOTALL))
    rows = re.findall(r"<tr.*?</tr>", bodies, re.DOTALL)
    found = [re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[html.unescape(re.sub(r"<[^>]*>", "", cell)).strip() for cell in row] for row in found]


def set_calendar(browser: Client, contest: Contest, **moments: str) -> Any:
    return browser.post(
        reverse("office-calendar-change", args=[contest.key]),
        {"title": contest.title, **moments},
    )


def page_of(browser: Client, contest: Contest) -> str:
    return browser.get(reverse("office-contest", args=[contest.key])).content.decode()


def test_moments_are_written_in_lisbon_time(
    signed_in: Callable[..., Client], contest: Contest
) -> None:
    browser = signed_in("office")
    answer = set_calendar(
        browser, contest, opens_at="2030-07-19T00:00", closes_at="2030-08-08T23:59:59"
    )
    assert answer.status_code == 302
    contest.refresh_from_db()
    assert contest.closes_at == datetime(2030, 8, 8, 22, 59, 59, tzinfo=UTC)
    page = browser.get(reverse("office-calendar", args=[contest.key])).content.decode()
    assert "23:59" in page
    assert "22:59" in page, "the hour of the Azores stands beside"
    assert ":59:" not in page, "seconds are not for people who read a calendar"
    form = browser.get(reverse("office-calendar-change", args=[contest.key])).content.decode()
    assert 'value="2030-08-08T23:59:59"' in form


@pytest.mark.parametrize(
    ("written", "code"),
    [("2030-03-31T01:30", "não existe"), ("2030-10-27T01:30", "duas vezes")],
)
def test_an_hour_that_the_clocks_skip_or_repeat_is_refused(written: str, code: str) -> None:
    form = Calendar({"opens_at": written})
    assert not form.is_valid()
    assert len(form.errors["opens_at"]) == 1


def test_a_calendar_out_of_order_is_refused(
    signed_in: Callable[..., Client], contest: Contest
) -> None:
    answer = set_calendar(
        signed_in("office"), contest, opens_at="2030-08-08T00:00", closes_at="2030-07-08T00:00"
    )
    assert answer.status_code == 422
    contest.refresh_from_db()
    assert contest.opens_at is None


def test_opening_and_closing(
    signed_in: Callable[..., Client], contest: Contest, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = signed_in("office")
    browser.post(reverse("office-open", args=[contest.key]))
    contest.refresh_from_db()
    assert contest.stage == Stage.PREPARING, "without a calendar it does not open"
    now = timezone.now().replace(microsecond=0)
    contest.opens_at, contest.closes_at = now - timedelta(days=2), now - timedelta(days=1)
    contest.save()
    browser.post(reverse("office-open", args=[contest.key]))
    contest.refresh_from_db()
    assert contest.stage == Stage.PREPARING, "nor after the deadline"
    contest.closes_at = now + timedelta(hours=1)
    contest.save()
    browser.post(reverse("office-open", args=[contest.key]))
    close = reverse("office-close", args=[contest.key])
    assert f'href="{close}" class="button button-primary"' not in page_of(browser, contest)
    assert '<form class="confirm' not in browser.get(close).content.decode(), "nothing to press"
    browser.post(close)
    contest.refresh_from_db()
    assert contest.stage == Stage.OPEN, "not closed before the deadline"
    last = contest.closes_at
    assert last is not None
    monkeypatch.setattr(
        "portaria.web.access.publication.timezone.now", lambda: last + timedelta(seconds=0.9)
    )
    browser.post(reverse("office-close", args=[contest.key]))
    contest.refresh_from_db()
    assert contest.stage == Stage.OPEN, "the last second counts whole"
    monkeypatch.setattr(
        "portaria.web.access.publication.timezone.now", lambda: last + timedelta(seconds=1)
    )
    assert f'href="{close}" class="button button-primary"' in page_of(browser, contest)
    assert '<form class="confirm' in browser.get(close).content.decode()
    browser.post(reverse("office-close", args=[contest.key]))
    contest.refresh_from_db()
    assert contest.stage == Stage.CLOSED


def test_what_candidates_were_told_does_not_move_behind_them(
    signed_in: Callable[..., Client], open_contest: Contest
) -> None:
    browser = signed_in("office")
    opens_at, closes_at = open_contest.opens_at, open_contest.closes_at
    assert opens_at is not None
    assert closes_at is not None
    kept = timezone.localtime(opens_at).strftime("%Y-%m-%dT%H:%M:%S")
    past = timezone.localtime(timezone.now() - timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%S")
    assert set_calendar(browser, open_contest, opens_at=past, closes_at=past).status_code == 422
    assert set_calendar(browser, open_contest, opens_at=kept, closes_at=past).status_code == 422
    assert set_calendar(browser, open_contest, opens_at=kept).status_code == 422
    open_contest.refresh_from_db()
    assert open_contest.closes_at == closes_at


def test_a_form_that_was_not_touched_changes_nothing(
    signed_in: Callable[..., Client], open_contest: Contest
) -> None:
    """Moments are kept to the microsecond and shown to the second."""
    now = timezone.now().replace(microsecond=0)
    open_contest.opens_at, open_contest.closes_at = now - timedelta(days=1), now + timedelta(days=1)
    open_contest.save()
    given = {
        name: timezone.localtime(getattr(open_contest, name)).strftime("%Y-%m-%dT%H:%M:%S")
        for name in ("opens_at", "closes_at")
    }
    assert set_calendar(signed_in("office"), open_contest, **given).status_code == 302


def test_codes_are_shown_once_and_kept_as_fingerprints(
    signed_in: Callable[..., Client], contest: Contest
) -> None:
    browser = signed_in("office")
    address = reverse("office-codes", args=[contest.key])
    rows = cells(browser.post(address))
    assert len(rows) == 7
    first = Candidate.objects.get(contest=contest, candidate=rows[0][0])
    assert first.activation == digest(rows[0][2])
    assert rows[0][2] not in browser.get(address).content.decode()


def test_codes_that_were_handed_out_go_on_working(
    signed_in: Callable[..., Client], contest: Contest
) -> None:
    browser = signed_in("office")
    address = reverse("office-codes", args=[contest.key])
    rows = cells(browser.post(address))
    late = Candidate.objects.filter(contest=contest).order_by("candidate").last()
    assert late is not None
    Candidate.objects.filter(pk=late.pk).update(activation=None)
    again = cells(browser.post(address))
    assert [row[0] for row in again] == [late.candidate], "only who has none is given one"
    kept = Candidate.objects.get(contest=contest, candidate=rows[0][0])
    assert kept.activation == digest(rows[0][2])
    assert not cells(browser.post(address)), "nobody is without one"
    assert LogEntry.objects.filter(code="log-codes-drawn").count() == 2


def test_drawing_every_code_anew_asks_and_says_what_it_ends(
    signed_in: Callable[..., Client], contest: Contest
) -> None:
    browser = signed_in("office")
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    rows = cells(browser.post(reverse("office-codes", args=[contest.key])))
    address = reverse("office-codes-anew", args=[contest.key])
    asked = browser.get(address).content.decode()
    assert "7 codes that were handed out stop working" in asked
    browser.cookies.clear()
    browser.force_login(User.objects.get(email="office@example.org"))
    answer = browser.post(address, {"as": "csv"})
    assert answer["Content-Type"].startswith("text/csv")
    assert contest.key in answer["Content-Disposition"]
    head, *lines = csv.reader(answer.content.decode("utf-8-sig").splitlines())
    assert head[:4] == ["Concurso", "Candidato", "Nome", "Código de ativação"]
    assert {line[0] for line in lines} == {contest.title}
    assert all(line[4] for line in lines)
    first = Candidate.objects.get(contest=contest, candidate=lines[0][1])
    assert first.activation == digest(lines[0][3]) != digest(rows[0][2])
    told = LogEntry.objects.get(code="log-codes-drawn-anew")
    assert told.params == {"count": 7, "lost": 7}


def test_a_new_code_for_one_person_asks_where_she_has_one(
    signed_in: Callable[..., Client], contest: Contest
) -> None:
    browser = signed_in("office")
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    first = Candidate.objects.filter(contest=contest).order_by("candidate")[0]
    address = reverse("office-code", args=[contest.key, first.pk])
    given = cells(browser.post(address))[0][2]
    assert "stops working" in browser.get(address).content.decode()
    assert browser.post(address).status_code == 302, "not without having been asked"
    first.refresh_from_db()
    assert first.activation == digest(given)
    other = cells(browser.post(address, {"anew": "1"}))[0][2]
    first.refresh_from_db()
    assert first.activation == digest(other)


def test_people_are_found_by_parts_of_their_name(
    signed_in: Callable[..., Client], contest: Contest
) -> None:
    browser = signed_in("office")
    Candidate.objects.filter(contest=contest, candidate="C5").update(name="Évora da Conceição")
    address = reverse("office-people", args=[contest.key])
    for text, keys in (
        ("concei evo", ["C5"]), ("C2", ["C2"]), ("EXEMPLO duarte", ["C4"]), ("onceicao", []),
    ):  # fmt: skip
        found = cells(browser.get(address, {"q": text}))
        assert [row[1] for row in found if len(row) > 1] == keys, text


def test_reading_a_person_is_logged(signed_in: Callable[..., Client], contest: Contest) -> None:
    person = Candidate.objects.get(contest=contest, candidate="C4")
    page = signed_in("auditor").get(reverse("office-person", args=[contest.key, person.pk]))
    assert "Duarte Exemplo" in page.content.decode()
    entry = LogEntry.objects.get(code="log-person-read")
    assert (entry.candidate, entry.contest) == ("C4", contest.key)
    assert reverse("office-exclude", args=[contest.key, person.pk]) not in page.content.decode()


def test_excluding_and_taking_it_back(
    signed_in: Callable[..., Client], closed_contest: Contest
) -> None:
    browser = signed_in("office")
    person = Candidate.objects.get(contest=closed_contest, candidate="C4")
    address = reverse("office-exclude", args=[closed_contest.key, person.pk])
    browser.post(address, {"clause": "211-A 56/1", "reasons": " "})
    person.refresh_from_db()
    assert person.excluded is None
    browser.post(address, {"clause": "211-A 56/1", "reasons": "Documento falso."})
    person.refresh_from_db()
    assert person.excluded == "211-A 56/1"
    browser.post(address, {"reasons": "Engano."})
    person.refresh_from_db()
    assert person.excluded is None
    assert LogEntry.objects.filter(code="log-excluded", candidate="C4").exists()
    Contest.objects.update(stage=Stage.SENT)
    browser.post(address, {"clause": "211-A 56/1", "reasons": "Tarde."})
    person.refresh_from_db()
    assert person.excluded is None


@pytest.fixture
def claim(open_contest: Contest) -> Claim:
    """An emigrant's claim with one document."""
    person = Candidate.objects.get(contest=open_contest, candidate="C1")
    made = Claim.objects.create(contest=open_contest, candidate=person, quota="emigrant")
    with attachments.keeping() as keep, transaction.atomic():
        keep([SimpleUploadedFile("prova.pdf", b"%PDF-1.4")], made)
    return made


def test_a_claim_is_decided_with_its_documents(
    signed_in: Callable[..., Client], claim: Claim
) -> None:
    browser, key = signed_in("office"), claim.contest.key
    assert claim.candidate.name in browser.get(
        reverse("office-claims", args=[key])
    ).content.decode()  # fmt: skip
    document = Document.objects.get()
    taken = browser.get(reverse("office-document", args=[document.pk]))
    assert b"".join(taken) == b"%PDF-1.4"
    assert "attachment" in taken["Content-Disposition"]
    assert "sandbox" in taken["Content-Security-Policy"]
    address = reverse("office-decide-claim", args=[key, claim.pk])
    assert browser.post(address, {"accepted": "no", "reasons": ""}).status_code == 200
    assert browser.post(address, {"accepted": "yes", "reasons": ""}).status_code == 302
    claim.refresh_from_db()
    assert claim.state == Claim.State.ACCEPTED
    assert Candidate.objects.get(pk=claim.candidate_id).emigrant
    assert LogEntry.objects.filter(code="log-document-read").count() == 1
    assert signed_in("auditor").post(address, {"accepted": "no"}).status_code == 403


def test_the_office_sees_no_disability_file(signed_in: Callable[..., Client], claim: Claim) -> None:
    Claim.objects.filter(pk=claim.pk).update(quota="disability", statement="segredo clínico")
    key, browser = claim.contest.key, signed_in("office")
    document = Document.objects.get()
    for name, arguments in (
        ("office-claim", [key, claim.pk]), ("office-decide-claim", [key, claim.pk]),
    ):  # fmt: skip
        assert browser.get(reverse(name, args=arguments)).status_code in (404, 405)
        assert browser.post(reverse(name, args=arguments)).status_code in (404, 405)
    assert browser.get(reverse("office-document", args=[document.pk])).status_code == 403
    page = browser.get(reverse("office-person", args=[key, claim.candidate_id])).content.decode()
    assert "segredo" not in page
    assert "prova.pdf" not in page


def test_complaints_are_decided_once_with_reasons(
    signed_in: Callable[..., Client], published: Contest
) -> None:
    person = Candidate.objects.get(contest=published, candidate="C3")
    made = Complaint.objects.create(contest=published, candidate=person, text="Nota errada.")
    browser = signed_in("office")
    queue = reverse("office-complaints", args=[published.key])
    assert "Carla Exemplo" in browser.get(queue).content.decode()
    address = reverse("office-decide-complaint", args=[published.key, made.pk])
    assert browser.post(address, {"accepted": "no", "reasons": ""}).status_code == 422
    assert browser.post(address, {"accepted": "no", "reasons": "Está certa."}).status_code == 302
    browser.post(address, {"accepted": "yes", "reasons": "Outra vez."})
    made.refresh_from_db()
    assert (made.state, made.decision) == (Complaint.State.REFUSED, "Está certa.")
    assert "Carla Exemplo" in browser.get(queue, {"estado": "decididas"}).content.decode()
    assert signed_in("director").post(address).status_code == 403


def test_demand_counts_what_stands_now(
    signed_in: Callable[..., Client], open_contest: Contest
) -> None:
    address = reverse("office-demand", args=[open_contest.key])
    rows = {row[1]: row for row in cells(signed_in("office").get(address), "demand")}
    assert rows["9001/0001"][2:5] == ["2", "5", "5"]
    assert rows["9002/0003"][4] == "3"
    Candidate.objects.filter(contest=open_contest, candidate="C1").update(submission=None)
    rows = {row[1]: row for row in cells(signed_in("office").get(address), "demand")}
    assert rows["9001/0001"][3] == "4"
