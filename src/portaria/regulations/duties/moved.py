"""Where a clause of the older codes stands since Lei 73/2017 put others before it."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from portaria.core.rule_set import RuleSet
from portaria.regulations.duties.dates import first_day


def stands_at(clause: str, on: date, rules: RuleSet) -> tuple[str, str | None]:
    """The place of an older clause on a day, and the clause that moved it, None where none did."""
    code, _, place = clause.partition(" ")
    row = _moved().get(code)
    if row is None or on < first_day(rules) or place not in row["places"]:
        return clause, None
    return f"{code} {row['places'][place]}", row["by"]


@cache
def _moved() -> dict[str, dict[str, Any]]:
    file = files(__package__) / "data" / "moved.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
