"""The packaged data behind the generator, read once. Origin of each file: data/README.md."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl

# Codes such as 02 and 0140 are text; only these columns are numbers.
NUMBERS: dict[str, Any] = {
    "seats": pl.Int64,
    "w_secondary": pl.Int64,
    "w_prerequisite": pl.Int64,
    "min_exam": pl.Int64,
    "min_grade": pl.Int64,
    "regional_share": pl.Int64,
    "vocational_share": pl.Int64,
    "attractiveness": pl.Float64,
    "latitude": pl.Float64,
    "longitude": pl.Float64,
    "residents_thousands": pl.Int64,
    "mean": pl.Int64,
    "share": pl.Float64,
}


@cache
def table(name: str) -> pl.DataFrame:
    """The packaged table `name`.csv, empty cells null."""
    text = (files(__package__) / "data" / f"{name}.csv").read_bytes()
    frame = pl.read_csv(text, infer_schema=False)
    return frame.with_columns(
        pl.col(column).cast(NUMBERS[column]) for column in frame.columns if column in NUMBERS
    )


@cache
def assumptions() -> dict[str, Any]:
    """What the generator assumes about people: assumptions.toml."""
    text = (files(__package__) / "data" / "assumptions.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
