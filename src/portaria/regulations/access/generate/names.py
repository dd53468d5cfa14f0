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
FEMININE, ONE_FIRST_NAME = 0.55, 0.45
SCATTER = 7_368_787  # coprime with CIVIL_IDS, so that every person gets another number


def keys(count: int) -> pl.Series:
    """C0000001, C0000002, ...: `count` keys of candidates."""
    return _padded(np.arange(1, count + 1), 7, "C").alias("candidate")


def civil_ids(count: int, start: int) -> pl.Series:
    """`count` different eight-digit numbers that cannot be a real citizen's."""
    numbers = CIVIL_IDS_FROM + (np.arange(count) * SCATTER + start) % CIVIL_IDS
    return pl.Series("civil_id", numbers).cast(pl.String)


def full_names(count: int, rng: np.random.Generator) -> pl.Series:
    """`count` names: one or two first names of one gender and two surnames, at random."""
    first, last = table("first_names"), table("surnames")["name"]
    feminine = rng.random(count) < FEMININE
    frame = pl.DataFrame(
        {
            "first": _first(first, feminine, rng),
            "second": _first(first, feminine, rng),
            "third": _pick(last, rng.integers(0, len(last), count)),
            "fourth": _pick(last, rng.integers(0, len(last), count)),
            "single": rng.random(count) < ONE_FIRST_NAME,
        }
    )
    single = pl.col("single") | (pl.col("first") == pl.col("second"))
    short = pl.concat_str("first", "third", "fourth", separator=" ")
    long = pl.concat_str("first", "second", "third", "fourth", separator=" ")
    return frame.select(name=pl.when(single).then(short).otherwise(long))["name"]


def _first(names: pl.DataFrame, feminine: NDArray[np.bool_], rng: np.random.Generator) -> pl.Series:
    """A first name a person, of the gender asked."""
    drawn = rng.random(len(feminine))
    gender = names["gender"].to_numpy()
    rows = np.empty(len(feminine), np.int64)
    for code, who in (("f", feminine), ("m", ~feminine)):
        choices = np.flatnonzero(gender == code)
        rows[who] = choices[(drawn[who] * len(choices)).astype(np.int64)]
    return _pick(names["name"], rows)


def _pick(values: pl.Series, rows: NDArray[np.int64]) -> pl.Series:
    return values.gather(pl.Series(rows))


def _padded(numbers: NDArray[np.int64], width: int, prefix: str) -> pl.Series:
    text = pl.Series(numbers).cast(pl.String).str.zfill(width)
    return pl.select(pl.lit(prefix) + text).to_series()
