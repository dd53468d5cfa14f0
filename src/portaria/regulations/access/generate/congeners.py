"""Which courses count as the same as one of an island university: those of the same name."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

# What stands in brackets is the regime, the language or the preparatory years, not the course.
NOT_THE_COURSE = r"\s*\((regime|reg\.|ensino|entrada|Curso|Prep|Pre)[^)]*\)"


def congeners(frame: pl.DataFrame) -> pl.DataFrame:
    """(programme, congener) for every programme outside the university of the congener."""
    named = frame.select(
        "programme",
        "island_university",
        course=pl.col("course_name").str.replace_all(NOT_THE_COURSE, ""),
    )
    islands = named.drop_nulls("island_university").select(
        "course", congener="programme", university="island_university"
    )
    pairs = named.join(islands, on="course", maintain_order="left_right")
    elsewhere = pl.col("island_university").is_null() | (
        pl.col("island_university") != pl.col("university")
    )
    return pairs.filter(elsewhere).select("programme", "congener")


def twins(frame: pl.DataFrame, university: str) -> NDArray[np.int32]:
    """For each row of `frame` the row of one congener at that university, -1 where it has none."""
    rows = frame.select("programme").with_row_index("row")
    own = frame.filter(pl.col("island_university") == university).select(congener="programme")
    pairs = (
        congeners(frame)
        .join(own, on="congener", how="semi", maintain_order="left")
        .unique("programme", keep="first", maintain_order=True)
        .join(rows, on="programme", maintain_order="left")
        .join(rows, left_on="congener", right_on="programme", suffix="_twin", maintain_order="left")
    )
    twin_of = np.full(frame.height, -1, np.int32)
    twin_of[pairs["row"].to_numpy()] = pairs["row_twin"].to_numpy()
    return twin_of
