"""Verification: the folder, what was done to it, what is named."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from reference.scae.random_logs import random_network, write_source

from portaria.cli.app import run
from portaria.core.errors import UsageError
from portaria.core.messages import render
from portaria.regulations.scae.stored import Stored
from portaria.regulations.scae.verify import verify

from .made_loads import extract, loads, situation, write

TABLES = situation(
    classes=[{"class": "7A", "start": "2024-02-05", "end": "2024-12-13"}],
    enrolments=[
        {"enrolment": "E1", "class": "7A"},
        {"enrolment": "E2", "class": "7A", "student": "RA2"},
    ],
    movements=[
        {"enrolment": "E1", "at": "2024-02-01T09:00:00", "from": "", "to": "2"},
        {"enrolment": "E2", "at": "2024-03-08T09:00:00", "from": "2", "to": "6"},
    ],
)


def told(folder: Path, scratch: Path) -> list[tuple[str, int | None, str]]:
    """What verification names: file, row, in words."""
    scratch.mkdir()
    found = verify(Stored.open(folder), scratch, lambda stage, done, total: None)
    return [(p.file, p.row, render(p.message, "en")) for p in found]


@pytest.fixture
def march(tmp_path: Path) -> Path:
    """The load of March 2024: E1 as 1, E2 as 21."""
    return loads(tmp_path, TABLES, "2024-02", "2024-03")


def rehash(folder: Path, *names: str) -> None:
    """Make the manifest agree with changed files, as someone who hides a change would."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    for name in names:
        entry = (folder / name).read_bytes()
        part, key = ("outputs", name) if "/" not in name else ("facts", name.partition("/")[2])
        manifest[part][key.rpartition(".")[0]]["sha256"] = hashlib.sha256(entry).hexdigest()
    path.write_text(json.dumps(manifest))


def change_cell(folder: Path) -> None:
    """E1 of the load as 21 instead of 1."""
    path = folder / "load.csv"
    lines = path.read_text().splitlines(keepends=True)
    assert lines[1].startswith("P:E1:7A,UPSERT")
    lines[1] = lines[1].replace("2024-02-05,1,", "2024-02-05,21,")
    path.write_text("".join(lines))


def change_fact(folder: Path) -> None:
    """The class of the load ended in February."""
    path = folder / "inputs" / "classes.parquet"
    frame = pl.read_parquet(path)
    frame.with_columns(end=pl.date(2024, 2, 28)).write_parquet(path)


def change_decision(folder: Path) -> None:
    path = folder / "decisions.parquet"
    frame = pl.read_parquet(path)
    frame.with_columns(last_row=pl.lit(99, pl.Int64)).write_parquet(path)


def end_early(folder: Path) -> None:
    path = folder / "load.csv"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))


def test_a_load_as_it_was_written(march, tmp_path, capsys):
    assert told(march, tmp_path / "again") == []
    assert run(["scae", "verify", str(march), "--lang", "en"]) == 0
    words = "Verified: deciding again from the stored facts gives the same load of 2024-03.\n"
    assert capsys.readouterr().out == words
    assert run(["scae", "verify", str(march), "--quiet"]) == 0
    assert capsys.readouterr().out == ""


CHANGED = "the file is not the one that was written"
DIFFERS = "deciding again from the stored facts gives another file"
TAMPERED: list[tuple[str, Callable[[Path], Any], list[tuple[str, int | None, str]]]] = [
    (
        "a cell of the load",
        change_cell,
        [("load.csv", None, CHANGED), ("load.csv", 2, DIFFERS)],
    ),
    (
        "a fact: nothing is decided from it",
        change_fact,
        [("inputs/classes.parquet", None, CHANGED)],
    ),
    (
        "a file gone",
        lambda folder: (folder / "totals.csv").unlink(),
        [("totals.csv", None, "the file is missing from the results")],
    ),
    (
        "a fact gone",
        lambda folder: (folder / "inputs" / "stays.parquet").unlink(),
        [("inputs/stays.parquet", None, "the file is missing from the results")],
    ),
    (
        "a file too many",
        lambda folder: (folder / "inputs" / "more.txt").write_text("more"),
        [("inputs/more.txt", None, "the file does not belong to the results")],
    ),
    (
        "a cell, the change hidden",
        lambda folder: (change_cell(folder), rehash(folder, "load.csv")),
        [("load.csv", 2, DIFFERS)],
    ),
    (
        "a decision, the change hidden",
        lambda folder: (change_decision(folder), rehash(folder, "decisions.parquet")),
        [("decisions.parquet", None, DIFFERS)],
    ),
    (
        "the last record, the change hidden",
        lambda folder: (end_early(folder), rehash(folder, "load.csv")),
        [("load.csv", 3, DIFFERS)],
    ),
]


@pytest.mark.parametrize(
    ("change", "expected"), [row[1:] for row in TAMPERED], ids=[row[0] for row in TAMPERED]
)
def test_what_was_changed_is_named(change, expected, march, tmp_path):
    change(march)
    assert told(march, tmp_path / "again") == expected


def test_a_fact_changed_and_hidden_gives_another_load(march, tmp_path):
    """E1 would have left the load with its class; what follows from that is named too."""
    change_fact(march)
    rehash(march, "inputs/classes.parquet")
    files = {file for file, _, _ in told(march, tmp_path / "again")}
    assert files == {
        "load.csv", "findings.csv", "reconciliation.csv", "totals.csv", "decisions.parquet",
        "carga-2024-03.csv", "manifest.json",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "value", "named"),
    [
        ("counts", {"load": 3}, "counts"),
        ("totals", [], "totals"),
        ("previous_month", "2024-01", "previous_month"),
        ("edition_title", "another", "edition_title"),
    ],
)
def test_what_the_manifest_says_is_decided_again(key, value, named, march, tmp_path):
    path = march / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), key: value}))
    words = f"deciding again gives another value of {named} than the manifest has"
    assert told(march, tmp_path / "again") == [("manifest.json", None, words)]


def test_another_edition_is_not_decided_again(march, tmp_path):
    path = march / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "edition_sha256": "0"}))
    words = "the load was made under another edition of the rules than that of this program"
    assert told(march, tmp_path / "again") == [("manifest.json", None, words)]


def test_the_command_names_each_file(march, tmp_path, capsys):
    change_cell(march)
    problems = tmp_path / "problems.csv"
    arguments = ["scae", "verify", str(march), "--lang", "en", "--problems", str(problems)]
    assert run(arguments) == 1
    said = capsys.readouterr()
    assert "load.csv" in said.err
    assert "The load of 2024-03 is not what its stored facts give." in said.err
    with problems.open(encoding="utf-8", newline="") as file:
        assert [(row["file"], row["row"]) for row in csv.DictReader(file)] == [
            ("load.csv", ""), ("load.csv", "2"),
        ]  # fmt: skip


def test_a_folder_that_is_no_load(tmp_path):
    with pytest.raises(UsageError, match="is not a folder of results of scae extract"):
        Stored.open(tmp_path)
    assert run(["scae", "verify", str(tmp_path)]) == 2


def test_an_old_month_made_again(tmp_path):
    """W-REGENERATED needs the ledger of later months: it is left out, and nothing else is."""
    loads(tmp_path, TABLES, "2024-02", "2024-03")
    late = {**TABLES["movements"][0], "seq": 9, "at": "2024-02-20T09:00:00", "to": "7"}
    source = write(tmp_path / "later", {**TABLES, "movements": [*TABLES["movements"], late]})
    ledger = ("--ledger", str(tmp_path / "ledger.parquet"))
    again = extract(source, "2024-02", tmp_path / "again", *ledger)
    assert "W-REGENERATED" in (again / "findings.csv").read_text()
    assert told(again, tmp_path / "a") == []
    path = again / "findings.csv"
    lines = path.read_text().splitlines()
    row = next(n for n, line in enumerate(lines, 1) if "I-EVADIDO-EARLY" in line)
    path.write_text(path.read_text().replace("I-EVADIDO-EARLY", "I-NOLOG"))
    rehash(again, "findings.csv")
    assert told(again, tmp_path / "b") == [("findings.csv", row, DIFFERS)]


READINGS = [
    {},
    {"hours_prorata": "clip", "first_class_day": "first_lesson", "future_results": "max_month"},
    {"hours_source": "none", "eja_class": "current", "eja_complements": "latest"},
    {"fault_scope": "always", "class_end": "until_exit", "record_key": "source"},
]


@pytest.mark.parametrize("readings", READINGS, ids=["defaults", "dates", "eja", "scope"])
def test_random_networks_under_other_readings(readings, tmp_path):
    """Whatever scae.toml said stands in the folder: required fields, names, days, language."""
    network = random_network(3, people=20, faulty=True)
    write_source(network.source(), {"required": {"basic": ["category"]}}, tmp_path / "s")
    settings = tmp_path / "s" / "scae.toml"
    with settings.open("a", encoding="utf-8") as file:
        file.write('\n[situation_names]\n30 = "Falecido"\n\n[readings]\n')
        file.writelines(f'{name} = "{choice}"\n' for name, choice in readings.items())
    days = 'evaded_early_days = 3\ndependency_field = "flag"\n'
    settings.write_text(days + settings.read_text())
    more = ["--ledger", str(tmp_path / "ledger.parquet"), "--lang", "en"]
    for month in ("2024-11", "2024-12"):
        folder = extract(tmp_path / "s", month, tmp_path / month, *more)
        assert told(folder, tmp_path / f"again-{month}") == []
    part = extract(tmp_path / "s", "2024-12", tmp_path / "part", "--only", "unit=U1",
                   "--today", "2024-12-20")  # fmt: skip
    assert told(part, tmp_path / "again-part") == []
