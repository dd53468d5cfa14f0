"""A file of TOML or JSON that people write: numbers exact, every fault of it a sentence of ours."""

from __future__ import annotations

import json
import re
import tomllib
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.core.unopened import why

NOT_READ = declare("record-not-read", "the file cannot be read: {detail}")
NOT_UTF8 = declare(
    "record-not-utf8", "the file is not UTF-8 at byte {number}: save it again as UTF-8"
)
NO_TOML = declare("record-no-toml", "it is no TOML at line {line}, column {column}")
ENDS_EARLY = declare("record-ends-early", "it is no TOML: it ends before it is complete")
NO_JSON = declare("record-no-json", "it is no JSON at line {line}, column {column}")
TOO_MUCH = declare("record-too-much", "a number in it is too long, or its parts lie too deep")
HALF = declare("record-half", "a text in it has half a character, from \\ud800 to \\udfff")
TWICE = declare("record-twice", "{key} stands here twice; keep one")

UNREAD = object()
"""What a file holds that cannot be read."""
AT = re.compile(r"\(at line (\d+), column (\d+)\)$")
"""How the parser of TOML ends its messages, of which nothing else is shown."""
MOST_DIGITS = 1000


def read_file(path: Path, file: str) -> tuple[Any, list[Problem]]:
    """What a file holds, JSON by its suffix or else TOML, numbers as int and Decimal; keys that
    stand twice are problems. UNREAD with one problem where it cannot be read, or not be shown
    again. file: what problems call it."""
    twice: list[str] = []
    try:
        return _parsed(path, twice), [
            Problem(file, Message(TWICE, {"key": key}), column=key) for key in dict.fromkeys(twice)
        ]
    except UnicodeDecodeError as error:
        message = Message(NOT_UTF8, {"number": error.start + 1})
    except (OSError, ValueError, RecursionError) as error:
        message = Message(NOT_READ, {"detail": _detail(error)})
    return UNREAD, [Problem(file, message)]


def _parsed(path: Path, twice: list[str]) -> Any:
    # The mark that some programs put at the start is no text.
    text = path.read_bytes().decode().removeprefix("\ufeff")

    def paired(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        twice.extend(key for key in dict.fromkeys(keys) if keys.count(key) > 1)
        return dict(pairs)

    given: Any
    if path.suffix.lower() == ".json":
        given = json.loads(
            text, parse_float=_number, parse_constant=Decimal, object_pairs_hook=paired
        )
    else:
        given = tomllib.loads(text, parse_float=_number)
    # JSON can write half of a pair of UTF-16, TOML a number of any length: nothing can show them.
    json.dumps(given, ensure_ascii=False, default=str).encode()
    return given


def _detail(error: Exception) -> Message | str:
    """Why a file cannot be read, in our words: those of the parsers are English."""
    if isinstance(error, OSError):
        return why(error)
    if isinstance(error, json.JSONDecodeError):
        return Message(NO_JSON, {"line": error.lineno, "column": error.colno})
    if isinstance(error, UnicodeEncodeError):
        return Message(HALF)
    if not isinstance(error, tomllib.TOMLDecodeError):
        return Message(TOO_MUCH)
    if at := AT.search(str(error)):
        return Message(NO_TOML, {"line": int(at[1]), "column": int(at[2])})
    return Message(ENDS_EARLY)


def _number(text: str) -> Decimal | str:
    """The number exactly; one beyond all use stays the text it is, and so a fault."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return number if not number or abs(number.adjusted()) < MOST_DIGITS else text
