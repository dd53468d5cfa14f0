"""Whole results: a folder appears complete under its name, or not at all.

Everything is written to a hidden folder beside the target and renamed at the end. A run killed at
any moment leaves the old results or none; what a killed run left behind is removed by the next.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import polars as pl

from portaria.core.errors import MachineError, UsageError
from portaria.core.messages import Message, declare
from portaria.core.unopened import why

OUTPUT_EXISTS = declare(
    "output-exists", "{path} exists already: choose another folder, or add --replace to replace it"
)
FILE_EXISTS = declare(
    "file-exists", "{path} exists already: choose another name, or add --replace to replace it"
)
OUTPUT_NOT_RESULT = declare(
    "output-not-replaceable",
    "{path} is not a folder that this command wrote: it is not replaced",
)
TARGET_IS_FOLDER = declare("output-is-folder", "{path} is a folder: name a file in it")
NO_FOLDER = declare("output-no-folder", "{path} cannot be written: there is no folder {folder}")
OUTPUT_NOT_ALIKE = declare(
    "output-not-alike", "{path} is not a file that this command wrote: it is not replaced"
)
DISK_FULL = declare("disk-full", "the disk is full: nothing was written to {path}; free some room")
CANNOT_WRITE = declare("cannot-write", "{path} cannot be written ({detail}): nothing was written")

LONGEST_LINE = 4096
LITTLE_ROOM = 1_000_000
"""Less free room than this, in bytes, explains a failed write by itself."""

IsOurs = Callable[[Path], bool]
"""Tells whether a folder was written by the same command, so that it may be replaced."""


@contextmanager
def whole_folder(target: Path, replace: bool, is_ours: IsOurs) -> Iterator[Path]:
    """A folder to fill that takes the name `target` at the end, if no exception comes.

    UsageError where `target` exists and may not be replaced; MachineError where the disk is full.
    """
    check_target(target, replace, is_ours)
    target = Path(os.path.realpath(target))  # a link keeps pointing to the new results
    draft = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(target)
        draft = Path(tempfile.mkdtemp(prefix=_prefix(target), dir=target.parent))
        draft.chmod(0o755)
        with _locked(draft):
            yield draft
            _flush(draft)
            _take_place(draft, target, replace, is_ours)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise machine_error(error, target) from error
    finally:
        if draft is not None:
            shutil.rmtree(draft, ignore_errors=True)


def check_target(target: Path, replace: bool, is_ours: IsOurs) -> None:
    """Refuse a target that exists: before the work, before writing, and before the renaming."""
    if not os.path.lexists(target):
        return
    if not replace:
        raise UsageError(Message(OUTPUT_EXISTS, {"path": str(target)}))
    if not target.is_dir() or not (is_ours(target) or not any(target.iterdir())):
        raise UsageError(Message(OUTPUT_NOT_RESULT, {"path": str(target)}))


def check_file(target: Path, replace: bool) -> None:
    """Refuse a file that exists, unless it may be replaced, and one in no folder there is."""
    if not target.parent.is_dir():
        raise UsageError(Message(NO_FOLDER, {"path": str(target), "folder": str(target.parent)}))
    if target.is_dir():
        raise UsageError(Message(TARGET_IS_FOLDER, {"path": str(target)}))
    if os.path.lexists(target) and not replace:
        raise UsageError(Message(FILE_EXISTS, {"path": str(target)}))


def write_file(
    target: Path, content: bytes, replace: bool, ours: bool = False, last: bool = False
) -> None:
    """Write a file that appears whole under its name, or not at all; as `write_files`."""
    write_files({target: content}, replace, ours, last)


def write_files(
    contents: Mapping[Path, bytes], replace: bool, ours: bool = False, last: bool = False
) -> None:
    """Write files that appear whole under their names, all of them or none.

    last: nothing but telling so follows; a stop after it ends the program in silence, since to
    say that nothing was written would be wrong.

    UsageError where one exists and may not be replaced: only a file that begins as the new one
    does was written by the same command. MachineError where the disk refuses.
    """
    with ExitStack() as drafts:
        ready = []
        for target, content in contents.items():
            check_file(target, replace)
            with _refused(target):
                if target.exists() and not (ours or _begins_alike(target, content)):
                    raise UsageError(Message(OUTPUT_NOT_ALIKE, {"path": str(target)}))
                real = Path(os.path.realpath(target))
                draft, old = _draft(real, content, drafts), None
                if len(contents) > 1 and real.exists():
                    old = _draft(real, real.read_bytes(), drafts)
                    shutil.copystat(real, old)
                ready.append((real, draft, old))
        with _no_stopping(last):
            _take_names(ready, replace)


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A file to fill that takes the name `target` at the end, if no exception comes.

    For what is too large to hold at once. UsageError where `target` exists, MachineError where the
    disk refuses.
    """
    check_file(target, replace=False)
    real = Path(os.path.realpath(target))
    with _refused(target), ExitStack() as drafts:
        draft = _draft(real, b"", drafts)
        yield draft
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        with _no_stopping():
            _take_names([(real, draft, None)], replace=False)


def _draft(target: Path, content: bytes, drafts: ExitStack) -> Path:
    """The content beside the target, on the disk; `drafts` removes it."""
    handle, name = tempfile.mkstemp(prefix=_prefix(target), dir=target.parent)
    draft = Path(name)
    drafts.callback(draft.unlink, missing_ok=True)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.chmod(0o644)
    return draft


def _take_names(ready: Sequence[tuple[Path, Path, Path | None]], replace: bool) -> None:
    """Each target gets its draft; where one cannot, those before it are as they were."""
    done: list[tuple[Path, Path | None]] = []
    try:
        for target, draft, old in ready:
            check_file(target, replace)  # someone may have taken the name meanwhile
            with _refused(target):
                draft.replace(target)
            done.append((target, old))
    except (MachineError, UsageError):
        for target, old in done:
            with suppress(OSError):
                target.unlink() if old is None else old.replace(target)
        raise


@contextmanager
def _refused(target: Path) -> Iterator[None]:
    """What the machine refuses, in words."""
    try:
        yield
    except OSError as error:
        raise machine_error(error, target) from error


def _begins_alike(target: Path, content: bytes) -> bool:
    """Whether a file has the same first line (header, doctype, kind of PDF), or is empty."""
    with target.open("rb") as file:
        first = file.readline(LONGEST_LINE)
    return not first or first == content[: len(first)]


def machine_error(error: Exception, target: Path) -> MachineError:
    """The refusal in words. Polars words a full disk in many ways, so room is looked at."""
    if getattr(error, "errno", None) == errno.ENOSPC or "No space left" in str(error):
        return MachineError(Message(DISK_FULL, {"path": str(target)}))
    if isinstance(error, pl.exceptions.PolarsError) and _room(target.parent) < LITTLE_ROOM:
        return MachineError(Message(DISK_FULL, {"path": str(target)}))
    detail = why(error) if isinstance(error, OSError) else str(error)
    return MachineError(Message(CANNOT_WRITE, {"path": str(target), "detail": detail}))


def sha256(path: Path) -> str:
    """The hash of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _room(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return LITTLE_ROOM


def _flush(folder: Path) -> None:
    """Bytes on the disk before the name changes, so that a power cut leaves no empty file."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


def _take_place(draft: Path, target: Path, replace: bool, is_ours: IsOurs) -> None:
    check_target(target, replace, is_ours)  # someone may have taken the name meanwhile
    with _no_stopping():
        if not target.exists():
            try:
                draft.rename(target)
            except OSError as error:
                if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
                    raise UsageError(Message(OUTPUT_EXISTS, {"path": str(target)})) from error
                raise
            return
        old = Path(tempfile.mkdtemp(prefix=_prefix(target), dir=target.parent))
        target.rename(old)  # an empty folder may be renamed over
        try:
            draft.rename(target)
        except OSError:
            old.rename(target)
            raise
        shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _no_stopping(last: bool = False) -> Iterator[None]:
    """Ctrl-C and SIGTERM wait for nothing here: what has begun to appear is finished.

    last: afterwards they end the program, whatever was to be done before.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before: dict[int, Any] = {
        number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)
    }
    after = before
    try:
        yield
        if last:
            ignored = signal.SIG_IGN
            after = {n: h if h is ignored else signal.SIG_DFL for n, h in before.items()}
    finally:
        for number, handler in after.items():
            signal.signal(number, handler)


def _prefix(target: Path) -> str:
    """How drafts and old results of a target are named: hidden, beside it."""
    return f".{target.name}.portaria-"


@contextmanager
def _locked(draft: Path) -> Iterator[None]:
    """A lock on the draft that ends with the process, however it ends."""
    handle = os.open(draft, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _remove_leftovers(target: Path) -> None:
    """Remove what runs that no longer live left beside `target`: nobody holds their lock."""
    for path in target.parent.iterdir():
        if path.name.startswith(_prefix(target)) and path.is_dir() and not path.is_symlink():
            handle = os.open(path, os.O_RDONLY)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            else:
                shutil.rmtree(path, ignore_errors=True)
            finally:
                os.close(handle)
