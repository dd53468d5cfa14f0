"""The lists of a contest on paper: of an institution, and the one that everybody may read."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import perf_counter

import pytest
from made import results

from documents.test_access_letter import ANA
from documents.test_access_papers import CONTEST, DIGITS, STRANGE, has_all, pages_of, words_of
from portaria.documents.access_papers.fingerprint import in_groups
from portaria.documents.access_papers.institution_columns import Placed
from portaria.documents.access_papers.institution_list import (
    InstitutionList,
    PlacedIn,
    institution_paper,
)
from portaria.documents.access_papers.of_result import courses_of, people_of
from portaria.documents.access_papers.public_list import (
    Listed,
    Programme,
    PublicList,
    public_paper,
)
from portaria.regulations.access import reasons
from portaria.regulations.access.lists import Mark, PlacedHere, public_list

FIRST = ("Ana", "Élia", "Inês", "Óscar", "Zita")
LAST = ("Abelha", "Canário", "Hortelão", "Malmequer", "Quintela")
MARKS = (("S", Decimal("155.5")), ("07", Decimal(172)))
ANN = Placed("Ann Ária", "111", "Town", "Sciences", "Village", Decimal("163.8"), MARKS)
LIST = InstitutionList(
    CONTEST,
    "0001",
    "University of Examples",
    (
        PlacedIn("0001/9000", "History", (Placed("Zed"), ANN, Placed("Árvore Alta"))),
        PlacedIn("0001/9001", "Sports", ()),
    ),
    date(2017, 9, 8),
    result=DIGITS,
    clause="211-A 39/2",
)
PUBLIC = PublicList(
    CONTEST,
    (
        Listed("Zita Ária", "not_placed"),
        Listed("Ágata Bom", "placed", "0001/9000"),
        Listed("agda Mar", "excluded"),
        Listed("Zeca Rio", "placed", "0001/9001"),
    ),
    (
        Programme("0001/9000", "University of Examples", "History"),
        Programme("0001/9001", "University of Examples", "Sports"),
        Programme("0001/9002", "University of Examples", "Nobody's"),
    ),
    "The Director",
    date(2017, 9, 8),
    date(2017, 9, 11),
    DIGITS,
    "211-A 38/4",
)


def names(count: int) -> list[str]:
    """Made-up names, the same every time."""
    drawn = random.Random(7)
    return [" ".join((drawn.choice(FIRST), *drawn.choices(LAST, k=3))) for _ in range(count)]


# --- of an institution ---------------------------------------------------------------------------


def test_an_institution_gets_those_placed_by_course_and_by_name() -> None:
    has_all(
        institution_paper(LIST, "en"),
        "University of Examples (0001)",
        "Ratified on September 8, 2017",
        "Placed in all 3",
        "History (0001/9000)",
        "3 placed",
        "1 Ann Ária 111 Town Sciences Village 163.8 S 155.5 · 07 172",
        "2 Árvore Alta – – – – – –",
        "3 Zed",
        "Sports (0001/9001)",
        "0 placed",
        "Totals by course",
        "0001/9000 History 3 0001/9001 Sports 0 Placed in all 3",
        "S, secondary grade",
        DIGITS[:20],
        "not to be published",
    )


def test_an_institution_may_get_fewer_columns() -> None:
    content = institution_paper(replace(LIST, columns=("name", "grade")), "en")
    has_all(content, "Name", "Application grade", "1 Ann Ária 163.8")
    assert "Town" not in words_of(content)
    assert "Civil identification" not in words_of(content)
    assert "secondary grade" not in words_of(content)


def test_an_institution_without_anybody_is_told_so() -> None:
    has_all(institution_paper(replace(LIST, courses=()), "en"), "Nobody was placed")


@pytest.mark.parametrize("count", [300, pytest.param(3000, marks=pytest.mark.long)])
def test_every_page_of_an_institution_says_its_course(count: int) -> None:
    people = tuple(Placed(name, str(n), grade=Decimal(150)) for n, name in enumerate(names(count)))
    courses = tuple(PlacedIn(f"1/{n}", f"Course {n}", people[n::3]) for n in range(3))
    given = replace(LIST, courses=courses)
    content = institution_paper(given, "en")
    assert content == institution_paper(given, "en")
    pages = pages_of(content)
    for number, page in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in page
        assert "Civil identification" in page or "Totals by course" in page
    third = f"{count // 3:,}"
    assert sum(f"Course 1 (1/1) {third} placed" in page for page in pages) >= count // 150
    has_all(content, f"Placed in all {count:,}", f"{count // 3} Zita")


# --- that everybody may read ---------------------------------------------------------------------


def test_the_public_list_has_name_and_result_by_the_alphabet() -> None:
    content = public_paper(PUBLIC, "en")
    has_all(
        content,
        "List of results",
        "Contest of Examples, phase 1 Order 1/2017, art. 38, no. 4",
        "Candidates 4 (Placed: 2; Not placed: 1; Excluded from the contest: 1)",
        "Ratified by The Director",
        "Ratified on September 8, 2017",
        "Published on September 11, 2017",
        in_groups(DIGITS),
        "Ágata Bom Placed 0001/9000",
        "agda Mar Excluded from the contest",
        "Zeca Rio Placed 0001/9001",
        "Zita Ária Not placed",
        "0001/9000 University of Examples, History",
        "0001/9001 University of Examples, Sports",
    )
    assert "Nobody's" not in words_of(content)
    assert "[1]" not in words_of(content)
    mixed = replace(PUBLIC, people=PUBLIC.people[::-1], programmes=PUBLIC.programmes[::-1])
    assert public_paper(mixed, "en") == content


def test_a_text_that_wants_reasons_in_the_list_has_them_once() -> None:
    """211-B 26/3."""
    reason, clause = reasons.NO_VALID_OPTION, "211-B 25/1"
    people = (
        Listed("A One", "not_placed", reason=reason, clause=clause),
        Listed("B Two", "excluded", clause="211-B 30/1"),
        Listed("C Three", "not_placed", reason=reason, clause=clause),
    )
    content = public_paper(replace(PUBLIC, people=people), "en")
    has_all(
        content,
        "A One Not placed [1]",
        "B Two Excluded from the contest [2]",
        "C Three Not placed [1]",
        "Reasons [1] No option of the form meets the conditions to apply (art. 25, no. 1).",
        "[2] Ground of the exclusion: art. 30, no. 1.",
    )
    assert words_of(content).count("No option of the form") == 1


def test_the_public_list_of_nobody() -> None:
    has_all(public_paper(replace(PUBLIC, people=()), "en"), "Candidates 0", "Nobody applied.")


@pytest.mark.parametrize(
    "make",
    [
        lambda: public_paper(replace(PUBLIC, people=(Listed(STRANGE, "not_placed"),)), "en"),
        lambda: institution_paper(
            replace(LIST, courses=(PlacedIn("1", STRANGE, (Placed(STRANGE),)),)), "en"
        ),
    ],
)
def test_a_name_stands_in_a_list_as_it_is(make: Callable[[], bytes]) -> None:
    assert STRANGE.replace(" ", "") in words_of(make()).replace(" ", "")


def test_the_lists_of_a_result_are_what_the_papers_take(tmp_path: Path) -> None:
    found = results(ANA, tmp_path)
    people = people_of(public_list(found))
    assert len(people) == len(ANA["candidates"])
    has_all(public_paper(replace(PUBLIC, people=people), "en"), "Ana Teste Placed y")
    courses = courses_of(
        (PlacedHere("A", "Ana Teste", "1", None, "y", "Desporto", None, "Village", None, "general",
                    Decimal("153.6"), 1, (Mark("secondary_a", "", Decimal(15)),
                                          Mark("exam", "07", Decimal(141)),
                                          Mark("prerequisite", "M", Decimal("165.5")))),)
    )  # fmt: skip
    content = institution_paper(replace(LIST, courses=courses), "en")
    has_all(content, "Desporto (y)", "Ana Teste 1 – – Village 153.6 Sa 15 · 07 141 · PR 165.5")


def public_of(count: int) -> PublicList:
    people = [Listed(name, "placed", "0001/9000") for name in names(count)]
    return replace(PUBLIC, people=people)


def test_long_public_lists_stand_in_two_columns() -> None:
    content = public_paper(public_of(1000), "en")
    pages = pages_of(content)
    assert len(pages) < 9
    for number, page in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in page
        assert "List of results" in page
    assert words_of(content).count("Placed 0001/9000") == 1000


@pytest.mark.long
def test_a_whole_contest_is_listed_within_a_minute() -> None:
    given, start = public_of(52_000), perf_counter()
    content = public_paper(given, "pt-PT")
    assert perf_counter() - start < 60
    assert content.startswith(b"%PDF")
