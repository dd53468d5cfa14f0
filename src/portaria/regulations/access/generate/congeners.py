"""Which courses count as the same as one of an island university: those of the same name."""

from __future__ import annotations

import polars as pl

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
