"""One way to write a table: fixed row order, point decimals, LF, the same bytes everywhere."""

from __future__ import annotations

from pathlib import Path

import polars as pl


def canonical_text(frame: pl.DataFrame) -> pl.DataFrame:
    """Exact decimals in their shortest form (`72.5`, not `72.500`); the rest untouched."""
    decimals = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.Decimal)]
    return frame.with_columns(shortest(pl.col(name).cast(pl.String)) for name in decimals)


def shortest(number: pl.Expr) -> pl.Expr:
    """A number written with a point, without the zeros that say nothing: `72.50` as `72.5`."""
    return number.str.strip_chars_end("0").str.strip_chars_end(".")


def fixed_point(units: pl.Expr, places: int) -> pl.Expr:
    """Whole units of 10**-places, not negative, as text with that many decimals."""
    whole, rest = units // 10**places, units % 10**places
    return pl.concat_str(whole, pl.lit("."), rest.cast(pl.String).str.zfill(places))


def units(number: pl.Expr, places: int) -> pl.Expr:
    """Text with a point as whole units of 10**-places: the way back from `fixed_point`."""
    scaled: pl.Expr = number.str.to_decimal(scale=places) * 10**places
    return scaled.cast(pl.Int64)


def write_csv(frame: pl.DataFrame, path: Path) -> None:
    """Write canonical CSV (UTF-8, comma, LF). Rows stay in the order given."""
    canonical_text(frame).write_csv(path, line_terminator="\n")


def canonical_rows(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows sorted by all columns from the left (keys stand first in every schema)."""
    return frame.sort(frame.columns, nulls_last=False)
