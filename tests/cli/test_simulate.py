"""`access simulate`: what it prints and writes, what it refuses, and how it stops."""

from __future__ import annotations

import csv
import json
import os
import signal
import time
from pathlib import Path

import pytest

from . import finish, read_problems, result_csvs, spawn, tree

CHANGE = """\
title = "One seat more"
[[seats]]
programmes = ["1102/9002"]
add = 1
"""
WHAT_IF = {"changes", "groups", "moved", "programmes", "totals"}
REPLICATED = {"replicated_programmes", "replicated_totals"}


@pytest.fixture
def change(tmp_path: Path) -> Path:
    path = tmp_path / "change.toml"
    path.write_text(CHANGE, encoding="utf-8")
    return path


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_what_a_change_does(small, change, portaria, tmp_path):
    before = tree(small.folder)
    out = tmp_path / "out"
    answer = portaria("access", "simulate", small.folder, "--change", change, "--out", out)
    assert (answer.code, answer.err) == (0, "")
    assert "change.toml: One seat more" in answer.out
    assert "would be better off" in answer.out
    assert tree(small.folder) == before
    assert {path.stem for path in out.glob("*.csv")} == WHAT_IF
    (moved,) = rows(out / "moved.csv")
    assert (moved["programme"], moved["column"]) == ("1102/9002", "seats")
    assert (moved["before"], moved["after"]) == ("1", "2")
    totals = {row["figure"]: row for row in rows(out / "totals.csv")}
    assert totals["seats"]["difference"] == "1"
    assert len(rows(out / "programmes.csv")) == 3
    for row in rows(out / "changes.csv"):
        assert row["kind"] in ("seat_gained", "earlier_option", "other_quota")
        assert row["candidate"] in small.text("candidates.csv")


def test_json_is_the_summary_of_the_folder(small, change, portaria, tmp_path):
    arguments = ("access", "simulate", small.folder, "--change", change)
    printed = portaria(*arguments, "--replications", 4, "--json", "--workers", 1)
    written = portaria(
        *arguments, "--replications", 4, "--out", tmp_path / "out", "--workers", 1, "--quiet"
    )
    assert (written.code, written.out, written.err) == (0, "", "")
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert json.loads(printed.out) == summary
    assert summary["edition"] == "pt-national-2017"
    assert summary["replications"]["demand"] == {"resample": True, "noise": "0"}
    assert {path.stem for path in (tmp_path / "out").glob("*.csv")} == WHAT_IF | REPLICATED


def test_replications_alone(small, portaria, tmp_path):
    answer = portaria(
        "access", "simulate", small.folder, "--replications", 5, "--workers", 1,
        "--out", tmp_path / "out",
    )  # fmt: skip
    assert answer.code == 0
    assert "5 replications, seed 1" in answer.out
    assert {path.stem for path in (tmp_path / "out").glob("*.csv")} == REPLICATED


def test_the_same_bytes_whatever_the_workers_and_the_order_of_the_rows(
    small, change, portaria, tmp_path
):
    def simulated(name: str, *options: object) -> dict[str, bytes]:
        out = tmp_path / name
        answer = portaria(
            "access", "simulate", small.folder, "--change", change, "--replications", 20,
            "--out", out, *options,
        )  # fmt: skip
        assert answer.code == 0
        return result_csvs(out)

    one = simulated("one", "--workers", 1)
    assert simulated("two", "--workers", 2) == one
    assert simulated("other-seed", "--workers", 1, "--seed", 2) != one
    header, *lines = small.text("candidates.csv").splitlines()
    small.write("candidates.csv", "\n".join([header, *reversed(lines)]) + "\n")
    assert simulated("shuffled", "--workers", 1) == one


@pytest.mark.parametrize("lang", ["pt-PT", "pt-BR", "en"])
def test_it_speaks_the_language_that_is_asked_for(lang, small, change, portaria):
    answer = portaria(
        "access", "simulate", small.folder, "--change", change, "--replications", 2,
        "--workers", 1, "--lang", lang,
    )  # fmt: skip
    assert answer.code == 0
    assert ("The whole contest" in answer.out) == (lang == "en")


# --- what it refuses -----------------------------------------------------------------------------


def test_faults_of_a_change_file_are_told_and_nothing_is_written(small, portaria, tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text("[[seats]]\nall = true\nad = 1\n[quotas]\nislands = 3\n", encoding="utf-8")
    out, problems = tmp_path / "out", tmp_path / "problems.csv"
    answer = portaria(
        "access", "simulate", small.folder, "--change", path, "--out", out, "--problems", problems
    )
    assert answer.code == 1
    assert "this change" in answer.err
    assert {(p["file"], p["column"]) for p in read_problems(problems)} == {
        ("bad.toml", "quotas.islands"),
        ("bad.toml", "seats[1]"),
        ("bad.toml", "seats[1].ad"),
    }
    assert not out.exists()


def test_a_change_the_contest_does_not_bear(small, portaria, tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text("[[seats]]\nall = true\nadd = -2\n", encoding="utf-8")
    answer = portaria("access", "simulate", small.folder, "--change", path)
    assert answer.code == 1
    assert "would have -1 in seats" in " ".join(answer.err.split())


def test_a_contest_with_faults_is_refused_as_in_any_command(small, change, portaria):
    small.remove("options.csv")
    answer = portaria("access", "simulate", small.folder, "--change", change)
    assert answer.code == 1
    assert "options.csv" in answer.err


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--seed", 3),
        ("--workers", 2),
        ("--scheduler", "tcp://x:1"),
        ("--replications", 0),
        ("--replications", 1_000_001),
        ("--replications", 2, "--workers", 0),
        ("--change", "nowhere.toml"),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_a_usage_error(small, portaria, options):
    assert portaria("access", "simulate", small.folder, *options).code == 2


def test_only_a_simulation_is_replaced(small, change, portaria, tmp_path):
    run = ("access", "simulate", small.folder, "--change", change, "--out")
    out = tmp_path / "out"
    assert portaria(*run, out).code == 0
    assert portaria(*run, out).code == 2
    assert portaria(*run, out, "--replace").code == 0
    before = tree(small.folder)
    assert portaria(*run, small.folder, "--replace").code == 2
    assert tree(small.folder) == before


# --- stopped -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_stopped_it_leaves_nothing_and_its_workers_end(name, small, change, tmp_path):
    """As a terminal does it: Ctrl-C goes to the command and to its workers alike."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    process = spawn(
        "access", "simulate", small.folder, "--change", change, "--replications", 1_000_000,
        "--workers", 2, "--out", tmp_path / "out", "--lang", "en",
        env={**os.environ, "TMPDIR": str(scratch)}, start_new_session=True,
    )  # fmt: skip
    wait_for(lambda: len(processes_of(process.pid)) > 2)
    if name == "SIGINT":
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal.SIGTERM)
    answer = finish(process)
    assert answer.code == 130
    assert answer.err.strip() == "Stopped. Nothing was written."
    wait_for(lambda: not processes_of(process.pid))
    assert list(scratch.iterdir()) == []
    assert {path.name for path in tmp_path.iterdir()} == {"change.toml", "contest", "scratch"}


def test_killed_it_takes_its_workers_with_it(small, tmp_path):
    process = spawn(
        "access", "simulate", small.folder, "--replications", 1_000_000, "--workers", 2,
        env={**os.environ, "TMPDIR": str(tmp_path)}, start_new_session=True,
    )  # fmt: skip
    wait_for(lambda: len(processes_of(process.pid)) > 2)
    process.kill()
    finish(process)
    wait_for(lambda: not processes_of(process.pid))


def processes_of(session: int) -> list[int]:
    """The processes of a session that still live."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, _group, its_session = stat.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(its_session) == session and state != "Z":
            found.append(int(stat.parent.name))
    return found


def wait_for(happens: object, seconds: float = 30.0) -> None:
    """Until something is so; a failure where it takes too long."""
    assert callable(happens)
    end = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.05)
