"""Whole results: a folder appears complete under its name, or not at all.

Everything is written to a hidden folder beside the target and renamed at the end. A run killed at
any moment leaves the old results or none; what a killed run left behind is removed by the next.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from portaria.core.errors import MachineError, UsageError
from portaria.core.messages import Message, declare

OUTPUT_EXISTS = declare(
    "output-exists", "{path} exists already: choose another folder, or add --replace to replace it"
)
OUTPUT_NOT_RESULT = declare(
    "output-not-replaceable",
    "{path} is not a folder that this program wrote: it is not replaced",
)
DISK_FULL = declare("disk-full", "the disk is full: nothing was written to {path}; free some room")
CANNOT_WRITE = declare("cannot-write", "{path} cannot be written ({detail}): nothing was written")


@contextmanager
def whole_folder(target: Path, replace: bool, mark: str) -> Iterator[Path]:
    """A folder to fill that takes the name `target` at the end, if no exception comes.

    `mark`: the file by which a folder shows that this program wrote it, so that it may be replaced.
    UsageError where `target` exists and `replace` is false; MachineError where the disk is full.
    """
    target = Path(os.path.abspath(target))  # noqa: PTH100 - a link stays a link
    check_target(target, replace, mark)
    draft = target.parent / f".{target.name}.draft-{os.getpid()}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(target)
        draft.mkdir()
        yield draft
        _flush(draft)
        _take_place(draft, target)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise machine_error(error, target) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def check_target(target: Path, replace: bool, mark: str) -> None:
    """Refuse a target that exists, early: before the work and again before writing."""
    if not target.exists() and not target.is_symlink():
        return
    if not replace:
        raise UsageError(Message(OUTPUT_EXISTS, {"path": str(target)}))
    if not target.is_dir() or not (target / mark).is_file():
        raise UsageError(Message(OUTPUT_NOT_RESULT, {"path": str(target)}))


def machine_error(error: Exception, target: Path) -> MachineError:
    """The machine's refusal in words. Polars reports a full disk in its own errors too."""
    number = getattr(error, "errno", None)
    if number == errno.ENOSPC or "No space left" in str(error):
        return MachineError(Message(DISK_FULL, {"path": str(target)}))
    detail = getattr(error, "strerror", None) or str(error)
    return MachineError(Message(CANNOT_WRITE, {"path": str(target), "detail": detail}))


def sha256(path: Path) -> str:
    """The hash of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _flush(folder: Path) -> None:
    """Bytes on the disk before the name changes, so that a power cut leaves no empty file."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


def _take_place(draft: Path, target: Path) -> None:
    if target.exists():
        old = target.parent / f".{target.name}.old-{os.getpid()}"
        target.rename(old)
        draft.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    else:
        draft.rename(target)


def _remove_leftovers(target: Path) -> None:
    """Remove what runs that no longer live left beside `target`."""
    for kind in ("draft", "old"):
        for path in target.parent.glob(f".{target.name}.{kind}-*"):
            process = path.name.rpartition("-")[2]
            if process.isdigit() and not _is_alive(int(process)):
                shutil.rmtree(path, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
