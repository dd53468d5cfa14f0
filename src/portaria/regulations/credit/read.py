"""A request read from its file, with everything wrong in it at once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from portaria.core.edition import Edition
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.core.unopened import why
from portaria.regulations.credit.checks import problems_of
from portaria.regulations.credit.fields import NOT_PRINTABLE, message_of
from portaria.regulations.credit.request import Request
from portaria.regulations.credit.settings import edition_on, editions, find_edition, known_years

MOST_BYTES = 5_000_000
NOT_READ = declare("credit-not-read", "the file cannot be read: {error}")
TOO_LARGE = declare(
    "credit-too-large", "the file has {size} bytes; a request has at most {most}: give one student"
)
NOT_UTF8 = declare(
    "credit-not-utf8", "the file is not UTF-8 text; save it again as UTF-8 (byte {byte})"
)
NOT_JSON = declare("credit-not-json", "this is no JSON ({error}); line {line}, column {column}")
TOO_DEEP = declare("credit-too-deep", "the JSON is nested too deeply for a request")
KEY_TWICE = declare("credit-key-twice", "the key {key} stands twice in one object; keep one")
UNKNOWN_YEAR = declare(
    "credit-year-unknown",
    "the year that starts on {day} is not known: years from {first} to {last} are; it is not "
    "guessed",
)
SHOWN = 60
"""Characters of a value that a problem shows."""


@dataclass(frozen=True)
class Case:
    """A request without faults, the rule set of its year, and the readings in force."""

    request: Request
    edition: Edition
    readings: Mapping[str, str]


def read_request(
    path: Path, policy: Mapping[str, str] = MappingProxyType({}), edition: str | None = None
) -> tuple[Case | None, list[Problem]]:
    """The request of a JSON file, or None with every problem.

    policy: readings other than the defaults. edition: a rule set by name, else that of the year.
    UsageError for an unknown one.
    """
    given, problems = read_json(path)
    if problems:
        return None, problems
    return prepare(given, policy, edition, path.name)


def read_json(path: Path) -> tuple[Any, list[Problem]]:
    """The JSON of a file, or what is wrong with it."""
    try:
        if (size := path.stat().st_size) > MOST_BYTES:
            return None, [_whole(path.name, TOO_LARGE, size=size, most=MOST_BYTES)]
        content = path.read_bytes()
    except OSError as error:
        return None, [_whole(path.name, NOT_READ, error=why(error))]
    return parse_json(content, path.name)


def parse_json(content: bytes, file: str) -> tuple[Any, list[Problem]]:
    """JSON of a file, every key once; numbers stay what they are written as."""
    twice: set[str] = set()

    def paired(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        twice.update(key for key, times in Counter(keys).items() if times > 1)
        return dict(pairs)

    try:
        given = json.loads(content.decode("utf-8-sig"), object_pairs_hook=paired)
        json.dumps(given, ensure_ascii=False).encode()
    except UnicodeDecodeError as error:
        return None, [_whole(file, NOT_UTF8, byte=error.start + 1)]
    except json.JSONDecodeError as error:
        where = {"line": error.lineno, "column": error.colno, "error": error.msg}
        found = Message(NOT_JSON, where)
        return None, [Problem(file, found, row=error.lineno)]
    except UnicodeEncodeError:  # half of a pair of UTF-16, which JSON can write and UTF-8 cannot
        return None, [_whole(file, NOT_PRINTABLE)]
    except (RecursionError, ValueError):  # ValueError: an integer of thousands of digits
        return None, [_whole(file, TOO_DEEP)]
    return given, [Problem(file, Message(KEY_TWICE, {"key": k}), column=k) for k in sorted(twice)]


def prepare(
    given: Any,
    policy: Mapping[str, str] = MappingProxyType({}),
    edition: str | None = None,
    file: str = "",
) -> tuple[Case | None, list[Problem]]:
    """The case of parsed JSON. What is wrong in single fields comes before what contradicts
    something else, because the second cannot be seen without the first."""
    named = None if edition is None else find_edition(edition)
    for each in editions().values():
        each.choose(policy)
    try:
        request = Request.model_validate(given)
    except ValidationError as error:
        return None, list(faults_of(error, file))
    of_year = edition_on(request.year_start)
    rules = named or of_year or next(iter(editions().values()))
    readings = rules.choose(policy)
    problems = problems_of(request, readings, file)
    if of_year is None:
        first, last = known_years()
        params = {"day": request.year_start, "first": first, "last": last}
        unknown = Message(UNKNOWN_YEAR, params)
        problems.insert(0, Problem(file, unknown, column="year_start", clause="438 19/1"))
    return (None if problems else Case(request, rules, readings)), problems


def faults_of(error: ValidationError, file: str) -> Iterator[Problem]:
    for each in error.errors(include_url=False):
        value = each["input"]
        plain = value is not None and not isinstance(value, Mapping | list)
        yield Problem(
            file,
            message_of(each),
            column=path_of(each["loc"]),
            value=_cut(str(value)) if plain else None,
        )


def path_of(location: Sequence[int | str]) -> str:
    """`items[2].grade.value`."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in location]
    return "".join(parts).removeprefix(".")


def _cut(value: str) -> str:
    return value if len(value) <= SHOWN else value[:SHOWN] + "…"


def _whole(file: str, code: str, **params: object) -> Problem:
    return Problem(file, Message(code, params))
