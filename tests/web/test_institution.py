"""What an institution sees, and that nobody else does."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from python_calamine import CalamineWorkbook

from portaria.web.access import placed_files
from portaria.web.access.models import Contest
from portaria.web.accounts.models import LogEntry
from portaria.web.accounts.roles import ROLES
from portaria.web.spreadsheets import harmless

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
HERE, THERE = "9001", "9002"


def test_home_shows_an_officer_her_institutions_alone(
    published: Contest, signed_in: Browser
) -> None:
    page = signed_in("institution", HERE).get(reverse("institutions")).content.decode()
    assert "Universidade do Exemplo" in page
    assert reverse("institution", args=[HERE]) in page
    assert reverse("institution", args=[THERE]) not in page


def test_home_shows_the_office_every_institution(published: Contest, signed_in: Browser) -> None:
    page = signed_in("office").get(reverse("institutions")).content.decode()
    assert reverse("institution", args=[HERE]) in page
    assert reverse("institution", args=[THERE]) in page


def test_a_contest_that_is_not_published_is_not_there(
    closed_contest: Contest, signed_in: Browser
) -> None:
    browser = signed_in("institution", HERE)
    assert (
        closed_contest.title
        not in browser.get(reverse("institution", args=[HERE])).content.decode()
    )
    address = reverse("institution-list", args=[HERE, closed_contest.key])
    assert browser.get(address).status_code == 404


def test_the_list_has_those_placed_there_and_the_reading_is_logged(
    published: Contest, signed_in: Browser
) -> None:
    address = reverse("institution-list", args=[HERE, published.key])
    page = signed_in("institution", HERE).get(address)
    assert page.status_code == 200
    text = page.content.decode()
    assert "Ana Exemplo" in text
    assert "90000001" in text
    entry = LogEntry.objects.get(code="log-placed-list-read")
    assert entry.params["count"] == text.count('name="candidate"') > 0
    assert entry.contest == published.key


def test_searching_and_filtering(published: Contest, signed_in: Browser) -> None:
    browser = signed_in("institution", HERE)
    address = reverse("institution-list", args=[HERE, published.key])
    found = browser.get(address, {"q": "ana EXEMPLO"}).content.decode()
    assert "Ana Exemplo" in found
    assert "Bruno Exemplo" not in found
    assert "Ana Exemplo" not in browser.get(address, {"estado": "enrolled"}).content.decode()
    assert "Ana Exemplo" not in browser.get(address, {"curso": "9001/0002"}).content.decode()


def test_files_are_safe_and_logged(published: Contest, signed_in: Browser) -> None:
    browser = signed_in("institution", HERE)
    for kind in placed_files.KINDS:
        answer = browser.get(reverse("institution-download", args=[HERE, published.key, kind]))
        assert answer.status_code == 200
        if kind == "pdf":
            assert answer.content.startswith(b"%PDF-")
        elif kind == "csv":
            rows = list(
                csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
            )
        else:
            sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
            cells = sheet.to_python()
    assert [row["candidate"] for row in rows] == [row[0] for row in cells[1:]]
    assert rows[0]["name"] == "Ana Exemplo"
    assert rows[0]["marks"].startswith("S ")
    kinds = LogEntry.objects.filter(code="log-placed-list-taken").order_by("pk")
    assert [entry.params["kind"] for entry in kinds] == list(placed_files.KINDS)
    assert {entry.params["count"] for entry in kinds} == {len(rows)}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert harmless("1+1") == "1+1"


def test_an_unknown_kind_of_file_is_not_there(published: Contest, signed_in: Browser) -> None:
    address = reverse("institution-download", args=[HERE, published.key, "exe"])
    assert signed_in("institution", HERE).get(address).status_code == 404


def institution_addresses(contest: Contest, code: str = HERE) -> list[tuple[str, str]]:
    """Every address with an institution in it: its name and itself."""
    given = {"code": code, "key": contest.key, "kind": "csv", "pk": 1}
    found = []
    for name, entries in get_resolver().reverse_dict.lists():
        if not isinstance(name, str) or (
            not name.startswith("institution-") and name != "institution"
        ):
            continue
        for possibility, _pattern, _defaults, _converters in entries:
            for _path, names in possibility:
                if "code" in names:
                    kwargs = {each: given[each] for each in names}
                    found.append((name, reverse(name, kwargs=kwargs)))
    return found


def test_nobody_else_opens_an_address_of_an_institution(
    published: Contest, signed_in: Browser
) -> None:
    addresses = institution_addresses(published)
    assert len(addresses) > 12
    strangers = [signed_in("institution", THERE), signed_in("candidate")]
    strangers += [signed_in(role) for role in ("director", "commission", "administrator")]
    for name, address in addresses:
        for browser in strangers:
            for method in (browser.get, browser.post):
                assert method(address).status_code == 403, name
        anonymous = Client().get(address)
        assert anonymous.status_code == 302, name
        assert "/conta/" in anonymous["Location"], name
        assert Client().post(address).status_code == 302, name


def test_office_and_auditor_read_and_change_nothing(published: Contest, signed_in: Browser) -> None:
    assert {"office", "auditor"} <= set(ROLES)
    for role in ("office", "auditor"):
        browser = signed_in(role)
        text = browser.get(reverse("institution-list", args=[HERE, published.key])).content.decode()
        assert "Ana Exemplo" in text
        assert '<select class="control" name="state:' not in text
        for name in ("institution-mark", "institution-apply", "institution-upload"):
            assert browser.post(reverse(name, args=[HERE, published.key])).status_code == 403
    assert not LogEntry.objects.filter(code="log-enrolments-reported").exists()
