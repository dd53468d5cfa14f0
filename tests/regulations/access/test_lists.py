"""The lists of a result: names and results for all, what was placed for each institution."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import made
import polars as pl
import pytest
from reference.markets import random_contest
from reference.words import contest

from portaria.regulations.access.explain import explain
from portaria.regulations.access.lists import (
    Mark,
    PublicRow,
    institution_list,
    open_data,
    public_list,
)

NAMES = {"A": "Úrsula Melo", "B": "Ana Sá", "C": "ana Sá", "D": "Anabela", "E": "Vasco"}


def small(folder, edition=made.EDITION):
    """x has one seat and goes to A; B is excluded, the others find it taken; E writes nothing."""
    tables = contest(
        {"x": "A B C D"}, {"A": "x", "B": "x", "C": "x", "D": "x", "E": ""},
        {"x": {"institution": "0100", "course_name": "Design"}},
        {who: {"name": name, "civil_id": f"1-{who}"} for who, name in NAMES.items()},
    )  # fmt: skip
    tables["candidates"][1]["excluded"] = "56/1/a"
    return made.results(tables, folder, edition)


@pytest.mark.rules("result-list")
def test_the_public_list_has_names_and_results_by_name(tmp_path):
    """Capitals and accents do not matter; nothing tells the reason, as 38/4 asks for none."""
    assert public_list(small(tmp_path)) == (
        PublicRow("Ana Sá", "excluded", None),
        PublicRow("ana Sá", "not_placed", None),
        PublicRow("Anabela", "not_placed", None),
        PublicRow("Úrsula Melo", "placed", "x"),
        PublicRow("Vasco", "not_placed", None),
    )


@pytest.mark.rules("result-list-grounds")
def test_an_institution_posts_the_grounds_too(tmp_path):
    """211-B 26/3; the ground of an exclusion is what the institution wrote."""
    rows = {row.name: row for row in public_list(small(tmp_path, "pt-institutional-2017"))}
    assert (rows["Ana Sá"].reason, rows["Ana Sá"].clause) == ("excluded", "56/1/a")
    assert (rows["Vasco"].reason, rows["Vasco"].clause) == ("no-option-written", "211-B 10/1")
    assert (rows["Úrsula Melo"].reason, rows["Úrsula Melo"].clause) == ("", "")


def test_people_of_one_name_stand_in_the_order_of_their_codes(tmp_path):
    tables = contest({"x": "B"}, {"A": "x", "B": "x"}, people={w: {"name": "Eva"} for w in "AB"})
    rows = public_list(made.results(tables, tmp_path))
    assert [row.result for row in rows] == ["not_placed", "placed"]


@pytest.mark.rules("institution-list")
def test_an_institution_is_told_who_was_placed_and_by_what(tmp_path):
    tables = contest(
        {"x": "A B", "y": "A"}, {"A": "x", "B": "x"},
        {
            "x": {
                "institution": "0100", "institution_name": "Escola", "course_name": "Design",
                "seats": 2, "w_secondary": Decimal(30), "w_prerequisite": Decimal(20),
                "prerequisite": "G", "prerequisite_kind": "ranking",
            },
            "y": {"institution": "0200"},
        },
        {
            "A": {
                "name": "Rui", "civil_id": "1", "secondary": None, "two_cycle_a": Decimal(15),
                "two_cycle_b": Decimal(16), "area": "faro", "secondary_course": "arts",
            },
            "B": {"name": "Eva", "civil_id": "2"},
        },
    )  # fmt: skip
    tables["prerequisites"] = [
        {"candidate": who, "group": "G", "passed": True, "grade": 150} for who in "AB"
    ]
    foreign = {"candidate": "B", "exam": "exam-x", "programme": "x", "grade": 120}
    tables["exams"].append(foreign)
    folder = made.write(tables, tmp_path / "contest")
    people = pl.read_csv(folder / "candidates.csv", infer_schema=False)
    people.with_columns(residence=pl.Series(["Silves", None])).write_csv(folder / "candidates.csv")
    results = made.place(folder, tmp_path / "results")
    told = institution_list(results, "0100")
    assert (told.name, told.clause) == ("Escola", "211-A 39/1")
    eva, rui = told.placed
    assert (eva.name, eva.civil_id, eva.residence, eva.programme, eva.course) == (
        "Eva", "2", None, "x", "Design",
    )  # fmt: skip
    assert (rui.residence, rui.secondary_course, rui.area, rui.quota, rui.grade) == (
        "Silves", "arts", "faro", "general", Decimal("176.2"),
    )  # fmt: skip
    assert rui.marks == (
        Mark("secondary_a", "", Decimal(15)),
        Mark("secondary_b", "", Decimal(16)),
        Mark("exam", "exam-x", Decimal(200)),
        Mark("prerequisite", "G", Decimal(150)),
    )
    assert eva.marks[0] == Mark("secondary", "", Decimal(100))
    assert eva.marks[1] == Mark("exam", "exam-x", Decimal(120))
    assert institution_list(results, "0200").placed == ()
    assert institution_list(results, "0999").placed == ()


@pytest.fixture(scope="module")
def placed(tmp_path_factory):
    tables = random_contest(Random(11), 60, 8, quotas=True, ties="many")
    return made.results(tables, tmp_path_factory.mktemp("lists"))


def test_everybody_placed_is_in_the_list_of_one_institution_with_the_grades_explained(placed):
    contest = placed.inputs()
    codes = sorted(set(contest.tables["programmes"]["institution"]))
    told = [each for code in codes for each in institution_list(placed, code).placed]
    where = placed.table("placements", pl.col("result") == "placed")
    assert sorted((e.candidate, e.programme, e.quota, f"{e.grade:f}") for e in told) == sorted(
        where.select("candidate", "programme", "quota", "grade").rows()
    )
    for each in told:
        explained = explain(placed, each.candidate)
        option = next(o for o in explained.options if o.outcome == "placed")
        assert each.exam_set == option.exam_set
        exams = {m.code: m.grade for m in each.marks if m.kind == "exam"}
        assert exams == {exam.exam: exam.grade for exam in option.arithmetic.exams}
        s = [m.grade for m in each.marks if m.kind == "secondary"]
        two = option.arithmetic.secondary.kind == "two_cycles"
        assert s == ([] if two else [option.arithmetic.secondary.value])
        r = [m.grade for m in each.marks if m.kind == "prerequisite"]
        asked = option.arithmetic.prerequisite
        assert r == ([] if asked is None else [asked])


def test_open_data_tells_programmes_and_nobody(placed):
    table = open_data(placed)
    people = placed.inputs().tables["candidates"]
    texts = {str(value) for row in table.rows() for value in row}
    assert texts.isdisjoint([*people["candidate"], *people["name"], *people["civil_id"]])
    seats = {row["programme"]: row for row in placed.table("seats", pl.lit(True)).to_dicts()}
    last = {
        (row["programme"], row["quota"]): row["grade"]
        for row in placed.table("last_placed", pl.lit(True)).to_dicts()
    }
    assert table["programme"].to_list() == sorted(seats)
    for row in table.to_dicts():
        mine = seats[row["programme"]]
        for name in ("seats", "placed", "tie_extra", "additional", "leftover"):
            assert row[name] == int(mine[name])
        told = {name.removeprefix("last_"): row[name] for name in row if name.startswith("last_")}
        for quota, grade in told.items():
            assert grade == last.get((row["programme"], quota))
        assert {quota for code, quota in last if code == row["programme"]} <= set(told)
