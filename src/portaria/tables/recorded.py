"""A folder of results: tables and inputs written with their hashes, and looked at again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

import polars as pl

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.tables.canonical import write_csv
from portaria.tables.result import sha256

MANIFEST = "manifest.json"

MISSING = declare("result-file-missing", "the file is missing from the results")
CHANGED = declare("result-file-changed", "the file is not the one that was written")
ADDED = declare("result-file-added", "the file does not belong to the results")


def is_of_kind(folder: Path, kind: str, name: str = MANIFEST) -> bool:
    """Whether a folder has a manifest of this kind; name: of its file."""
    try:
        found = json.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and found.get("kind") == kind


def write_tables(tables: Mapping[str, pl.DataFrame], folder: Path) -> dict[str, Any]:
    """Each table as canonical CSV; its hash and rows, as a manifest has them."""
    written = {}
    for name, frame in tables.items():
        path = folder / f"{name}.csv"
        write_csv(frame, path)
        written[name] = {"sha256": sha256(path), "rows": frame.height}
    return written


def write_inputs(frames: Mapping[str, pl.DataFrame], folder: Path) -> dict[str, Any]:
    """The frames that results came from, into a new folder `inputs`; hashes and rows."""
    (folder / "inputs").mkdir()
    written = {}
    for name, frame in sorted(frames.items()):
        path = folder / "inputs" / f"{name}.parquet"
        frame.write_parquet(path)
        written[name] = {"sha256": sha256(path), "rows": frame.height}
    return written


def write_manifest(manifest: Mapping[str, Any], folder: Path) -> None:
    """What a folder rests on; written last."""
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")


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
