"""Hora-aluno: minutes summed exactly and rounded once a record (R46-R49)."""

from __future__ import annotations

import polars as pl

from portaria.core.rule import rule
from portaria.regulations.scae.run import Run
from portaria.regulations.scae.situations import SUSPENDED, group_of

MINUTES = {"clock": 60, "lesson_50": 50}
SUMS = ("rows", "enrolled", "typed", "planned", "minutes", "unknown")


def holders(rows: pl.DataFrame, living: pl.DataFrame) -> pl.DataFrame:
    """record and `holder`: the enrolments whose disciplines are the record's (R14: in EJA all that
    live); with the class of the record and whether it was left (R12)."""
    plain = rows.filter(~pl.col("eja")).select("record", holder="source")
    cycles = rows.filter("eja").join(living, left_on="source", right_on="root")
    return pl.concat([plain, cycles.select("record", holder="enrolment")])


def of_records(
    rows: pl.DataFrame, living: pl.DataFrame, earlier: pl.DataFrame, told: pl.DataFrame
) -> pl.DataFrame:
    """The rows of `told` (isolated, holder, offer_class, …) that belong to each record.

    R12: the disciplines of a class that was left go to the record of that class, and all others to
    the record of the class the student is in. earlier: source and class of the records left.
    """
    kinds = rows.select("record", "kind", "source", "class", "superseded")
    joined = (
        holders(rows, living)
        .join(kinds, on="record")
        .with_columns(isolated=pl.col("kind") == "I")
        .join(told, on=["isolated", "holder"])
    )
    there = pl.col("offer_class") == pl.col("class")
    left = earlier.select("source", offer_class="class", was_left=pl.lit(True))
    joined = joined.join(left, on=["source", "offer_class"], how="left")
    mine = pl.when("superseded").then(there).otherwise(pl.col("was_left").is_null())
    return joined.filter(mine | (pl.col("kind") == "I"))


@rule("student-hours", "hours-until-exit", "class-type")
def with_hours(
    rows: pl.DataFrame, living: pl.DataFrame, earlier: pl.DataFrame, run: Run
) -> pl.DataFrame:
    """Upserts with `hundredths` of an hour (null where the indicator is not exported) and
    `hours_partial`; the findings of R48 and R49."""
    if run.reading("hours_source") == "none":
        return rows.with_columns(hundredths=pl.lit(None, pl.Int64), hours_partial=pl.lit(False))
    told = of_records(rows, living, earlier, run.facts["hours"])
    if "outside" in run.facts.frames:
        keys = ["record", "holder", "offer_class"]
        told = told.join(run.facts["outside"], on=keys, how="left").with_columns(
            minutes=pl.col("minutes") - pl.col("outside").fill_null(0)
        )
    sums = told.group_by("record").agg(pl.col(SUMS).sum())
    joined = rows.join(sums, on="record", how="left", maintain_order="left").with_columns(
        pl.col(SUMS).fill_null(0)
    )
    still = group_of(pl.col("situation"), SUSPENDED) | (pl.col("reason") == "gap")
    typed, dropped = pl.col("typed"), pl.col("enrolled") - pl.col("typed")
    nothing, partial = pl.col("rows") == 0, dropped > 0
    student = run.reading("hours_notype") == "student"
    void = partial & ((typed == 0) | pl.lit(student))
    zero = (typed == 0) & pl.lit(run.reading("hours_all_dropped") == "zero")
    unplanned = ~void & (typed > 0) & (pl.col("planned") == 0)
    told_rows = of_records(joined.filter(~still), living, earlier, run.facts["untyped"])
    untyped = told_rows.select("record", "source", "discipline", "offer_row")
    find = run.findings.add
    find("E-HA-NODATA", joined.filter(~still & nothing), "enrolments")
    find("E-HA-NOTYPE", untyped, "class_disciplines", "type", pl.col("discipline"), "offer_row")
    unheard = (pl.col("unknown") > 0) & ((typed == 0) | (pl.col("planned") > 0))
    find("E-HA-NODATA", joined.filter(~still & ~nothing & unplanned), "lessons", row="")
    find("E-HA-NODATA", joined.filter(~still & ~nothing & unheard), "discipline_movements", row="")
    unit = MINUTES[run.reading("hours_unit")]
    hours = (
        pl.when(still)
        .then(0)
        .when(nothing | unplanned | unheard)
        .then(None)
        .when(void)
        .then(pl.when(zero).then(0))
        .otherwise(rounded(pl.col("minutes"), unit))
    )
    return joined.with_columns(
        hundredths=hours.cast(pl.Int64), hours_partial=~still & partial
    ).drop(SUMS)


def rounded(minutes: pl.Expr, unit: int) -> pl.Expr:
    """Minutes as hundredths of an hour, half up; three lessons of 50 are 2.50, not 3 x 0.83."""
    return (minutes * 200 + unit) // (2 * unit)
