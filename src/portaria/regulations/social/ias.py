"""The indexante dos apoios sociais (IAS) by calendar year: dated data, never guessed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from portaria.core.errors import ConfigurationError, UsageError
from portaria.core.messages import Message, declare
from portaria.core.numbers import exact

UNKNOWN_IAS = declare(
    "social-unknown-ias",
    "the IAS of {year} is not known and is not guessed; known: {first} to {last}",
)


@dataclass(frozen=True)
class Ias:
    """EUR a month through a calendar year, with where it stands and when that was checked."""

    year: int
    value: Fraction
    source: str
    checked_on: date
    confirmed: bool


@cache
def table() -> Mapping[int, Ias]:
    """Every known year, the earliest first; ConfigurationError where the file is unsound."""
    source = files(__package__) / "data" / "ias.toml"
    return parse(tomllib.loads(source.read_text(encoding="utf-8"))["ias"])


def parse(rows: list[dict[str, Any]]) -> dict[int, Ias]:
    """The rows of the file by year; ConfigurationError for a gap or a value that is no amount."""
    known = {}
    for row in rows:
        value = exact(row["value"])
        if value is None or value <= 0 or not row["source"]:
            raise ConfigurationError(f"ias.toml: {row} has no amount or no source")
        known[row["year"]] = Ias(**{**row, "value": value})
    if list(known) != list(range(min(known), min(known) + len(rows))):
        raise ConfigurationError("ias.toml: the years are not in order, or one is missing")
    return known


def ias_of(year: int) -> Ias:
    """The IAS of a calendar year; UsageError, with those known, for any other."""
    known = table()
    if year not in known:
        years = {"year": str(year), "first": str(min(known)), "last": str(max(known))}
        raise UsageError(Message(UNKNOWN_IAS, years))
    return known[year]
