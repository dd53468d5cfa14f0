"""The report's numbers, counted a second time from the files of the result, row by row."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from made import place

from portaria.core.errors import InputError, UsageError
from portaria.regulations.access.folder import open_results
from portaria.regulations.access.former import find_former, latest_former
from portaria.regulations.access.generate import GENERATED_SETTINGS, generate
from portaria.regulations.access.published import districts, published, published_years
from portaria.regulations.access.report import Report, report
from portaria.tables.canonical import write_csv


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated contest and its results, beside each other."""
    root = tmp_path_factory.mktemp("report")
    (root / "contest").mkdir()
    for name, frame in generate(1500, 40, 7).items():
        write_csv(frame, root / "contest" / f"{name}.csv")
    (root / "contest" / "contest.toml").write_text(GENERATED_SETTINGS, encoding="utf-8")
    place(root / "contest", root / "results")
    return root


@pytest.fixture(scope="module")
def told(folder: Path) -> Report:
    return report(open_results(folder / "results"), find_former("2019"))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_programmes_are_counted_from_the_files(folder, told):
    first, written = Counter(), Counter()
    for option in rows(folder / "contest" / "options.csv"):
        first[option["programme"]] += option["order"] == "1"
        written[option["programme"]] += 1
    last = {
        row["programme"]: int(Decimal(row["grade"]) * 10)
        for row in rows(folder / "results" / "last_placed.csv")
        if row["quota"] == "general"
    }
    named = {row["programme"]: row for row in rows(folder / "contest" / "programmes.csv")}
    expected = []
    for seats in rows(folder / "results" / "seats.csv"):
        code = seats["programme"]
        counts = {
            name: int(seats[name])
            for name in ("seats", "placed", "tie_extra", "additional", "leftover")
        }
        row = counts | {"programme": code, "first": first[code], "written": written[code]}
        row |= {"last_grade": last.get(code), "district": named[code]["district"]}
        expected.append(row)
    shown = told.programmes.select(list(expected[0])).to_dicts()
    assert shown == sorted(expected, key=lambda row: row["programme"])


@pytest.mark.parametrize("by", ["district", "subsystem"])
def test_totals_add_up_by_district_and_subsystem(folder, told, by):
    named = {row["programme"]: row for row in rows(folder / "contest" / "programmes.csv")}
    seats, left, placed = Counter(), Counter(), Counter()
    for row in rows(folder / "results" / "seats.csv"):
        where = named[row["programme"]][by]
        seats[where] += int(row["seats"])
        left[where] += int(row["leftover"])
        placed[where] += int(row["placed"])
    frame = told.districts if by == "district" else told.subsystems
    assert {row[by]: row["seats"] for row in frame.iter_rows(named=True)} == dict(seats)
    assert {row[by]: row["placed"] for row in frame.iter_rows(named=True)} == dict(placed)
    assert {row[by]: row["leftover"] for row in frame.iter_rows(named=True)} == dict(left)


def test_quotas_count_seats_people_and_placed(folder, told):
    placed = Counter(row["quota"] for row in rows(folder / "results" / "placements.csv"))
    seats = rows(folder / "results" / "seats.csv")
    heard = {
        (row["quota"], row["candidate"]) for row in rows(folder / "results" / "quota_lists.csv")
    }
    people = Counter(quota for quota, _candidate in heard)
    assert len(told.quotas) > 5
    for use in told.quotas:
        assert use.placed == placed[use.quota]
        assert use.seats == sum(int(row[use.quota]) for row in seats)
        assert use.heard == people[use.quota]


def test_reasons_of_those_not_placed(folder, told):
    reasons = Counter(
        row["reason"]
        for row in rows(folder / "results" / "placements.csv")
        if row["result"] == "not_placed"
    )
    assert told.not_placed == dict(reasons)
    assert list(told.not_placed.values()) == sorted(reasons.values(), reverse=True)


def test_change_against_a_published_year(told):
    former = dict(published(2019).select("programme", "last_grade").iter_rows())
    both = higher = lower = 0
    for row in told.programmes.iter_rows(named=True):
        assert row["former_grade"] == former[row["programme"]]
        if row["change"] is None:
            assert row["last_grade"] is None or row["former_grade"] is None
            continue
        assert row["change"] == row["last_grade"] - row["former_grade"]
        both, higher, lower = both + 1, higher + (row["change"] > 0), lower + (row["change"] < 0)
    compared = told.compared
    assert (compared.programmes, compared.higher, compared.lower) == (both, higher, lower)
    assert compared.label == "2019"
    assert -1 <= compared.correlation <= 1


def test_a_contest_compared_with_itself_does_not_change(folder):
    told = report(open_results(folder / "results"), find_former(str(folder / "results")))
    assert told.compared.correlation == pytest.approx(1)
    assert (told.compared.higher, told.compared.lower) == (0, 0)
    assert set(told.programmes["change"].drop_nulls()) == {0}


def test_a_table_of_former_grades(folder, tmp_path):
    codes = [row["programme"] for row in rows(folder / "results" / "seats.csv")]
    lines = ["programme,grade", f'{codes[0]},"120,5"', f"{codes[1]},"]
    (tmp_path / "grades.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    former = find_former(str(tmp_path / "grades.csv"))
    assert former.label == "grades.csv"
    assert former.grades.rows() == [(codes[0], 1205), (codes[1], None)]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("twelve", "not-a-number"),
        ("201", "above-maximum"),
        ("120.55", "not-a-number"),
    ],
)
def test_a_wrong_table_of_former_grades_says_where(tmp_path, cell, code):
    (tmp_path / "grades.csv").write_text(f"programme,grade\nA,100\nB,{cell}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        find_former(str(tmp_path / "grades.csv"))
    assert [(p.file, p.row, p.column, p.code) for p in caught.value.problems] == [
        ("grades.csv", 3, "grade", code)
    ]


@pytest.mark.parametrize("given", ["1999", "nothing", "2019.csv"])
def test_what_is_no_former_contest(given):
    with pytest.raises(UsageError, match="2019, 2020, 2021"):
        find_former(given)


def test_the_latest_year_that_knows_most_programmes(folder):
    real = published(2021)["programme"]
    assert latest_former(real).label == "2021"
    assert latest_former(published(2019)["programme"]).label == "2021"
    assert latest_former(real.str.replace("^", "X")) is None


def test_published_figures_are_whole():
    """The totals that the workbooks themselves give."""
    assert published_years() == (2019, 2020, 2021)
    totals = {
        year: tuple(int(published(year)[name].sum()) for name in ("seats", "placed", "leftover"))
        for year in published_years()
    }
    assert totals[2019][0] == 50860
    for year in published_years():
        frame = published(year)
        assert frame["programme"].is_unique().all()
        assert frame["last_grade"].drop_nulls().is_between(950, 2000).all()
        known = set(districts()["institution"])
        assert {code[:4] for code in frame["programme"]} <= known
