"""Demand while a contest is open: who wants each programme, before anything is placed."""

from __future__ import annotations

import polars as pl

COUNTS = ("candidates", "first")


def demand(programmes: pl.DataFrame, options: pl.DataFrame) -> pl.DataFrame:
    """Wishes by programme, from tables `programmes` (programme, seats) and `options`.

    One row a programme, in its order: programme, seats, candidates (in any option), first (with it
    as their earliest option), per_seat and first_per_seat (candidates and first by seat, in
    hundredths, down to the whole one; null where there are no seats). An option of a programme
    that is not in the table counts nowhere.
    """
    first = pl.col("order") == pl.col("order").min().over("candidate")
    counts = (
        options.select("candidate", "programme", first=first)
        .group_by("programme")
        .agg(
            candidates=pl.col("candidate").n_unique(),
            first=pl.col("candidate").filter("first").n_unique(),
        )
    )
    seats = pl.col("seats").cast(pl.Int64)
    per_seat = {
        name: pl.when(seats > 0).then(pl.col(count) * 100 // seats)
        for name, count in (("per_seat", "candidates"), ("first_per_seat", "first"))
    }
    return (
        programmes.select("programme", seats)
        .join(counts, on="programme", how="left", maintain_order="left")
        .with_columns(pl.col(COUNTS).fill_null(0).cast(pl.Int64))
        .with_columns(**per_seat)
    )
