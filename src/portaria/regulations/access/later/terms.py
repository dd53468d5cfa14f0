"""The seats of a later phase, term by term (arts. 42, 47)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from portaria.core.rule import rule
from portaria.regulations.access.later.holders import ADDITIONAL_QUOTA

if TYPE_CHECKING:  # a contest is checked by these as it is read
    from portaria.regulations.access.contest import Contest

TERMS = ("vs1", "vsm", "vl2", "ve", "vr")
"""Left over, not enrolled, freed and used by rectifications, opened by ties: the phase before's."""


@rule("later-phase-seats", "cancelled-enrolments", "rectified-seats-freed")
def seat_terms(contest: Contest, seats: pl.DataFrame) -> pl.DataFrame:
    """The terms by programme: vs1, vsm, vl2, ve, vr, base and open, in programme order.

    `base` is everything but VL (42/1); the seats put up are max(0, base + VL). `seats` are those
    of `former_seats`. A cancelled enrolment counts as none made where the text says so (211-B
    29/2/c). In phase 3 of the national contest the terms are those of the phase before (47/1) and
    the base is what the institution decided.
    """
    tables, edition = contest.tables, contest.edition
    before = tables["previous_seats"].select("programme", vs1="leftover", ve="tie_extra")
    missing = ~pl.col("enrolled")
    if edition.has("cancelled-enrolments"):
        missing |= pl.col("cancelled")
    not_taken_up = (
        seats.filter(
            missing & (pl.col("phase") == contest.phase - 1) & (pl.col("quota") != ADDITIONAL_QUOTA)
        )
        .group_by("programme")
        .agg(vsm=pl.len().cast(pl.Int64))
    )
    rows = tables["programmes"].select("programme")
    for table in (before, not_taken_up, tables["adjustments"].select("programme", "vl2", "vr")):
        rows = rows.join(table, on="programme", how="left", maintain_order="left")
    rows = rows.with_columns(pl.col(*TERMS).cast(pl.Int64).fill_null(0))
    formula = pl.sum_horizontal("vs1", "vsm") - pl.col("ve") - pl.col("vr")
    if edition.has("rectified-seats-freed"):
        formula += pl.col("vl2")
    if contest.seats_decided:
        return opened(rows, tables["opened"])
    base = one_seat(formula) if edition.has("one-seat") else formula
    return rows.with_columns(base=base, open=pl.lit(True))


def most_to_open() -> pl.Expr:
    """The most that phase 3 may put up at a programme, from its terms (47/1)."""
    return (pl.col("vs1") + pl.col("vsm") - pl.col("ve")).clip(lower_bound=0)


@rule("one-seat")
def one_seat(formula: pl.Expr) -> pl.Expr:
    """One seat where seats were left over and the formula without VL gives none (42/2)."""
    return pl.when((pl.col("vs1") > 0) & (formula <= 0)).then(1).otherwise(formula)


@rule("opened-seats")
def opened(rows: pl.DataFrame, decided: pl.DataFrame) -> pl.DataFrame:
    """Only programmes that the institution opens, with the seats it decides (46/2, 47/1)."""
    decided = decided.select("programme", base="seats")
    joined = rows.join(decided, on="programme", how="left", maintain_order="left")
    return joined.with_columns(open=pl.col("base").is_not_null(), base=pl.col("base").fill_null(0))
