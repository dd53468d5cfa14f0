"""The effective date and the mobility date of a record (R18-R27, R31, R32)."""

from __future__ import annotations

import polars as pl

from portaria.core.rule import rule
from portaria.regulations.scae.run import Run
from portaria.regulations.scae.situations import ACTIVE, RESULTS, group_of

ISOLATED = "I"


def is_result() -> pl.Expr:
    """Aprovado, Concluinte, Reprovado."""
    return group_of(pl.col("situation"), RESULTS)


@rule("effective-date", "effective-date-reference", "isolated-effective-date")
def effective_date(run: Run) -> pl.Expr:
    """R18-R22: the later of the class start and the enrolment, or of the change from
    Reconhecimento de Saberes to Matriculado; in EJA all of the reference enrolment. R23: an
    isolated one is tested by its enrolment date and told by the date of its change."""
    start, made = pl.col("start"), pl.col("base_date")
    ordinary = pl.max_horizontal(pl.coalesce("recognised", "base_date"), start)
    changed = pl.coalesce("changed_on", "base_date")
    alone = pl.when(made <= start).then(start).otherwise(changed)
    return pl.when(pl.col("kind") == ISOLATED).then(alone).otherwise(ordinary)


@rule("mobility-override")
def takes_override(run: Run) -> pl.Expr:
    """R27, R31: the corrected date replaces the log date of exits, not the date of results."""
    filled = pl.col("override").is_not_null() & (pl.col("kind") != ISOLATED)
    return filled if run.reading("override_scope") == "all" else filled & ~is_result()


@rule("results-date", "exits-date")
def reported_date(run: Run) -> pl.Expr:
    """R25: results on the final date of the class; R26, R31: others on the day of the log; R32: an
    isolated enrolment on the day of its own history."""
    by_class = is_result()
    if run.reading("isolated_result_date") == "history":
        by_class = by_class & (pl.col("kind") != ISOLATED)
    day = pl.when(by_class).then("acting_end").otherwise(pl.col("last_at").dt.date())
    return pl.when(takes_override(run)).then("override").otherwise(day)


@rule("late-results")
def moved_in(run: Run) -> pl.Expr:
    """R05, R59: whether the last movement fell in the month, by the log and not by the reported
    date; a result typed late goes in the month in which it was typed."""
    moment = pl.coalesce("true_month", pl.col("last_at").dt.date())
    if run.reading("future_results") == "max_month":
        moment = (
            pl.when(is_result()).then(pl.max_horizontal(moment, "acting_end")).otherwise(moment)
        )
    if run.reading("selection_date") == "reported":
        moment = pl.coalesce(reported_date(run), moment)
    moved = pl.col("last_at").is_not_null() | pl.col("true_month").is_not_null()
    return moved & run.within(moment)


@rule("mobility-in-month")
def dated(run: Run) -> pl.Expr:
    """R24: a mobility date is told in the month of the change, of every change but one to an
    active situation."""
    return ~group_of(pl.col("situation"), ACTIVE) & moved_in(run)


def with_dates(rows: pl.DataFrame, run: Run) -> pl.DataFrame:
    """Upserts with effective_date and mobility_date, and what is odd about them told."""
    rows = rows.with_columns(
        effective_date=effective_date(run),
        mobility_date=pl.when(dated(run)).then(reported_date(run)),
        undated=dated(run) & reported_date(run).is_null(),
    )
    effective, mobility = pl.col("effective_date"), pl.col("mobility_date")
    find = run.findings.add
    early = (pl.col("kind") == ISOLATED) & (effective < pl.col("start"))
    find(
        "W-EFET-BEFORE-START", rows.filter(early), "discipline_enrolments", "changed_on", effective
    )
    find("E-CLASS-NOEND", rows.filter("undated"), "classes", "end", None, "acting_class_row")
    stale = takes_override(run) & (mobility < pl.col("previous_at").dt.date())
    find(
        "W-OVERRIDE-STALE",
        rows.filter(stale),
        "enrolments",
        "mobility_override",
        mobility,
        "acting_row",
    )
    retro = mobility < run.month.first
    find("W-RETRO", rows.filter(retro), "enrolments", "mobility_date", mobility, "acting_row")
    future = mobility > run.month.last
    find("W-FUTURE", rows.filter(future), "enrolments", "mobility_date", mobility, "acting_row")
    return rows.with_columns(blocked=pl.col("undated")).drop("undated")
