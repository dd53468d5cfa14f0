"""Single fields of the JSON of a request; every fault is collected, none stops the reading."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from .exact import number


class Fault(NamedTuple):
    """`where`: the path of the field, as items[2].credits."""

    where: str
    code: str


class Reader:
    """One object of the JSON; keys are crossed off as they are read."""

    def __init__(self, given: Any, where: str, faults: list[Fault]) -> None:
        self.given: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
        self.where, self.faults = where, faults
        self.left = set(self.given)
        if not isinstance(given, Mapping):
            self.fault("", "not-an-object")

    def fault(self, key: str, code: str) -> None:
        path = ".".join(part for part in (self.where, key) if part)
        self.faults.append(Fault(path, code))

    def get(self, key: str) -> Any:
        self.left.discard(key)
        return self.given.get(key)

    def text(self, key: str, needed: bool = False) -> str:
        value = self.get(key)
        if isinstance(value, str) and value:
            return value
        if needed or value is not None:
            self.fault(key, "not-a-text")
        return ""

    def one_of(self, key: str, allowed: tuple[str, ...], code: str) -> str:
        value = self.get(key)
        if value not in allowed:
            self.fault(key, code)
            return allowed[0]
        return str(value)

    def positive(self, key: str, needed: bool = False, zero: bool = False) -> Fraction | None:
        value = self.get(key)
        if value is None and not needed:
            return None
        found = number(value)
        if found is None:
            self.fault(key, "not-a-number")
        elif found < 0 or (found == 0 and not zero):
            self.fault(key, "not-positive")
        return found

    def day(self, key: str, needed: bool = False) -> date | None:
        value = self.get(key)
        return None if value is None and not needed else self._date(key, value)

    def days(self, key: str) -> frozenset[date]:
        found = {self._date(key, value) for value in self.rows(key)}
        return frozenset(day for day in found if day is not None)

    def rows(self, key: str) -> list[Any]:
        value = self.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(key, "not-a-list")
            return []
        return value

    def flag(self, key: str, default: bool | None = False) -> bool | None:
        value = self.get(key)
        if key not in self.given:
            return default
        if value is None and default is not False:
            return None
        if not isinstance(value, bool):
            self.fault(key, "not-a-boolean")
        return bool(value)

    def done(self) -> None:
        """A key that nobody knows is a misspelt one."""
        for key in sorted(self.left):
            self.fault(str(key), "unknown-key")

    def _date(self, key: str, value: Any) -> date | None:
        try:
            if isinstance(value, str) and len(value) == len("2017-09-18"):
                return date.fromisoformat(value)
        except ValueError:
            pass
        self.fault(key, "not-a-date")
        return None
