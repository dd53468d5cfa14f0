"""The result folder of a load: tables, the file for SCAE, the facts, the manifest (K2, R62)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from portaria import __version__
from portaria.regulations.scae.ledger import LEDGER, is_old
from portaria.regulations.scae.ledger_file import digest
from portaria.regulations.scae.load import LOAD, Load
from portaria.regulations.scae.reasons import REASONS
from portaria.regulations.scae.run import Run
from portaria.regulations.scae.settings import RULES_VERSION
from portaria.regulations.scae.totals import totals
from portaria.tables.database import Database
from portaria.tables.recorded import is_of_kind, write_manifest, write_tables
from portaria.tables.result import sha256

MANIFEST = "manifest.json"
KIND = "scae-load"
DECISIONS = (
    "record", "kind", "source", "student", "class", "outcome", "reason", "clause", "code",
    "situation", "since", "start", "end", "acting", "acting_class", "acting_end", "base_date",
    "recognised", "changed_on", "override", "last_at", "last_column", "last_row", "true_month",
    "effective_date", "mobility_date", "hundredths", "row", "class_row",
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A load with its run, the ledger before it, and where the source came from."""

    run: Run
    load: Load
    ledger: pl.DataFrame | None
    inputs: Mapping[str, Any]
    source: str
    lang: str


def result_tables(made: Made) -> dict[str, pl.DataFrame]:
    """Every table of the result folder by name, rows in their fixed order."""
    load, run = made.load, made.run
    previous = pl.DataFrame(schema=LEDGER)
    if made.ledger is not None and not run.filters:
        previous = made.ledger.filter(pl.col("month") == str(run.month.previous))
    withheld = load.withheld
    return {
        "load": load.load,
        "load_disciplines": load.disciplines,
        "findings": run.findings.table(made.lang),
        "withheld": withheld.select(*LOAD, "codes"),
        "reconciliation": load.reconciliation,
        "checklist": load.checklist,
        "totals": totals(load.entries, previous),
    }


def decisions(made: Made) -> pl.DataFrame:
    """Every record considered: what became of it, why, under which clause, from which rows."""
    clauses = REASONS.clauses(made.run.settings.edition)
    rows = made.load.candidates.with_columns(
        clause=pl.col("reason").replace_strict(clauses, default=None, return_dtype=pl.String)
    )
    return rows.select(*DECISIONS)


def write_results(
    made: Made, tables: Mapping[str, pl.DataFrame], files: Mapping[str, bytes],
    layout: Mapping[str, Any], folder: Path,
) -> None:  # fmt: skip
    """Fill an empty folder: tables as canonical CSV, the files for SCAE, the decisions, the facts
    that they were made from, and the manifest last."""
    outputs = write_tables(tables, folder)
    for name, content in files.items():
        (folder / name).write_bytes(content)
        outputs[name] = {"sha256": sha256(folder / name)}
    told = decisions(made)
    told.write_parquet(folder / "decisions.parquet")
    outputs["decisions"] = {
        "sha256": sha256(folder / "decisions.parquet"), "rows": told.height,
    }  # fmt: skip
    facts = _write_facts(made, folder / "inputs")
    manifest = manifest_of(made, tables, outputs, facts) | {"layout": dict(layout)}
    write_manifest(manifest, folder)


def _write_facts(made: Made, folder: Path) -> dict[str, Any]:
    folder.mkdir()
    frames = dict(made.run.facts.frames)
    if made.run.reported is not None:
        frames["reported"] = made.run.reported
    written = {}
    for name, frame in sorted(frames.items()):
        frame.write_parquet(folder / f"{name}.parquet")
        written[name] = {"sha256": sha256(folder / f"{name}.parquet"), "rows": frame.height}
    return written


def manifest_of(
    made: Made, tables: Mapping[str, pl.DataFrame], outputs: Mapping[str, Any],
    facts: Mapping[str, Any],
) -> dict[str, Any]:  # fmt: skip
    """What the folder says of itself: enough to decide its facts again (`stored`, `verify`).

    outputs, facts: by name, the SHA-256 and the rows of each file written.
    """
    run, load, settings = made.run, made.load, made.run.settings
    previous = str(run.month.previous)
    ledger = made.ledger
    known = ledger is not None and not run.filters and previous in set(ledger["month"].unique())
    alive = load.candidates.filter(pl.col("outcome") != "nothing")
    return {
        "kind": KIND,
        "version": __version__,
        "rules_version": RULES_VERSION,
        "mapping_version": settings.mapping_version,
        "edition": settings.edition.name,
        "edition_title": settings.edition.title,
        "edition_sha256": settings.edition.sha256,
        "language": settings.edition.language,
        "month": str(run.month),
        "status": made.run.status,
        "state": run.state,
        "filters": dict(sorted(run.filters.items())),
        "readings": dict(settings.readings),
        "codes": {name: list(codes) for name, codes in sorted(settings.codes.items())},
        "settings": {
            "required": {level: list(names) for level, names in settings.required.items()},
            "situation_names": dict(settings.situation_names),
            "evaded_early_days": settings.evaded_early_days,
            "dependency_field": settings.dependency_field,
        },
        "findings_language": made.lang,
        "source": made.source,
        "inputs": dict(made.inputs),
        "facts": dict(facts),
        "ledger_sha256": "" if ledger is None else digest(_consulted(ledger, run)),
        "previous_month": previous if known else "",
        "outputs": dict(outputs),
        "counts": {
            "load": load.load.height,
            "load_disciplines": load.disciplines.height,
            "withheld": load.withheld.height,
            "population": alive["record"].n_unique(),
            "candidates": load.candidates.height,
        },
        "totals": tables["totals"].to_dicts(),
    }


def _consulted(ledger: pl.DataFrame, run: Run) -> pl.DataFrame:
    """The rows of the ledger that a load looks at: an old month also at its own."""
    last = str(run.month if is_old(ledger, run.month) else run.month.previous)
    return ledger.filter(pl.col("month") <= last)


def inputs_of(database: Database) -> dict[str, Any]:
    """What each table came from: its rows and, of files, name and SHA-256."""
    told: dict[str, Any] = {}
    for name in sorted(database.given):
        table = database.tables[name]
        counted = database.fetch(table.aggregate(rows=table.count()), {"rows": pl.Int64})
        told[name] = {"rows": counted.item()}
        if name in database.files:
            path = database.files[name]
            told[name] |= {"file": path.name, "sha256": sha256(path)}
    return told


def is_load(folder: Path) -> bool:
    """Whether a folder was written by `extract`."""
    return is_of_kind(folder, KIND)
