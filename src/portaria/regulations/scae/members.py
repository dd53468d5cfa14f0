"""The enrolments of EJA courses as of the month, each in the class it then had (R14, R29, R30)."""

from __future__ import annotations

import polars as pl

from portaria.regulations.scae.candidates import (
    arrivals,
    class_facts,
    enrolled,
    recognised,
    with_standing,
)
from portaria.regulations.scae.run import Run
from portaria.regulations.scae.situations import CLASS_TRANSFER, ENROLLED

EARLIEST = pl.date(1, 1, 1)


def members(run: Run) -> pl.DataFrame:
    """One row an EJA enrolment made by the month's end.

    Columns of the enrolment; `first_class` and `member_class` (the class at the month's end) with
    `member_level`, `member_start`, `member_end`; code, held, last_at, last_column, last_row,
    previous_at, logged, recognised, recognition_seen; `order_date`, `order_start` (with the
    enrolment, the order of a course) and `undated`.
    """
    rows = enrolled(run, eja=True).filter(
        pl.col("enrolled_on").is_null() | run.known(pl.col("enrolled_on"))
    )
    rows = rows.join(_classes(rows, run), on="enrolment", how="left").with_columns(
        first_class=pl.coalesce("first_class", "class", pl.lit("")),
        member_class=pl.coalesce("member_class", "class", pl.lit("")),
    )
    rows = rows.join(
        class_facts(run, "member_class", "member_").select(
            "member_class", "member_level", "member_start", "member_end", "member_series"
        ),
        on="member_class",
        how="left",
    )
    told = run.facts["stays"].with_columns(
        recognised=recognised(run),
        # R29: who was only ever moved between classes was Matriculado all along.
        begins_situation=pl.col("begins_situation").replace(CLASS_TRANSFER, ENROLLED),
        logged=True,
    )
    rows = rows.join(told, on="enrolment", how="left").with_columns(
        pl.col("logged").fill_null(False),
        situation=pl.col("situation").replace(CLASS_TRANSFER, ENROLLED),
    )
    rows = rows.join(run.facts["previous"].drop("stay"), on="enrolment", how="left")
    undated = pl.col("enrolled_on").is_null() | pl.col("member_start").is_null()
    return with_standing(rows, run, pl.col("member_level")).with_columns(
        undated=undated,
        order_date=pl.when(undated).then(EARLIEST).otherwise("enrolled_on"),
        order_start=pl.when(undated).then(EARLIEST).otherwise("member_start"),
    )


def _classes(rows: pl.DataFrame, run: Run) -> pl.DataFrame:
    """enrolment, `first_class`, `member_class` of those whose log tells of classes."""
    told = run.facts["class_stays"].join(rows, on="enrolment", how="semi")
    arrived = arrivals(told, rows.select("enrolment", row_class="class")).select(told.columns)
    stays = pl.concat([told, arrived]).sort("enrolment", "stay")
    begun = pl.col("since").is_null() | run.known(pl.col("since"))
    return stays.group_by("enrolment", maintain_order=True).agg(
        first_class=pl.col("stay_class").first(),
        member_class=pl.col("stay_class").filter(begun).last(),
    )
