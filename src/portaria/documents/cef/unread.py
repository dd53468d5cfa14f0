"""What lies beside the tables and is not read, so that nothing somebody wrote is left out in
silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.core.unopened import why
from portaria.documents.cef.records import MEETINGS, PLANS
from portaria.documents.records import PAPERS
from portaria.regulations.cef.settings import SETTINGS
from portaria.tables.folder import OTHER_NAME, UNREADABLE

READ = (".toml", ".json")
WRITTEN = (*READ, ".yaml", ".yml")
"""How a file ends that somebody may have meant to be read."""
FILES, FOLDERS = (SETTINGS, PAPERS), (MEETINGS, PLANS)
MANIFEST = "manifest.json"

NO_RECORD = declare(
    "cef-record-no-record",
    "it is not read: beside the tables stand {files}, and records in {folders}",
)
NO_ENDING = declare(
    "cef-record-ending", "it is not read: a record is a file that ends in .toml or .json"
)


def unread(folder: Path) -> list[Problem]:
    """What is not read of a folder and of those of its records: an error where only capitals are
    against it, else a warning. Tables are told elsewhere, and hidden files are nobody's records."""
    found = [problem for path in _listed(folder) for problem in _beside(path)]
    for name in FOLDERS:
        if (folder / name).exists():
            found += _among_records(folder / name)
    return found


def _beside(path: Path) -> Iterator[Problem]:
    names = FOLDERS if path.is_dir() else FILES
    right = path.name.casefold()
    if path.name in names:
        return
    if right in names:
        yield Problem(path.name, Message(OTHER_NAME, {"name": right}))
    elif _may_be_meant(path):
        known = {"files": ", ".join(FILES), "folders": ", ".join(f"{name}/" for name in FOLDERS)}
        yield Problem(path.name, Message(NO_RECORD, known), severity="warning")


def _may_be_meant(path: Path) -> bool:
    """Whether a file, or what a folder holds, looks written to be read; what this program wrote
    has a manifest."""
    if not path.is_dir():
        return path.suffix.casefold() in WRITTEN or path.name.casefold().startswith(FILES)
    inside = [*_listed(path)]
    return MANIFEST not in (each.name for each in inside) and any(
        each.suffix.casefold() in WRITTEN for each in inside
    )


def _among_records(folder: Path) -> Iterator[Problem]:
    try:
        next(folder.iterdir(), None)
    except OSError as error:
        yield Problem(folder.name, Message(UNREADABLE, {"detail": why(error)}))
    for path in _listed(folder):
        if path.suffix.casefold() not in READ:
            yield Problem(f"{folder.name}/{path.name}", Message(NO_ENDING), severity="warning")


def _listed(folder: Path) -> list[Path]:
    """What a folder shows; nothing where it cannot be read."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return []
