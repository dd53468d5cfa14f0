"""Totals of a load by level, modality, unit, operation and situation, beside last month's (K7)."""

from __future__ import annotations

import polars as pl

from portaria.regulations.scae.situations import EXIT, group_of
from portaria.tables.canonical import fixed_point, units

KEYS = ("level", "modality", "unit", "operation", "situation")
TOTALS = {
    **dict.fromkeys(KEYS[:-1], pl.String), "situation": pl.Int64, "records": pl.Int64,
    "exits": pl.Int64, "hours": pl.String, "previous_records": pl.Int64,
    "previous_hours": pl.String,
}  # fmt: skip


def totals(entries: pl.DataFrame, previous: pl.DataFrame) -> pl.DataFrame:
    """Columns `TOTALS`, from the ledger rows of a load and those of the month before; a group that
    only one of the two has counts 0 in the other."""
    now = _sums(entries).rename({"number": "records"})
    then = _sums(previous).select(
        *KEYS, previous_records="number", previous_hundredths="hundredths"
    )
    both = now.join(then, on=KEYS, how="full", coalesce=True, nulls_equal=True)
    numbers = both.with_columns(
        pl.col("records", "hundredths", "previous_records", "previous_hundredths").fill_null(0)
    )
    exits = group_of(pl.col("situation"), EXIT).cast(pl.Int64) * pl.col("records")
    return (
        numbers.with_columns(
            exits=exits,
            hours=fixed_point(pl.col("hundredths"), 2),
            previous_hours=fixed_point(pl.col("previous_hundredths"), 2),
        )
        .select(*TOTALS)
        .sort(KEYS)
    )


def _sums(rows: pl.DataFrame) -> pl.DataFrame:
    hundredths = units(pl.col("student_hours"), 2)
    return rows.group_by(KEYS).agg(
        number=pl.len().cast(pl.Int64), hundredths=hundredths.sum().cast(pl.Int64)
    )
