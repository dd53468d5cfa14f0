"""The records of a folder read, with every problem of them as a row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.documents.cef.records import MEETINGS, PLANS, Meeting, Papers, Plan, Records
from portaria.documents.cef.unread import READ, unread
from portaria.documents.records import PAPERS, Model, read_record

SAME_NAME = declare(
    "cef-record-same-name",
    "{other} differs by its ending or its capitals alone, and so would their papers: rename one",
)


def read_records(folder: Path) -> tuple[Records, list[Problem]]:
    """The records of a folder, and every problem of them and of what is not read; without
    papers.toml all is to fill."""
    problems = unread(folder)
    papers = Papers()
    if (folder / PAPERS).exists():
        papers = read_record(folder / PAPERS, Papers, PAPERS, problems) or papers
    return Records(
        papers,
        dict(_each(folder / MEETINGS, Meeting, problems)),
        dict(_each(folder / PLANS, Plan, problems)),
    ), problems


def _each(folder: Path, model: type[Model], problems: list[Problem]) -> Iterator[tuple[str, Model]]:
    """The records of a folder by the name of their file; on some disks capitals make none."""
    taken: dict[str, str] = {}
    for path in sorted(folder.glob("*")):
        if path.suffix.casefold() not in READ or path.name.startswith("."):
            continue
        file = f"{folder.name}/{path.name}"
        other = taken.setdefault(path.stem.casefold(), path.name)
        if other != path.name:
            problems.append(Problem(file, Message(SAME_NAME, {"other": f"{folder.name}/{other}"})))
        found = read_record(path, model, file, problems)
        if found is not None:
            yield path.name, found
