"""`scae generate`: a network of invented people, the same for the same arguments."""

from __future__ import annotations

import json

import polars as pl
import pytest

from cli import tree
from portaria.regulations.scae.schemas import TABLES

SIZE = ("--students", 60, "--seed", 5)


def generate(portaria, folder, *options):
    return portaria("scae", "generate", folder, *options)


def test_the_same_arguments_give_the_same_files(portaria, tmp_path):
    one, two, other = (tmp_path / name for name in ("one", "two", "other"))
    answer = generate(portaria, one, *SIZE)
    assert answer.code == 0
    assert "School network with 60 students and " in answer.out
    assert {path.name for path in one.iterdir()} == {
        *(f"{name}.csv" for name in TABLES),
        "scae.toml",
    }
    assert generate(portaria, two, *SIZE, "--quiet").out == ""
    assert tree(one) == tree(two)
    generate(portaria, other, "--students", 60, "--seed", 6, "--quiet")
    assert tree(one) != tree(other)


def test_parquet_holds_what_csv_holds(portaria, tmp_path):
    generate(portaria, tmp_path / "csv", *SIZE, "--quiet")
    generate(portaria, tmp_path / "parquet", *SIZE, "--format", "parquet", "--quiet")
    for name in TABLES:
        frame = pl.read_parquet(tmp_path / "parquet" / f"{name}.parquet")
        text = frame.with_columns(pl.selectors.datetime().dt.strftime("%Y-%m-%dT%H:%M:%S"))
        written = pl.read_csv(tmp_path / "csv" / f"{name}.csv", infer_schema=False)
        assert text.cast(pl.String).equals(written), name


def test_the_source_as_it_stood_knows_nothing_typed_later(portaria, tmp_path):
    generate(portaria, tmp_path / "march", *SIZE, "--last", "2024-03", "--quiet")
    log = pl.read_csv(tmp_path / "march" / "movements.csv", infer_schema=False)
    assert log["at"].max() < "2024-04-01"
    assert log.height > 0


def test_a_generated_network_can_be_checked_at_once(portaria, tmp_path):
    """Its faults are few, and all are of records."""
    generate(portaria, tmp_path / "network", *SIZE, "--quiet")
    answer = portaria("scae", "check", tmp_path / "network", "--month", "2024-05", "--json")
    assert answer.err == ""
    errors = [line for line in json.loads(answer.out) if line["severity"] == "error"]
    assert answer.code == (1 if errors else 0)
    assert len(errors) < 6


def test_a_folder_that_exists(portaria, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("my notes")
    (tmp_path / "empty").mkdir()
    generate(portaria, tmp_path / "network", *SIZE, "--quiet")
    before = tree(tmp_path)
    for name, options, words in (
        ("network", (), "exists already"),
        ("mine", (), "exists already"),
        ("mine", ("--replace",), "not a folder that this command wrote"),
    ):
        answer = generate(portaria, tmp_path / name, *SIZE, *options)
        assert answer.code == 2
        assert words in " ".join(answer.err.split())
    assert tree(tmp_path) == before
    assert generate(portaria, tmp_path / "empty", *SIZE, "--replace").code == 0
    assert generate(portaria, tmp_path / "network", "--students", 5, "--replace").code == 0
    assert tree(tmp_path / "network") != tree(tmp_path / "empty")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--students", 0), "at least 1"),
        (("--students", "many"), "a whole number"),
        (("--students", 5_000_001), "give a number from 1 to 5,000,000"),
        (("--seed", -1), "at least 0"),
        (("--format", "xlsx"), "xlsx is no form of a table: write csv or parquet"),
        (("--last", "2024-13"), "2024-13 was given"),
        (("--last", "2022-12"), "from 2023-01 to 2025-06"),
        (("--last", "2025-07"), "from 2023-01 to 2025-06"),
    ],
)
def test_what_is_asked_wrong(options, words, portaria, tmp_path):
    answer = generate(portaria, tmp_path / "network", *options, "--lang", "en")
    assert answer.code == 2
    assert list(tmp_path.iterdir()) == []
    assert words in answer.err


def test_a_place_that_cannot_be_written(portaria, tmp_path):
    (tmp_path / "file").write_text("my notes")
    answer = generate(portaria, tmp_path / "file" / "network", *SIZE)
    assert answer.code == 3
    assert "cannot be written" in " ".join(answer.err.split())
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
