"""Exact arithmetic on columns: whole numbers and pairs of them, never a float."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

import polars as pl

from portaria.core.rounding import divide_ceiling, divide_half_up

NUMERATOR, DENOMINATOR = "numerator", "denominator"


def ceiling(numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
    """The whole number that is not below, of numbers that are not negative."""
    return divide_ceiling(numerator, denominator)


def half_up(numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
    """The nearest whole number, a half up, of numbers that are not negative."""
    return divide_half_up(numerator, denominator)


def mean_of_fractions(rows: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """The simple mean of the fractions of each group, as `numerator` over `denominator` in lowest
    terms; a group of nothing but nulls has nulls.

    Row by row in Python: denominators have no common size that whole columns could hold.
    """
    groups = (
        rows.filter(pl.col(DENOMINATOR) > 0)
        .group_by(by, maintain_order=True)
        .agg(NUMERATOR, DENOMINATOR)
    )
    means = [
        _mean(zip(numerators, denominators, strict=True))
        for numerators, denominators in groups.select(NUMERATOR, DENOMINATOR).iter_rows()
    ]
    return groups.select(by).with_columns(
        pl.Series(NUMERATOR, [mean.numerator for mean in means], pl.Int64),
        pl.Series(DENOMINATOR, [mean.denominator for mean in means], pl.Int64),
    )


def _mean(pairs: Iterable[tuple[int, int]]) -> Fraction:
    values = [Fraction(numerator, denominator) for numerator, denominator in pairs]
    return sum(values, Fraction(0)) / len(values)


def written(rows: pl.DataFrame, numerator: str, denominator: str) -> pl.Series:
    """Each fraction as `9/10` in lowest terms, whole ones as `1`; null where there is none."""
    pairs = rows.select(numerator, denominator)
    distinct = pairs.unique().drop_nulls()
    words = [str(Fraction(n, d)) for n, d in distinct.iter_rows()]
    named = distinct.with_columns(written=pl.Series(words, dtype=pl.String))
    return pairs.join(named, on=[numerator, denominator], how="left", maintain_order="left")[
        "written"
    ]
