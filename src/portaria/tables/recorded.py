"""A folder of results looked at again: files against its manifest, tables against others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import Path

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.tables.result import sha256

MISSING = declare("result-file-missing", "the file is missing from the results")
CHANGED = declare("result-file-changed", "the file is not the one that was written")
ADDED = declare("result-file-added", "the file does not belong to the results")


def changed_files(folder: Path, hashes: Mapping[str, str], manifest: str) -> list[Problem]:
    """Files that are missing, changed or added since the manifest was written; `hashes`: every file
    that it names, by its path in the folder, with its SHA-256."""
    problems = []
    for name, digest in hashes.items():
        path = folder / name
        if not path.is_file():
            problems.append(Problem(name, Message(MISSING)))
        elif sha256(path) != digest:
            problems.append(Problem(name, Message(CHANGED)))
    found = (path.relative_to(folder) for path in folder.rglob("*") if not path.is_dir())
    added = {path.as_posix() for path in found} - {*hashes, manifest}
    return problems + [Problem(name, Message(ADDED)) for name in sorted(added)]


def first_difference(path: Path, again: Path, leave_out: tuple[bytes, ...] = ()) -> int | None:
    """The first row of a text file that another has not alike, from 1; None where none differs.

    Lines of the file that begin with one of `leave_out` are not compared.
    """
    last = 0

    def kept() -> Iterator[tuple[int, bytes]]:
        nonlocal last
        for last, line in enumerate(given, 1):
            if not line.startswith(leave_out):
                yield last, line

    with path.open("rb") as given, again.open("rb") as made:
        for left, right in zip_longest(kept(), made):
            if left is None:
                return last + 1
            if left[1] != right:
                return left[0]
    return None
