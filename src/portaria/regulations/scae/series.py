"""EJA: Aprovado is told when every series of the course is approved (R28)."""

from __future__ import annotations

from datetime import date

import polars as pl

from portaria.core.rule import rule
from portaria.regulations.scae.run import Run
from portaria.regulations.scae.situations import APPROVED, RECOGNITION

NEVER = pl.lit(date(1, 1, 1))
"""The month of an approval that no log tells."""


@rule("every-series")
def every_series(
    live: pl.DataFrame, courses: pl.DataFrame, run: Run
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """root, `final` (the approved enrolment of the last series) and `true_month` (first day of the
    month in which the last approval came) of the cycles whose series are all approved.

    live: the enrolments that count, with root, series, code, last_at, order; courses: root and
    course. A series without enrolment fails it, unless it is waived by a Reconhecimento de Saberes
    (a reading, off by default). The second frame has root and `missing`, how many series have no
    enrolment, of the cycles approved in the last series this month.
    """
    tables = run.facts["course_series"].with_columns(
        place=pl.int_range(pl.len()).over("course"),
        last_place=(pl.len() - 1).over("course"),
    )
    wanted = courses.join(tables, on="course").select("root", "series", "place", "last_place")
    live = live.with_columns(series=pl.coalesce("series", "member_series"))
    done = pl.col("code") == APPROVED
    months = pl.col("last_at").dt.truncate("1mo").dt.date()
    found = live.group_by("root", "series").agg(
        enrolled=pl.len(), approved=done.sum(), month=months.filter(done).min(),
        unmoved=(done & pl.col("last_at").is_null()).any(),
    )  # fmt: skip
    waived = _waived(live, run)
    rows = wanted.join(found, on=["root", "series"], how="left").join(waived, on="root", how="left")
    missing = pl.col("enrolled").is_null()
    passed = (pl.col("approved") > 0).fill_null(False) | (
        missing & pl.col("waived").fill_null(False)
    )
    at_last = pl.col("place") == pl.col("last_place")
    cycles = rows.group_by("root").agg(
        all_passed=passed.all(),
        last_enrolled=(at_last & ~missing).any(),
        missing=missing.sum(),
        true_month=pl.when("unmoved").then(NEVER).otherwise("month").max(),
        last_series=pl.col("series").filter(at_last).first(),
    )
    finals = _finals(live.filter(done), cycles)
    now = finals.explode("lasts").filter(run.within(pl.col("lasts"))).select("root").unique()
    lacking = now.join(cycles.filter(pl.col("missing") > 0).select("root", "missing"), on="root")
    whole = cycles.filter(pl.col("all_passed") & pl.col("last_enrolled"))
    return whole.join(finals, on="root").select("root", "final", "true_month"), lacking


def _finals(approved: pl.DataFrame, cycles: pl.DataFrame) -> pl.DataFrame:
    """root, `final` and `final_at`: the latest approved enrolment of the last series."""
    joined = approved.join(cycles.select("root", "last_series"), on="root")
    ended = joined.filter(pl.col("series") == pl.col("last_series"))
    return (
        ended.sort("order_date", "order_start", "enrolment")
        .group_by("root", maintain_order=True)
        .agg(final=pl.col("enrolment").last(), lasts="last_at")
    )


def _waived(live: pl.DataFrame, run: Run) -> pl.DataFrame:
    """root and whether the course passed through Reconhecimento de Saberes, where that waives."""
    if run.reading("eja_waiver") == "off":
        return pl.DataFrame(schema={"root": pl.String, "waived": pl.Boolean})
    seen = (pl.col("recognition_seen") > 0).fill_null(False) | (pl.col("code") == RECOGNITION)
    return live.group_by("root").agg(waived=seen.any())
