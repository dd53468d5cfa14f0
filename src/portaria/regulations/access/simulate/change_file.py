"""A change file, read: TOML, as docs/access/simulate.md tells it.

Reading never stops at the first fault: each is a `Problem` that names the file, the place in it
(`seats[2].add`) and what is known there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from portaria.core.messages import Message
from portaria.core.problem import Problem
from portaria.core.unopened import why
from portaria.regulations.access.simulate import words
from portaria.regulations.access.simulate.change import (
    COLUMNS,
    QUOTAS,
    Change,
    Step,
    Target,
    Weights,
)
from portaria.tables.folder import UNREADABLE
from portaria.tables.parse import ABOVE, BELOW, NOT_DECIMAL, NOT_INTEGER
from portaria.tables.raw import cut
from portaria.tables.schema import DECIMAL_PLACES

WHERE = ("programmes", "institution", "all")
HOW = {"seats": ("set", "add", "percent")} | dict.fromkeys(COLUMNS[1:], ("set", "add"))
KNOWN = {
    "": ("title", *COLUMNS[:1], "weights", *COLUMNS[1:], "quotas", "policy", "demand"),
    **{column: (*WHERE, *HOW[column]) for column in COLUMNS},
    "weights": (*WHERE, "w_secondary", "set", "exams"),
    "quotas": QUOTAS,
    "demand": ("resample", "noise"),
}
LARGEST = Decimal(10) ** 9
MOST_NOISE = Decimal(100)


def read_change(path: Path) -> tuple[Change, list[Problem]]:
    """A change file and what is wrong with it; fit for use only where nothing is."""
    file = path.name
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except OSError as error:
        detail = {"detail": why(error)}
        return Change(file), [Problem(file, Message(UNREADABLE, detail))]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ArithmeticError) as error:
        return Change(file), [Problem(file, Message(words.NOT_TOML, {"detail": cut(error)}))]
    return change_of(file, data)


def change_of(name: str, data: Mapping[str, Any]) -> tuple[Change, list[Problem]]:
    """A change from what a change file would say, its numbers int or Decimal; and its problems.

    name: how a problem names it.
    """
    reader = _Reader(name)
    reader.known(data, "", "")
    change = Change(
        name,
        reader.text(data, "title", "title") or "",
        tuple(
            step
            for column in COLUMNS
            for place, row in reader.rows(data, column)
            if (step := reader.step(column, row, place))
        ),
        tuple(reader.weights(row, place) for place, row in reader.rows(data, "weights")),
        reader.numbers(reader.table(data, "quotas"), "quotas", most=Decimal(100), known=QUOTAS),
        reader.texts(reader.table(data, "policy"), "policy"),
        reader.demand(reader.table(data, "demand")),
    )
    return change, reader.problems


class _Reader:
    """Takes values out of a TOML document, and every fault with its place."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def fault(self, place: str, code: str, value: object = None, **params: object) -> None:
        shown = None if value is None else cut(value)
        self.problems.append(Problem(self.file, Message(code, params), column=place, value=shown))

    def known(self, row: Mapping[str, Any], section: str, place: str) -> None:
        """Every key must be one of those known there."""
        for key in row:
            if key not in KNOWN[section]:
                params = {"key": key, "known": ", ".join(KNOWN[section])}
                self.fault(f"{place}.{key}".lstrip("."), words.UNKNOWN_KEY, **params)

    def rows(self, data: Mapping[str, Any], section: str) -> list[tuple[str, dict[str, Any]]]:
        """The tables of `[[section]]` with their places, `seats[1]` being the first."""
        found = data.get(section, [])
        if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
            self.fault(section, words.NOT_TABLES, section=section)
            return []
        placed = [(f"{section}[{number}]", row) for number, row in enumerate(found, 1)]
        for place, row in placed:
            self.known(row, section, place)
        return placed

    def table(self, data: Mapping[str, Any], section: str) -> dict[str, Any]:
        """The table `[section]`, empty where there is none."""
        found = data.get(section, {})
        if not isinstance(found, dict):
            self.fault(section, words.NOT_TABLE, section=section)
            return {}
        if section in KNOWN:
            self.known(found, section, section)
        return found

    def step(self, column: str, row: Mapping[str, Any], place: str) -> Step | None:
        target = self.target(row, place)
        said = [how for how in HOW[column] if how in row]
        if len(said) != 1:
            self.fault(place, words.ONE_OF, known=", ".join(HOW[column]))
            return None
        how = said[0]
        whole = column == "seats" and how != "percent"
        least = None if how == "add" else Decimal(-100) if how == "percent" else Decimal(0)
        value = self.number(row[how], f"{place}.{how}", least, whole=whole)
        return None if value is None else Step(column, target, how, value, place)

    def weights(self, row: Mapping[str, Any], place: str) -> Weights:
        own = self.numbers(row, place, most=Decimal(100), known=("w_secondary",))
        exams = row.get("exams", {})
        if not isinstance(exams, dict):
            self.fault(f"{place}.exams", words.NOT_EXAMS)
            exams = {}
        if not own and not exams:
            self.fault(place, words.NO_WEIGHT)
        number = row.get("set")
        if number is not None and (not isinstance(number, int) or isinstance(number, bool)):
            self.fault(f"{place}.set", NOT_INTEGER, number)
            number = None
        by_exam = self.numbers(exams, f"{place}.exams", most=Decimal(100), known=exams)
        return Weights(self.target(row, place), own.get("w_secondary"), number, by_exam, place)

    def target(self, row: Mapping[str, Any], place: str) -> Target:
        said = [key for key in WHERE if key in row]
        if len(said) != 1 or ("all" in row and row["all"] is not True):
            self.fault(place, words.WHOSE)
            return Target()
        if "all" in row:
            return Target()
        if "institution" in row:
            return Target(institution=self.text(row, "institution", f"{place}.institution"))
        codes = row["programmes"]
        if not isinstance(codes, list) or not codes or not all(isinstance(c, str) for c in codes):
            self.fault(f"{place}.programmes", words.NOT_CODES)
            return Target()
        return Target(tuple(codes))

    def numbers(
        self, row: Mapping[str, Any], place: str, most: Decimal, known: Collection[str]
    ) -> dict[str, Decimal]:
        """The numbers from 0 to `most` under the known keys."""
        found = {
            key: self.number(row[key], f"{place}.{key}", Decimal(0), most)
            for key in known
            if key in row
        }
        return {key: value for key, value in found.items() if value is not None}

    def number(
        self,
        value: object,
        place: str,
        least: Decimal | None,
        most: Decimal = LARGEST,
        whole: bool = False,
    ) -> Decimal | None:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.fault(place, NOT_DECIMAL, value, places=DECIMAL_PLACES)
            return None
        number = Decimal(value)
        low = -most if least is None else least
        exponent = number.as_tuple().exponent
        if not isinstance(exponent, int) or exponent < -DECIMAL_PLACES:
            self.fault(place, NOT_DECIMAL, value, places=DECIMAL_PLACES)
        elif number < low:
            self.fault(place, BELOW, value, limit=low)
        elif number > most:
            self.fault(place, ABOVE, value, limit=most)
        elif whole and number != int(number):
            self.fault(place, NOT_INTEGER, value)
        else:
            return number
        return None

    def text(self, row: Mapping[str, Any], key: str, place: str) -> str | None:
        value = row.get(key)
        if value is not None and not isinstance(value, str):
            self.fault(place, words.NOT_TEXT, value)
            return None
        return value

    def texts(self, row: Mapping[str, Any], place: str) -> dict[str, str]:
        found = {key: self.text(row, key, f"{place}.{key}") for key in row}
        return {key: value for key, value in found.items() if value is not None}

    def demand(self, row: Mapping[str, Any]) -> dict[str, Any]:
        said: dict[str, Any] = {}
        said |= self.numbers(row, "demand", most=MOST_NOISE, known=("noise",))
        if "resample" in row:
            if isinstance(row["resample"], bool):
                said["resample"] = row["resample"]
            else:
                self.fault("demand.resample", words.NOT_TRUE_OR_FALSE, row["resample"])
        return said
