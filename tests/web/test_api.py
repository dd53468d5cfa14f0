"""The REST API: what is public, what a token reads and reports, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portaria.core.errors import UsageError
from portaria.web.access import holders
from portaria.web.access.models import Contest, Enrolment
from portaria.web.accounts import tokens
from portaria.web.accounts.models import ApiToken, LogEntry, User

pytestmark = pytest.mark.django_db

HERE, THERE = "9001", "9002"
ALL = tuple(tokens.SCOPES)
Caller = Callable[..., Any]


@pytest.fixture
def token(user_with: Callable[..., User]) -> Callable[..., str]:
    """`token("9001", ("placements:read",))`: the text of a token."""

    def make(institution: str = HERE, scopes: tuple[str, ...] = ALL) -> str:
        expires = timezone.now() + timedelta(days=30)
        user = user_with("administrator")
        return tokens.issue(user, "Sistema académico", institution, scopes, expires)[1]

    return make


def call(
    path: str, token: str = "", method: str = "get", body: object = None, **headers: str
) -> Any:
    """A call as another system makes it, with no cookies."""
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
    return getattr(Client(enforce_csrf_checks=True), method)(
        f"/api/v1/{path}", headers=headers, **data
    )


def told(answer: Any, status: int) -> dict[str, Any]:
    """The problem that an answer tells."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    assert body["code"]
    return body


def test_contests_that_are_being_prepared_are_not_told(contest: Contest) -> None:
    assert call("contests").json()["items"] == []
    told(call(f"contests/{contest.key}"), 404)
    told(call(f"contests/{contest.key}/programmes"), 404)


def test_what_is_public(published: Contest) -> None:
    [row] = call("contests").json()["items"]
    assert (row["key"], row["phase"], row["stage"]) == (published.key, 1, "published")
    assert call(f"contests/{published.key}").json() == row
    programmes = call(f"contests/{published.key}/programmes?size=2").json()
    assert (programmes["count"], len(programmes["items"])) == (3, 2)
    assert programmes["items"][0]["min_grade"] == "100"
    one = call(f"contests/{published.key}/programmes?institution={THERE}").json()
    assert [each["programme"] for each in one["items"]] == ["9002/0003"]


def test_open_data_has_no_people_and_is_sent_once(published: Contest) -> None:
    path = f"contests/{published.key}/seats"
    first = call(path)
    assert first.status_code == 200
    assert "Exemplo" in first.content.decode()
    assert "Ana" not in first.content.decode()
    row = first.json()["items"][0]
    assert row["programme"] == "9001/0001"
    assert row["last"]["general"].count(".") == 1
    again = call(path, **{"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert not again.content
    assert call(path, **{"If-None-Match": f'W/{first["ETag"]}, "x"'}).status_code == 304
    assert call(f"{path}?page=2", **{"If-None-Match": first["ETag"]}).status_code == 200


def test_how_far_the_office_is_with_a_result_is_not_told(closed_contest: Contest) -> None:
    for stage in ("closed", "sent", "ratified"):
        Contest.objects.filter(pk=closed_contest.pk).update(stage=stage)
        assert call(f"contests/{closed_contest.key}").json()["stage"] == "closed"


def test_seats_before_publication_are_not_there(closed_contest: Contest) -> None:
    told(call(f"contests/{closed_contest.key}/seats"), 404)


def test_placements_are_of_the_tokens_institution_and_logged(
    published: Contest, token: Callable[..., str]
) -> None:
    rows = call(f"contests/{published.key}/placements", token()).json()["items"]
    assert {row["programme"][:4] for row in rows} == {HERE}
    assert rows[0]["civil_id"] == "90000001"
    assert rows[0]["grade"]
    assert rows[0]["marks"]
    entry = LogEntry.objects.get(code="log-placed-list-taken")
    assert entry.actor == "API: Sistema académico"
    assert entry.params["count"] == len(rows)
    others = call(f"contests/{published.key}/placements", token(THERE)).json()["items"]
    assert {row["programme"][:4] for row in others} == {THERE}


def test_an_institution_without_programmes_finds_nothing(
    published: Contest, token: Callable[..., str]
) -> None:
    told(call(f"contests/{published.key}/placements", token("0000")), 404)


def test_without_a_token_or_with_a_wrong_one(published: Contest, signed_in: Caller) -> None:
    path = f"contests/{published.key}/placements"
    refused = call(path)
    told(refused, 401)
    assert refused["WWW-Authenticate"].startswith("Bearer")
    told(call(path, "portaria_wrong"), 401)
    told(call(path, "", **{"Authorization": "Basic abc"}), 401)
    # Being logged in is no token.
    for role in ("institution", "office", "auditor"):
        browser = signed_in(role, HERE if role == "institution" else "")
        assert browser.get(f"/api/v1/{path}").status_code == 401


@pytest.mark.parametrize(
    ("scope", "method", "path"),
    [
        ("placements:read", "get", "placements"),
        ("enrolments:read", "get", "enrolments"),
        ("enrolments:read", "get", "enrolments/C1"),
        ("enrolments:write", "put", "enrolments/C1"),
        ("enrolments:write", "put", "enrolments"),
    ],
)
def test_each_address_needs_its_scope(
    published: Contest, token: Callable[..., str], scope: str, method: str, path: str
) -> None:
    others = tuple(each for each in ALL if each != scope)
    body = {"enrolled": True} if method == "put" else None
    address = f"contests/{published.key}/{path}"
    refused = told(call(address, token(HERE, others), method, body), 403)
    assert scope in refused["detail"]


def test_reporting_one_is_idempotent(published: Contest, token: Callable[..., str]) -> None:
    text, path = token(), f"contests/{published.key}/enrolments/C1"
    told(call(path, text), 404)
    body = {"enrolled": True, "enrolled_on": "2017-09-12"}
    first = call(path, text, "put", body)
    assert first.status_code == 200
    assert first.json()["reported_by"] == "API: Sistema académico"
    assert call(path, text, "put", body).json() == first.json()
    assert call(path, text).json() == first.json()
    assert call(f"contests/{published.key}/enrolments", text).json()["count"] == 1
    assert LogEntry.objects.filter(code="log-enrolments-reported").count() == 1


def test_nobody_reports_for_another_institution(
    published: Contest, token: Callable[..., str]
) -> None:
    there = sorted(holders.students(published, THERE))[0]
    told(
        call(f"contests/{published.key}/enrolments/{there}", token(), "put", {"enrolled": True}),
        404,
    )
    assert not Enrolment.objects.exists()


def test_many_are_kept_or_none(published: Contest, token: Callable[..., str]) -> None:
    text, path = token(), f"contests/{published.key}/enrolments"
    who = sorted(holders.students(published, HERE))
    rows = [{"candidate": each, "enrolled": True} for each in who]
    wrong = [*rows, {"candidate": "NOBODY", "enrolled": True}, rows[0]]
    refused = told(call(path, text, "put", {"enrolments": wrong}), 409)
    assert [(each["row"], each["column"], each["code"]) for each in refused["errors"]] == [
        (len(rows), "candidate", "enrolment-not-placed-here"),
        (len(rows) + 1, "candidate", "enrolment-twice"),
    ]
    assert not Enrolment.objects.exists()
    assert call(path, text, "put", {"enrolments": rows}).json() == {"changed": len(rows), "same": 0}
    assert call(path, text, "put", {"enrolments": rows}).json() == {"changed": 0, "same": len(rows)}


def test_everything_wrong_with_many_is_told_at_once(
    published: Contest, token: Callable[..., str]
) -> None:
    who = sorted(holders.students(published, HERE))[0]
    rows = [
        {"candidate": "NOBODY", "enrolled": "yes"},
        {"candidate": who, "enrolled": True, "enrolled_on": "2017-02-30", "more": 1},
        {"candidate": who, "enrolled": False, "cancelled": 1, "enrolled_on": "2999-01-01"},
        {"candidate": "", "enrolled": True, "enrolled_on": "2999-01-01"},
        "row",
        {"candidate": "NOBODY", "enrolled": True},
    ]
    path = f"contests/{published.key}/enrolments"
    refused = told(call(path, token(), "put", {"enrolments": rows}), 422)
    assert [(each["row"], each["column"], each["code"]) for each in refused["errors"]] == [
        (0, "enrolled", "bool_type"),
        (0, "candidate", "enrolment-not-placed-here"),
        (1, "enrolled_on", "date_from_datetime_parsing"),
        (1, "more", "extra_forbidden"),
        (2, "cancelled", "bool_type"),
        (2, "candidate", "enrolment-twice"),
        (2, "enrolled_on", "enrolment-of-not-enrolled"),
        (3, "candidate", "string_too_short"),
        (3, "enrolled_on", "enrolment-in-future"),
        (4, "", "model_attributes_type"),
        (5, "candidate", "enrolment-not-placed-here"),
        (5, "candidate", "enrolment-twice"),
    ]
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"enrolled": "yes"}, 422),
        ({"enrolled": True, "more": 1}, 422),
        ({"enrolled": False, "enrolled_on": "2017-09-12"}, 409),
        ({"enrolled": True, "enrolled_on": "2017-02-30"}, 422),
        ({"enrolled": True, "enrolled_on": "2999-01-01"}, 409),
        ([], 422),
    ],
)
def test_bodies_that_are_refused(
    published: Contest, token: Callable[..., str], body: object, status: int
) -> None:
    told(call(f"contests/{published.key}/enrolments/C1", token(), "put", body), status)


def test_a_body_that_is_no_json(published: Contest, token: Callable[..., str]) -> None:
    path = f"/api/v1/contests/{published.key}/enrolments/C1"
    headers = {"Authorization": f"Bearer {token()}"}
    answer = Client().put(path, data="{", content_type="application/json", headers=headers)
    told(answer, 400)


def test_a_body_that_is_too_large(
    published: Contest, token: Callable[..., str], settings: Any
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    body = {"enrolments": [{"candidate": "C1", "enrolled": True}] * 20}
    told(call(f"contests/{published.key}/enrolments", token(), "put", body), 413)


def test_reports_wait_while_the_next_phase_is_placed(
    published: Contest, token: Callable[..., str]
) -> None:
    Contest.objects.create(
        key="next",
        title="n",
        edition=published.edition,
        phase=2,
        previous=published,
        stage="closed",
    )
    body = {"enrolled": True}
    told(call(f"contests/{published.key}/enrolments/C1", token(), "put", body), 409)


def test_other_addresses_and_methods(published: Contest, token: Callable[..., str]) -> None:
    told(call("nothing"), 404)
    told(call("contests/a/b/c/d"), 404)
    refused = call("contests", "", "post", {})
    told(refused, 405)
    assert refused["Allow"] == "GET"


def test_expired_and_revoked_tokens_are_refused(
    published: Contest, token: Callable[..., str], user_with: Callable[..., User]
) -> None:
    text = token()
    assert call("token", text).json()["institution"] == HERE
    found = ApiToken.objects.get()
    tokens.revoke(found, user_with("administrator"))
    tokens.revoke(found, user_with("administrator"))
    told(call("token", text), 401)
    assert LogEntry.objects.filter(code="log-token-revoked").count() == 1
    other = token()
    ApiToken.objects.filter(revoked_at=None).update(expires_at=timezone.now())
    told(call("token", other), 401)


def test_only_the_hash_of_a_token_is_kept(token: Callable[..., str]) -> None:
    text = token()
    assert text not in json.dumps(list(ApiToken.objects.values()), default=str)
    assert text not in json.dumps(list(LogEntry.objects.values()), default=str)


def test_what_cannot_be_issued(user_with: Callable[..., User]) -> None:
    user, soon = user_with("administrator"), timezone.now() + timedelta(days=1)
    for given in (
        ("", HERE, ALL, soon),
        ("a", "", ALL, soon),
        ("a", HERE, (), soon),
        ("a", HERE, ("everything",), soon),
        ("a", HERE, ALL, timezone.now()),
        ("a", HERE, ALL, timezone.now() + timedelta(days=400)),
    ):
        with pytest.raises(UsageError):
            tokens.issue(user, *given)
    assert not ApiToken.objects.exists()


def test_the_last_use_is_noted_once_a_minute(token: Callable[..., str]) -> None:
    text, now = token(), timezone.now()
    tokens.authenticate(text, "a", now)
    tokens.authenticate(text, "a", now + timedelta(seconds=59))
    assert ApiToken.objects.get().last_used_at == now
    tokens.authenticate(text, "a", now + timedelta(seconds=61))
    assert ApiToken.objects.get().last_used_at == now + timedelta(seconds=61)


def test_wrong_tokens_are_counted_by_address(token: Callable[..., str]) -> None:
    text, now = token(), timezone.now()
    for _ in range(tokens.WRONG.most):
        assert tokens.authenticate("wrong", "a", now) is None
    with pytest.raises(tokens.TooManyCalls):
        tokens.authenticate(text, "a", now)
    assert tokens.authenticate(text, "b", now) is not None
    assert tokens.authenticate(text, "a", now + timedelta(minutes=1)) is not None


def test_too_many_calls_are_told_when_to_try_again(
    token: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "CALLS", tokens.CALLS._replace(most=1))
    fixed = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: fixed)
    text = token()
    assert call("token", text).status_code == 200
    refused = call("token", text)
    told(refused, 429)
    assert 1 <= int(refused["Retry-After"]) <= 60


def test_errors_come_in_the_language_asked_for(db: None) -> None:
    english = call("nothing", **{"Accept-Language": "en"}).json()["detail"]
    assert english == "There is nothing at this address."


def test_the_guide_loads_nothing_from_elsewhere(db: None) -> None:
    page = Client().get(reverse("api-docs"))
    text = page.content.decode()
    assert page.status_code == 200
    assert "/api/v1/contests/{contest}/placements" in text
    assert "//" not in text.replace("/api/v1//", "").split("<main", 1)[1].split("</main")[0]
    assert "cdn" not in text
