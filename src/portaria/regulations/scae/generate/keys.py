"""Numbers as the text of the tables: keys of one width, codes, days and moments."""

from __future__ import annotations

import numpy as np
import polars as pl

from portaria.regulations.scae.generate.sources import Ints
from portaria.regulations.scae.generate.world import NONE, SITUATIONS


def keys(letters: str, count: int, digits: int) -> pl.Series:
    """`count` keys such as E00000001, in their order as text; short ones are kept inline."""
    numbers = pl.int_range(1, count + 1, eager=True).cast(pl.String).str.zfill(digits)
    return letters + numbers


def gather(values: pl.Series, rows: Ints) -> pl.Series:
    """The value of each row, null where the row is NONE."""
    found = values.gather(pl.Series(np.maximum(rows, 0), dtype=pl.UInt32)) if len(values) else None
    if found is None:
        return pl.Series([None] * len(rows), dtype=values.dtype)
    return found if (rows != NONE).all() else found.set(pl.Series(rows == NONE), None)


CODES = pl.Series([None, *SITUATIONS[1:]], dtype=pl.String)


def codes(numbers: Ints) -> pl.Series:
    """SGE codes, null for none."""
    return CODES.gather(pl.Series(np.maximum(numbers, 0), dtype=pl.UInt32))


def dates(days: Ints) -> pl.Series:
    """Days as dates, null for NONE."""
    made = pl.Series(days.astype(np.int32)).cast(pl.Date)
    return made if (days != NONE).all() else made.set(pl.Series(days == NONE), None)


def moments(seconds: Ints) -> pl.Series:
    """Seconds as local moments."""
    return pl.Series(seconds * 1_000_000).cast(pl.Datetime("us"))
