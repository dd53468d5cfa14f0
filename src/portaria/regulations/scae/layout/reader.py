"""Values out of a TOML document, every fault told with its place; nothing stops the reading."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from portaria.core.messages import Message
from portaria.core.problem import Problem
from portaria.regulations.scae.layout import words
from portaria.regulations.scae.layout.model import CONTROL
from portaria.tables.raw import cut

Row = Mapping[str, Any]


class Reader:
    """Takes values out of a document; `problems` grows with each that is not as it should be.

    A value that is missing or wrong comes back empty. A place reads `records.load.columns[2].pad`,
    the first column being number 1.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def fault(self, place: str, code: str, value: object = None, **params: object) -> None:
        """A fault at a place, with the value that was given where it helps."""
        shown = None if value is None else cut(value)
        self.problems.append(Problem(self.file, Message(code, params), column=place, value=shown))

    def known(self, row: Row, keys: Collection[str], place: str = "") -> None:
        """Every key must be one of `keys`."""
        for key in row:
            if key not in keys:
                params = {"key": key, "known": ", ".join(keys)}
                self.fault(joined(place, key), words.UNKNOWN_KEY, **params)

    def text(self, row: Row, key: str, place: str = "", required: bool = False) -> str:
        """A text, empty where there is none."""
        if not self._there(row, key, place, required):
            return ""
        if not isinstance(row[key], str):
            self.fault(joined(place, key), words.NOT_TEXT, row[key])
            return ""
        return str(row[key])

    def choice(self, row: Row, key: str, known: Collection[str], place: str = "") -> str:
        """A required text that is one of `known`."""
        text = self.text(row, key, place, required=True)
        if isinstance(row.get(key), str) and text not in known:
            self.fault(joined(place, key), words.NOT_ONE_OF, text, known=", ".join(known))
            return ""
        return text

    def character(self, row: Row, key: str, place: str = "", required: bool = False) -> str:
        """One character, empty where there is none."""
        text = self.text(row, key, place, required)
        wrong = len(text) != 1 or (bool(CONTROL.search(text)) and text != "\t")
        if wrong and isinstance(row.get(key), str) and (text or required):
            self.fault(joined(place, key), words.NOT_A_CHARACTER, text)
            return ""
        return text

    def flag(self, row: Row, key: str, place: str = "", required: bool = False) -> bool:
        """True or false; false where it is not said."""
        if not self._there(row, key, place, required):
            return False
        if not isinstance(row[key], bool):
            self.fault(joined(place, key), words.NOT_FLAG, row[key])
        return row[key] is True

    def table(self, row: Row, key: str, place: str = "") -> Row:
        """A required table."""
        if not self._there(row, key, place, required=True):
            return {}
        if not isinstance(row[key], dict):
            self.fault(joined(place, key), words.NOT_TABLE, section=joined(place, key))
            return {}
        return dict(row[key])

    def tables(self, row: Row, key: str, place: str) -> Iterator[tuple[str, Row]]:
        """Required tables of `[[key]]`, each with its place."""
        if not self._there(row, key, place, required=True):
            return
        found, section = row[key], joined(place, key)
        fits = isinstance(found, list) and all(isinstance(each, dict) for each in found)
        if not fits or not found:
            self.fault(section, words.NOT_COLUMNS, section=section)
            return
        for number, each in enumerate(found, 1):
            yield f"{section}[{number}]", each

    def _there(self, row: Row, key: str, place: str, required: bool) -> bool:
        if key not in row and required:
            self.fault(joined(place, key), words.MISSING_KEY, key=joined(place, key))
        return key in row


def joined(place: str, key: str) -> str:
    """The place of a key inside another."""
    return f"{place}.{key}" if place else key
