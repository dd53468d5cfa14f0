"""Files that appear together under their names, or not at all."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from portaria.core.errors import MachineError, UsageError
from portaria.tables.result import write_files


def tree(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def contents(folder, end=b"new"):
    return {folder / name: b"#\n" + end for name in ("a", "b", "c")}


def failing(monkeypatch, name, error):
    """`Path.replace` refuses one target, as a machine does."""
    rename = Path.replace

    def refuse(draft, target):
        if Path(target).name == name and ".portaria-" in draft.name:
            raise error
        return rename(draft, target)

    monkeypatch.setattr(Path, "replace", refuse)


def test_all_are_written_whole(tmp_path):
    write_files(contents(tmp_path), replace=False)
    assert tree(tmp_path) == {"a": b"#\nnew", "b": b"#\nnew", "c": b"#\nnew"}
    write_files(contents(tmp_path, b"more"), replace=True)
    assert tree(tmp_path) == {"a": b"#\nmore", "b": b"#\nmore", "c": b"#\nmore"}


@pytest.mark.parametrize("name", ["a", "b", "c"])
@pytest.mark.parametrize("code", [errno.EACCES, errno.ENOSPC, errno.EIO])
def test_where_one_cannot_take_its_name_none_has(name, code, tmp_path, monkeypatch):
    failing(monkeypatch, name, OSError(code, "no"))
    with pytest.raises(MachineError) as told:
        write_files(contents(tmp_path), replace=False)
    assert f"{tmp_path}/{name}" in str(told.value)
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("name", ["b", "c"])
def test_what_was_there_before_is_there_again(name, tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"#\nold")
    (tmp_path / "a").chmod(0o600)
    (tmp_path / "c").write_bytes(b"#\nolder")
    failing(monkeypatch, name, OSError(errno.EACCES, "no"))
    with pytest.raises(MachineError):
        write_files(contents(tmp_path), replace=True)
    assert tree(tmp_path) == {"a": b"#\nold", "c": b"#\nolder"}
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600


def test_a_full_disk_is_met_before_any_name_is_taken(tmp_path, monkeypatch):
    seen = []

    def full(handle):
        seen.append(handle)
        if len(seen) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MachineError, match="disk is full"):
        write_files(contents(tmp_path), replace=False)
    assert tree(tmp_path) == {}


def test_another_file_in_the_way_is_not_replaced(tmp_path):
    (tmp_path / "c").write_bytes(b"mine\n")
    with pytest.raises(UsageError):
        write_files(contents(tmp_path), replace=True)
    assert tree(tmp_path) == {"c": b"mine\n"}


def test_a_name_taken_meanwhile_is_kept(tmp_path, monkeypatch):
    rename = Path.replace

    def meanwhile(draft, target):
        rename(draft, target)
        (tmp_path / "b").write_bytes(b"of another")

    monkeypatch.setattr(Path, "replace", meanwhile)
    with pytest.raises(UsageError):
        write_files(contents(tmp_path), replace=False)
    assert tree(tmp_path) == {"b": b"of another"}


def test_a_stop_amid_the_names_waits_for_all_of_them(tmp_path, monkeypatch):
    rename = Path.replace

    def stopped(draft, target):
        rename(draft, target)
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(Path, "replace", stopped)
    write_files(contents(tmp_path), replace=False)
    assert len(tree(tmp_path)) == 3


@pytest.mark.parametrize("last", [True, False])
def test_a_stop_after_the_last_files_ends_the_program_in_silence(last, tmp_path):
    """Who wrote them has nothing left to say that would be true."""
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from portaria.tables.result import write_files\n"
        "signal.signal(signal.SIGTERM, lambda *given: sys.exit('Nothing was written.'))\n"
        "folder = Path(sys.argv[1])\n"
        f"write_files({{folder / 'a': b'1', folder / 'b': b'2'}}, replace=False, last={last})\n"
        "os.kill(os.getpid(), signal.SIGTERM)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    found = subprocess.run(command, capture_output=True, check=False)
    assert tree(tmp_path) == {"a": b"1", "b": b"2"}
    assert found.returncode == (-signal.SIGTERM if last else 1)
    assert (found.stderr == b"") == last
