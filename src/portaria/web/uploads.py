"""Files that people send: limits of size, count, kind and expansion, and safe names.

Everything wrong with them is told at once, each file with what to do.
"""

from __future__ import annotations

import hashlib
import lzma
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO

from django.core.files.uploadedfile import UploadedFile

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem

MEGABYTE = 1_000_000
TOO_LARGE = declare(
    "upload-too-large", "the file has {size} MB; at most {limit} MB are taken: divide it"
)
TOO_MANY = declare("upload-too-many", "{number} files were sent; at most {limit} are taken")
WRONG_KIND = declare("upload-wrong-kind", "this kind of file is not taken: send {kinds}")
OTHER_CONTENT = declare(
    "upload-other-content", "what is inside is not what the name says: save it again as {kind}"
)
BAD_NAME = declare(
    "upload-bad-name", "the ZIP has a file with a path that leaves its folder: make it again"
)
LONG_NAME = declare(
    "upload-long-name", "the name of the file is too long: give it a shorter one and send it again"
)
TWICE = declare("upload-twice", "two files have this name: send one of them")
EXPANDS = declare(
    "upload-expands", "it would expand to more than {limit} MB: send the tables as CSV"
)
BROKEN_ZIP = declare("upload-broken-zip", "the ZIP cannot be opened: make it again")
ENCRYPTED = declare("upload-encrypted", "the ZIP has a password: make it again without one")
EMPTY = declare("upload-empty", "the file is empty")


LONGEST_NAME = 200
"""Bytes; file systems take 255."""
BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, ValueError,
    NotImplementedError, RuntimeError, EOFError,
)  # fmt: skip
"""What `zipfile` raises on an archive that is damaged, or that it does not know."""

Content = IO[bytes] | UploadedFile


@dataclass(frozen=True)
class Limits:
    """What is taken. size, expanded: bytes of a file, and of all that comes out of archives."""

    count: int
    size: int
    expanded: int
    kinds: tuple[str, ...]

    @property
    def named(self) -> bool:
        """Whether files keep their names on the disk, as tables do."""
        return ".csv" in self.kinds


TABLES = Limits(40, 100 * MEGABYTE, 600 * MEGABYTE, (".csv", ".xlsx", ".parquet", ".toml", ".zip"))
DOCUMENTS = Limits(10, 8 * MEGABYTE, 60 * MEGABYTE, (".pdf", ".jpg", ".jpeg", ".png"))

SIGNATURES = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".xlsx": (b"PK\x03\x04",),
    ".zip": (b"PK\x03\x04", b"PK\x05\x06"),
    ".parquet": (b"PAR1",),
}
CONTENT_TYPES = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}


def faults(files: Iterable[UploadedFile], limits: Limits) -> list[Problem]:
    """What is wrong with files as they came, before any is opened further."""
    found = []
    names = set()
    sent = list(files)
    if len(sent) > limits.count:
        params = {"number": len(sent), "limit": limits.count}
        found.append(Problem("", Message(TOO_MANY, params)))
    for file in sent:
        name = file.name or ""
        kept = plain(PurePosixPath(name.replace("\\", "/"))).name
        if kept in names:
            found.append(Problem(name, Message(TWICE)))
        names.add(kept)
        if limits.named and len(kept.encode()) > LONGEST_NAME:
            found.append(Problem(name, Message(LONG_NAME)))
        if problem := _fault(name, file.size or 0, file, limits):
            found.append(Problem(name, problem))
    return found


def _fault(name: str, size: int, content: Content, limits: Limits) -> Message | None:
    kind = PurePosixPath(name).suffix.lower()
    if kind not in limits.kinds:
        return Message(WRONG_KIND, {"kinds": ", ".join(limits.kinds)})
    if not size:
        return Message(EMPTY)
    if size > limits.size:
        params = {"size": size // MEGABYTE + 1, "limit": limits.size // MEGABYTE}
        return Message(TOO_LARGE, params)
    content.seek(0)
    begin = content.read(8)
    content.seek(0)
    if kind in SIGNATURES and not begin.startswith(SIGNATURES[kind]):
        return Message(OTHER_CONTENT, {"kind": kind})
    if kind == ".xlsx":
        return expansion_fault(content, limits)
    return None


def expansion_fault(content: Content, limits: Limits) -> Message | None:
    """Whether an archive says that it is sound and stays within the limits."""
    try:
        with zipfile.ZipFile(content) as archive:
            if any(entry.flag_bits & 1 for entry in archive.infolist()):
                return Message(ENCRYPTED)
            if sum(entry.file_size for entry in archive.infolist()) > limits.expanded:
                return Message(EXPANDS, {"limit": limits.expanded // MEGABYTE})
    except (zipfile.BadZipFile, OSError, ValueError):
        return Message(BROKEN_ZIP)
    finally:
        content.seek(0)
    return None


def unpack(path: Path, target: Path, limits: Limits) -> list[Problem]:
    """Take the tables out of a ZIP into a flat folder, with `previous/` where there is one.

    A folder around all of them is left out. What was written is removed by whoever owns `target`.
    """
    with path.open("rb") as content:
        if fault := expansion_fault(content, limits):
            return [Problem(path.name, fault)]
    inside = replace(limits, kinds=tuple(kind for kind in limits.kinds if kind != ".zip"))
    try:
        with zipfile.ZipFile(path) as archive:
            return _unpack(archive, path.name, target, inside)
    except BROKEN:
        return [Problem(path.name, Message(BROKEN_ZIP))]


def _unpack(archive: zipfile.ZipFile, name: str, target: Path, limits: Limits) -> list[Problem]:
    found = []
    left = limits.expanded
    entries = [entry for entry in archive.infolist() if _wanted(entry)]
    if len(entries) > limits.count:
        params = {"number": len(entries), "limit": limits.count}
        return [Problem(name, Message(TOO_MANY, params))]
    for entry, place in _placed(entries):
        if place is None:
            found.append(Problem(f"{name}: {entry.filename}", Message(BAD_NAME)))
            continue
        if place.suffix.lower() not in limits.kinds:
            kinds = {"kinds": ", ".join(limits.kinds)}
            left_out = Problem(f"{name}: {place}", Message(WRONG_KIND, kinds), severity="warning")
            found.append(left_out)
            continue
        goal = target / plain(place)
        if goal.exists():
            found.append(Problem(f"{name}: {place}", Message(TWICE)))
            continue
        goal.parent.mkdir(exist_ok=True)
        with archive.open(entry) as source, goal.open("xb") as file:
            # What the archive says of its sizes may be untrue: count what comes out.
            left -= _copy(source, file, left)
        if left < 0:
            limit = {"limit": limits.expanded // MEGABYTE}
            return [*found, Problem(name, Message(EXPANDS, limit))]
        with goal.open("rb") as content:
            if fault := _fault(goal.name, goal.stat().st_size, content, limits):
                found.append(Problem(f"{name}: {place}", fault))
    return found


def _wanted(entry: zipfile.ZipInfo) -> bool:
    """Not a folder, nor what macOS and Windows add by themselves."""
    parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
    hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts)
    return not entry.is_dir() and not hidden and parts[-1:] != ("Thumbs.db",)


def _placed(
    entries: list[zipfile.ZipInfo],
) -> Iterator[tuple[zipfile.ZipInfo, PurePosixPath | None]]:
    """Each entry with its place in the folder; None where its path or kind is not to be trusted."""
    paths = [PurePosixPath(entry.filename.replace("\\", "/")) for entry in entries]
    around = {path.parts[0] for path in paths if path.parts}
    wrapped = len(around) == 1 and around != {"previous"} and all(len(p.parts) > 1 for p in paths)
    for entry, path in zip(entries, paths, strict=True):
        parts = path.parts[1:] if wrapped else path.parts
        link = stat.S_ISLNK(entry.external_attr >> 16)
        escapes = path.is_absolute() or ".." in path.parts or ":" in entry.filename
        deep = len(parts) > 2 or (len(parts) == 2 and parts[0] != "previous")
        yield entry, None if link or escapes or deep or not parts else PurePosixPath(*parts)


def _copy(source: IO[bytes], target: IO[bytes], most: int) -> int:
    """Copy at most a little more than `most` bytes, and say how many."""
    done = 0
    while done <= most and (block := source.read(MEGABYTE)):
        target.write(block)
        done += len(block)
    return done


def plain(path: PurePosixPath) -> PurePosixPath:
    """A path whose kind is in small letters, as tables are looked for."""
    return path.with_suffix(path.suffix.lower())


def store(files: Iterable[UploadedFile], folder: Path) -> list[Path]:
    """Write files that passed `faults` under their own last names."""
    folder.mkdir(parents=True, mode=0o700)
    paths = []
    for file in files:
        path = folder / plain(PurePosixPath((file.name or "").replace("\\", "/"))).name
        with path.open("xb") as target:
            for block in file.chunks():
                target.write(block)
        paths.append(path)
    return paths


def discard(folder: Path) -> None:
    """Remove a folder of files that were refused or are no longer needed."""
    shutil.rmtree(folder, ignore_errors=True)


def digest(file: UploadedFile) -> str:
    """SHA-256 of a file that was sent."""
    found = hashlib.sha256()
    for block in file.chunks():
        found.update(block)
    return found.hexdigest()
