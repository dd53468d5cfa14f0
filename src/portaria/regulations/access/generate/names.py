"""Names and numbers of people who do not exist."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from portaria.regulations.access.generate.sources import table

MOST_CANDIDATES = 9_999_999
# Civil identification numbers have reached about 32 million; eight digits that begin with 9 are
# nobody's.
CIVIL_IDS_FROM = 90_000_000
CIVIL_IDS = 10_000_000
SCATTER = 7_368_787  # coprime with CIVIL_IDS, so that every person gets another number


def keys(count: int) -> pl.Series:
    """C0000001, C0000002, ...: `count` keys of candidates."""
    return _padded(np.arange(1, count + 1), 7, "C").alias("candidate")


def civil_ids(count: int, start: int) -> pl.Series:
    """`count` different eight-digit numbers that cannot be a real citizen's."""
    numbers = CIVIL_IDS_FROM + (np.arange(count) * SCATTER + start) % CIVIL_IDS
    return pl.Series("civil_id", numbers).cast(pl.String)


def full_names(count: int, rng: np.random.Generator) -> pl.Series:
    """`count` names: one or two first names and two surnames, combined at random."""
    first, last = table("first_names")["name"], table("surnames")["name"]
    parts = [
        _pick(first, _skewed(count, len(first), rng)),
        _pick(first, rng.integers(0, len(first), count)),
        _pick(last, rng.integers(0, len(last), count)),
        _pick(last, rng.integers(0, len(last), count)),
    ]
    frame = pl.DataFrame({f"part_{number}": part for number, part in enumerate(parts)})
    repeated = frame["part_0"] == frame["part_1"]
    single = repeated | pl.Series(rng.random(count) < 0.45)
    short = pl.concat_str("part_0", "part_2", "part_3", separator=" ")
    long = pl.concat_str("part_0", "part_1", "part_2", "part_3", separator=" ")
    return frame.select(name=pl.when(single).then(short).otherwise(long))["name"]


def _pick(values: pl.Series, rows: NDArray[np.int64]) -> pl.Series:
    return values.gather(pl.Series(rows))


def _skewed(count: int, size: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Indices below `size`, a third of them from one fifth of the list: some names are common."""
    rows = rng.integers(0, size, count)
    common = rng.random(count) < 0.33
    rows[common] = (rows[common] // 5) * 5
    return rows


def _padded(numbers: NDArray[np.int64], width: int, prefix: str) -> pl.Series:
    text = pl.Series(numbers).cast(pl.String).str.zfill(width)
    return pl.select(pl.lit(prefix) + text).to_series()
