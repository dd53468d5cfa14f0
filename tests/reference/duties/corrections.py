"""The layer of corrections: what is printed, what holds, from which day, on whose word."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from reference.reading import chosen

from .readings import READINGS
from .time import FIRST_DAY

Row = dict[str, Any]

DATA = tomllib.loads(Path(__file__).with_name("corrections.toml").read_text(encoding="utf-8"))


def rectified(where: str) -> Row:
    """The row of the correction. ValueError where nothing was corrected."""
    for row in DATA["correction"]:
        if row["where"] == where:
            return dict(row)
    raise ValueError(f"nothing was corrected at {where!r}")


def cited(where: str, on: date, policy: Mapping[str, str] | None = None) -> Row:
    """The clause that `where` cites on a day: `says` as printed, `means` as it holds,
    `corrected`, `source` (None before the correction)."""
    readings, row = chosen(READINGS, policy), rectified(where)
    if on < FIRST_DAY:
        raise ValueError(f"Lei 73/2017 is in force from {FIRST_DAY}; {on} is before")
    since = FIRST_DAY if readings["rectification"] == "from_entry" else row["published"]
    corrected = on >= since
    return {
        "says": row["says"],
        "means": row["means"] if corrected else row["says"],
        "corrected": corrected,
        "source": row["source"] if corrected else None,
    }


def renumbered(clause: str, on: date) -> Row:
    """Where a clause of the older text stands from the day on which the law holds: `clause`, and
    `by` (None where it did not move)."""
    code, _, place = clause.partition(" ")
    if on >= FIRST_DAY:
        for row in DATA["moved"]:
            if row["code"] == code and place in row["places"]:
                return {"clause": f"{code} {row['places'][place]}", "by": row["by"]}
    return {"clause": clause, "by": None}
