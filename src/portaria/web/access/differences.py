"""What a new table would change in the one that stands: rows added, changed and removed."""

from __future__ import annotations

from typing import Any

import polars as pl

from portaria.regulations.access.schemas import TABLES
from portaria.tables.schema import columns_of

EXAMPLES = 5
"""Rows of each kind that are shown; the rest is counted."""


def differences(name: str, stands: pl.DataFrame, new: pl.DataFrame) -> dict[str, Any]:
    """Counts by kind, and examples with the values before and after.

    Both frames have the columns of the table's schema. A row is known by its key; a table without
    one (`exams`) by all its columns, so that a change shows as a row removed and a row added.
    """
    columns = list(columns_of(TABLES[name].schema))
    key = TABLES[name].schema.primary_key() or columns
    rest = [column for column in columns if column not in key]
    before, after = (frame.select(columns).cast(pl.String) for frame in (stands, new))
    added = after.join(before, on=key, how="anti", nulls_equal=True)
    removed = before.join(after, on=key, how="anti", nulls_equal=True)
    both = before.join(after, on=key, suffix="\x1fnew", nulls_equal=True)
    differs = pl.any_horizontal(
        pl.lit(False), *(pl.col(c).ne_missing(pl.col(f"{c}\x1fnew")) for c in rest)
    )
    changed = both.filter(differs)
    return {
        "key": list(key),
        "counts": {
            "added": added.height,
            "changed": changed.height,
            "removed": removed.height,
            "same": both.height - changed.height,
        },
        "added": added.head(EXAMPLES).to_dicts(),
        "removed": removed.head(EXAMPLES).to_dicts(),
        "changed": [_change(row, list(key), rest) for row in changed.head(EXAMPLES).to_dicts()],
    }


def _change(row: dict[str, Any], key: list[str], rest: list[str]) -> dict[str, Any]:
    pairs = {c: [row[c], row[f"{c}\x1fnew"]] for c in rest if row[c] != row[f"{c}\x1fnew"]}
    return {"key": {c: row[c] for c in key}, "values": pairs}
