"""Generated networks, made once a test run."""

from __future__ import annotations

from functools import cache

import polars as pl

from portaria.regulations.scae.generate import USUAL_MONTH, generate

Tables = dict[str, pl.DataFrame]
CASES = [(300, 1), (300, 2), (3000, 3)]
"""Students and seed."""


@cache
def network(students: int, seed: int, last: str = USUAL_MONTH) -> Tables:
    return dict(generate(students, seed, last))


def with_class(tables: Tables) -> pl.DataFrame:
    """Enrolments with what their class says."""
    classes = tables["classes"].drop("course", "series")
    return tables["enrolments"].join(classes, on="class", how="left", maintain_order="left")


def last_of(log: pl.DataFrame, key: str, value: str) -> pl.DataFrame:
    """`value` of the last movement of each key."""
    return log.sort(key, "seq").group_by(key).agg(pl.col(value).last().alias("last"))
