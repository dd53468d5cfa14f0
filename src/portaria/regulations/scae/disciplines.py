"""Disciplines and competences of Nova EJA and EJA Profissionalizante (R36, R41-R45)."""

from __future__ import annotations

import polars as pl

from portaria.core.rule import rule
from portaria.regulations.scae.run import Run
from portaria.regulations.scae.situations import discipline_table

LOAD_DISCIPLINES = {
    "record": pl.String, "scae_discipline": pl.String, "situation": pl.Int64,
    "evaluation_type": pl.Int64,
}  # fmt: skip
DISMISSED = "14"


@rule("disciplines-modalities")
def reporting(rows: pl.DataFrame, run: Run) -> pl.DataFrame:
    """R41, R42: the upserts of modalities 8 and 7, with `moved`: all their disciplines go."""
    wanted = run.settings.edition.value("discipline_modalities")
    modality = pl.col("modality").str.strip_chars_start("0")
    moved = pl.col("mobility_date").is_not_null()
    if run.reading("disciplines_moved") == "any_movement":
        moved = moved | run.within(pl.col("last_at"))
    return rows.filter("eja").filter(modality.is_in(wanted)).with_columns(moved=moved)


@rule("discipline-code", "disciplines-when")
def load_disciplines(rows: pl.DataFrame, told: pl.DataFrame, run: Run) -> pl.DataFrame:
    """The lines of `load_disciplines`, one a record and SCAE code.

    rows: record, source, root, enrolment, moved of what reports; told: the disciplines of those
    enrolments (`sets.disciplines.REPORTABLE`). A discipline taken twice is sent once, as the later
    enrolment has it; a situation that is never sent is not sent here either.
    """
    lines = rows.join(told, on="enrolment").filter(pl.col("moved") | pl.col("reached"))
    out = [*run.settings.hidden, *run.settings.cancelled, ""]
    lines = lines.filter(~pl.col("code").is_in(out))
    without = pl.col("scae_code").is_null()
    find = run.findings.add
    find(
        "E-DISC-NOCODE", lines.filter(without), "class_disciplines", "scae_code",
        pl.col("discipline"), "offer_row",
    )  # fmt: skip
    codes = discipline_table(run.settings)
    lines = lines.filter(~without).with_columns(
        situation=pl.col("code").replace_strict(codes, default=None, return_dtype=pl.Int64)
    )
    unmapped = pl.col("situation").is_null()
    find(
        "E-SIT-UNMAPPED", lines.filter(unmapped), "discipline_enrolments", "situation",
        pl.col("code"),
    )  # fmt: skip
    lines = lines.filter(~unmapped)
    untyped = lines.filter(pl.col("code") == DISMISSED)
    find("W-DISC-NOTYPE", untyped, "discipline_enrolments", "situation", pl.col("scae_code"))
    by_age = pl.col("enrolled_on").cast(pl.String).fill_null("")
    return (
        lines.with_columns(age=by_age, evaluation_type=evaluation_type(run))
        .sort("record", "scae_code", "age", "discipline_enrolment")
        .unique(["record", "scae_code"], keep="last", maintain_order=True)
        .select("record", "situation", "evaluation_type", scae_discipline="scae_code")
        .select(*LOAD_DISCIPLINES)
        .sort("record", "scae_discipline")
    )


@rule("evaluation-type")
def evaluation_type(run: Run) -> pl.Expr:
    """R43: 2 for Competência Certificada, 1 for Matriculado and Aprovado; for Dispensado the text
    gives none, and it stays blank unless a reading says otherwise."""
    types = dict(run.settings.edition.value("evaluation_types"))
    choice = run.reading("dismissed_type")
    if choice != "blank":
        types[DISMISSED] = int(choice)
    return pl.col("code").replace_strict(types, default=None, return_dtype=pl.Int64)
