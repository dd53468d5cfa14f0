"""One engine, two sources: frames of a database give the contest that a folder gives."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import polars as pl
import pytest
from made import EDITION, read, write
from reference.later_markets import random_later_contest, write_later_contest
from reference.markets import random_contest
from reference.words import contest

from portaria.core.errors import ConfigurationError
from portaria.regulations.access.compare import compare
from portaria.regulations.access.contest import Contest, read_contest
from portaria.regulations.access.from_frames import PERSON, contest_of, person_contest
from portaria.regulations.access.generate import GENERATED_SETTINGS, generate
from portaria.regulations.access.placement import place
from portaria.regulations.access.results import result_tables
from portaria.regulations.access.settings import find_edition
from portaria.regulations.access.simulate.change_file import change_of
from portaria.regulations.access.simulate.folder import tables
from portaria.regulations.access.simulate.simulation import Plan, simulate
from portaria.tables.canonical import canonical_text, write_csv

EXAMPLE = Path(__file__).parents[3] / "examples" / "contest"


def same_contest(mine: Contest, theirs: Contest) -> None:
    for name in theirs.whole:
        for a, b in ((mine.tables, theirs.tables), (mine.whole, theirs.whole)):
            assert a[name].schema == b[name].schema, name
            assert a[name].equals(b[name]), name
    assert mine.tables.keys() == theirs.tables.keys()
    assert (mine.edition, mine.phase, mine.readings) == (
        theirs.edition, theirs.phase, theirs.readings,
    )  # fmt: skip


def result_bytes(contest: Contest, folder: Path) -> dict[str, bytes]:
    folder.mkdir()
    for name, table in result_tables(place(contest)).items():
        write_csv(table, folder / f"{name}.csv")
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def again(read: Contest, frames: dict[str, pl.DataFrame]) -> Contest:
    made, problems = contest_of(read.edition, read.phase, read.readings, frames)
    assert made is not None, [str(problem.message) for problem in problems]
    return made


def as_texts(frame: pl.DataFrame) -> pl.DataFrame:
    return canonical_text(frame).with_columns(pl.all().cast(pl.String))


def from_rows(frame: pl.DataFrame) -> pl.DataFrame:
    """As an adapter of a database makes it: rows of plain Python values, in another order."""
    schema = {n: pl.String if isinstance(t, pl.Enum) else t for n, t in frame.schema.items()}
    rows = frame.rows()
    return pl.DataFrame(Random(1).sample(rows, len(rows)), schema, orient="row")


def generated(folder: Path) -> Path:
    folder.mkdir()
    for name, table in generate(400, 60, 3).items():
        write_csv(table, folder / f"{name}.csv")
    (folder / "contest.toml").write_text(GENERATED_SETTINGS, encoding="utf-8")
    return folder


@pytest.mark.parametrize("form", [as_texts, from_rows, lambda frame: frame])
@pytest.mark.parametrize("source", ["example", "generated", "random"])
def test_the_tables_and_the_bytes_of_the_results_are_those_of_the_folder(tmp_path, form, source):
    if source == "random":
        folder = write(random_contest(Random(3), 40, 6, quotas=True), tmp_path / "contest")
    else:
        folder = EXAMPLE if source == "example" else generated(tmp_path / "contest")
    theirs = read(folder)
    mine = again(theirs, {name: form(frame) for name, frame in theirs.whole.items()})
    same_contest(mine, theirs)
    assert result_bytes(mine, tmp_path / "a") == result_bytes(theirs, tmp_path / "b")


@pytest.mark.parametrize("phase", [2, 3])
def test_a_later_phase_too(tmp_path, phase):
    made = random_later_contest(Random(phase), 40, 6, phase=phase)
    write_later_contest(made, tmp_path / "contest")
    theirs = read(tmp_path / "contest")
    mine = again(theirs, {name: from_rows(frame) for name, frame in theirs.whole.items()})
    same_contest(mine, theirs)
    assert result_bytes(mine, tmp_path / "a") == result_bytes(theirs, tmp_path / "b")


def test_a_column_of_the_user_travels_along(tmp_path):
    theirs = read(write(contest({"x": "A"}, {"A": "x"}), tmp_path / "contest"))
    people = theirs.whole["candidates"].with_columns(school=pl.lit("X"))
    mine = again(theirs, {**theirs.whole, "candidates": people})
    assert mine.whole["candidates"]["school"].to_list() == ["X"]
    assert "school" not in mine.tables["candidates"].columns


def test_tables_that_a_folder_may_do_without_may_be_missing(tmp_path):
    theirs = read(write(contest({"x": "A"}, {"A": "x"}), tmp_path / "contest"))
    few = ("programmes", "exam_sets", "candidates", "exams", "options")
    same_contest(again(theirs, {name: theirs.whole[name] for name in few}), theirs)


@pytest.mark.parametrize(
    "data", [{"seats": [{"all": True, "add": 1}]}, {"quotas": {"emigrant": Decimal(20)}}]
)
def test_what_others_ask_of_a_contest_needs_no_folder(tmp_path, data):
    """Other readings and changes that are tried: the answers of the folder's contest."""
    theirs = read(write(random_contest(Random(3), 40, 6, quotas=True), tmp_path / "contest"))
    mine = again(theirs, {name: from_rows(frame) for name, frame in theirs.whole.items()})
    assert list(compare(mine)) == list(compare(theirs))
    change, problems = change_of("what-if", data)
    assert problems == []
    told = [simulate(each, [change], Plan(3)) for each in (mine, theirs)]
    a, b = (tables(simulation) for simulation in told)
    assert a.keys() == b.keys()
    assert all(a[name].equals(b[name]) for name in a)


# --- faults --------------------------------------------------------------------------------------


def faults(rows, folder, policy=None):
    """The problems of a folder, and those of the same cells as frames of text."""
    write(rows, folder, policy=policy or {})
    theirs = read_contest(folder)[1]
    frames = {
        path.stem: pl.read_csv(path, infer_schema=False) for path in sorted(folder.glob("*.csv"))
    }
    edition = find_edition(EDITION, folder)
    made, mine = contest_of(edition, 1, policy or {}, frames)
    assert made is None
    return mine, theirs


def test_faults_are_the_same_problems(tmp_path):
    tables = contest({"x": "A", "y": "A B"}, {"A": "x y", "B": "y"})
    tables["programmes"][0] |= {"seats": -1, "regional_share": Decimal(51)}
    tables["options"] += [
        {"candidate": "A", "order": 4, "programme": "x"},
        {"candidate": "Z", "order": 1, "programme": "nowhere"},
    ]
    tables["candidates"][1] |= {"secondary": "many", "madeira": "art12"}
    mine, theirs = faults(tables, tmp_path / "contest")
    assert mine == theirs
    assert {p.code for p in mine} >= {
        "below-minimum", "share-above-limit", "repeated-option", "order-gap", "unknown-programme",
        "unknown-candidate", "not-a-number", "not-allowed",
    }  # fmt: skip


def test_a_reading_that_is_none_is_a_problem_of_the_settings(tmp_path):
    tables = contest({"x": "A"}, {"A": "x"})
    mine, theirs = faults(tables, tmp_path / "contest", {"form_order": "as_said"})
    assert mine == theirs
    assert [(p.file, p.code) for p in mine] == [("contest.toml", "unknown-choice")]


def test_a_missing_table_is_a_problem_and_an_unknown_one_a_fault_of_the_program(tmp_path):
    theirs = read(write(contest({"x": "A"}, {"A": "x"}), tmp_path / "contest"))
    frames = {name: frame for name, frame in theirs.whole.items() if name != "exams"}
    made, problems = contest_of(theirs.edition, 1, {}, frames)
    assert made is None
    assert [(p.file, p.code) for p in problems] == [("exams.csv", "missing-table")]
    with pytest.raises(ConfigurationError, match="people"):
        contest_of(theirs.edition, 1, {}, {**theirs.whole, "people": theirs.whole["candidates"]})


# --- one person ----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [as_texts, from_rows, lambda frame: frame])
def test_one_person_in_a_contest_that_others_share(tmp_path, form):
    theirs = read(write(random_contest(Random(3), 20, 4, quotas=True), tmp_path / "contest"))
    who = pl.col("candidate") == "c00003"
    one = {name: theirs.tables[name].filter(who) for name in PERSON}
    base = replace(theirs, tables={**theirs.tables, **{n: f.clear() for n, f in one.items()}})
    mine = person_contest(base, {name: form(frame) for name, frame in one.items()})
    for name, frame in one.items():
        assert mine.tables[name].schema == frame.schema
        assert mine.tables[name].equals(frame)
    assert mine.tables["programmes"] is base.tables["programmes"]


def test_what_a_form_does_not_say_yet_is_blank(tmp_path):
    theirs = read(write(contest({"x": "A"}, {"A": "x"}), tmp_path / "contest"))
    person = pl.DataFrame({"candidate": ["N"], "has_final_grade": [True]})
    mine = person_contest(theirs, {"candidates": person})
    row = mine.tables["candidates"].row(0, named=True)
    assert (row["claims_regional"], row["emigrant"], row["secondary"]) == (False, False, None)
    assert mine.tables["options"].schema == theirs.tables["options"].schema
    assert mine.tables["options"].is_empty()
