"""Whole results: a folder appears complete under its name, or not at all."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path

import polars as pl
import pytest

from portaria.core.errors import MachineError, UsageError
from portaria.tables.result import check_target, sha256, whole_folder

MARK = "manifest.json"


def is_ours(folder: Path) -> bool:
    """As a command tells its own results."""
    return (folder / MARK).is_file() and "portaria" in (folder / MARK).read_text()


def write(target: Path, text: str, replace: bool = False) -> None:
    """A result of one table and its mark."""
    with whole_folder(target, replace, is_ours) as draft:
        (draft / "table.csv").write_text(text)
        (draft / MARK).write_text('{"program": "portaria"}')


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_folder_and_those_above_it(tmp_path):
    write(tmp_path / "a" / "b" / "results", "1")
    assert (tmp_path / "a" / "b" / "results" / "table.csv").read_text() == "1"
    assert names(tmp_path / "a" / "b") == ["results"]


def test_nothing_has_the_name_before_the_end(tmp_path):
    target = tmp_path / "results"
    with whole_folder(target, False, is_ours) as draft:
        assert not target.exists()
        assert draft.parent == tmp_path  # on the same disk, or the last step would not be one
        (draft / MARK).write_text("{}")
    assert target.is_dir()


def test_a_relative_name_is_of_where_the_work_began(tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    with whole_folder(Path("results"), False, is_ours) as draft:
        os.chdir(tmp_path / "elsewhere")
        (draft / MARK).write_text("{}")
    assert names(tmp_path) == ["elsewhere", "results"]


@pytest.mark.parametrize(
    "error",
    [
        ValueError("x"),
        KeyboardInterrupt(),
        OSError(errno.EIO, "x"),
        pl.exceptions.ComputeError("x"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_failure_leaves_what_was_there(error, tmp_path):
    write(tmp_path / "results", "old")
    for target, replace in (("results", True), ("new", False)):
        with pytest.raises((type(error), MachineError)):  # noqa: PT012, SIM117
            with whole_folder(tmp_path / target, replace, is_ours) as draft:
                (draft / "table.csv").write_text("new")
                raise error
    assert names(tmp_path) == ["results"]
    assert (tmp_path / "results" / "table.csv").read_text() == "old"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "disk-full"),
        (pl.exceptions.ComputeError("No space left on device (os error 28)"), "disk-full"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "cannot-write"),
        (PermissionError(errno.EACCES, "Permission denied"), "cannot-write"),
    ],
)
def test_a_refusal_of_the_machine_in_words(error, code, tmp_path):
    with pytest.raises(MachineError) as caught, whole_folder(tmp_path / "r", False, is_ours):
        raise error
    assert caught.value.message.code == code
    assert str(tmp_path / "r") in str(caught.value)
    assert caught.value.exit_code == 3


def test_replacing_leaves_nothing_of_the_old(tmp_path):
    target = tmp_path / "results"
    write(target, "old")
    (target / "inputs").mkdir()
    (target / "inputs" / "old.parquet").write_text("old")
    write(target, "new", replace=True)
    assert names(target) == [MARK, "table.csv"]
    assert (target / "table.csv").read_text() == "new"
    assert names(tmp_path) == ["results"]


@pytest.mark.parametrize(
    ("situation", "files", "replace", "code"),
    [
        ("results, not to be replaced", [MARK], False, "output-exists"),
        ("an empty folder", [], False, "output-exists"),
        ("a folder of somebody's", ["thesis.txt"], True, "output-not-replaceable"),
        ("a contest", ["contest.toml"], True, "output-not-replaceable"),
    ],
)
def test_what_stands_in_the_way(situation, files, replace, code, tmp_path):
    target = tmp_path / "results"
    target.mkdir()
    for file in files:
        (target / file).write_text("{}")
    for attempt in (
        lambda: check_target(target, replace, is_ours),
        lambda: whole_folder(target, replace, is_ours).__enter__(),
    ):
        with pytest.raises(UsageError) as caught:
            attempt()
        assert caught.value.message.code == code
    assert names(target) == files
    assert names(tmp_path) == ["results"]


def test_a_file_in_the_way(tmp_path):
    (tmp_path / "results").write_text("my notes")
    for replace in (False, True):
        with pytest.raises(UsageError):
            write(tmp_path / "results", "new", replace)
    assert (tmp_path / "results").read_text() == "my notes"


def test_a_link_to_nowhere_is_in_the_way(tmp_path):
    (tmp_path / "results").symlink_to(tmp_path / "nowhere")
    with pytest.raises(UsageError):
        write(tmp_path / "results", "new")
    assert names(tmp_path) == ["results"]


def test_replacing_through_a_link_leaves_nothing_behind(tmp_path):
    write(tmp_path / "of-monday", "old")
    (tmp_path / "results").symlink_to("of-monday")
    write(tmp_path / "results", "new", replace=True)
    assert (tmp_path / "results" / "table.csv").read_text() == "new"
    assert [name for name in names(tmp_path) if name.startswith(".")] == []


@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize("mark", [MARK, "thesis.txt"])
def test_what_came_while_the_work_went_on_is_checked_too(mark, replace, tmp_path):
    """Another run, or a person, took the name in the meantime."""
    target = tmp_path / "results"
    allowed = replace and mark == MARK
    try:
        with whole_folder(target, replace, is_ours) as draft:
            (draft / MARK).write_text("{}")
            target.mkdir()
            (target / mark).write_text('{"program": "portaria", "of": "the other"}')
    except UsageError:
        assert not allowed
        assert "the other" in (target / mark).read_text()
    else:
        assert allowed
        assert (target / MARK).read_text() == "{}"
    assert names(tmp_path) == ["results"]


@pytest.mark.parametrize("name", ["results", "results[1]", "results*", "-r"])
def test_what_a_killed_run_left_is_removed(name, tmp_path):
    left = tmp_path / f".{name}.portaria-0a1b2c3d"
    left.mkdir()
    (left / "table.csv").write_text("half")
    write(tmp_path / name, "1")
    assert names(tmp_path) == [name]


def test_what_a_living_run_writes_is_left_alone(tmp_path):
    theirs = tmp_path / ".results.portaria-0a1b2c3d"
    theirs.mkdir()
    handle = os.open(theirs, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    write(tmp_path / "results", "1")
    assert names(tmp_path) == [theirs.name, "results"]
    os.close(handle)
    write(tmp_path / "results", "2", replace=True)
    assert names(tmp_path) == ["results"]


def test_other_names_beside_it_are_left_alone(tmp_path):
    others = [".results", ".results.portaria", ".results2.portaria-1", "x.portaria-1"]
    for other in others:
        (tmp_path / other).mkdir()
    write(tmp_path / "results", "1")
    assert names(tmp_path) == sorted([*others, "results"])


def test_sha256_is_that_of_everybody(tmp_path):
    (tmp_path / "file").write_bytes(b"abc")
    assert sha256(tmp_path / "file") == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
