"""The folder of a procedure's answer: what phase 2 reads, who changes, and the whole as JSON.

FOLDER/outcome.json                      the answer, every condition, the readings
FOLDER/changes.csv                       candidate, before, after, clause (a rectification's is
                                         rectified.csv, with not_moved.csv and adjustments.csv)
FOLDER/enrolments.csv                    the table that the next phase reads, as it is after
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from portaria import __version__
from portaria.regulations.access.folder import PROGRAM, Results
from portaria.regulations.access.procedures.outcome import (
    Adjustment,
    Change,
    Enrolment,
    Outcome,
    as_json,
)
from portaria.regulations.access.procedures.rectification import Rectification
from portaria.tables.canonical import write_csv
from portaria.tables.result import sha256

OUTCOME = "outcome.json"

CHANGES = dict.fromkeys(("candidate", "before", "after", "clause"), pl.String)
ENROLMENTS = {
    "candidate": pl.String,
    "enrolled": pl.Boolean,
    "programme": pl.String,
    "cancelled": pl.Boolean,
}
ADJUSTMENTS = {"programme": pl.String, "vl2": pl.Int64, "vr": pl.Int64}


def write_outcome(
    outcome: Outcome,
    results: Results,
    folder: Path,
    enrolments: pl.DataFrame | None = None,
    adjustments: pl.DataFrame | None = None,
) -> None:
    """Fill `folder`, which a caller makes appear whole (`whole_folder`).

    The tables of enrolments and adjustments given before come back with the changes in them;
    where none were given, they hold the changes alone. The results are named by their hash.
    """
    told = {
        "program": "portaria",
        "version": __version__,
        "results_sha256": sha256(results.folder / "manifest.json"),
        **as_json(outcome),
    }
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (folder / OUTCOME).write_text(text + "\n", encoding="utf-8")
    rectified = isinstance(outcome, Rectification)
    name = "rectified" if rectified else "changes"
    write_csv(changes_table(outcome.changes), folder / f"{name}.csv")
    write_csv(enrolments_table(outcome.enrolments, enrolments), folder / "enrolments.csv")
    if isinstance(outcome, Rectification):
        write_csv(changes_table(outcome.not_moved), folder / "not_moved.csv")
        table = adjustments_table(outcome.adjustments, adjustments)
        write_csv(table, folder / "adjustments.csv")


def is_outcome(folder: Path) -> bool:
    """Whether a folder is a procedure's answer that this program wrote."""
    try:
        told = json.loads((folder / OUTCOME).read_text(encoding="utf-8"))
        return bool(told["program"] == PROGRAM and told["procedure"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def changes_table(changes: Sequence[Change]) -> pl.DataFrame:
    """candidate, before, after, clause: the programme of somebody placed, else the result."""
    rows = [(each.candidate, each.before.word, each.after.word, each.clause) for each in changes]
    return pl.DataFrame(rows, schema=CHANGES, orient="row")


def enrolments_table(rows: Sequence[Enrolment], before: pl.DataFrame | None) -> pl.DataFrame:
    """The table of enrolments with these rows in place of the old ones, by candidate."""
    new = pl.DataFrame(
        [(r.candidate, r.enrolled, r.programme, r.cancelled) for r in rows],
        schema=ENROLMENTS,
        orient="row",
    )
    if before is None:
        return new.sort("candidate")
    kept = before.select(*ENROLMENTS).join(new, on="candidate", how="anti")
    return pl.concat([kept, new]).sort("candidate")


def adjustments_table(rows: Sequence[Adjustment], before: pl.DataFrame | None) -> pl.DataFrame:
    """The adjustments with these added, by programme."""
    new = pl.DataFrame([(r.programme, r.vl2, r.vr) for r in rows], schema=ADJUSTMENTS, orient="row")
    together = [new] if before is None else [before.select(*ADJUSTMENTS).fill_null(0), new]
    summed = pl.concat(together).group_by("programme").agg(pl.col("vl2", "vr").sum())
    return summed.sort("programme")
