"""The records that a load may have: ordinary stays, isolated enrolments (R12, R13, R16, R17).

All candidates have one shape (`CANDIDATE`), whichever rule counts them; `population` decides what
the month does with each.
"""

from __future__ import annotations

import polars as pl

from portaria.core.rule import rule
from portaria.regulations.scae.run import Run
from portaria.regulations.scae.sets.stays import UNKNOWN
from portaria.regulations.scae.situations import (
    BASIC,
    EXIT,
    TRANSFERS,
    group_of,
    mapped,
    standing_code,
)

CLASS_FACTS = (
    "unit", "period", "level", "modality", "class_course", "series", "state", "start", "end"
)  # fmt: skip

CANDIDATE = {
    "kind": pl.String, "source": pl.String, "student": pl.String, "class": pl.String,
    "acting_class": pl.String, "acting": pl.String, "since": pl.Date, "base_date": pl.Date,
    "recognised": pl.Date, "code": pl.String, "held": pl.String, "last_at": pl.Datetime("us"),
    "last_column": pl.String, "previous_at": pl.Datetime("us"), "logged": pl.Boolean,
    "override": pl.Date, "superseded": pl.Boolean, "eja": pl.Boolean,
    "true_month": pl.Date, "row": pl.Int64, "acting_row": pl.Int64, "last_row": pl.Int64,
}  # fmt: skip
"""kind: P, I; source: enrolment or discipline enrolment; class: the one sent; acting, acting_class:
the enrolment whose situation counts and its class (EJA); since: first day of the record; base_date,
recognised: what gives the effective date; code: SGE situation as of the month; held: what the
column `situation` alone held; last_…: the last movement; superseded: a class that was left;
true_month: EJA, first day of the month in which every series was approved."""


def eja_classes(run: Run) -> pl.DataFrame:
    """R14: the classes of basic education of modalities 8, 7 and 3 (08 is 8)."""
    modality = pl.col("modality").str.strip_chars_start("0")
    wanted = run.settings.edition.value("eja_modalities")
    return (
        run.facts["classes"]
        .filter((pl.col("level") == BASIC) & modality.is_in(wanted))
        .select("class")
    )


def class_facts(run: Run, key: str = "class", prefix: str = "") -> pl.DataFrame:
    """The classes with their facts under names of their own, to be joined on `key`."""
    classes = run.facts["classes"].rename({"course": "class_course", "source_row": "class_row"})
    named = {name: f"{prefix}{name}" for name in (*CLASS_FACTS, "class_row")}
    return classes.select(pl.col("class").alias(key), *named).rename(named)


def enrolled(run: Run, eja: bool) -> pl.DataFrame:
    """The enrolments that count by their reference (R14), or the others."""
    rows, classes = run.facts["enrolments"], eja_classes(run)
    return rows.join(classes, on="class", how="semi" if eja else "anti")


def with_standing(rows: pl.DataFrame, run: Run, level: pl.Expr) -> pl.DataFrame:
    """`rows` with code and held: where each stood at the end of the month (R06, R40).

    rows: situation and result of the row beside the columns of `stays`.
    """
    begins = pl.coalesce("begins_situation", "situation", pl.lit(""))
    typed = pl.coalesce("begins_result", "earlier_result", pl.lit(""))
    begins_result = pl.when("logged").then(typed).otherwise(pl.col("result").fill_null(""))
    held = pl.coalesce("situation_then", begins)
    result = pl.coalesce("result_then", begins_result)
    left = group_of(mapped(held, level, run.settings, run.state), EXIT)
    code = standing_code(pl.col("last_to"), held, result, left)
    return rows.with_columns(code=code, held=held)


def ordinary(run: Run) -> pl.DataFrame:
    """R12: one candidate an enrolment and class it stayed in, of those that are not EJA.

    Of two stays in one class the last one counts; the class of the last stay begun is the current
    one, and the others were left (`superseded`).
    """
    rows = enrolled(run, eja=False).rename({"class": "row_class"})
    told = run.facts["stays"].join(run.facts["previous"], on=["enrolment", "stay"], how="left")
    told = _with_class_of_row(rows, told.with_columns(recognised=recognised(run)))
    stays = rows.join(told, on="enrolment", how="left").with_columns(
        pl.col("stay").fill_null(0),
        stay_class=pl.coalesce("stay_class", "row_class", pl.lit("")),
        since=pl.when(pl.col("stay").is_null()).then("enrolled_on").otherwise("since"),
        logged=pl.col("stay").is_not_null(),
    )
    begun = stays.filter(pl.col("since").is_null() | run.known(pl.col("since")))
    begun = begun.sort("enrolment", "stay").with_columns(
        current=pl.col("stay_class").last().over("enrolment")
    )
    kept = begun.filter(pl.col("stay_class") != UNKNOWN).unique(
        ["enrolment", "stay_class"], keep="last", maintain_order=True
    )
    kept = kept.join(class_facts(run, "stay_class").select("stay_class", "level"), "stay_class",
                     how="left", maintain_order="left")  # fmt: skip
    kept = arrived_situations(kept)
    _tell_lost(stays, kept, run)
    return with_standing(kept, run, pl.col("level")).select(
        kind=pl.lit("P"), source="enrolment", student="student",
        **{"class": "stay_class"}, acting_class="stay_class", acting="enrolment",
        since="since", base_date="enrolled_on", recognised="recognised", code="code",
        held="held", last_at="last_at", last_column="last_column", previous_at="previous_at",
        logged="logged", override="mobility_override",
        superseded=pl.col("stay_class") != pl.col("current"), eja=pl.lit(False),
        true_month=pl.lit(None, pl.Date), row="source_row",
        acting_row="source_row", last_row="last_row",
    )  # fmt: skip


def arrived_situations(stays: pl.DataFrame) -> pl.DataFrame:
    """R12: Transferência de Turma is of the class that was left; whoever comes into the next one is
    Matriculado there."""
    later = pl.col("stay") > 0
    return stays.with_columns(
        pl.when(later).then(pl.col(name).replace(TRANSFERS)).otherwise(name).alias(name)
        for name in ("situation", "begins_situation")
    )


def _tell_lost(stays: pl.DataFrame, kept: pl.DataFrame, run: Run) -> None:
    """A class transfer of the month that leaves no record of the class before; with a ledger the
    reconciliation tells it."""
    if run.reported is not None and not run.reported.is_empty():
        return
    lost = stays.filter((pl.col("stay_class") == UNKNOWN) & run.within(pl.col("last_at")))
    now = kept.filter(pl.col("stay_class") == pl.col("current")).join(lost, "enrolment", "semi")
    told = now.select(
        source="enrolment", row="source_row",
        record=record_key(pl.lit("P"), pl.col("enrolment"), pl.col("stay_class")),
    )  # fmt: skip
    run.findings.add("W-CLASS-CHANGED", told, "movements", "class", None, "")


def _with_class_of_row(rows: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """Beside the stays that the log tells, the one in the class of the row where no movement has
    happened yet; it begins with the last movement of all."""
    arrived = arrivals(told, rows).select(
        "enrolment", "stay", "stay_class", "since", "recognised",
        earlier_result=pl.coalesce("final_result", "earlier_result"),
    )  # fmt: skip
    return pl.concat([told, arrived], how="diagonal")


def arrivals(told: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The last stays that the log tells (enrolment, stay, stay_class, end_at, …) of those whose row
    is in another class (enrolment, row_class), made into the stay there."""
    ours = told.join(rows.select("enrolment", "row_class"), on="enrolment")
    last = ours.sort("enrolment", "stay").unique("enrolment", keep="last", maintain_order=True)
    return last.filter(pl.col("stay_class") != pl.col("row_class").fill_null("")).with_columns(
        stay=pl.col("stay") + 1,
        stay_class=pl.col("row_class").fill_null(""),
        since=pl.col("end_at").dt.date(),
    )


def recognised(run: Run) -> pl.Expr:
    """R21: the last change from Reconhecimento de Saberes to Matriculado, in whatever class."""
    if run.reading("rs_change") == "last":
        return pl.col("recognised_last").max().over("enrolment")
    return pl.col("recognised_first").min().over("enrolment")


@rule("isolated-history")
def isolated(run: Run) -> pl.DataFrame:
    """R16, R17, R32: one candidate an isolated enrolment, by its own history."""
    return run.facts["isolated"].select(
        kind=pl.lit("I"), source="discipline_enrolment", student="student",
        **{"class": "offer_class"}, acting_class="offer_class", acting="discipline_enrolment",
        since="enrolled_on", base_date="enrolled_on", recognised=pl.lit(None, pl.Date),
        code="code", held="code", last_at="last_at", last_column=pl.lit("situation"),
        previous_at=pl.lit(None, pl.Datetime("us")), logged="logged",
        override=pl.lit(None, pl.Date), superseded=pl.lit(False), eja=pl.lit(False),
        true_month=pl.lit(None, pl.Date), row="row",
        acting_row="row", last_row="last_row",
    )  # fmt: skip


def described(rows: pl.DataFrame, run: Run) -> pl.DataFrame:
    """Candidates with `record`, the facts of their class and of the acting one, and their SCAE
    situation (null where the code has none)."""
    rows = rows.cast(CANDIDATE)  # type: ignore[arg-type]
    acting = class_facts(run, "acting_class", "acting_").select(
        "acting_class", "acting_start", "acting_end", "acting_class_row"
    )
    joined = rows.join(class_facts(run), on="class", how="left", maintain_order="left").join(
        acting, on="acting_class", how="left", maintain_order="left"
    )
    return joined.with_columns(
        record=record_key(pl.col("kind"), pl.col("source"), pl.col("class")),
        situation=mapped(pl.col("code"), pl.col("level"), run.settings, run.state),
    )


def record_key(kind: pl.Expr, source: pl.Expr, name: pl.Expr) -> pl.Expr:
    """`P:E1:7A`. A colon inside a name is written %3A: it would make two records one."""
    names = (part.str.replace_all(":", "%3A") for part in (source, name))
    return pl.concat_str(kind, *names, separator=":")
