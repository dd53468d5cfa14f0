"""Everything that the rules need to know of a source as of a month, as frames.

The set work is done where the data lives (`sets`); what comes here has one row a class, an
enrolment, a stay in a class, an isolated enrolment. From these frames alone every record of a
load can be decided, explained and verified again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir
import polars as pl

from portaria.regulations.scae.month import Month
from portaria.regulations.scae.sets.disciplines import (
    FIRST_LESSONS,
    HOURS,
    OUTSIDE,
    REPORTABLE,
    UNTYPED,
    counted,
    first_lessons,
    hours,
    outside,
    reportable,
    untyped,
)
from portaria.regulations.scae.sets.isolated import ISOLATED, PARENTS, isolated, parents
from portaria.regulations.scae.sets.stays import (
    CLASS_STAYS,
    PREVIOUS,
    STAYS,
    class_stays,
    previous,
    stays,
)
from portaria.regulations.scae.sets.strays import strays
from portaria.regulations.scae.situations import TRANSFERS
from portaria.tables.database import Database

CLASSES = {
    "class": pl.String, "unit": pl.String, "period": pl.String, "level": pl.String,
    "course": pl.String, "modality": pl.String, "series": pl.String, "state": pl.String,
    "start": pl.Date, "end": pl.Date, "source_row": pl.Int64,
}  # fmt: skip
ENROLMENTS = {
    "enrolment": pl.String, "student": pl.String, "class": pl.String, "course": pl.String,
    "series": pl.String, "enrolled_on": pl.Date, "situation": pl.String, "result": pl.String,
    "reference": pl.String, "mobility_override": pl.Date, "municipality": pl.String,
    "complements": pl.String, "source_row": pl.Int64,
}  # fmt: skip
SERIES = {"course": pl.String, "series": pl.String, "order": pl.Int64}
MUNICIPALITIES = {"municipality": pl.String, "scae_code": pl.String}
Progress = Callable[[str, int, int], None]


@dataclass
class Facts:
    """Frames by name, with the columns of the module's schemas."""

    frames: dict[str, pl.DataFrame] = field(default_factory=dict)
    municipalities_given: bool = False

    def __getitem__(self, name: str) -> pl.DataFrame:
        return self.frames[name]


@dataclass(frozen=True)
class Question:
    """What is asked of a source: the month, the readings, and the codes that shape the set work.

    eja: the modalities that count by the reference enrolment (R14); disciplines: those whose
    disciplines are reported (R41); out: the codes that are never sent (R07, R08); results: by
    level, the SGE codes of results; held: enrolment and class of what the ledger holds open, to
    tell a class that the log does not (R12).
    """

    month: Month
    readings: Mapping[str, str]
    eja: Sequence[str]
    disciplines: Sequence[str]
    out: Sequence[str]
    results: Mapping[str, Sequence[str]]
    held: pl.DataFrame


def gather(database: Database, question: Question, progress: Progress) -> Facts:
    """The facts of a source, but for the disciplines, which wait for the decisions (R42)."""
    facts = Facts(municipalities_given="municipalities" in database.given)
    steps = (_registers, _enrolled, _isolated, _hours)
    for number, step in enumerate(steps):
        progress("scae-facts", number, len(steps))
        facts.frames |= step(database, question)
    progress("scae-facts", len(steps), len(steps))
    return facts


def disciplines_of(database: Database, question: Question, moved: pl.DataFrame) -> pl.DataFrame:
    """The reportable disciplines (R41, R42), `moved` being the enrolments that moved."""
    tables = database.tables
    rows = in_modalities(tables, question.disciplines)
    table = reportable(
        tables, question.month, rows.select("enrolment"), database.beside(moved.select("enrolment"))
    )
    return database.fetch(table, REPORTABLE).sort("enrolment", "discipline_enrolment")


def outside_of(database: Database, question: Question, windows: pl.DataFrame) -> pl.DataFrame:
    """record, holder, offer_class and `outside`, the minutes of the month before the entry of a
    record or after its exit (R46, other reading)."""
    table = outside(
        counted(database.tables, question.month, question.readings, question.out, typed=True),
        database.tables["lessons"],
        question.month,
        database.beside(windows),
    )
    return database.fetch(table, OUTSIDE).sort(pl.all())


def in_modalities(tables: Mapping[str, ir.Table], modalities: Sequence[str]) -> ir.Table:
    """The enrolments whose class is basic education of one of the modalities, 8 and 08 alike."""
    classes = tables["classes"]
    padded = [modality.zfill(width) for modality in modalities for width in range(1, 6)]
    chosen = classes.filter((classes.level == "basic") & classes.modality.isin(padded))
    return tables["enrolments"].semi_join(chosen, "class")


def _registers(database: Database, question: Question) -> dict[str, pl.DataFrame]:
    tables, fetch = database.tables, database.fetch
    first = (
        first_lessons(tables) if question.readings["first_class_day"] == "first_lesson" else None
    )
    later = (
        {"first_lessons": fetch(first, FIRST_LESSONS).sort("class")} if first is not None else {}
    )
    return later | {
        "strays": strays(tables, fetch),
        "classes": fetch(tables["classes"], CLASSES).sort("class"),
        "course_series": fetch(tables["course_series"], SERIES).sort("course", "order", "series"),
        "municipalities": fetch(tables["municipalities"], MUNICIPALITIES).sort("municipality"),
    }


def _enrolled(database: Database, question: Question) -> dict[str, pl.DataFrame]:
    tables, fetch, month = database.tables, database.fetch, question.month
    eja = in_modalities(tables, question.eja).select("enrolment", eja=ibis.literal(True))
    rows = (
        tables["enrolments"].left_join(eja, "enrolment", rname="{name}_eja").drop("enrolment_eja")
    )
    rows = rows.mutate(eja=rows.eja.fill_null(False))
    day = ibis.date(month.following.first.isoformat())
    # A reference may be made later than the month: it must be known to be refused or followed.
    rows = rows.filter((rows.enrolled_on < day) | rows.enrolled_on.isnull() | rows.eja)
    reported, late = _reported(database, question), _late(database, question)
    asked = (tables["movements"], month, reported, late)
    corrected = rows.filter(rows.mobility_override.notnull())
    return {
        "enrolments": fetch(rows, ENROLMENTS).sort("enrolment"),
        "stays": fetch(stays(rows, *asked), STAYS).sort("enrolment", "stay"),
        "class_stays": fetch(class_stays(rows, tables["movements"], reported), CLASS_STAYS).sort(
            "enrolment", "stay"
        ),
        "previous": fetch(previous(corrected, *asked), PREVIOUS).sort("enrolment", "stay"),
    }


def _isolated(database: Database, question: Question) -> dict[str, pl.DataFrame]:
    tables, fetch, month = database.tables, database.fetch, question.month
    late = _late(database, question)
    return {
        "isolated": fetch(isolated(tables, month, late), ISOLATED).sort("discipline_enrolment"),
        "parents": fetch(parents(tables, month), PARENTS).sort("isolated", "enrolment"),
    }


def _hours(database: Database, question: Question) -> dict[str, pl.DataFrame]:
    if question.readings["hours_source"] == "none":
        return {"hours": pl.DataFrame(schema=HOURS), "untyped": pl.DataFrame(schema=UNTYPED)}
    asked = (database.tables, question.month, question.readings, question.out)
    keys, fetch = ("isolated", "holder", "offer_class"), database.fetch
    dropped = untyped(counted(*asked, typed=False))
    return {
        "hours": fetch(hours(counted(*asked)), HOURS).sort(keys),
        "untyped": fetch(dropped, UNTYPED).sort(*keys, "discipline", "offer_row"),
    }


def _reported(database: Database, question: Question) -> ir.Table:
    """R12: the class that the ledger holds open, of transfers whose class the log leaves out."""
    log = database.tables["movements"]
    unsaid = log.filter(log["class"].isnull() & log["to"].isin(list(TRANSFERS)))
    asked = database.fetch(unsaid.select("enrolment").distinct(), {"enrolment": pl.String})
    held = question.held.rename({"class": "reported"})
    return database.beside(held.join(asked, on="enrolment", how="semi"))


def _late(database: Database, question: Question) -> ir.Table | None:
    """R25, other reading: results of classes that end after the month wait for that month."""
    if question.readings["future_results"] != "max_month":
        return None
    classes = database.fetch(database.tables["classes"], CLASSES)
    running = classes.filter(pl.col("end") > question.month.last)
    codes = [(level, code) for level, codes in question.results.items() for code in codes]
    pairs = pl.DataFrame(codes, schema={"level": pl.String, "late_result": pl.String}, orient="row")
    late = running.join(pairs, on="level").select(late_class="class", late_result="late_result")
    return database.beside(late)
