"""Who would fare differently under another reading, and why."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import made
import pytest
from reference.words import Changes, contest

from portaria.regulations.access.compare import Difference, compare

Told = tuple[str, str, str | None, str | None, str]


def told(tables: Any, folder: Path, reading: str) -> list[Told]:
    """choice, candidate, programme in force, programme otherwise, why; of one reading."""
    found = compare(made.read(made.write(tables, folder / "contest")))
    return [_row(d) for d in found if d.reading == reading]


def _row(d: Difference) -> Told:
    return d.choice, d.candidate, d.in_force.programme, d.otherwise.programme, d.why


@pytest.mark.rules("literal-iterations", "promotion")
def test_the_literal_text_gives_no_answer_where_two_wait_for_each_other(tmp_path):
    tables = contest({"x": "B A", "y": "A B"}, {"A": "x y", "B": "y x"})
    assert told(tables, tmp_path, "placement") == [
        ("literal", "A", "x", None, "deadlocked"),
        ("literal", "B", "y", None, "deadlocked"),
    ]


@pytest.mark.rules("promotion")
def test_a_promoted_candidate_keeps_her_type_of_seat_under_r1(tmp_path):
    people: Changes = {c: {"emigrant": True} for c in "HECF"}
    at: Changes = {"w": {"seats": 2}, "q": {"seats": 2}}
    lists = {"w": "H E", "q": "E C G F", "p": "C"}
    forms = {"H": "w", "E": "w q", "C": "q p", "F": "q", "G": "q"}
    found = told(contest(lists, forms, at, people), tmp_path, "placement")
    assert [row for row in found if row[0].startswith("stages")] == [
        ("stages-r1", "C", "q", "q", "same_seat_other_quota"),
        ("stages-r1", "F", None, "q", "others_moved"),
        ("stages-r1", "G", "q", None, "others_moved"),
    ]


@pytest.mark.rules("regional-without-interruption")
def test_an_invalid_option_before_a_preference(tmp_path):
    at: Changes = {"x": {"regional_share": Decimal(50), "seats": 2}}
    person: dict[str, object] = {"area": "faro", "claims_regional": True}
    forms = {"A": "n x", "B": "x", "C": "x"}
    tables = contest({"x": "B C A", "n": "B"}, forms, at, {"A": person})
    tables["regional_areas"] = [{"programme": "x", "area": "faro"}]
    contest_read = made.read(made.write(tables, tmp_path / "contest"))
    found = {d.candidate: d for d in compare(contest_read) if d.reading == "form_order"}
    assert _row(found["A"]) == ("valid_only", "A", None, "x", "heard_otherwise")
    assert ("x", "regional") in found["A"].because
    assert found["A"].clause == "211-A 21/6"
    assert _row(found["C"]) == ("valid_only", "C", "x", None, "others_moved")


@pytest.mark.rules("preference-size")
def test_a_half_seat_of_a_preference(tmp_path):
    at: Changes = {"x": {"vocational_share": Decimal(30), "seats": 5}}
    people: Changes = {c: {"secondary_course": "design"} for c in "FG"}
    tables = contest({"x": "A B C D E F G"}, dict.fromkeys("ABCDEFG", "x"), at, people)
    tables["vocational_courses"] = [{"programme": "x", "secondary_course": "design"}]
    found = list(compare(made.read(made.write(tables, tmp_path / "contest"))))
    rounding = {d.candidate: d for d in found if d.reading == "preference_rounding"}
    assert _row(rounding["G"]) == ("half_up", "G", None, "x", "other_sizes")
    assert rounding["G"].because == (("x", "vocational"),)


def test_nobody_differs_where_nothing_is_open(tmp_path):
    assert list(compare(made.read(made.write(contest({"x": "A"}, {"A": "x"}), tmp_path)))) == []


def test_the_command_tells_how_many_and_writes_all(tmp_path, portaria):
    tables = contest({"x": "B A", "y": "A B"}, {"A": "x y", "B": "y x"})
    folder, out = made.write(tables, tmp_path / "contest"), tmp_path / "differences.csv"
    answer = portaria("access", "compare-readings", folder, "--out", out)
    assert answer.code == 0
    assert "art. 37 to the letter: 2 candidates would fare differently" in answer.out
    assert "seats of preferences rounded to the nearest: nobody would fare" in answer.out
    rows = list(csv.DictReader(out.open(encoding="utf-8")))
    assert [(row["candidate"], row["why"], row["clause"]) for row in rows] == [
        ("A", "deadlocked", "211-A 37/3"),
        ("B", "deadlocked", "211-A 37/3"),
    ]
