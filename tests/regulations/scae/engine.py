"""The engine as the slow reference is called: tables and configuration in, a load out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl
from reference.scae import Ledger, Load
from reference.scae.random_logs import write_source

from portaria.regulations.scae import ledger as ledgers
from portaria.regulations.scae.extract import Request, make
from portaria.regulations.scae.ledger import LEDGER, updated
from portaria.regulations.scae.month import Month, parse_month
from portaria.regulations.scae.results import Made, result_tables
from portaria.regulations.scae.settings import Settings, parse_settings
from portaria.regulations.scae.source import open_source
from portaria.tables.database import Database

Row = dict[str, Any]
OURS = ("codes", "required", "readings", "situation_names", "evaded_early_days", "dependency_field")
LINES = ("record", "scae_discipline", "situation", "evaluation_type")
RECORD = (
    "record", "operation", "kind", "enrolment", "student", "unit", "period", "class", "course",
    "effective_date", "situation", "mobility_date", "student_hours", "hours_partial",
)  # fmt: skip
RECONCILED = (
    "record", "kind", "enrolment", "class", "previous_operation", "previous_situation",
    "operation", "situation", "explanation",
)  # fmt: skip


def settings_of(config: Mapping[str, Any]) -> Settings:
    """The configuration of a case as scae.toml would say it."""
    names = {"evadido_early_days": "evaded_early_days"}
    given = {names.get(name, name): value for name, value in config.items()}
    settings, problems = parse_settings({name: given[name] for name in OURS if name in given})
    assert not problems, problems
    return settings


def open_tables(tables: dict[str, list[Row]], config: Row, folder: Path) -> Database:
    """The tables written as a folder of CSV and read back."""
    write_source({name: list(rows) for name, rows in tables.items()}, config, folder)
    if "municipalities" not in tables:
        (folder / "municipalities.csv").unlink()
    database = open_source(str(folder))
    assert not database.problems, database.problems
    return database


def load_with(
    database: Database, config: Mapping[str, Any], month: str, ledger: pl.DataFrame | None = None
) -> Made:
    """The load of a month, as `extract` makes it."""
    request = Request(
        parse_month(month), config["state"], settings_of(config), config.get("today"),
        config.get("filters", {}),
    )  # fmt: skip
    made, problems = make(database, "source", request, ledger, "en", lambda *_: None)
    assert made is not None, problems
    return made


def ledger_frame(ledger: Ledger | None) -> pl.DataFrame | None:
    """The ledger of the reference as the engine has it."""
    if ledger is None:
        return None
    rows = [{**row, "month": str(Month(*row["month"])), "status": "final"} for row in ledger.rows]
    return pl.DataFrame([{name: row.get(name) for name in LEDGER} for row in rows], schema=LEDGER)


def of_engine(made: Made) -> dict[str, list[tuple[str, ...]]]:
    """What the engine made; of the findings, those that the reference has."""
    tables = result_tables(made)
    found = tables["findings"].filter(
        ~pl.col("code").is_in(["W-REGENERATED", "W-STRAY", "I-STILL-OPEN"])
    )
    return {
        "records": _texts(tables["load"].select(*RECORD).rows()),
        "withheld": _texts(tables["withheld"].select(*RECORD, "codes").rows()),
        "disciplines": _texts(tables["load_disciplines"].select(*LINES).rows()),
        "findings": _texts(
            found.select("code", "record", "enrolment", "field", "value").rows()
        ),
        "reconciliation": _texts(tables["reconciliation"].select(*RECONCILED).rows()),
        "checklist": _texts(tables["checklist"].select("class", "students", "pending").rows()),
        "population": _texts(
            made.load.candidates.filter(pl.col("outcome") != "nothing").select("record").rows()
        ),
    }  # fmt: skip


def of_reference(load: Load) -> dict[str, list[tuple[str, ...]]]:
    """What the slow reference made."""

    def rows(table: Iterable[Row], names: Iterable[str]) -> list[tuple[str, ...]]:
        return _texts(tuple(row[name] for name in names) for row in table)

    withheld = [{**row, "codes": " ".join(row["codes"])} for row in load.withheld]
    findings = {(f.code, f.record, f.enrolment, f.field, f.value) for f in load.findings}
    return {
        "records": rows(load.records, RECORD),
        "withheld": rows(withheld, (*RECORD, "codes")),
        "disciplines": rows(load.disciplines, LINES),
        "findings": _texts(findings),
        "reconciliation": rows(load.reconciliation, RECONCILED),
        "checklist": rows(load.checklist, ("class", "students", "pending")),
        "population": _texts((record,) for record in load.population),
    }


def _texts(rows: Iterable[tuple[Any, ...]]) -> list[tuple[str, ...]]:
    return sorted(tuple("" if cell is None else str(cell) for cell in row) for row in rows)


def add(ledger: pl.DataFrame, made: Made) -> pl.DataFrame:
    """The ledger after a load."""
    resend = made.run.reading("resend")
    return updated(ledger, made.load.entries, made.run.month, resend)


def empty_ledger() -> pl.DataFrame:
    """A ledger in which nothing was sent."""
    return pl.DataFrame(schema=ledgers.LEDGER)
