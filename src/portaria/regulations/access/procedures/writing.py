"""The folder of a procedure's answer: what phase 2 reads, who changes, and the whole as JSON.

FOLDER/outcome.json                      the answer, every condition, the readings
FOLDER/changes.csv                       candidate, before, after, clause (a rectification's is
                                         rectified.csv, with not_moved.csv and adjustments.csv)
FOLDER/enrolments.csv                    the table that the next phase reads, as it is after;
                                         enrolments-changes.csv, where it was not given
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
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

    The tables of enrolments and adjustments given before come back whole, with the changes in
    them. Without enrolments the changes alone are written, under a name that nobody takes for the
    table. The results are named by their hash.
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
    name = "enrolments-changes" if enrolments is None else "enrolments"
    write_csv(enrolments_table(outcome.enrolments, enrolments), folder / f"{name}.csv")
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
    """The table of enrolments with these rows in place of the old ones, by candidate.

    Columns of the office's own stay, with what they say of each candidate.
    """
    cells = [(r.candidate, r.enrolled, r.programme, r.cancelled) for r in rows]
    new = pl.DataFrame(cells, schema=ENROLMENTS, orient="row")
    if before is None:
        return new.sort("candidate")
    own = before.select("candidate", *_own(before, ENROLMENTS))
    new = new.join(own, on="candidate", how="left").select(before.columns)
    kept = before.join(new, on="candidate", how="anti")
    return pl.concat([kept, new]).sort("candidate")


def adjustments_table(rows: Sequence[Adjustment], before: pl.DataFrame | None) -> pl.DataFrame:
    """The adjustments with these added, by programme; columns of the office's own stay."""
    cells = [(r.programme, r.vl2, r.vr) for r in rows]
    new = pl.DataFrame(cells, schema=ADJUSTMENTS, orient="row")
    together = [new] if before is None else [before.select(*ADJUSTMENTS).fill_null(0), new]
    summed = pl.concat(together).group_by("programme").agg(pl.col("vl2", "vr").sum())
    if before is not None:
        own = before.select("programme", *_own(before, ADJUSTMENTS))
        summed = summed.join(own, on="programme", how="left").select(before.columns)
    return summed.sort("programme")


def _own(table: pl.DataFrame, columns: Collection[str]) -> list[str]:
    """The columns beyond those of the contract."""
    return [name for name in table.columns if name not in columns]
