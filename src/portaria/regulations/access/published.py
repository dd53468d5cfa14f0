"""Published figures of past contests and where institutions are. Origin: data/README.md."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import polars as pl

from portaria.tables.canonical import units


@cache
def published_years() -> tuple[int, ...]:
    """The years whose results are known, the oldest first."""
    return tuple(sorted(set(_table("published")["year"].cast(pl.Int64))))


@cache
def published(year: int) -> pl.DataFrame:
    """The first phase of a year, as the DGES published it; empty for an unknown year.

    Columns programme, institution_name, course_name, degree, seats, placed, leftover and
    last_grade (tenths of a point of the general quota; null where nobody was placed in it).
    """
    return (
        _table("published")
        .filter(pl.col("year") == str(year))
        .with_columns(
            pl.col("seats", "placed", "leftover").cast(pl.Int64),
            last_grade=units(pl.col("last_grade"), 1),
        )
        .drop("year")
    )


@cache
def districts() -> pl.DataFrame:
    """(institution, district): the district or autonomous region of each institution."""
    return _table("institutions")


def published_totals(year: int) -> dict[int, dict[str, int]]:
    """Totals of a year by phase and figure: seats, freed, decided, candidates, placed, leftover."""
    totals: dict[int, dict[str, int]] = {}
    rows = _table("published_totals").filter(pl.col("year") == str(year))
    for phase, figure, value in rows.select("phase", "figure", "value").iter_rows():
        totals.setdefault(int(phase), {})[figure] = int(value)
    return totals


def _table(name: str) -> pl.DataFrame:
    text = (files(__package__) / "data" / f"{name}.csv").read_bytes()
    return pl.read_csv(text, infer_schema=False)
