"""Recruitment: what holds of the engine's own answers, its files, its generator."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest
from reference.recruitment.random_procedures import random_day, random_policy, random_procedure
from reference.recruitment.situations import procedure

from portaria.core.errors import UsageError
from portaria.core.problem import errors
from portaria.regulations.recruitment import generate as generator
from portaria.regulations.recruitment.model import LISTS
from portaria.regulations.recruitment.read import read_procedure
from portaria.regulations.recruitment.regulation import RECRUITMENT
from portaria.regulations.recruitment.result_folder import all_tables, is_result, write_results
from portaria.regulations.recruitment.results import COLUMNS, PUBLIC, as_json
from portaria.regulations.recruitment.schemas import TABLES
from portaria.regulations.recruitment.settings import KEYS, parse_notice
from portaria.regulations.recruitment.states import BLOCKS
from portaria.regulations.recruitment.warnings import RULES
from portaria.tables.schema import columns_of
from regulations.recruitment.folder import answered, write

ONE = timedelta(days=1)
NOTICE = {"process": "1/2017", "published": date(2017, 7, 17), "posts": 1}
PERSONAL = {"candidate", "applied_on", "reason", "reason_code", "clause"}
FILES = COLUMNS | {f"public/{name}": columns for name, columns in PUBLIC.items()}


@pytest.mark.rules("list-state", "hearing")
@pytest.mark.parametrize("seed", range(25))
def test_a_list_with_an_open_hearing_is_never_final(seed: int, tmp_path: Path) -> None:
    """On any day of the hearing, whatever the list calls itself, under any reading."""
    folder = write(random_procedure(seed), tmp_path / "p")
    found = answered(folder, random_day(seed), random_policy(seed))
    for name in LISTS:
        until = found.state(name).hearing.until
        if until is None:
            continue
        published = found.state(name).published
        assert published is not None
        for day in (published, until, until + ONE):
            state = answered(folder, day, random_policy(seed)).state(name)
            assert state.hearing.open_on(day) == (day <= until)
            assert not (state.hearing.open_on(day) and state.is_final)


@pytest.mark.rules("public-list", "admission-list")
@pytest.mark.parametrize("seed", range(25))
def test_the_public_lists_have_name_and_result_only(seed: int, tmp_path: Path) -> None:
    found = answered(write(random_procedure(seed), tmp_path / "p"), random_day(seed))
    for name in LISTS:
        for row in found.public(name):
            assert not set(row) & PERSONAL
    excluded = all_tables(found)["exclusions"]
    assert excluded["reason"].null_count() == excluded["clause"].null_count() == 0
    for row in excluded.iter_rows(named=True):
        assert (row["reason_code"] is None) == (row["list"] == "admission")
        assert "below-minimum" not in row["reason"]


def test_the_files_hold_what_json_says(tmp_path: Path) -> None:
    recorded, problems = read_procedure(write(random_procedure(7), tmp_path / "p"))
    assert recorded is not None
    assert not errors(problems)
    found, out = answered(tmp_path / "p", date(2025, 1, 1)), tmp_path / "out"
    out.mkdir()
    assert not is_result(out)
    write_results(found, recorded.frames, out)
    assert is_result(out)
    told = as_json(found)
    tables = {name: told[name] for name in COLUMNS}
    tables |= {f"public/{name}": rows for name, rows in told["public"].items()}
    for name, columns in FILES.items():
        frame = pl.read_csv(out / f"{name}.csv", infer_schema=False)
        assert tuple(frame.columns) == columns
        assert frame.height == len(tables[name])
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["outputs"]) == set(COLUMNS)
    for name in LISTS:
        written = (out / "public" / f"{name}.csv").read_bytes()
        assert manifest["public"][name]["sha256"] == sha256(written).hexdigest()
    assert manifest["on"] == "2025-01-01"
    assert manifest["edition"] == "recruitment-2017"
    assert set(manifest["inputs"]) == {path.stem for path in (out / "inputs").iterdir()}


def test_every_kind_of_file_reads_alike(tmp_path: Path) -> None:
    folder = write(random_procedure(9), tmp_path / "p")
    first, _ = read_procedure(folder)
    for path in folder.glob("*.csv"):
        pl.read_csv(path, infer_schema=False).write_parquet(path.with_suffix(".parquet"))
        path.unlink()
    again, _ = read_procedure(folder)
    assert first is not None
    assert again is not None
    assert again.procedure == first.procedure


def test_every_warning_cites_a_rule_of_the_edition(tmp_path: Path) -> None:
    found = answered(write(random_procedure(1), tmp_path / "p"), date(2025, 1, 1))
    assert all(found.rules.clause(rule) for rule in RULES.values())


def test_before_the_notice_there_is_nothing(tmp_path: Path) -> None:
    folder = write(random_procedure(1), tmp_path / "p")
    with pytest.raises(UsageError):
        answered(folder, date(2017, 7, 2))


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"published": date(1999, 1, 4)}, "published"),
        ({"published": "2017-07-17"}, "published"),
        ({"process": " "}, "process"),
        ({"process": "1\n2/2017"}, "process"),
        ({"process": 201 * "1"}, "process"),
        ({"posts": True}, "posts"),
        ({"posts": 1.5}, "posts"),
        ({"application_days": 0}, "application_days"),
        ({"hearing_days": 1001}, "hearing_days"),
        ({"closures": [date(2017, 8, 1), "x"]}, "closures"),
        ({"colour": "blue"}, "colour"),
    ],
)
def test_a_fault_of_the_notice_names_its_key(change: dict[str, object], column: str) -> None:
    notice, problems = parse_notice(NOTICE | change)
    assert notice is None
    assert [problem.column for problem in problems] == [column]


def test_a_notice_has_the_days_of_the_texts_unless_it_says_others() -> None:
    notice, problems = parse_notice(NOTICE)
    assert problems == []
    assert notice is not None
    assert (notice.application_days, notice.hearing_days, notice.scale) == (10, 10, 20)


FACED = (
    ("candidates", "name", "Ana\nUm"),
    ("candidates", "name", "Ana \u202eUm"),
    ("candidates", "name", "Ana\u200bUm"),
    ("candidates", "name", 3000 * "a"),
    ("candidates", "name", "Ana\x07Um"),
    ("decisions", "reason", 2001 * "a"),
    ("decisions", "clause", "8072 99/z"),
    ("decisions", "clause", "Aviso-8072 2/z"),
    ("decisions", "clause", "8072"),
    ("criteria", "clause", "8072 6/1"),
)
KEPT = (
    ("candidates", "name", 200 * "a"),
    ("candidates", "name", "Ana\u200dUm d’Ó Sá-Nogueira"),
    ("decisions", "reason", 2000 * "a"),
    ("decisions", "clause", "80721 9"),
    ("decisions", "clause", "8072 2"),
    ("decisions", "clause", "Aviso-8072 5/b"),
    ("decisions", "clause", "aviso de abertura, n.º 99"),
    ("criteria", "clause", "8072 6"),
)


def given_with(table: str, column: str, text: str, folder: Path) -> list[tuple[str, int, str]]:
    """Where the problems are of a procedure with this cell in its first row."""
    tables = procedure({"admitted": "", "excluded": "ana", "lists": {"admission": "2017-07-19"}})
    tables[table][0][column] = text
    _, problems = read_procedure(write(tables, folder))
    return [(each.file, each.row or 0, each.column) for each in problems]


@pytest.mark.parametrize(("table", "column", "text"), FACED)
def test_what_no_list_can_show_is_refused(
    table: str, column: str, text: str, tmp_path: Path
) -> None:
    assert given_with(table, column, text, tmp_path) == [(f"{table}.csv", 2, column)]


@pytest.mark.parametrize(("table", "column", "text"), KEPT)
def test_other_words_stay_as_they_are(table: str, column: str, text: str, tmp_path: Path) -> None:
    assert given_with(table, column, text, tmp_path) == []


def test_what_is_refused_is_shown_without_harm(tmp_path: Path) -> None:
    tables = procedure({"people": {"ana": {"name": "Ana \u202eUm" + 90 * "a"}}})
    _, (problem,) = read_procedure(write(tables, tmp_path))
    assert problem.value is not None
    assert problem.value.startswith("Ana \ufffdUm")
    assert len(problem.value) <= 60


def test_applications_beyond_the_known_years_are_found(tmp_path: Path) -> None:
    tables = procedure({"notice": {"published": date(2027, 12, 27)}})
    _, problems = read_procedure(write(tables, tmp_path))
    assert [(each.file, each.column) for each in problems] == [("notice.toml", "application_days")]


@pytest.mark.parametrize("candidates", [1, 2, 18, 150])
def test_a_generated_procedure_is_sound_and_made_twice_alike(
    candidates: int, tmp_path: Path
) -> None:
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        rows = generator.generate(tmp_path / name, candidates, seed=3)
        assert rows["candidates"] == candidates
        made.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert made[0] == made[1]
    assert generator.is_generated(tmp_path / "one")
    recorded, problems = read_procedure(tmp_path / "one")
    assert recorded is not None
    assert [problem.file for problem in problems] == []
    found = answered(tmp_path / "one", date(2017, 11, 1))
    assert [state.is_final for state in found.lists] == [True, True]


@pytest.mark.parametrize("wrong", [{"candidates": 0}, {"candidates": 10_001}, {"seed": -1}])
def test_what_cannot_be_generated_is_refused(wrong: dict[str, int], tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        generator.generate(tmp_path, **wrong)


def test_the_pages_name_every_table_column_key_and_module() -> None:
    root = Path(__file__).parents[3]
    page = (root / "docs" / "recruitment" / "README.md").read_text(encoding="utf-8")
    given = {name: [*columns_of(spec.schema)] for name, spec in TABLES.items()}
    for name, columns in (*given.items(), *FILES.items()):
        told = [row for row in page.splitlines() if row.startswith(f"| `{name}` | ")]
        assert any(all(re.search(rf"\b{column}\b", row) for column in columns) for row in told), (
            name
        )
    assert [key for key in KEYS if f"`{key}`" not in page] == []
    assert [block for block in BLOCKS if f"`{block}`" not in page] == []
    package = root / "src" / "portaria" / "regulations" / "recruitment"
    account = (package / "README.md").read_text(encoding="utf-8")
    modules = {path.name for path in package.glob("*.py")} - {"__init__.py"}
    assert {name for name in modules if f"`{name}`" not in account} == set()


def test_every_reading_stands_on_its_page() -> None:
    root = Path(__file__).parents[3]
    for name, reading in RECRUITMENT.edition.readings.items():
        page = (root / reading.record).read_text(encoding="utf-8")
        assert f"`{name}`, **{reading.default}**" in page
