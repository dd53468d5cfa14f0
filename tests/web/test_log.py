"""The log: found, read in sentences, taken away as CSV, changed by nobody."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portaria.core.messages import declare
from portaria.web.accounts import log_search
from portaria.web.accounts.log import record
from portaria.web.accounts.log_search import Wanted
from portaria.web.accounts.models import LogEntry, User

pytestmark = pytest.mark.django_db

DONE = declare("log-of-a-test", "Did {what} in a test.")
WAYS = ("log", "log-download")


def entries(count: int, **fields: Any) -> list[LogEntry]:
    """Entries an hour apart, the last one now."""
    now = fields.pop("now", datetime(2026, 11, 20, 12, tzinfo=UTC))
    return LogEntry.objects.bulk_create(
        [
            LogEntry(
                at=now - timedelta(hours=count - n - 1),
                code=DONE,
                params={"what": f"thing {n}"},
                **({"actor": "Ana"} | fields),
            )
            for n in range(count)
        ]
    )


def read(browser: Client, **query: Any) -> str:
    answer = browser.get(reverse("log"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_entries_are_sentences_with_who_and_when(signed_in: Callable[..., Client]) -> None:
    user = User.objects.create_user("rui@example.org", None, name="Rui")
    record(user, DONE, {"what": "sums"}, before={"x": 1, "y": 2}, after={"x": 3, "y": 2})
    LogEntry.objects.update(at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
    page = read(signed_in("auditor"))
    assert "Did sums in a test." in page
    assert "Rui" in page
    assert "23:30" in page, "hours are those of Lisbon"
    assert "1 → 3" in page
    assert "2 → 2" not in page, "what stayed is not shown"


def test_what_people_wrote_is_never_markup(signed_in: Callable[..., Client]) -> None:
    record(
        None, DONE, {"what": "<script>x()</script>"}, before="<b>a", after="{{ b }}", actor="<i>"
    )
    page = read(signed_in("auditor"))
    assert "<script>x()" not in page
    assert "<b>a" not in page


def test_it_is_found_by_what_it_is_about(signed_in: Callable[..., Client]) -> None:
    ana = User.objects.create_user("ana@example.org", None, name="Ana")
    entries(1, contest="one", candidate="C1")
    entries(1, contest="two", actor="Rui")
    entries(1, user=ana)
    record(None, "log-login-failed", {"email": "x@example.org"}, actor="x@example.org")
    browser = signed_in("auditor")

    def found(**query: str) -> int:
        return len(log_search.page(Wanted(**query)).rows)

    assert found(contest="one") == 1
    assert found(contest="one", candidate="C1") == 1
    assert found(contest="two", candidate="C1") == 0
    assert found(person="Ana@example.org") == 1
    assert found(person="Ana") == 1
    assert found(person="Rui") == 1
    assert found(person="x@example.org") == 1
    assert found(kind=DONE) == 3
    assert "x@example.org" in read(browser, kind="log-login-failed")
    assert "Did thing 0" not in read(browser, kind="log-login-failed")


def test_days_are_whole_and_those_of_lisbon(signed_in: Callable[..., Client]) -> None:
    # In July Lisbon is an hour ahead: 23:00 of UTC is the next day there.
    moments = {
        "a": datetime(2026, 7, 1, 22, 59, 59, tzinfo=UTC),
        "b": datetime(2026, 7, 1, 23, 0, 0, tzinfo=UTC),
        "c": datetime(2026, 7, 2, 22, 59, 59, tzinfo=UTC),
        "d": datetime(2026, 7, 2, 23, 0, 0, tzinfo=UTC),
    }
    # Written down out of order, as transactions that overlap may be.
    for name in "bacd":
        LogEntry.objects.create(at=moments[name], code=DONE, params={"what": name}, actor="x")
    day = date(2026, 7, 2)
    rows = log_search.page(Wanted(since=day, until=day)).rows
    assert {row.params["what"] for row in rows} == {"b", "c"}
    assert log_search.page(Wanted(since=date(2027, 1, 1))).rows == []
    assert log_search.page(Wanted(until=date(2025, 1, 1))).rows == []


def test_pages_go_back_and_forth_without_gaps(signed_in: Callable[..., Client]) -> None:
    entries(125)
    wanted, seen, before = Wanted(kind=DONE), [], None
    pages = []
    while True:
        page = log_search.page(wanted, before)
        pages.append(page)
        seen += [row.pk for row in page.rows]
        if page.older is None:
            break
        before = page.older
    assert seen == sorted(LogEntry.objects.filter(code=DONE).values_list("pk", flat=True))[::-1]
    assert [len(page.rows) for page in pages] == [50, 50, 25]
    assert pages[0].newer is None
    back = log_search.page(wanted, after=pages[2].newer)
    assert [row.pk for row in back.rows] == [row.pk for row in pages[1].rows]
    first = log_search.page(wanted, after=back.newer)
    assert [row.pk for row in first.rows] == [row.pk for row in pages[0].rows]
    browser = signed_in("auditor")
    assert "antes=" in read(browser, kind=DONE)
    for odd in ("x", "-1", "9" * 40, ""):
        assert browser.get(reverse("log"), {"antes": odd, "depois": odd}).status_code == 200


def test_a_filter_that_is_wrong_is_told(signed_in: Callable[..., Client]) -> None:
    page = read(signed_in("auditor"), since="31/02/2026")
    assert "error-summary" in page
    assert read(signed_in("auditor"), kind="nothing", contest="x" * 99)


def test_it_is_taken_away_as_csv_and_that_is_told(signed_in: Callable[..., Client]) -> None:
    entries(3, contest="one", actor="=cmd()")
    entries(1, contest="two")
    browser = signed_in("auditor")
    answer = browser.get(reverse("log-download"), {"contest": "one"})
    body = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert len(rows) == 3
    assert rows[0]["sentence"] == "Did thing 2 in a test."
    assert rows[0]["at"].endswith("+00:00")
    assert rows[0]["actor"] == "'=cmd()", "no spreadsheet runs it"
    told = LogEntry.objects.get(code="log-read-log")
    assert told.params == {"wanted": "contest: one"}
    assert "attachment" in answer["Content-Disposition"]


def test_an_administrator_reads_the_log_but_no_records(signed_in: Callable[..., Client]) -> None:
    entries(1, contest="one", candidate="C1", before={"grade": "181"}, after={"grade": "199"})
    assert "181 → 199" in read(signed_in("auditor"))
    browser = signed_in("administrator")
    page = read(browser)
    assert "Did thing 0" in page
    assert "181" not in page
    answer = browser.get(reverse("log-download"))
    assert b"181" not in b"".join(answer.streaming_content)


@pytest.mark.parametrize("role", ["candidate", "institution", "office", "director", "commission"])
def test_others_do_not_read_it(signed_in: Callable[..., Client], role: str) -> None:
    browser = signed_in(role, "0300" if role == "institution" else "")
    for name in WAYS:
        assert browser.get(reverse(name)).status_code == 403
        assert Client().get(reverse(name)).status_code == 302


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_nobody_changes_it(signed_in: Callable[..., Client], role: str) -> None:
    browser = signed_in(role)
    for name in WAYS:
        for act in (browser.post, browser.put, browser.delete, browser.patch):
            assert act(reverse(name)).status_code == 405
    (entry,) = entries(1)
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()


def test_a_sentence_that_is_no_longer_declared_is_still_shown(
    signed_in: Callable[..., Client],
) -> None:
    LogEntry.objects.create(code="log-of-long-ago", actor="x", params={"a": 1})
    assert "log-of-long-ago" in read(signed_in("auditor"))


def test_kept_values_are_read_in_words() -> None:
    told = log_search.changes({"a": None, "b": [1, 2], "c": True}, {"a": "x", "b": [], "c": True})
    assert told == [("a", "–", "x"), ("b", "1, 2", "–")]
    assert log_search.changes(None, None) == []
    assert log_search.changes("open", "closed") == [("", "open", "closed")]


def test_kinds_have_dots_for_what_differs_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = {
        "log-one": ("Changed {what} in 2 ways.", ""),
        "log-many": ("Moved {count} row of 2 to {where} (VL2).", "Moved {count} rows of 2 (VL2)."),
        "another": ("Nothing of the log.", ""),
    }
    monkeypatch.setattr(log_search, "declared", lambda: sentences)
    assert log_search.kinds() == [
        ("log-one", "Changed … in 2 ways."),
        ("log-many", "Moved … rows of 2 (VL2)."),
    ]
