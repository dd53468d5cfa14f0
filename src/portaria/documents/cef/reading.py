"""The records of a folder read, with every problem of them as a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.core.record_file import UNREAD, read_file
from portaria.documents.cef.records import (
    MEETINGS,
    PAPERS,
    PLANS,
    Meeting,
    Papers,
    Plan,
    Record,
    Records,
)

SAME_NAME = declare(
    "cef-record-same-name",
    "{other} differs by its ending or its capitals alone, and so would their papers: rename one",
)
MISSING = declare("cef-record-missing", "this must be given")
UNKNOWN = declare("cef-record-unknown", "this means nothing here")
NOT_MEANT = declare("cef-record-not-meant", "this is not what is meant here: {meant}")
MEANT = {
    "text": declare("cef-record-text", "a text that is not empty"),
    "moment": declare("cef-record-moment", "a day and hour, as 2026-07-20T10:00:00"),
    "hour": declare("cef-record-hour", "the hour too, not the day alone, as 2026-07-20T10:00:00"),
    "flag": declare("cef-record-flag", "true or false"),
    "whole": declare("cef-record-whole", "a whole number from 1 on"),
    "parts": declare("cef-record-parts", "a table, or a list of them"),
}
KINDS = {
    "datetime": "moment", "date": "moment", "timezone": "moment", "hour": "hour", "bool": "flag",
    "int": "whole", "greater": "whole", "finite": "whole",
}  # fmt: skip
Model = TypeVar("Model", bound=Record)


def read_records(folder: Path) -> tuple[Records, list[Problem]]:
    """The records of a folder, and every problem of them; without papers.toml all is to fill."""
    problems: list[Problem] = []
    papers = Papers()
    if (folder / PAPERS).exists():
        papers = read_record(folder / PAPERS, Papers, problems) or papers
    return Records(
        papers,
        dict(_each(folder / MEETINGS, Meeting, problems)),
        dict(_each(folder / PLANS, Plan, problems)),
    ), problems


def read_record(path: Path, model: type[Model], problems: list[Problem]) -> Model | None:
    """A record of TOML or JSON; None with its problems added."""
    name = path.name if path.name == PAPERS else f"{path.parent.name}/{path.name}"
    given, wrong = read_file(path, name)
    record = None if given is UNREAD else parse_record(given, model, name, wrong)
    problems += wrong
    return None if wrong else record


def parse_record(
    given: Any, model: type[Model], file: str, problems: list[Problem]
) -> Model | None:
    """The same from parsed data."""
    try:
        return model.model_validate(given)
    except ValidationError as error:
        problems += [_problem(file, dict(each)) for each in error.errors()]
        return None


def _each(folder: Path, model: type[Model], problems: list[Problem]) -> Iterator[tuple[str, Model]]:
    """The records of a folder by the name of their file; on some disks capitals make none."""
    taken: dict[str, str] = {}
    for path in sorted(folder.glob("*")):
        if path.suffix.lower() not in (".toml", ".json"):
            continue
        other = taken.setdefault(path.stem.casefold(), path.name)
        if other != path.name:
            message = Message(SAME_NAME, {"other": f"{folder.name}/{other}"})
            problems.append(Problem(f"{folder.name}/{path.name}", message))
        found = read_record(path, model, problems)
        if found is not None:
            yield path.name, found


def _problem(file: str, error: Mapping[str, Any]) -> Problem:
    """One error of pydantic as a row; the place is written `topics.2.title`, counted from 1."""
    kind = error["type"]
    where = ".".join(str(at + 1 if isinstance(at, int) else at) for at in error["loc"])
    if kind == "missing":
        return Problem(file, Message(MISSING), column=where)
    if kind == "extra_forbidden":
        return Problem(file, Message(UNKNOWN), column=where)
    named = next((meant for start, meant in KINDS.items() if kind.startswith(start)), "parts")
    code = MEANT["text" if kind.startswith("string") else named]
    value = error["input"]
    shown = None if isinstance(value, dict | list | tuple | datetime) else str(value)
    return Problem(file, Message(NOT_MEANT, {"meant": Message(code)}), column=where, value=shown)
