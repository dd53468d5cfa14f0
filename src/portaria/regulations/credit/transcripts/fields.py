"""Fields of JSON-LD: one value or a list of them, words by language, groups given by their id."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portaria.regulations.credit.transcripts.markup import preferred

Group = dict[str, Any]


def entries(value: Any) -> list[Any]:
    """The values of a field: JSON-LD writes one value with or without a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def is_a(group: Group, name: str) -> bool:
    """Whether `name` is among the types of a group."""
    return name in entries(group.get("type"))


def words(value: Any) -> str:
    """The words of a field in the preferred language, on one line."""
    found: dict[str, str] = {}
    if isinstance(value, str):
        found[""] = value
    elif isinstance(value, dict):
        for language, said in value.items():
            texts = [each for each in entries(said) if isinstance(each, str) and each.strip()]
            if texts:
                found.setdefault(str(language).lower().split("-")[0], texts[0])
    elif isinstance(value, list):
        return next((said for said in map(words, value) if said), "")
    return " ".join(preferred(found).split())


def last(address: Any) -> str:
    """`ENG` of `http://publications.europa.eu/resource/authority/language/ENG`."""
    return address.rsplit("/", 1)[-1] if isinstance(address, str) else ""


class Graph:
    """The groups of a document by their id: JSON-LD may name a group that stands elsewhere."""

    def __init__(self, document: Group) -> None:
        self._by_id: dict[str, Group] = {}
        self._met: dict[str, Group] = {}
        self._objects: set[int] = set()
        for group in _groups(document):
            name = group.get("id")
            if isinstance(name, str) and len(group) > len(self._by_id.get(name, {})):
                self._by_id[name] = group

    def group(self, value: Any) -> Group | None:
        """The group of a field: the first of a list, the whole one where only its id is given."""
        value = next(iter(entries(value)), None)
        if isinstance(value, str):
            return self._by_id.get(value)
        if not isinstance(value, dict):
            return None
        if set(value) <= {"id", "type"} and isinstance(value.get("id"), str):
            return self._by_id.get(value["id"], value)
        return value

    def met(self, group: Group) -> bool:
        """Whether the group was met before: itself, or one with its id and its content."""
        if id(group) in self._objects:
            return True
        self._objects.add(id(group))
        name = group.get("id")
        first = self._met.setdefault(name, group) if isinstance(name, str) else group
        return first is not group and first == group

    def groups(self, value: Any) -> list[Group]:
        """Every group of a field."""
        return [group for each in entries(value) if (group := self.group(each)) is not None]


def _groups(value: Any) -> Iterator[Group]:
    left = [value]
    while left:
        each = left.pop()
        if isinstance(each, dict):
            yield each
            left.extend(each.values())
        elif isinstance(each, list):
            left.extend(each)
