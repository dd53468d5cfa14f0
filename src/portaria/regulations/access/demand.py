"""Demand while a contest is open: who wants each programme, before anything is placed."""

from __future__ import annotations

import polars as pl

from portaria.regulations.access.contest import Contest
from portaria.regulations.access.grades import graded_options

COUNTS = ("candidates", "first", "valid")


def demand(programmes: pl.DataFrame, options: pl.DataFrame) -> pl.DataFrame:
    """Wishes by programme, from tables `programmes` (programme, seats) and `options`.

    One row a programme, in its order: programme, seats, candidates (in any option), first (with it
    as their earliest option), per_seat and first_per_seat (candidates and first by seat, in
    hundredths, down to the whole one; null where there are no seats). An option of a programme
    that is not in the table counts nowhere.
    """
    return _counted(programmes, options.with_columns(valid=pl.lit(True))).drop("valid")


def valid_demand(contest: Contest) -> pl.DataFrame:
    """The same with `valid`: candidates whose option there is valid now (7/1), grades included.

    It grades every option: a few tenths of a second at national size.
    """
    graded = graded_options(contest)
    options = graded.select("candidate", "order", "programme", valid=pl.col("reason").is_null())
    return _counted(contest.tables["programmes"], options)


def _counted(programmes: pl.DataFrame, options: pl.DataFrame) -> pl.DataFrame:
    first = pl.col("order") == pl.col("order").min().over("candidate")
    counts = (
        options.select("candidate", "programme", "valid", first=first)
        .group_by("programme")
        .agg(
            candidates=pl.col("candidate").n_unique(),
            first=pl.col("candidate").filter("first").n_unique(),
            valid=pl.col("candidate").filter("valid").n_unique(),
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
