"""A record that people write beside their tables, read with every problem of it as a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.core.record_file import UNREAD, read_file

PAPERS = "papers.toml"

MISSING = declare("record-missing", "this must be given")
UNKNOWN = declare("record-unknown", "this means nothing here; known: {known}")
NOT_MEANT = declare("record-not-meant", "this is not what is meant here: {meant}")
TABLE = declare("record-table", "a table with {keys}")
MEANT = {
    "text": declare("record-text", "a text that is not empty"),
    "moment": declare("record-moment", "a day and hour, as 2026-07-20T10:00:00"),
    "hour": declare("record-hour", "the hour too, not the day alone, as 2026-07-20T10:00:00"),
    "flag": declare("record-flag", "true or false"),
    "whole": declare("record-whole", "a whole number from 1 on"),
    "parts": declare("record-parts", "a table, or a list of them"),
}
KINDS = {
    "datetime": "moment", "date": "moment", "timezone": "moment", "hour": "hour", "bool": "flag",
    "int": "whole", "greater": "whole", "finite": "whole",
}  # fmt: skip
KEY = "*.[[]key]"
"""The place of a key of a table that is wrong itself; the general words tell it: a text."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Record(BaseModel):
    """A part of a record: known keys only."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=Record)
Meant = Mapping[str, Message]
"""What a place wants, by a pattern of it (`member.*.role`), where the general words do not tell;
the first pattern that fits counts."""


def read_record(
    path: Path, model: type[Model], file: str, problems: list[Problem], meant: Meant | None = None
) -> Model | None:
    """A record of TOML or JSON; None with its problems added. file: what problems call it."""
    given, wrong = read_file(path, file)
    record = None if given is UNREAD else parse_record(given, model, file, wrong)
    problems += worded(wrong, meant or {})
    return None if wrong else record


def parse_record(
    given: Any, model: type[Model], file: str, problems: list[Problem]
) -> Model | None:
    """The same from parsed data, in the general words."""
    try:
        return model.model_validate(given)
    except ValidationError as error:
        problems += [_problem(file, dict(each), model) for each in error.errors()]
        return None


def table_of(model: type[Record]) -> Message:
    """What is meant where a whole part is wrong: a table with its keys."""
    return Message(TABLE, {"keys": ", ".join(model.model_fields)})


def worded(problems: list[Problem], meant: Meant) -> list[Problem]:
    """The problems, each with what its place wants."""
    return [_worded(each, meant) for each in problems]


def _worded(problem: Problem, meant: Meant) -> Problem:
    if problem.code != NOT_MEANT or fnmatchcase(problem.column, KEY):
        return problem
    for place, words in meant.items():
        if fnmatchcase(problem.column, place):
            return replace(problem, message=Message(NOT_MEANT, {"meant": words}))
    return problem


def _problem(file: str, error: Mapping[str, Any], model: type[Record]) -> Problem:
    """One error of pydantic as a row; the place is written `topics.2.title`, counted from 1."""
    kind = error["type"]
    where = ".".join(str(at + 1 if isinstance(at, int) else at) for at in error["loc"])
    if kind == "missing":
        return Problem(file, Message(MISSING), column=where)
    if kind == "extra_forbidden":
        known = {"known": ", ".join(_keys(model, error["loc"][:-1]))}
        return Problem(file, Message(UNKNOWN, known), column=where)
    named = next((meant for start, meant in KINDS.items() if kind.startswith(start)), "parts")
    code = MEANT["text" if kind.startswith("string") else named]
    value = error["input"]
    shown = None if isinstance(value, dict | list | tuple | datetime) else str(value)
    return Problem(file, Message(NOT_MEANT, {"meant": Message(code)}), column=where, value=shown)


def _keys(kind: Any, place: Sequence[int | str]) -> list[str]:
    """The keys of what stands at a place of a record, a list or a table of them."""
    while not (isinstance(kind, type) and issubclass(kind, Record)):
        inner = [each for each in get_args(kind) if each is not NoneType]
        if get_origin(kind) in (tuple, Mapping):  # the place has a number or a key of its own
            inner, place = inner[get_origin(kind) is Mapping :], place[1:]
        kind = inner[0]
    keys = {field.alias or name: field.annotation for name, field in kind.model_fields.items()}
    return _keys(keys[str(place[0])], place[1:]) if place else [*keys]
