"""Decisions on seats are told to those whose seats they are: a notice, and a message."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from portaria.web.access import claims, exchanges, relocations
from portaria.web.access.models import Candidate, Contest, Exchange, Relocation
from portaria.web.accounts.models import LogEntry, User
from web.moving import moving_contest
from web.test_institution_rectifications import in_force
from web.test_notices import browser_of, text

pytestmark = pytest.mark.django_db
Users = Callable[..., User]
Own = Callable[..., Candidate]
Browser = Callable[..., Client]
Kept = Callable[..., object]


@pytest.fixture
def moving(tmp_path: Path, user_with: Users) -> Contest:
    return moving_contest(tmp_path / "moving", user_with)


@pytest.fixture
def agreed(moving: Contest, candidate_of: Own) -> tuple[Exchange, Candidate, Candidate]:
    """A and B asked for it."""
    first, second = candidate_of(moving, "A"), candidate_of(moving, "B")
    assert first.user is not None
    assert second.user is not None
    asked = exchanges.ask(first, first.user, "B")
    return exchanges.agree(asked.pk, second, second.user), first, second


def exchanged(asked: Exchange, users: Users) -> None:
    for code in ("7001", "7002"):
        exchanges.decide(asked.pk, code, True, "", users("institution", code))


def test_both_are_told_of_an_exchange_that_was_authorised(
    agreed: tuple[Exchange, Candidate, Candidate], user_with: Users, candidate_of: Own
) -> None:
    asked, first, second = agreed
    address = reverse("exchange-notice", args=[asked.contest.key, asked.pk])
    assert browser_of(first).get(address).status_code == 404, "nothing is decided"
    exchanged(asked, user_with)
    hers, theirs = (text(browser_of(who).get(address).content) for who in (first, second))
    assert "Curso B, Escola 7002 (7002/B)" in hers
    assert "Pessoa A" in hers
    assert "Pessoa B" not in hers, "the other's notice is the other's"
    assert "Curso A, Escola 7001 (7001/A)" in theirs
    assert "art. 54.º, n.º 6" in hers
    page = browser_of(first).get(reverse("exchange", args=[asked.contest.key])).content.decode()
    assert address in page
    third = candidate_of(asked.contest, "X")
    assert browser_of(third).get(address).status_code == 404


def test_a_refusal_is_told_with_its_reasons(
    agreed: tuple[Exchange, Candidate, Candidate], user_with: Users
) -> None:
    asked, first, _second = agreed
    officer = user_with("institution", "7001")
    exchanges.decide(asked.pk, "7001", False, "Falta a ficha individual.", officer)
    address = reverse("exchange-notice", args=[asked.contest.key, asked.pk])
    assert "Falta a ficha individual." in text(browser_of(first).get(address).content)


def test_who_gives_up_is_sent_no_decision(
    agreed: tuple[Exchange, Candidate, Candidate], django_capture_on_commit_callbacks: Kept
) -> None:
    asked, first, _second = agreed
    assert first.user is not None
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        exchanges.give_up(asked.pk, first, first.user)
    address = reverse("exchange-notice", args=[asked.contest.key, asked.pk])
    assert browser_of(first).get(address).status_code == 404
    assert not mail.outbox


def test_an_institution_takes_the_notices_it_has_to_send(
    agreed: tuple[Exchange, Candidate, Candidate], user_with: Users, signed_in: Browser
) -> None:
    asked, _first, _second = agreed
    exchanged(asked, user_with)
    browser = signed_in("institution", "7002")
    address = reverse("institution-exchange-notice", args=["7002", asked.pk])
    answer = browser.get(address, {"candidato": "A"})
    assert "Pessoa A" in text(answer.content)
    assert LogEntry.objects.filter(code="log-move-notice", candidate="A").exists()
    assert browser.get(address, {"candidato": "X"}).status_code == 404
    other = reverse("institution-exchange-notice", args=["7001", asked.pk])
    assert browser.get(other, {"candidato": "A"}).status_code == 403
    page = browser.get(reverse("institution-exchange", args=["7002", asked.pk])).content.decode()
    assert f"{address}?candidato=A" in page


def proposed(moving: Contest, users: Users) -> Relocation:
    officer = users("institution", "7001")
    return relocations.propose(moving, "7001/D", {"W": "7002/C"}, officer, 0, True)


def test_relocated_students_are_told(
    moving: Contest, user_with: Users, candidate_of: Own, signed_in: Browser
) -> None:
    student = candidate_of(moving, "W")
    assert student.user is not None
    asked = proposed(moving, user_with)
    address = reverse("relocation-notice", args=[moving.key, asked.pk])
    relocations.answer(asked.pk, "W", True, student.user)
    assert browser_of(student).get(address).status_code == 404
    for code in ("7001", "7002"):
        relocations.decide(asked.pk, code, True, "", user_with("institution", code))
    told = text(browser_of(student).get(address).content)
    assert "Curso C, Escola 7002 (7002/C)" in told
    assert "art. 55.º, n.º 4" in told
    letter = reverse("institution-relocation-notice", args=["7001", asked.pk])
    answer = signed_in("institution", "7001").get(letter, {"candidato": "W"})
    assert "Pessoa W" in text(answer.content)


def test_a_rectification_in_force_is_told(
    moving: Contest, user_with: Users, candidate_of: Own, signed_in: Browser
) -> None:
    hers, other = candidate_of(moving, "Z"), candidate_of(moving, "A")
    run = in_force(moving, user_with)
    address = reverse("rectification-notice", args=[moving.key, run.pk])
    told = text(browser_of(hers).get(address).content)
    assert "Curso A, Escola 7001 (7001/A)" in told
    assert "art. 57.º, n.º 1" in told
    assert browser_of(other).get(address).status_code == 404
    page = reverse("candidate-result", args=[moving.key])
    assert address in browser_of(hers).get(page).content.decode()
    assert address not in browser_of(other).get(page).content.decode()
    letter = reverse("office-rectification-notice", args=[moving.key, run.pk])
    assert signed_in("office").get(letter)["Content-Type"] == "application/pdf"
    assert LogEntry.objects.filter(code="log-move-notice", candidate="Z").exists()


def test_a_message_says_that_a_decision_is_there_and_not_which(
    open_contest: Contest,
    candidate_of: Own,
    user_with: Users,
    django_capture_on_commit_callbacks: Kept,
) -> None:
    mine = candidate_of(open_contest, "C1")
    assert mine.user is not None
    claim = claims.claim(mine, mine.user, "emigrant", statement="França")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        claims.decide(claim, user_with("office"), False, "Falta a declaração do consulado.")
    (sent,) = mail.outbox
    assert sent.to == [mine.user.email]
    assert open_contest.title in sent.body
    assert "consulado" not in sent.body + sent.subject
    assert "emigra" not in sent.body.lower()


def test_those_of_a_rectification_and_of_an_exchange_get_a_message(
    agreed: tuple[Exchange, Candidate, Candidate],
    user_with: Users,
    candidate_of: Own,
    django_capture_on_commit_callbacks: Kept,
) -> None:
    asked, first, second = agreed
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        exchanged(asked, user_with)
    assert {to for sent in mail.outbox for to in sent.to} == {
        who.user.email for who in (first, second) if who.user
    }
    mail.outbox.clear()
    hers = candidate_of(asked.contest, "Z")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        in_force(asked.contest, user_with)
    assert [sent.to for sent in mail.outbox] == [[hers.user.email]] if hers.user else False
