"""What was sent each month, and how a load stands to it (R04, R07, R08, R12, R50, K1-K3).

The ledger is a table with one row a record and month (`LEDGER`). A month sent again replaces what
it had sent, or is merged with it (a reading).
"""

from __future__ import annotations

import hashlib

import polars as pl

from portaria.regulations.scae.month import Month
from portaria.regulations.scae.population import ERROR
from portaria.regulations.scae.run import Run
from portaria.regulations.scae.situations import ACTIVE, EXIT, SUSPENDED, group_of

LEDGER = {
    "month": pl.String, "status": pl.String, "record": pl.String, "kind": pl.String,
    "enrolment": pl.String, "student": pl.String, "unit": pl.String, "period": pl.String,
    "class": pl.String, "level": pl.String, "modality": pl.String, "operation": pl.String,
    "situation": pl.Int64, "student_hours": pl.String, "hash": pl.String,
}  # fmt: skip
NATURAL = ("unit", "period", "class", "student", "kind")
"""What tells a period enrolment from another in SCAE; an isolated one has its class/discipline."""

RECONCILIATION = {
    "record": pl.String, "kind": pl.String, "enrolment": pl.String, "class": pl.String,
    "previous_operation": pl.String, "previous_situation": pl.Int64, "operation": pl.String,
    "situation": pl.Int64, "explanation": pl.String,
}  # fmt: skip
UPSERT, DELETE = "UPSERT", "DELETE"
FINAL = "final"
EXPLAINED = ("suspended", "error", "re_enrolled")
"""Reasons for a record to be missing that need no warning of their own."""


def hashes(load: pl.DataFrame, disciplines: pl.DataFrame) -> pl.Series:
    """The SHA-256 of each record of a load with its disciplines, in the order of `load`."""
    lines = disciplines.with_columns(
        line=pl.concat_str(pl.all().exclude("record").cast(pl.String).fill_null(""), separator=":")
    )
    told = lines.group_by("record").agg(pl.col("line").sort().str.join(";"))
    text = load.join(told, on="record", how="left", maintain_order="left").select(
        pl.concat_str(pl.all().cast(pl.String).fill_null(""), separator="\x1f")
    )
    digests = [hashlib.sha256(line.encode()).hexdigest() for line in text.to_series()]
    return pl.Series("hash", digests, dtype=pl.String)


def entries(load: pl.DataFrame, disciplines: pl.DataFrame, run: Run) -> pl.DataFrame:
    """The rows that a load adds to the ledger."""
    facts = run.facts["classes"].select("class", "level", "modality")
    rows = load.with_columns(
        month=pl.lit(str(run.month)),
        status=pl.lit(run.status),
        hash=hashes(load, disciplines),
    )
    return rows.join(facts, on="class", how="left", maintain_order="left").select(*LEDGER)


def updated(ledger: pl.DataFrame, new: pl.DataFrame, month: Month, resend: str) -> pl.DataFrame:
    """The ledger after a load: its month replaced by the new rows, or merged with them by key."""
    others = ledger.filter(pl.col("month") != str(month))
    if resend == "merge":
        same = ledger.filter(pl.col("month") == str(month))
        others = pl.concat([others, same.join(new, on="record", how="anti")])
    return pl.concat([others, new]).sort("month", "record")


def before(ledger: pl.DataFrame, month: Month) -> pl.DataFrame:
    """The last row of each record in the months before."""
    earlier = ledger.filter(pl.col("month") < str(month)).sort("month", "record")
    return earlier.unique("record", keep="last", maintain_order=True).sort("record")


def is_open() -> pl.Expr:
    """SCAE still holds the record as inside: sent, neither an exit nor excluded."""
    inside = group_of(pl.col("situation"), ACTIVE + SUSPENDED)
    return (pl.col("operation") == UPSERT) & inside


def held(reported: pl.DataFrame | None) -> pl.DataFrame:
    """enrolment and class under which the ledger last holds each period enrolment open (R12)."""
    if reported is None:
        return pl.DataFrame(schema={"enrolment": pl.String, "class": pl.String})
    rows = reported.filter(is_open() & (pl.col("kind") == "P")).sort("enrolment", "month", "class")
    return rows.unique("enrolment", keep="last", maintain_order=True).select("enrolment", "class")


def reconcile(run: Run, candidates: pl.DataFrame, load: pl.DataFrame) -> pl.DataFrame:
    """K3: every record open in the month before is in this load or explained, and so is every one
    that had left and comes again; columns `RECONCILIATION`. Nothing without a ledger, or under a
    filter (R01)."""
    if run.reported is None or run.filters:
        return pl.DataFrame(schema=RECONCILIATION)
    rows = _beside(run.reported, candidates, load)
    sent, last_month = pl.col("operation").is_not_null(), pl.col("month") == last_sent(run.reported)
    _tell(rows, run, sent, last_month)
    orphan = ~pl.col("why").is_in(["hidden", "class_changed", *EXPLAINED])
    explanation = (
        pl.when(sent & (pl.col("operation") == DELETE))
        .then(pl.lit("excluded"))
        .when(sent & ~pl.col("open"))
        .then(pl.lit("corrected"))
        .when(sent & group_of(pl.col("situation"), EXIT))
        .then(pl.lit("exited"))
        .when(sent)
        .then(pl.lit("kept"))
        .when(pl.col("open") & last_month & orphan)
        .then(pl.lit("orphan"))
        .when(pl.col("open") & last_month)
        .then(pl.lit("hidden"))
    )
    told = rows.with_columns(explanation=explanation).drop_nulls("explanation")
    return told.select(*RECONCILIATION).sort("record")


def last_sent(reported: pl.DataFrame) -> str:
    """The last month that the ledger knows; the one before may never have been sent."""
    return str(reported["month"].max() or "")


def _beside(reported: pl.DataFrame, candidates: pl.DataFrame, load: pl.DataFrame) -> pl.DataFrame:
    """What was reported, what is sent now, and `why` what is missing is missing."""
    earlier = reported.with_columns(open=is_open()).rename(
        {"operation": "previous_operation", "situation": "previous_situation"}
    )
    reasons = candidates.select(
        "record",
        decided=pl.when(pl.col("outcome") == ERROR).then(pl.lit("error")).otherwise("reason"),
    ).unique("record", keep="last")
    derived = (
        candidates.filter(~pl.col("eja"))
        .select("kind", enrolment="source", derived=pl.lit("class_changed"))
        .unique()
    )
    now = load.select("record", "operation", "situation")
    joined = earlier.join(now, on="record", how="left").join(reasons, on="record", how="left")
    joined = joined.join(derived, on=["kind", "enrolment"], how="left")
    return joined.with_columns(
        why=pl.coalesce("decided", "derived", pl.lit("")), source="enrolment"
    )


def _tell(rows: pl.DataFrame, run: Run, sent: pl.Expr, last_month: pl.Expr) -> None:
    """W-REOPENED, W-REPORTED-THEN-HIDDEN, W-CLASS-CHANGED, W-ORPHAN."""
    left = (pl.col("previous_operation") == UPSERT) & group_of(pl.col("previous_situation"), EXIT)
    again = sent & left & group_of(pl.col("situation"), ACTIVE)
    gone = ~sent & pl.col("open")
    unexplained = ~pl.col("why").is_in(["hidden", "class_changed", *EXPLAINED])
    for code, condition in {
        "W-REOPENED": again,
        "W-REPORTED-THEN-HIDDEN": gone & (pl.col("why") == "hidden"),
        "W-CLASS-CHANGED": gone & (pl.col("why") == "class_changed"),
        "W-ORPHAN": gone & unexplained & last_month,
    }.items():
        found = rows.filter(condition.fill_null(False))
        run.findings.add(code, found, "ledger", "situation", pl.col("previous_situation"), "")
    # An exit that errors withheld in its month goes in no later one: nobody may forget it.
    inside = group_of(pl.col("previous_situation"), ACTIVE)
    forgotten = rows.filter(gone & inside & ~last_month)
    run.findings.add("I-STILL-OPEN", forgotten, "ledger", "month", pl.col("month"), "")


def is_old(ledger: pl.DataFrame, month: Month) -> bool:
    """Whether the ledger knows a later month that was over: then this one is compared, and not sent
    again. A preview of a later month closes nothing (R59)."""
    return not ledger.filter(
        (pl.col("month") > str(month)) & (pl.col("status") == FINAL)
    ).is_empty()


def regenerated(run: Run, ledger: pl.DataFrame, new: pl.DataFrame) -> None:
    """R05, R06: an old month made again is the one that was sent, unless something that speaks of
    it was typed since; what differs is told. The latest month may be made again until right."""
    sent = ledger.filter(pl.col("month") == str(run.month))
    if sent.is_empty() or run.filters or not is_old(ledger, run.month):
        return
    both = sent.join(new, on="record", how="full", coalesce=True, suffix="_now")
    differs = both.filter(pl.col("hash").ne_missing(pl.col("hash_now")))
    was = _state("operation", "situation")
    now = _state("operation_now", "situation_now")
    told = differs.with_columns(source=pl.coalesce("enrolment", "enrolment_now"))
    value = pl.concat_str(was, pl.lit(" → "), now)
    run.findings.add("W-REGENERATED", told, "ledger", "hash", value, "")


def _state(operation: str, situation: str) -> pl.Expr:
    """`UPSERT 1`, `DELETE`, or a dash where there was no record."""
    code = pl.col(situation).cast(pl.String).fill_null("")
    text = pl.concat_str(pl.col(operation), code, separator=" ").str.strip_chars_end()
    return text.fill_null("–")
