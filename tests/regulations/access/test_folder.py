"""A folder of results: whole, the same bytes every time, and verified from itself alone."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from pathlib import Path
from random import Random

import polars as pl
import pytest
from cli import own_process, result_csvs
from made import place, read, results, told, write
from reference.markets import random_contest

from portaria.core.errors import InputError
from portaria.regulations.access.folder import Results, open_results, verify

TABLES = {
    "placements", "options_outcome", "rankings", "seats", "last_placed", "quota_lists", "holders",
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """The results of one contest. Tests copy them before they change anything."""
    tables = random_contest(Random(5), 40, 6, quotas=True)
    return results(tables, tmp_path_factory.mktemp("made"), policy={"form_order": "valid_only"})


@pytest.fixture
def copy(made: Results, tmp_path: Path) -> Path:
    return shutil.copytree(made.folder, tmp_path / "copy")


def differences(folder: Path, scratch: Path) -> list[tuple[str, str]]:
    """File and code of every problem that `verify` finds."""
    scratch.mkdir()
    return [(p.file, p.code) for p in verify(open_results(folder), scratch)]


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# --- what a folder holds -------------------------------------------------------------------------


def test_it_holds_the_tables_the_inputs_and_the_manifest_and_nothing_else(made):
    names = {path.relative_to(made.folder).as_posix() for path in made.folder.rglob("*.*")}
    inputs = {f"inputs/{name}.parquet" for name in made.manifest["inputs"]}
    assert names == {f"{t}.csv" for t in TABLES} | inputs | {"inputs/edition.toml", "manifest.json"}


def test_the_manifest_has_the_hash_and_the_rows_of_every_output(made):
    assert made.manifest["outputs"].keys() == TABLES
    for name, entry in made.manifest["outputs"].items():
        path = made.folder / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines))
        assert entry == {"sha256": sha256(path), "rows": len(rows) - 1}, name


def test_the_manifest_has_the_hash_and_the_rows_of_every_input_as_given_and_as_kept(made):
    given = made.folder.parent / "contest"
    for name, entry in made.manifest["inputs"].items():
        source, kept = given / f"{name}.csv", made.folder / "inputs" / f"{name}.parquet"
        with source.open(encoding="utf-8", newline="") as lines:
            rows = len(list(csv.reader(lines))) - 1
        assert entry == {
            "file": f"{name}.csv",
            "sha256": sha256(source),
            "rows": rows,
            "canonical_sha256": sha256(kept),
        }, name
        assert pl.read_parquet(kept).height == rows
    settings = made.manifest["settings"]
    assert settings["contest_sha256"] == sha256(given / "contest.toml")
    assert settings["edition_sha256"] == sha256(made.folder / "inputs" / "edition.toml")


def test_the_manifest_names_edition_phase_readings_and_versions(made):
    from portaria import __version__

    manifest = made.manifest
    assert (manifest["program"], manifest["version"]) == ("portaria", __version__)
    assert (manifest["edition"], manifest["phase"], manifest["language"]) == (
        "pt-national-2017", 1, "pt-PT",
    )  # fmt: skip
    assert manifest["texts"] == ["211-A"]
    assert manifest["rules_version"]
    assert manifest["readings"] == {
        "form_order": "valid_only",
        "placement": "candidate-optimal",
        "preference_rounding": "floor",
    }


def test_an_input_that_was_not_given_is_named_as_none(tmp_path):
    folder = write(random_contest(Random(1), 8, 3, quotas=False), tmp_path / "contest")
    for name in ("congeners", "regional_areas", "vocational_courses"):
        (folder / f"{name}.csv").unlink()
    inputs = place(folder, tmp_path / "results").manifest["inputs"]
    assert (inputs["congeners"]["file"], inputs["congeners"]["sha256"]) == (None, None)
    assert inputs["congeners"]["rows"] == 0


def test_the_tables_are_canonical_csv(made):
    """UTF-8 without a mark, commas, LF, a line end at the end, point decimals, keys in order."""
    keys = {
        "placements": ["candidate"],
        "options_outcome": ["candidate", "order"],
        "seats": ["programme"],
        "holders": ["candidate"],
    }
    for name in TABLES:
        data = (made.folder / f"{name}.csv").read_bytes()
        assert not data.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in data
        assert data.endswith(b"\n")
        assert data.decode("utf-8")
        rows = list(csv.DictReader(data.decode("utf-8").splitlines()))
        if name in keys:
            found = [tuple(row[key] for key in keys[name]) for row in rows]
            assert found == sorted(found), name
            assert len(found) == len(set(found)), name


# --- the same bytes ------------------------------------------------------------------------------


def test_two_processes_write_the_same_bytes(tmp_path):
    """Other hash seeds, other numbers of threads, rows in another order."""
    tables = random_contest(Random(7), 60, 8, quotas=True)
    rng = Random(1)
    shuffled = {name: rng.sample(rows, len(rows)) for name, rows in tables.items()}
    made = []
    for name, rows, seed, threads in (("one", tables, "1", "1"), ("two", shuffled, "2", "2")):
        folder = write(rows, tmp_path / name)
        environment = {**os.environ, "PYTHONHASHSEED": seed, "POLARS_MAX_THREADS": threads}
        out = tmp_path / f"{name}-results"
        answer = own_process("access", "place", folder, "--out", out, "--quiet", env=environment)
        assert (answer.code, answer.err) == (0, "")
        made.append(out)
    assert result_csvs(made[0]) == result_csvs(made[1])
    assert len(result_csvs(made[0])) == len(TABLES)
    manifests = [json.loads((out / "manifest.json").read_text(encoding="utf-8")) for out in made]
    for entry in (each for manifest in manifests for each in manifest["inputs"].values()):
        entry.pop("sha256")  # of the files as given, whose rows stood in another order
    for manifest in manifests:
        manifest.pop("durations")
    assert manifests[0] == manifests[1]


# --- verified from itself alone ------------------------------------------------------------------


def test_a_result_is_verified_and_explained_after_it_was_moved(tmp_path):
    """Nothing of the contest folder is left; another process looks at the folder alone."""
    made = results(random_contest(Random(5), 40, 6, quotas=True), tmp_path / "here")
    before = told(made, "c00003")
    moved = tmp_path / "elsewhere" / "kept"
    moved.parent.mkdir()
    shutil.move(made.folder, moved)
    shutil.rmtree(tmp_path / "here")
    answer = own_process("access", "verify", moved)
    assert (answer.code, answer.err) == (0, "")
    assert differences(moved, tmp_path / "scratch") == []
    assert told(open_results(moved), "c00003") == before


def test_a_custom_edition_goes_with_the_result(tmp_path):
    folder = write(random_contest(Random(5), 20, 4, quotas=True), tmp_path / "contest", "my.toml")
    from importlib.resources import files

    source = files("portaria.regulations.access") / "editions" / "pt-national-2017.toml"
    mine = source.read_text(encoding="utf-8").replace('{ value = "7"', '{ value = "40"')
    (folder / "my.toml").write_text(mine, encoding="utf-8")
    made = place(folder, tmp_path / "results")
    shutil.rmtree(folder)
    assert (made.folder / "inputs" / "edition.toml").read_text(encoding="utf-8") == mine
    assert differences(made.folder, tmp_path / "scratch") == []


def test_a_result_of_an_earlier_version_stands_where_a_rule_has_been_named_since(copy, tmp_path):
    """Its edition does not know the rule: the edition of that name here says where it stands."""
    path, manifest = copy / "inputs" / "edition.toml", copy / "manifest.json"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    older = [line for line in lines if not line.startswith("regional-claim")]
    assert len(older) == len(lines) - 1
    path.write_text("".join(older), encoding="utf-8")
    data = json.loads(manifest.read_text(encoding="utf-8"))
    data["settings"]["edition_sha256"] = sha256(path)
    manifest.write_text(json.dumps(data), encoding="utf-8")
    assert differences(copy, tmp_path / "scratch") == []
    assert open_results(copy).inputs().edition.source == path.read_bytes()


def test_the_recorded_inputs_are_the_contest(made):
    """Read again, they are the tables that were placed, row by row."""
    again = made.inputs()
    first = read(made.folder.parent / "contest")
    assert again.tables.keys() == first.tables.keys()
    assert all(again.tables[name].equals(first.tables[name]) for name in first.tables)
    assert (again.phase, dict(again.readings)) == (first.phase, dict(first.readings))
    assert again.edition == first.edition


def test_a_sound_result_has_no_differences(copy, tmp_path):
    assert differences(copy, tmp_path / "scratch") == []


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_changed_table_is_found(copy, tmp_path, name):
    path = copy / f"{name}.csv"
    path.write_bytes(path.read_bytes().rstrip(b"\n") + b"0\n")
    assert differences(copy, tmp_path / "scratch") == [
        (f"{name}.csv", "result-file-changed"),
        (f"{name}.csv", "placed-again-differs"),
    ]


def test_a_table_changed_together_with_its_hash_is_found_and_its_row_told(copy, tmp_path):
    """Somebody gives a seat away and mends the manifest: placing again tells."""
    path, manifest = copy / "placements.csv", copy / "manifest.json"
    lines = path.read_text(encoding="utf-8").splitlines()
    row = next(number for number, line in enumerate(lines) if ",not_placed," in line)
    lines[row] = lines[row].replace(",not_placed,", ",placed,")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    data = json.loads(manifest.read_text(encoding="utf-8"))
    data["outputs"]["placements"]["sha256"] = sha256(path)
    manifest.write_text(json.dumps(data), encoding="utf-8")
    (tmp_path / "scratch").mkdir()
    (problem,) = verify(open_results(copy), tmp_path / "scratch")
    assert (problem.file, problem.code) == ("placements.csv", "placed-again-differs")
    assert problem.row == row + 1


@pytest.mark.parametrize(
    "name", ["placements.csv", "inputs/candidates.parquet", "inputs/edition.toml"]
)
def test_a_missing_file_is_found(copy, tmp_path, name):
    (copy / name).unlink()
    assert (name, "result-file-missing") in differences(copy, tmp_path / "scratch")


@pytest.mark.parametrize("name", ["inputs/options.parquet", "inputs/edition.toml"])
def test_a_changed_input_is_found(copy, tmp_path, name):
    with (copy / name).open("ab") as file:
        file.write(b"\n")
    assert (name, "result-file-changed") in differences(copy, tmp_path / "scratch")


def test_inputs_changed_together_with_their_hash_give_other_tables(copy, tmp_path):
    path, manifest = copy / "inputs" / "candidates.parquet", copy / "manifest.json"
    pl.read_parquet(path).with_columns(excluded=pl.lit("56/1/a")).write_parquet(path)
    data = json.loads(manifest.read_text(encoding="utf-8"))
    data["inputs"]["candidates"]["canonical_sha256"] = sha256(path)
    manifest.write_text(json.dumps(data), encoding="utf-8")
    found = differences(copy, tmp_path / "scratch")
    assert ("placements.csv", "placed-again-differs") in found
    assert {code for _file, code in found} <= {
        "placed-again-differs", "result-file-changed", "result-other-rows",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["notes.txt", "inputs/more.parquet", "README", "inputs/LEIA-ME"])
def test_a_file_that_does_not_belong_is_found(copy, tmp_path, name):
    (copy / name).write_text("x", encoding="utf-8")
    assert differences(copy, tmp_path / "scratch") == [(name, "result-file-added")]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("readings", "form_order"), "as_written"),
        (("outputs", "placements", "rows"), 1),
        (("inputs", "candidates", "rows"), 1),
        (("edition",), "pt-national-2018"),
        (("phase",), 2),
        (("placement", "rounds_of_further_seats"), 99),
        (("placement", "programmes_with_a_seat_too_many"), ["1000/9000"]),
        (("placement", "candidates_in_deadlock"), ["c00001"]),
    ],
)
def test_a_manifest_that_no_longer_tells_the_truth_is_found(copy, tmp_path, path, value):
    """What it says of readings, edition, rows and placement can all be told from the inputs."""
    manifest = copy / "manifest.json"
    data = json.loads(manifest.read_text(encoding="utf-8"))
    entry = data
    for name in path[:-1]:
        entry = entry[name]
    assert entry[path[-1]] != value
    entry[path[-1]] = value
    manifest.write_text(json.dumps(data), encoding="utf-8")
    assert differences(copy, tmp_path / "scratch")


@pytest.mark.parametrize("content", [None, "", "{}", "[]", "null", '{"outputs": {}}', "not json"])
def test_a_folder_without_a_readable_manifest_is_no_result(tmp_path, content):
    folder = tmp_path / "results"
    folder.mkdir()
    if content is not None:
        (folder / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="is not a folder of results"):
        open_results(folder)
