"""The values of scae.toml, each of its type, or a problem that says what is meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem, Severity
from portaria.tables.raw import cut

WRONG = declare("scae-wrong-setting", "scae.toml says {key} = {given}: {wanted} is meant")
A_TABLE = declare("scae-wanted-table", "a table of names and values")
A_TEXT = declare("scae-wanted-text", "a text in quotes")
A_NAME = declare("scae-wanted-name", "a name without quotes or backslashes in it")
A_NUMBER = declare("scae-wanted-number", "a whole number, 0 or more,")
CODES = declare("scae-wanted-codes", "a code, or several in a list, none of them blank,")


@dataclass
class Values:
    """What a settings file says, and the problems found while it is read."""

    data: Mapping[str, Any]
    file: str
    problems: list[Problem] = field(default_factory=list)

    def add(
        self, message: Message, key: str, value: object = None, severity: Severity = "error"
    ) -> None:
        """One problem of a key."""
        shown = None if value is None else cut(value)
        self.problems.append(
            Problem(self.file, message, column=key, value=shown, severity=severity)
        )

    def wrong(self, key: str, value: object, wanted: str) -> None:
        """A value of another type, or out of its limits."""
        params = {"key": key, "given": cut(repr(value)), "wanted": Message(wanted)}
        self.add(Message(WRONG, params), key, value)

    def table(self, name: str) -> dict[str, Any]:
        """A table, empty where there is none."""
        value = self.data.get(name, {})
        if isinstance(value, dict):
            return value
        self.wrong(name, value, A_TABLE)
        return {}

    def texts(self, name: str) -> dict[str, str]:
        """A table of texts."""
        found = {}
        for key, value in self.table(name).items():
            if isinstance(value, str):
                found[key] = value
            else:
                self.wrong(f"{name}.{key}", value, A_TEXT)
        return found

    def text(self, name: str, default: str) -> str:
        """A text; a number is one too (mapping_version = 2)."""
        value = self.data.get(name, default)
        if isinstance(value, str) or type(value) is int:
            return str(value).strip()
        self.wrong(name, value, A_TEXT)
        return default

    def name(self, name: str, default: str) -> str:
        """The name of a column or complement."""
        value = self.text(name, default)
        if _is_name(value):
            return value
        self.wrong(name, value, A_NAME)
        return default

    def number(self, name: str, default: int) -> int:
        """A whole number that is not negative."""
        value = self.data.get(name, default)
        if type(value) is int and value >= 0:
            return value
        self.wrong(name, value, A_NUMBER)
        return default

    def codes(self, key: str, value: object) -> tuple[str, ...]:
        """One code or several, numbers as they are written."""
        several = value if isinstance(value, list) else [value]
        if all(type(each) is int or (isinstance(each, str) and each.strip()) for each in several):
            return tuple(str(each).strip() for each in several)
        self.wrong(key, value, CODES)
        return ()

    def names(self, key: str, value: object) -> tuple[str, ...]:
        """One name of a column or complement, or several."""
        several = value if isinstance(value, list) else [value]
        for each in several:
            if not (isinstance(each, str) and _is_name(each)):
                self.wrong(key, each, A_NAME)
        return tuple(each for each in several if isinstance(each, str) and _is_name(each))


def _is_name(value: str) -> bool:
    return bool(value.strip()) and not set(value) & set("'\"\\")
