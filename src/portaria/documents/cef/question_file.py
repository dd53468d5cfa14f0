"""One file that a question is asked of, TOML or JSON: numbers exact, every problem as a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from portaria.core.problem import Problem
from portaria.core.record_file import UNREAD, read_file
from portaria.documents.records import Meant, Model, Record, parse_record, table_of, worded


def _some(value: Any) -> Any:
    """Checked last: a list whose parts are all wrong is not told to be empty too."""
    if value:
        return value
    raise PydanticCustomError("parts", "empty")


SOME = AfterValidator(_some)
"""For a list or a table that is not empty."""

Part = TypeVar("Part", bound=Record)


@dataclass(frozen=True)
class Asked(Generic[Model]):
    """`record`: None where something in `given`, the parsed file, is wrong."""

    record: Model | None
    given: Mapping[str, Any]
    problems: list[Problem]

    def sound(self, key: str, model: type[Part]) -> tuple[Part, ...]:
        """The parts of a list that have no fault of their own, of a record that has some: what
        they contradict among themselves is told with the rest."""
        listed = self.given.get(key)
        found = (
            parse_record(each, model, "", []) for each in (listed if type(listed) is list else ())
        )
        return tuple(each for each in found if each is not None)


def read_question(path: Path, model: type[Model], meant: Meant) -> Asked[Model]:
    """meant: what a field wants to be given, where the general words do not tell it."""
    given, problems = read_file(path, path.name)
    if given is UNREAD:
        return Asked(None, {}, problems)
    record = parse_record(given, model, path.name, problems)
    problems = worded(problems, {"": table_of(model), **meant})
    if problems:
        record = None
    return Asked(record, given if isinstance(given, dict) else {}, problems)
