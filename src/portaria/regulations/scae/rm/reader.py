"""A TOML file read key by key, with every problem at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem

NONE = "-"
"""What the file says where the base has no such table or column; a blank is unfinished work."""

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_$#]*")
"""A table or column of RM."""

MISSING_KEY = declare("scae-rm-missing-key", "{key} is missing: write it, even as an empty text")
BLANK_NAME = declare("scae-rm-blank", "{key} is blank: write the name that it has in the base")
BLANK_OR_NONE = declare(
    "scae-rm-blank-or-none",
    '{key} is blank: write the name that it has in the base, or "-" where the base has none',
)
NOT_A_NAME = declare(
    "scae-rm-not-a-name", "{key} is no name of a table or column: letters, digits, _, $ and #"
)
NOT_A_CHOICE = declare("scae-rm-choice", "{key} must be one of {allowed}")
NOT_WHOLE = declare("scae-rm-whole", "{key} must be a whole number, without quotation marks")
NOT_TEXT = declare("scae-rm-text", "{key} must be a text that is not blank")
NOT_A_FLAG = declare("scae-rm-flag", "{key} must be true or false")
NOT_A_LIST = declare("scae-rm-list", '{key} must be a list of texts, such as ["1", "2"]')
NOT_A_TABLE = declare("scae-rm-table", "{key} must be a table of the file: [{key}]")
UNKNOWN_KEY = declare("scae-rm-unknown-key", "{key} means nothing here: is it a slip of the pen?")


Path = tuple[str, ...]


class Reader:
    """The keys of a file by their paths; `problems` grows as they are asked for."""

    def __init__(self, data: Mapping[str, Any], file: str) -> None:
        self.problems: list[Problem] = []
        self._data = data
        self._file = file
        self._asked: set[Path] = set()

    def name(self, *path: str) -> str:
        """A name that the base must have."""
        return self._name(path, BLANK_NAME) or ""

    def maybe(self, *path: str) -> str | None:
        """A name that the base may have, None where the file says that it has none."""
        return None if self._find(path) == NONE else self._name(path, BLANK_OR_NONE)

    def text(self, *path: str) -> str:
        """A text that is not blank."""
        value = self._given(path)
        if value is not None and not (isinstance(value, str) and value.strip()):
            self.tell(NOT_TEXT, path, value)
        return value.strip() if isinstance(value, str) else ""

    def choice(self, *path: str, allowed: Sequence[str]) -> str:
        """One of some words."""
        value = self._given(path)
        if value is not None and value not in allowed:
            self.tell(NOT_A_CHOICE, path, value, allowed=", ".join(allowed))
        return str(value)

    def whole(self, *path: str) -> int:
        """A whole number."""
        value = self._given(path)
        if value is not None and type(value) is not int:
            self.tell(NOT_WHOLE, path, value)
        return value if type(value) is int else 0

    def flag(self, *path: str) -> bool:
        """True or false."""
        value = self._given(path)
        if value is not None and not isinstance(value, bool):
            self.tell(NOT_A_FLAG, path, value)
        return value is True

    def keys(self, *path: str) -> list[str]:
        """The keys of a table whose keys are the user's own; none where it is missing."""
        value = self._find(path)
        if value is not None and not isinstance(value, Mapping):
            self.tell(NOT_A_TABLE, path, value)
        return list(value) if isinstance(value, Mapping) else []

    def lists(self, *path: str) -> dict[str, tuple[str, ...]]:
        """A table of lists of texts; empty where it is missing."""
        found = {}
        for key in self.keys(*path):
            value = self._find((*path, key))
            if isinstance(value, list) and value and all(isinstance(v, str) for v in value):
                found[key] = tuple(value)
            else:
                self.tell(NOT_A_LIST, (*path, key), value)
        return found

    def texts(self, *path: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._given(path)
        if isinstance(value, list) and all(isinstance(v, str) for v in value):
            return tuple(value)
        if value is not None:
            self.tell(NOT_A_LIST, path, value)
        return ()

    def skip(self, *path: str) -> None:
        """A key that other keys make idle: it may stand there."""
        self._asked.update(p for p in _paths(self._data) if p[: len(path)] == path)

    def unknown(self) -> list[Problem]:
        """A warning for each key that nothing asked for."""
        known = {path[:n] for path in self._asked for n in range(1, len(path) + 1)}
        found = [path for path in _paths(self._data) if path not in known]
        return [
            Problem(self._file, Message(UNKNOWN_KEY, {"key": _dotted(path)}), severity="warning")
            for path in found
            if path[:-1] not in found
        ]

    def tell(self, code: str, path: Path, value: object = None, **params: object) -> None:
        """Add a problem of one key."""
        message = Message(code, {"key": _dotted(path), **params})
        given = None if value is None else str(value)
        self.problems.append(Problem(self._file, message, value=given))

    def _name(self, path: Path, blank: str) -> str | None:
        value = self._given(path)
        if value == "":
            self.tell(blank, path)
        elif value is not None and not (isinstance(value, str) and NAME.fullmatch(value)):
            self.tell(NOT_A_NAME, path, value)
        return None if value is None else str(value)

    def _given(self, path: Path) -> Any:
        value = self._find(path)
        if value is None:
            self.tell(MISSING_KEY, path)
        return value

    def _find(self, path: Path) -> Any:
        self._asked.add(path)
        found: Any = self._data
        for part in path:
            found = found.get(part) if isinstance(found, Mapping) else None
        return found


def _dotted(path: Path) -> str:
    return ".".join(path)


def _paths(data: Mapping[str, Any], before: Path = ()) -> list[Path]:
    found = []
    for key, value in data.items():
        found.append((*before, key))
        if isinstance(value, Mapping):
            found += _paths(value, (*before, key))
    return found
