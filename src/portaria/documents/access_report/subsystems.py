"""Universities and polytechnics: their names, and programmes as points in two colours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from portaria.core.messages import declare
from portaria.documents.access_report.speech import Speech
from portaria.documents.drawing import Point

SUBSYSTEMS = {
    "university": declare("subsystem-university", "university"),
    "polytechnic": declare("subsystem-polytechnic", "polytechnic"),
}


def points_by_subsystem(
    rows: pl.DataFrame,
    across: str,
    up: str,
    words: Callable[[Mapping[str, Any]], str],
    speech: Speech,
) -> tuple[list[str], list[Point]]:
    """The names of the groups, and a point a programme: columns `across` and `up` of `rows`."""
    known = [name for name in SUBSYSTEMS if (rows["subsystem"] == name).any()]
    points = [
        Point(
            row[across],
            row[up],
            words(row),
            known.index(row["subsystem"]) if row["subsystem"] in known else 0,
        )
        for row in rows.iter_rows(named=True)
    ]
    return [speech.say(SUBSYSTEMS[name]) for name in known], points
