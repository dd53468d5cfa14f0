"""Every address, every role, every method: who gets in is what `doors.py` says."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from portaria.web.access import attachments
from portaria.web.access.models import (
    Candidate,
    Claim,
    Complaint,
    Contest,
    Document,
    ImportPlan,
    Run,
    SourceFile,
)
from portaria.web.accounts import tokens
from portaria.web.accounts.adapters import vouch
from portaria.web.accounts.models import LogEntry, Membership, User
from portaria.web.accounts.permissions import Person
from portaria.web.accounts.roles import Can
from web.doors import AUDITOR_ACTS, BY_TOKEN, CLOSED, NOBODY_YET, OPEN_DATA, READINGS, ROLES, WHO
from web.walking import INSTITUTION, World, doors

ANOTHER = "9002"
SEES = {Can.SEE_CONTESTS, Can.SEE_PEOPLE, Can.SEE_DISABILITY, Can.SEE_INSTITUTION, Can.READ_LOG}


DOORS = doors()
OPEN = [door for door in DOORS if door.name in WHO]


# What needs no database


def test_every_address_declares_what_it_asks_for() -> None:
    bare = [
        door.name
        for door in DOORS
        if door.permission is None and door.pattern.callback.__module__.startswith("portaria.")
    ]
    assert not bare, f"declare with @requires(Can.…) what these ask for: {bare}"


def test_every_address_stands_in_the_table() -> None:
    known = set(WHO) | BY_TOKEN | CLOSED
    missing = sorted({door.name for door in DOORS} - known)
    assert not missing, f"write into tests/web/doors.py who may open: {' '.join(missing)}"
    gone = sorted(known - {door.name for door in DOORS})
    assert not gone, f"tests/web/doors.py names addresses that are no more: {' '.join(gone)}"


def test_what_libraries_bring_and_nobody_opened_stays_closed() -> None:
    assert {door.name for door in DOORS if door.permission is None} == CLOSED


def test_only_addresses_for_systems_look_at_tokens() -> None:
    by_token = {door.name for door in DOORS if door.permission and door.permission.by_token}
    assert by_token == BY_TOKEN


def test_an_address_of_an_institution_asks_for_that_institution() -> None:
    """Where an officer may open an address that names an institution, the gate compares the two."""
    wrong = [
        door.name
        for door in OPEN
        if "institution" in WHO[door.name]
        and {"code", "institution"} & set(door.parts)
        and (door.permission is None or door.permission.institution not in door.parts)
    ]
    assert not wrong, f'give @requires(…, institution="code") to {wrong}'


# A world in which every address has something to show


@pytest.fixture
def world(
    published: Contest,
    candidate_of: Callable[..., Candidate],
    user_with: Callable[..., User],
) -> World:
    candidate = candidate_of(published, "C1")
    published.complaints_until = timezone.now() + timedelta(days=1)
    published.save()
    subject = user_with("office", email="subject@example.org")
    quota = _claim(published, candidate, "emigrant")
    files = _claim(published, candidate, "disability")
    complaint = Complaint.objects.create(contest=published, candidate=candidate, text="A nota.")
    run = Run.objects.get(contest=published)
    plan = ImportPlan.objects.get(contest=published)
    source = SourceFile.objects.filter(contest=published).first()
    assert source is not None
    token, _text = tokens.issue(
        user_with("administrator"),
        "system",
        INSTITUTION,
        [tokens.PLACEMENTS_READ],
        timezone.now() + timedelta(days=9),
    )
    pks = {
        "token-revoke": token.pk,
        "membership": Membership.objects.get(user=subject).pk,
        "candidate-claim-documents": quota.pk,
        "candidate-claim-withdraw": quota.pk,
        "candidate-document": Document.objects.get(claim=quota).pk,
        "office-file": source.pk,
        "office-document": Document.objects.get(claim=quota).pk,
        "office-claim": quota.pk,
        "office-decide-claim": quota.pk,
        "office-complaint": complaint.pk,
        "office-decide-complaint": complaint.pk,
        "commission-document": Document.objects.get(claim=files).pk,
        "job": run.pk,
        "job-cancel": run.pk,
    }
    for door in DOORS:
        kinds = {
            "account": subject.pk, "office-plan": plan.pk, "office-problems": plan.pk,
            "office-apply": plan.pk, "office-put-away": plan.pk, "office-person": candidate.pk,
            "office-exclude": candidate.pk, "office-code": candidate.pk, "commission-": files.pk,
        }  # fmt: skip
        runs = ("office-run", "office-send", "office-verify", "office-report", "office-differences")
        kinds |= dict.fromkeys(runs, run.pk)
        for prefix, pk in kinds.items():
            if door.name.startswith(prefix):
                pks.setdefault(door.name, pk)
    for user in User.objects.all():
        vouch(user)  # else allauth notes their addresses when it first sees them
    return World(published, pks)


def _claim(contest: Contest, candidate: Candidate, quota: str) -> Claim:
    made = Claim.objects.create(
        contest=contest, candidate=candidate, quota=quota, statement="Peço."
    )
    with attachments.keeping() as keep, transaction.atomic():
        keep([SimpleUploadedFile(f"{quota}.pdf", b"%PDF-1.4")], made)
    return made


@pytest.fixture
def browser_of(world: World, user_with: Callable[..., User]) -> Callable[..., Client]:
    """The browser of somebody of a role; the candidate is the one of the world."""

    def make(role: str, institution: str = INSTITUTION) -> Client:
        browser = Client()
        if role == "candidate":
            browser.force_login(User.objects.get(email="c1@example.org"))
        elif role != NOBODY_YET:
            user = user_with(role, institution if role == "institution" else "")
            vouch(user)
            browser.force_login(user)
        return browser

    return make


def ask(browser: Client, method: str, address: str) -> Any:
    """The answer, with nothing of it left in the database or in the browser."""
    kept = browser.cookies.copy()
    with transaction.atomic():
        answer = browser.generic(method, address, **FORM if method == "POST" else {})
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    browser.cookies = kept
    return answer


FORM = {"content_type": "application/x-www-form-urlencoded"}


def refused(answer: Any) -> bool:
    return answer.status_code == 403 or (
        answer.status_code == 302 and answer["Location"].startswith("/conta/login/?next=")
    )


# The matrix


@pytest.mark.django_db
@pytest.mark.parametrize("role", [NOBODY_YET, *ROLES])
def test_the_declared_permission_is_that_of_the_table(role: str, user_with: Any) -> None:
    user = None if role == NOBODY_YET else user_with(role, "9001" if role == "institution" else "")
    person = Person(user)
    wrong = []
    for door in OPEN:
        assert door.permission is not None
        place = INSTITUTION if door.permission.institution else ""
        if person.may(door.permission.can, place) != (role in WHO[door.name]):
            wrong.append(door.name)
    assert not wrong, f"{role}: the code and tests/web/doors.py say different things of {wrong}"


@pytest.mark.django_db
@pytest.mark.parametrize("role", [NOBODY_YET, *ROLES])
def test_who_gets_in(role: str, world: World, browser_of: Callable[..., Client]) -> None:
    browser = browser_of(role)
    browser.raise_request_exception = False
    wrong = []
    for door in OPEN:
        assert door.permission is not None
        for method in ("GET", "POST", "PUT", "DELETE"):
            answer = ask(browser, method, world.address(door))
            # A page that all of an office see may be changed by some of them alone.
            itself = method != "GET" and door.permission.to_change is not None
            may = role in WHO[door.name]
            fits = not may if refused(answer) else may
            if answer.status_code >= 500 or not (fits or (may and itself)):
                wrong.append(f"{method} {door.name}: {answer.status_code}")
    assert not wrong, f"{role}: {wrong}"


@pytest.mark.django_db
def test_nothing_closed_opens(world: World, browser_of: Callable[..., Client]) -> None:
    for role in (NOBODY_YET, *ROLES):
        browser = browser_of(role)
        for door in DOORS:
            if door.name in CLOSED:
                for method in ("GET", "POST"):
                    assert ask(browser, method, world.address(door)).status_code == 404, door.name


@pytest.mark.django_db
def test_no_session_opens_what_asks_for_a_token(
    world: World, browser_of: Callable[..., Client]
) -> None:
    for role in ROLES:
        browser = browser_of(role)
        for door in DOORS:
            if door.name in BY_TOKEN:
                for method in ("GET", "POST", "PUT", "DELETE"):
                    answer = ask(browser, method, world.address(door))
                    assert answer.status_code < 500, door.name
                    public = method == "GET" and door.name in OPEN_DATA
                    assert (answer.status_code < 400) == public, f"{method} {door.name}"


@pytest.mark.django_db
def test_the_people_of_another_institution_are_refused(
    world: World, browser_of: Callable[..., Client]
) -> None:
    own, other = browser_of("institution"), browser_of("institution", ANOTHER)
    named = [door for door in OPEN if door.permission and door.permission.institution]
    assert len(named) > 10
    for door in named:
        address = world.address(door)
        for method in ("GET", "POST"):
            assert ask(other, method, address).status_code == 403, f"{method} {door.name}"
            assert ask(own, method, address).status_code != 403, f"{method} {door.name}"


@pytest.mark.django_db
def test_an_auditor_sees_everything_and_changes_nothing(
    world: World, browser_of: Callable[..., Client]
) -> None:
    browser = browser_of("auditor")
    for door in OPEN:
        assert door.permission is not None
        if door.permission.can in (Can.ANYBODY, Can.LOG_IN):
            continue
        address = world.address(door)
        sees = door.permission.can in SEES
        got = ask(browser, "GET", address).status_code
        assert got in (
            (200, 204, 302, 404, 405) if sees or door.name in AUDITOR_ACTS else (403,)
        ), f"{door.name}: {got}"
        if door.name not in AUDITOR_ACTS:
            posted = ask(browser, "POST", address).status_code
            assert posted in (403, 404, 405), f"{door.name}: {posted}"


# Reading changes nothing


def state() -> dict[str, str]:
    """A digest of the rows of each table but sessions and the log."""
    found = {}
    apart = {"django_session", "accounts_logentry"}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            if table not in apart:
                cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
                rows = repr(cursor.fetchall()).encode()
                found[table] = hashlib.sha256(rows).hexdigest()
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("role", [NOBODY_YET, *ROLES])
def test_reading_changes_nothing(
    role: str, world: World, browser_of: Callable[..., Client]
) -> None:
    browser = browser_of(role)
    for door in OPEN:
        if role in WHO[door.name]:
            before, entries = state(), LogEntry.objects.count()
            answer = browser.get(world.address(door))
            if answer.streaming:
                b"".join(answer.streaming_content)
            changed = [table for table, digest in state().items() if before[table] != digest]
            assert not changed, f"GET {door.name} by {role} changes {changed}"
            rows = LogEntry.objects.order_by("id")[entries:]
            told = {row.code for row in rows} - READINGS
            assert not told, (
                f"GET {door.name} by {role} logs {told}: "
                "write what tells of a reading into READINGS of tests/web/doors.py"
            )
