"""What everybody sees: and what nobody sees before its time."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from portaria.web.access import kept_papers
from portaria.web.access.models import Candidate, Contest, PlacementResult, Run, SeatResult, Stage
from portaria.web.access.public_search import A_PAGE, find
from portaria.web.search import folded
from web.making import placed

pytestmark = pytest.mark.django_db

RESULT_PAGES = ("results", "results-paper", "contest-data")


def address(contest: Contest, name: str, *more: str) -> str:
    return reverse(name, args=[contest.key, *more])


def test_home_tells_what_is_open_and_what_is_published(
    client: Client, open_contest: Contest
) -> None:
    page = client.get("/").content.decode()
    assert open_contest.title in page
    assert "data-countdown" in page
    Contest.objects.update(stage=Stage.PREPARING)
    assert open_contest.title not in client.get("/").content.decode()


def test_a_contest_in_preparation_is_not_there(client: Client, contest: Contest) -> None:
    assert client.get(address(contest, "contest")).status_code == 404
    assert client.get(address(contest, "contest-programmes")).status_code == 404
    assert contest.title not in client.get(reverse("contests")).content.decode()


@pytest.mark.parametrize("stage", [*Stage])
def test_no_result_is_shown_before_it_is_published(
    client: Client,
    signed_in: Callable[..., Client],
    closed_contest: Contest,
    user_with: Any,
    stage: Stage,
) -> None:
    """To nobody but the office, the director and the auditor, whatever address is written."""
    run = placed(closed_contest, user_with("office"))
    last = SeatResult.objects.filter(run=run, last_grade__isnull=False)
    grades = [f">{(row.last_grade or '').replace('.', ',')}<" for row in last]
    Contest.objects.update(stage=stage)
    if stage == Stage.PUBLISHED:
        now = timezone.now()
        director = user_with("director")
        Contest.objects.update(ratified_at=now, published_at=now, ratified_by=director)
    outsiders = [client, signed_in("candidate"), signed_in("institution", "9001")]
    for browser in [*outsiders, signed_in("commission"), signed_in("administrator")]:
        for name in RESULT_PAGES:
            status = browser.get(address(closed_contest, name)).status_code
            assert status == (200 if stage == Stage.PUBLISHED else 404), (name, stage)
        for kind in ("csv", "json"):
            status = browser.get(address(closed_contest, "contest-seats", kind)).status_code
            assert status == (200 if stage == Stage.PUBLISHED else 404)
        if stage != Stage.PREPARING:
            for name in ("contest", "contest-programmes"):
                page = browser.get(address(closed_contest, name)).content.decode()
                shown = str(run.digest) in page or 'id="by-option-caption"' in page
                assert not (shown and stage != Stage.PUBLISHED)
                assert stage == Stage.PUBLISHED or not any(grade in page for grade in grades)


def test_names_and_results_and_nothing_else(client: Client, published: Contest) -> None:
    page = client.get(address(published, "results")).content.decode()
    assert "Ana Exemplo" in page
    assert "Engenharia Informática" in page
    for person in Candidate.objects.filter(contest=published):
        assert person.civil_id is not None
        assert person.civil_id not in page
        assert f">{person.candidate}<" not in page
    for row in PlacementResult.objects.filter(run=published.run, grade__isnull=False):
        assert row.grade is not None
        assert row.grade.replace(".", ",") not in page
    assert 'content="noindex' in page


def test_after_its_time_the_list_of_names_is_gone_and_the_data_stay(
    client: Client, published: Contest
) -> None:
    Contest.objects.update(public_until=timezone.now() - timedelta(seconds=2))
    page = client.get(address(published, "results"))
    assert page.status_code == 200
    assert b"Ana Exemplo" not in page.content
    assert client.get(address(published, "results-paper")).status_code == 404
    assert client.get(address(published, "contest-seats", "csv")).status_code == 200


@pytest.fixture
def many(published: Contest) -> Run:
    """A published result with many names, some alike, some without one."""
    assert published.run is not None
    names = ["Ana", "Ângela", "António", "Bárbara", "Zé", "Maria João", "Álvaro", "Íris"]
    rows = [
        PlacementResult(
            run=published.run, candidate=f"K{i:04}", result=("placed", "not_placed")[i % 2],
            name=(name := f"{names[i % 8]} Sá {i % 5}" if i % 50 else None),
            sort_name=folded(name or f"K{i:04}"),
        )
        for i in range(333)
    ]  # fmt: skip
    PlacementResult.objects.bulk_create(rows)
    return published.run


def test_pages_follow_one_another_without_losing_anybody(many: Run) -> None:
    seen: list[int] = []
    after = 0
    while True:
        page = find(many, after=after)
        seen += [row.pk for row in page.rows]
        after = page.after
        if not after:
            break
        assert len(page.rows) == A_PAGE
    expected = PlacementResult.objects.filter(run=many).order_by("sort_name", "candidate")
    assert seen == list(expected.values_list("pk", flat=True))


def test_a_name_is_found_by_the_beginnings_of_its_words(many: Run) -> None:
    found = find(many, "JOAO mar").rows
    assert found
    assert {row.name.split(" Sá")[0] for row in found if row.name} == {"Maria João"}
    assert find(many, "angela").rows
    assert not find(many, "ngela").rows, "not the middle of a word"
    assert not find(many, "k0000").rows, "a code is nobody's name"
    assert {row.result for row in find(many, "ana", "placed").rows} == {"placed"}
    first = find(many, letter="Z").rows[0]
    assert first.name is not None
    assert first.name.startswith("Zé")
    for strange in ("%", "_", "'", "a%", "\\", '"', "\x00"):
        assert find(many, strange).rows == [] or strange.strip("\x00") == ""


def test_an_address_of_the_list_tells_no_code(
    client: Client, published: Contest, many: Run
) -> None:
    page = client.get(address(published, "results")).content.decode()
    assert not re.search(r"K\d{4}", page)
    link = re.search(r'href="(\?[^"]*apos=\d+)"', page)
    assert link is not None
    second = client.get(address(published, "results") + link[1].replace("&amp;", "&"))
    assert second.status_code == 200
    assert client.get(address(published, "results") + "?apos=x").status_code == 404
    assert client.get(address(published, "results") + "?apos=999999999").status_code == 200


def test_the_list_as_a_paper_is_made_once(
    client: Client, published: Contest, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = b"".join(client.get(address(published, "results-paper")))
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(first)).pages)
    assert "Ana Exemplo" in text
    assert "90000001" not in text
    assert published.run is not None
    monkeypatch.setitem(kept_papers.MAKERS, kept_papers.PUBLIC_LIST, lambda *_given: b"other")
    assert b"".join(client.get(address(published, "results-paper"))) == first


def test_open_data_have_a_stable_address_and_no_people(client: Client, published: Contest) -> None:
    answer = client.get(address(published, "contest-seats", "csv"))
    text = b"".join(answer).decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["programme"] for row in rows] == ["9001/0001", "9001/0002", "9002/0003"]
    assert {"seats", "placed", "tie_extra", "additional", "leftover", "last_general"} <= set(
        rows[0]
    )
    assert "Exemplo," not in text.replace("Universidade do Exemplo,", "").replace(
        "Instituto Politécnico do Exemplo,", ""
    )  # fmt: skip
    assert "public" in answer["Cache-Control"]
    again = client.get(
        address(published, "contest-seats", "csv"), headers={"if-none-match": answer["ETag"]}
    )
    assert (again.status_code, again["ETag"]) == (304, answer["ETag"])
    assert not client.get(address(published, "contest-seats", "csv")).cookies
    told = json.loads(b"".join(client.get(address(published, "contest-seats", "json"))))
    assert told["contest"] == published.key
    assert len(told["programmes"]) == 3
    assert client.get(address(published, "contest-seats", "xml")).status_code == 404
    columns = client.get(address(published, "contest-data")).content.decode()
    for column in ("programme", "tie_extra", "leftover"):
        assert column in columns


def test_programmes_are_searched_without_accents(client: Client, published: Contest) -> None:
    page = client.get(address(published, "contest-programmes"), {"q": "politecnico enferm"})
    assert "Enfermagem" in page.content.decode()
    assert "Informática" not in page.content.decode()


@pytest.mark.parametrize("role", ["office", "candidate"])
def test_people_with_an_account_see_the_same(
    signed_in: Callable[..., Client], published: Contest, role: str
) -> None:
    browser = signed_in(role)
    for name in ("contest", "contest-programmes", *RESULT_PAGES):
        assert browser.get(address(published, name)).status_code == 200
    assert browser.get("/").status_code == 200
