"""Bad days: a full disk, a run that is killed or stopped, two runs at once, results tampered with.

Results are whole under their name, or not there. To meet the worst moment and not a lucky one, a
run reports every step it takes on the disk, and the tests strike at those steps.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from random import Random

import polars as pl
import pytest

from portaria.core.errors import Cancelled

from . import (
    Answer,
    SmallContest,
    finish,
    own_process,
    result_csvs,
    spawn,
    tree,
    write_small_contest,
)

# Runs `portaria ARGUMENTS` and, at the disk operation with the given number, does what is asked.
# Operations count from the first one that touches a hidden name beside the results.
STRIKE = """
import os, signal, sys

action, moment, *arguments = sys.argv[1:]
count = None


def strike():
    if action == "pause":
        print("paused", flush=True)
        sys.stdin.readline()
    elif action != "list":
        os.kill(os.getpid(), getattr(signal, action))


def watch(event, details):
    global count
    if event not in {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "open", "os.listdir"}:
        return
    name = str(details[0])
    writes = event != "open" or isinstance(details[1], str) and set(details[1]) & set("wax+")
    if count is None and event == "os.mkdir" and os.path.basename(name).startswith("."):
        count = 0
    if count is None or not writes or "__pycache__" in name:
        return
    count += 1
    if action == "list":
        print(count, event, name, flush=True)
    elif count == int(moment):
        strike()


sys.addaudithook(watch)
from portaria.cli.app import run

sys.exit(run(arguments))
"""

SCRIPTED = (sys.executable, "-c", STRIKE)


def struck(action: str, moment: int, *arguments: object) -> subprocess.Popen:
    """Start a command that is struck at a moment."""
    return subprocess.Popen(
        [*SCRIPTED, action, str(moment), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Contests and results that the tests copy: `old` of `small`, `other` of `changed` (a small
    contest too) and `new` of `large`."""
    from portaria.cli.app import run

    folder = tmp_path_factory.mktemp("days")
    write_small_contest(folder / "small")
    write_small_contest(folder / "changed").change("exams.csv", "C1,02,,141", "C1,02,,99")
    size = ["--candidates", "3000", "--programmes", "60", "--seed", "3"]
    commands = [
        ["generate", folder / "large", *size],
        ["place", folder / "small", "--out", folder / "old"],
        ["place", folder / "changed", "--out", folder / "other"],
        ["place", folder / "large", "--out", folder / "new"],
    ]
    for command in commands:
        assert run(["access", *map(str, command), "--quiet"]) == 0
    return folder


def copied(results: Path, target: Path) -> Path:
    shutil.copytree(results, target)
    return target


def state(target: Path, folder: Path) -> str:
    """Which results stand under a name: old, other, new, none or half."""
    if not target.exists():
        return "none"
    found = result_csvs(target)
    for name in ("old", "other", "new"):
        same = set(tree(target)) == set(tree(folder / name))
        if same and found == result_csvs(folder / name):
            return name
    return "half"


def hidden(target: Path) -> list[str]:
    """What stands beside the results under a hidden name."""
    return sorted(path.name for path in target.parent.iterdir() if path.name.startswith("."))


def place(contest: Path, target: Path, *options: str) -> list[object]:
    return ["access", "place", contest, "--out", target, "--quiet", *options]


@pytest.fixture(scope="module")
def moments(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[int, str]]:
    """Every step on the disk of a run that replaces results: its number and what it does."""
    target = copied(folder / "old", tmp_path_factory.mktemp("steps") / "results")
    answer = finish(struck("list", 0, *place(folder / "changed", target, "--replace")))
    assert (answer.code, answer.err) == (0, "")
    steps = [line.split(maxsplit=1) for line in answer.out.splitlines()]
    assert state(target, folder) == "other"
    return [(int(number), what) for number, what in steps]


def telling(moments: list[tuple[int, str]]) -> list[int]:
    """Few steps that stand for all: first, last, the manifest, changes of names, a removal."""
    names = [number for number, what in moments if what.startswith("os.rename")]
    removed = [number for number, what in moments if what.startswith("os.remove")]
    middle = removed[len(removed) // 2 :][:1]
    return sorted({moments[0][0], written(moments), *names, *middle, moments[-1][0]})


def written(moments: list[tuple[int, str]]) -> int:
    """The step at which the last file of the results is opened to be written."""
    return max(number for number, what in moments if what.startswith("open"))


# --- killed and stopped --------------------------------------------------------------------------


def test_killed_at_any_step_leaves_old_results_or_none(folder, moments, portaria, tmp_path):
    """SIGKILL lets nothing be tidied up; the next run does it."""
    seen = set()
    for moment in telling(moments):
        target = copied(folder / "old", tmp_path / f"at-{moment}" / "results")
        answer = finish(struck("SIGKILL", moment, *place(folder / "large", target, "--replace")))
        assert answer.code == -signal.SIGKILL, f"step {moment} was never reached"
        found = state(target, folder)
        assert found in ("old", "new", "none"), f"{found} results after step {moment}"
        seen.add(found)
        if found != "none":
            assert portaria("access", "verify", target, "--quiet").code == 0
    # The next run of the last one, and of one killed early, cleans up what was left.
    for moment in (telling(moments)[0], telling(moments)[-1]):
        target = tmp_path / f"at-{moment}" / "results"
        assert portaria(*place(folder / "small", target, "--replace")).code == 0
        assert (state(target, folder), hidden(target)) == ("old", [])
    assert "old" in seen


def test_killed_at_any_time_leaves_old_results_or_none(folder, portaria, tmp_path):
    """Struck by the clock and not by step: in reading, placing or writing, whatever it is."""
    random = Random(211)
    target = copied(folder / "old", tmp_path / "results")
    for _ in range(5):
        process = spawn(*place(folder / "large", target, "--replace"))
        try:
            process.wait(timeout=random.uniform(0.1, 1.0))
        except subprocess.TimeoutExpired:
            process.kill()
        finish(process)
        assert state(target, folder) in ("old", "new", "none")
        if target.exists():
            assert portaria("access", "verify", target, "--quiet").code == 0
    assert portaria(*place(folder / "small", target, "--replace")).code == 0
    assert (state(target, folder), hidden(target)) == ("old", [])


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_stopped_at_any_step_changes_nothing_or_finishes(name, folder, moments, tmp_path):
    """Whoever is told “stopped, nothing was written” finds the old results where they were."""
    wrong = {}
    for moment in telling(moments):
        target = copied(folder / "old", tmp_path / f"at-{moment}" / "results")
        answer = finish(struck(name, moment, *place(folder / "changed", target, "--replace")))
        outcome = (answer.code, state(target, folder), hidden(target))
        if outcome not in ((130, "old", []), (0, "other", [])):
            wrong[dict(moments)[moment]] = outcome
        assert "Traceback" not in answer.err
    assert wrong == {}


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_stopped_before_writing_leaves_nothing(name, folder, tmp_path):
    """In the middle of the work: the process is told while it reads its tables."""
    contest = tmp_path / "contest"
    shutil.copytree(folder / "small", contest)
    (contest / "options.csv").unlink()
    os.mkfifo(contest / "options.csv")  # reading waits here until we close the other end
    process = spawn(*place(contest, tmp_path / "results"))
    with (contest / "options.csv").open("wb"):
        process.send_signal(getattr(signal, name))
    answer = finish(process)
    assert answer.code == 130
    assert "Traceback" not in answer.err
    assert answer.err.strip()
    assert {path.name for path in tmp_path.iterdir()} == {"contest"}


# --- two at once ---------------------------------------------------------------------------------


def paused(moment: int, *arguments: object) -> subprocess.Popen:
    """A run that waits at a step until it is told to go on."""
    process = struck("pause", moment, *arguments)
    assert process.stdout.readline() == "paused\n"
    return process


def go_on(process: subprocess.Popen) -> Answer:
    out, err = process.communicate("\n", timeout=60)
    return Answer(process.returncode, out, err)


def test_two_runs_to_one_name_at_once_and_one_wins_whole(folder, portaria, tmp_path):
    target = tmp_path / "results"
    runs = [spawn(*place(folder / name, target)) for name in ("small", "large")]
    answers = [finish(run) for run in runs]
    assert sorted(answer.code for answer in answers) in ([0, 2], [0, 3])
    winner = ("old", "new")[[answer.code for answer in answers].index(0)]
    assert state(target, folder) == winner
    assert hidden(target) == []


def test_the_later_of_two_runs_does_not_replace_what_it_may_not(
    folder, moments, portaria, tmp_path
):
    """Results that came while it worked are as safe as those that were there before."""
    target = tmp_path / "results"
    waiting = paused(written(moments), *place(folder / "large", target))
    assert portaria(*place(folder / "small", target)).code == 0
    answer = go_on(waiting)
    assert state(target, folder) == "old"
    assert answer.code == 2
    assert hidden(target) == []


def test_two_runs_that_replace_at_once_and_one_wins_whole(folder, moments, portaria, tmp_path):
    """Each at the step where the other has just changed the name."""
    names = [number for number, what in moments if what.startswith("os.rename")]
    for moment in names or [moments[-1][0]]:
        target = copied(folder / "old", tmp_path / f"at-{moment}" / "results")
        waiting = paused(moment, *place(folder / "changed", target, "--replace"))
        assert portaria(*place(folder / "large", target, "--replace")).code == 0
        answer = go_on(waiting)
        assert "Traceback" not in answer.err
        assert state(target, folder) == ("other" if answer.code == 0 else "new")
        assert portaria("access", "verify", target, "--quiet").code == 0
        assert portaria(*place(folder / "small", target, "--replace")).code == 0
        assert hidden(target) == []


# --- the disk ------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path, needs) -> Iterator[Path]:
    """A disk of 400 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)]
    found = shutil.which("mount") is not None
    mounted = found and subprocess.run(command, capture_output=True).returncode == 0
    needs(mounted, "the right to mount a small disk (tmpfs)")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.parametrize("room", [0, 20_000, 60_000, 150_000, 400_000])
def test_a_full_disk_leaves_nothing(room, folder, small_disk, portaria):
    """Whichever file it happens to."""
    filler = small_disk / "filler"
    filler.write_bytes(b"x" * (400 * 1024 - room) if room < 400_000 else b"")
    answer = portaria(*place(folder / "large", small_disk / "results"))
    assert answer.code == 3
    assert "disk is full" in answer.err
    assert str(small_disk / "results") in answer.err
    assert "Traceback" not in answer.err
    assert [path.name for path in small_disk.iterdir()] == ["filler"]


def test_a_full_disk_keeps_the_old_results(folder, small_disk, portaria):
    target = copied(folder / "old", small_disk / "results")
    before = tree(small_disk)
    answer = portaria(*place(folder / "large", target, "--replace"))
    assert answer.code == 3
    assert tree(small_disk) == before
    assert portaria("access", "verify", target, "--quiet").code == 0


def test_a_full_disk_fails_generate_too(small_disk, portaria):
    size = ("--candidates", 3000, "--programmes", 60, "--seed", 1)
    answer = portaria("access", "generate", small_disk / "contest", *size)
    assert answer.code == 3
    assert "disk is full" in answer.err
    assert list(small_disk.iterdir()) == []


@pytest.mark.parametrize("under", ["file/results", "file/deeper/results"])
def test_a_place_that_cannot_be_written(under, folder, portaria, tmp_path):
    """A file stands where a folder should."""
    (tmp_path / "file").write_text("my notes")
    answer = portaria(*place(folder / "small", tmp_path / under))
    assert answer.code == 3
    assert str(tmp_path / under) in answer.err
    assert "Traceback" not in answer.err
    assert tree(tmp_path) == {"file": b"my notes"}


def test_an_output_that_fills_up_is_not_a_success(folder):
    """What cannot be printed is not done: a script must see it."""
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-c", "from portaria.cli import main; main()"]
        arguments = ["access", "explain", str(folder / "old"), "--candidate", "C1", "--json"]
        done = subprocess.run([*command, *arguments], stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr


# --- results that are not as they were written ---------------------------------------------------


def manifest(results: Path, change) -> None:
    path = results / "manifest.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")


def forge_an_input(results: Path) -> None:
    """A grade raised and its hash put right: only placing again can tell."""
    path = results / "inputs" / "exams.parquet"
    grade = pl.when(candidate="C2", exam="07").then(199).otherwise("grade")
    pl.read_parquet(path).with_columns(grade=grade).write_parquet(path)
    digest = sha256(path.read_bytes()).hexdigest()
    manifest(results, lambda data: data["inputs"]["exams"].update(canonical_sha256=digest))


def forge_a_result(results: Path) -> None:
    """A grade raised in a result and its hash put right."""
    path = results / "placements.csv"
    path.write_text(
        path.read_text().replace(
            "C1,placed,1102/9002,1,general,145.8", "C1,placed,1102/9002,1,general,199.9"
        )
    )
    digest = sha256(path.read_bytes()).hexdigest()
    manifest(results, lambda data: data["outputs"]["placements"].update(sha256=digest))


def forge_the_columns(results: Path) -> None:
    """An input without a column that the rules need, its hash put right."""
    path = results / "inputs" / "exams.parquet"
    pl.read_parquet(path).drop("grade").write_parquet(path)
    digest = sha256(path.read_bytes()).hexdigest()
    manifest(results, lambda data: data["inputs"]["exams"].update(canonical_sha256=digest))


def one_byte(name: str):
    def change(results: Path) -> None:
        data = bytearray((results / name).read_bytes())
        data[len(data) // 2] ^= 1
        (results / name).write_bytes(bytes(data))

    return change


def without(name: str):
    return lambda results: (results / name).unlink()


def added(name: str):
    def change(results: Path) -> None:
        (results / name).parent.mkdir(exist_ok=True)
        (results / name).write_text("more\n")

    return change


DAMAGE = {
    "a changed result": (one_byte("placements.csv"), "placements.csv"),
    "a changed seats table": (one_byte("seats.csv"), "seats.csv"),
    "an emptied result": (lambda r: (r / "seats.csv").write_bytes(b""), "seats.csv"),
    "a changed input": (one_byte("inputs/exams.parquet"), "inputs/exams.parquet"),
    "a changed edition": (one_byte("inputs/edition.toml"), "inputs/edition.toml"),
    "a missing result": (without("rankings.csv"), "rankings.csv"),
    "a missing input": (without("inputs/options.parquet"), "inputs/options.parquet"),
    "a missing edition": (without("inputs/edition.toml"), "inputs/edition.toml"),
    "a missing manifest": (without("manifest.json"), "manifest.json"),
    "an added result": (added("seats_2.csv"), "seats_2.csv"),
    "an added input": (added("inputs/more.parquet"), "inputs/more.parquet"),
    "an added hidden file": (added("inputs/.cache"), "inputs/"),
    "an added file of no kind": (added("NOTES"), "NOTES"),
    "an added file in a new folder": (added("more/NOTES"), "more/NOTES"),
    "a forged input": (forge_an_input, "placements.csv"),
    "a forged result": (forge_a_result, "placements.csv"),
    "an input without a column": (forge_the_columns, "exams.parquet"),
    "a manifest that is no JSON": (added("manifest.json"), "manifest.json"),
    "a manifest of nothing": (
        lambda r: (r / "manifest.json").write_text("{}"), "manifest.json"),
    "a manifest without its settings": (
        lambda r: manifest(r, lambda data: data.pop("settings")), "manifest.json"),
    "a manifest with another row count": (
        lambda r: manifest(r, lambda data: data["outputs"]["seats"].update(rows=99)), "seats.csv"),
    "a manifest of another edition": (
        lambda r: manifest(r, lambda data: data.update(edition="pt-other")), "manifest.json"),
    "a manifest without readings": (
        lambda r: manifest(r, lambda data: data.update(readings={})), "manifest.json"),
    "a manifest with an unknown reading": (
        lambda r: manifest(r, lambda data: data["readings"].update(form_order="any")),
        "manifest.json"),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGE)
def test_verify_finds_what_was_changed_and_names_the_file(damage, folder, portaria, tmp_path):
    results = copied(folder / "old", tmp_path / "results")
    change, file = DAMAGE[damage]
    change(results)
    answer = portaria("access", "verify", results)
    assert answer.code == 1
    assert file.partition(".")[0] in answer.err  # the table may fold a long name at its end
    assert "Traceback" not in answer.err


def test_verify_leaves_results_as_they_are(folder, portaria, tmp_path):
    results = copied(folder / "old", tmp_path / "results")
    before = tree(results)
    assert portaria("access", "verify", results).code == 0
    assert tree(results) == before


@pytest.mark.parametrize(
    "file", ["seats.csv", "placements.csv", "inputs/exams.parquet", "inputs/edition.toml"]
)
@pytest.mark.parametrize("damage", ["missing", "emptied"])
def test_explain_from_damaged_results_names_the_file(damage, file, folder, portaria, tmp_path):
    """No letter is made of half the truth, and nobody is told that the program failed."""
    results = copied(folder / "old", tmp_path / "results")
    (results / file).unlink() if damage == "missing" else (results / file).write_bytes(b"")
    answer = portaria("access", "explain", results, "--candidate", "C1")
    assert (answer.code, answer.out) == (1, "")
    assert file.partition(".")[0] in answer.err
    assert "developers" not in answer.err


def test_results_can_be_moved(folder, portaria, tmp_path):
    """They stand for themselves: the contest they came from may be gone."""
    contest = tmp_path / "contest"
    shutil.copytree(folder / "small", contest)
    assert own_process(*place(contest, tmp_path / "results")).code == 0
    shutil.rmtree(contest)
    moved = (tmp_path / "results").rename(tmp_path / "elsewhere")
    assert portaria("access", "verify", moved, "--quiet").code == 0
    assert portaria("access", "explain", moved, "--candidate", "C2").code == 0


def test_a_small_contest_stays_as_it_was(folder):
    """No command writes into the contest it reads."""
    fresh = write_small_contest(folder / "fresh")
    assert tree(folder / "small") == tree(fresh.folder)
    assert isinstance(fresh, SmallContest)


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), Cancelled("stopped")])
def test_a_stop_inside_a_compiled_kernel_is_a_stop(stop, portaria, monkeypatch, small, tmp_path):
    """Python wraps what is raised there in a SystemError."""

    def kernel(*arguments):
        raise SystemError("returned a result with an exception set") from stop

    monkeypatch.setattr("portaria.regulations.access.compute.exam_sets._best_exam_set", kernel)
    answer = portaria("access", "place", small.folder, "--out", tmp_path / "results")
    assert (answer.code, answer.err.strip()) == (130, "Stopped. Nothing was written.")
    assert not (tmp_path / "results").exists()
