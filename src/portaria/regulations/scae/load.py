"""The monthly load: records, disciplines, findings, reconciliation (R01, R11)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from portaria.core.rule import rule
from portaria.regulations.scae import checks, ledger
from portaria.regulations.scae.candidates import described, isolated, ordinary
from portaria.regulations.scae.dates import with_dates
from portaria.regulations.scae.disciplines import load_disciplines, reporting
from portaria.regulations.scae.eja import courses
from portaria.regulations.scae.hours import holders, with_hours
from portaria.regulations.scae.parents import refuse_levels, with_parents
from portaria.regulations.scae.population import (
    DELETE,
    ERROR,
    NOTHING,
    UPSERT,
    decide,
    tell_faults,
)
from portaria.regulations.scae.run import Run
from portaria.tables.canonical import fixed_point

LOAD = {
    "record": pl.String, "operation": pl.String, "kind": pl.String, "enrolment": pl.String,
    "student": pl.String, "unit": pl.String, "period": pl.String, "class": pl.String,
    "course": pl.String, "effective_date": pl.Date, "situation": pl.Int64,
    "mobility_date": pl.Date, "student_hours": pl.String, "hours_partial": pl.Boolean,
    "complements": pl.String, "class_discipline": pl.String,
}  # fmt: skip

More = Callable[[str, pl.DataFrame], pl.DataFrame]
"""Facts that wait for decisions: `disciplines` of the enrolments in a frame (enrolment), `outside`,
the minutes outside the days of each record (record, isolated, holder, entry, leaving)."""


@dataclass(frozen=True)
class Load:
    """Frames of one month; `candidates` has every record considered, with outcome and reason."""

    load: pl.DataFrame
    disciplines: pl.DataFrame
    withheld: pl.DataFrame
    reconciliation: pl.DataFrame
    checklist: pl.DataFrame
    candidates: pl.DataFrame
    entries: pl.DataFrame


@rule("reference-month")
def make_load(run: Run, sent_before: pl.DataFrame | None, more: More) -> Load:
    """The load of the run's month. `sent_before`: the whole ledger, None where nobody knows.

    Findings gather in `run.findings`. R11: which records go is decided first, then each field.
    """
    checks.situation_names(run)
    checks.strays(run)
    rows, living, earlier = _decided(run)
    checks.no_log(rows, run)
    upserts = rows.filter(pl.col("outcome") == UPSERT)
    upserts = with_dates(upserts.with_columns(operation=pl.lit(ledger.UPSERT)), run)
    upserts = checks.upsert_checks(upserts, run)
    _outside(upserts, living, run, more)
    upserts = with_hours(upserts, living, earlier, run)
    disciplines = _disciplines(upserts, living, run, more)
    deletes = _exclusions(rows.filter(pl.col("outcome") == DELETE), run)
    lines = pl.concat([upserts, deletes], how="diagonal")
    lines = checks.one_key(_keyed(lines, run), run)
    lines = lines.with_columns(
        outcome=pl.when((pl.col("outcome") != NOTHING) & pl.col("blocked"))
        .then(pl.lit(ERROR))
        .otherwise("outcome")
    )
    if run.filters:
        run.findings.keep(rows["record"])
    rest = rows.join(lines, on="record", how="anti")
    candidates = pl.concat([rest, lines], how="diagonal").sort("record")
    return _load(run, candidates, lines, disciplines, sent_before)


def _decided(run: Run) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Every candidate with its outcome; the enrolments alive in each EJA course; and source and
    class of the records of classes that were left."""
    stays = decide(described(ordinary(run), run), run)
    alone = refuse_levels(decide(described(isolated(run), run), run), run)
    cycles, living = courses(run)
    rows = pl.concat([stays, alone, cycles], how="diagonal")
    # R12: the disciplines that a record of a class left takes in this load, no other takes.
    left = rows.filter(pl.col("superseded") & (pl.col("outcome") == UPSERT))
    for name, value in run.filters.items():
        column = "class_course" if name == "course" else name
        rows = rows.filter(pl.col(column) == value)
    tell_faults(rows, run)
    rows = with_parents(rows, run)
    told = run.facts["isolated"].select(
        source="discipline_enrolment", kind=pl.lit("I"), changed_on="changed_on",
        key_rest="class_discipline",
    )  # fmt: skip
    rows = rows.join(told, on=["source", "kind"], how="left", maintain_order="left")
    return _with_own(rows, run), living, left.select("source", "class")


def _with_own(rows: pl.DataFrame, run: Run) -> pl.DataFrame:
    """Candidates with `own_…`: the period enrolment that gives complements and municipality (R55;
    in EJA the reference, or the latest by a reading)."""
    source = pl.col("source")
    if run.reading("eja_complements") == "latest":
        source = pl.when("eja").then("acting").otherwise("source")
    own = pl.when(pl.col("kind") == "I").then("parent").otherwise(source)
    facts = run.facts["enrolments"].rename({"source_row": "row"})
    named = facts.rename({name: f"own_{name}" for name in facts.columns})
    return rows.with_columns(own_enrolment=own).join(
        named, on="own_enrolment", how="left", maintain_order="left"
    )


def _outside(upserts: pl.DataFrame, living: pl.DataFrame, run: Run, more: More) -> None:
    """R46, other reading: lessons before the entry and after the exit do not count."""
    if run.reading("hours_prorata") != "clip" or run.reading("hours_source") == "none":
        return
    partly = upserts.filter(
        (pl.col("effective_date") > run.month.first) | (pl.col("mobility_date") < run.month.last)
    )
    windows = holders(partly, living).join(
        partly.select(
            "record", isolated=pl.col("kind") == "I", entry="effective_date",
            leaving=pl.col("mobility_date").fill_null(run.month.last),
        ), on="record",
    )  # fmt: skip
    more("outside", windows)


def _disciplines(upserts: pl.DataFrame, living: pl.DataFrame, run: Run, more: More) -> pl.DataFrame:
    """The discipline lines of every upsert that reports them."""
    rows = reporting(upserts, run).select("record", "source", "moved")
    members = rows.join(living, left_on="source", right_on="root")
    moved = members.filter("moved").select("enrolment").unique().sort("enrolment")
    return load_disciplines(members, more("disciplines", moved), run)


def _exclusions(rows: pl.DataFrame, run: Run) -> pl.DataFrame:
    """R08: the key and the operation, nothing else; what was never sent is told."""
    blocked = checks.other_states(rows, run)
    rows = rows.with_columns(operation=pl.lit(ledger.DELETE), blocked=blocked)
    checks.cancelled_after_start(rows, run)
    if run.reported is None:
        return rows
    known = run.reported.filter(pl.col("operation") == ledger.UPSERT)
    unsent = rows.join(known, on="record", how="anti")
    run.findings.add("W-DELETE-UNSENT", unsent, "ledger", "operation", None, "")
    # Another enrolment of the student in the class was sent under the same key: it would be erased.
    shared = rows.join(known, on=list(ledger.NATURAL), nulls_equal=True, suffix="_known")
    shared = shared.filter((pl.col("kind") == "P") & (pl.col("record") != pl.col("record_known")))
    stays = pl.col("record").is_in(shared["record"].implode())
    never = pl.col("record").is_in(unsent["record"].implode())
    never = never & pl.lit(run.reading("delete_unsent") == "suppress")
    return rows.with_columns(
        outcome=pl.when(stays | never).then(pl.lit(NOTHING)).otherwise("outcome"),
        reason=pl.when(stays)
        .then(pl.lit("re_enrolled"))
        .when(never)
        .then(pl.lit("unsent"))
        .otherwise("reason"),
    )


def _keyed(lines: pl.DataFrame, run: Run) -> pl.DataFrame:
    """Lines with the class that is sent and its natural key; in EJA that of the reference, or the
    current one by a reading."""
    current = run.reading("eja_class") == "current"
    sent = pl.when(pl.col("eja") & pl.lit(current)).then("acting_class").otherwise("class")
    classes = run.facts["classes"].select(sent_class="class", unit="unit", period="period",
                                          sent_course="course")  # fmt: skip
    lines = lines.drop("unit", "period").with_columns(sent_class=sent)
    return lines.join(classes, on="sent_class", how="left", maintain_order="left")


def _load(
    run: Run,
    candidates: pl.DataFrame,
    lines: pl.DataFrame,
    disciplines: pl.DataFrame,
    sent_before: pl.DataFrame | None,
) -> Load:
    made = _records(lines, run)
    sent = made.filter(pl.col("outcome").is_in([UPSERT, DELETE])).select(*LOAD).sort("record")
    disciplines = disciplines.join(
        sent.filter(pl.col("operation") == ledger.UPSERT), on="record", how="semi"
    )
    withheld = made.filter(pl.col("outcome") == ERROR).select(*LOAD).sort("record")
    new = ledger.entries(sent, disciplines, run)
    if sent_before is not None:
        ledger.regenerated(run, sent_before, new)
    return Load(
        load=sent,
        disciplines=disciplines,
        withheld=_with_codes(withheld, run),
        reconciliation=ledger.reconcile(run, candidates, sent),
        checklist=checks.checklist(candidates, run),
        candidates=candidates,
        entries=new,
    )


def _records(lines: pl.DataFrame, run: Run) -> pl.DataFrame:
    """Lines with the columns of `LOAD`; an exclusion has its key and nothing else."""
    upsert = pl.col("operation") == ledger.UPSERT
    told = _canonical_complements(lines)
    return told.with_columns(
        enrolment="source",
        class_discipline="key_rest",
        course="sent_course",
        situation=pl.when(upsert).then("situation"),
        student_hours=fixed_point(pl.col("hundredths"), 2),
        hours_partial=pl.col("hours_partial").fill_null(False),
        complements=pl.when(upsert).then("own_json").otherwise(pl.lit("{}")).fill_null("{}"),
    ).drop("class").rename({"sent_class": "class"})  # fmt: skip


def _canonical_complements(lines: pl.DataFrame) -> pl.DataFrame:
    """Each distinct JSON text written one way: sorted keys, no blanks."""
    texts = lines["own_complements"].drop_nulls().unique()
    written = [
        json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        for text in texts
    ]
    table = pl.DataFrame({"own_complements": texts, "own_json": written},
                         schema={"own_complements": pl.String, "own_json": pl.String})  # fmt: skip
    return lines.join(table, on="own_complements", how="left", maintain_order="left")


PARTIAL = ("E-HA-NODATA", "E-HA-NOTYPE", "E-DISC-NOCODE")
"""Errors of a part of the record: the hours, a discipline. The record itself is sent."""

COMPUTED = ("E-EXIT-THEN-RESULT", "E-MOB-BEFORE-EFET")
"""Errors of a record that can be computed all the same: withheld, unless a reading sends it."""


def _with_codes(withheld: pl.DataFrame, run: Run) -> pl.DataFrame:
    """The withheld records with the codes of the errors that withhold them."""
    others = PARTIAL if run.reading("computed_errors") == "withheld" else PARTIAL + COMPUTED
    parts = [part.select("record", "code", "table") for part in run.findings.parts]
    if not parts:
        return withheld.with_columns(codes=pl.lit(""))
    found = pl.concat(parts).filter(pl.col("code").str.starts_with("E-"))
    found = found.filter(~pl.col("code").is_in(others))
    partial = (pl.col("code") == "E-SIT-UNMAPPED") & (pl.col("table") == "discipline_enrolments")
    codes = (
        found.filter(~partial)
        .group_by("record")
        .agg(codes=pl.col("code").unique().sort().str.join(" "))
    )
    return withheld.join(codes, on="record", how="left", maintain_order="left")
