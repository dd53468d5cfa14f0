"""The result folder of a procedure: its tables, the inputs they came from, the manifest.

What may be published stands apart, in `public`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from portaria import __version__
from portaria.regulations.recruitment.evaluate import Evaluation
from portaria.regulations.recruitment.results import COLUMNS, PUBLIC, Row, public_lists, rows_of
from portaria.tables.recorded import is_of_kind, write_inputs, write_manifest, write_tables

KIND = "recruitment-lists"
PUBLIC_FOLDER = "public"
KINDS = {"selected": pl.Boolean, "rank": pl.Int64}
"""Every other column is text."""


def all_tables(found: Evaluation) -> dict[str, pl.DataFrame]:
    """The tables as frames; `blocks` joined by commas."""
    tables = rows_of(found)
    for row in tables["lists"]:
        row["blocks"] = ", ".join(row["blocks"]) or None
    return {name: _frame(rows, COLUMNS[name]) for name, rows in tables.items()}


def public_tables(found: Evaluation) -> dict[str, pl.DataFrame]:
    """What anybody may see of both lists."""
    return {name: _frame(rows, PUBLIC[name]) for name, rows in public_lists(found).items()}


def _frame(rows: Sequence[Row], columns: Sequence[str]) -> pl.DataFrame:
    kinds = {column: KINDS.get(column, pl.String) for column in columns}
    return pl.DataFrame(rows, kinds, orient="row")


def write_results(found: Evaluation, inputs: Mapping[str, pl.DataFrame], folder: Path) -> None:
    """Fill an empty folder: tables as canonical CSV, those that may be published in `public`,
    inputs as Parquet, the manifest last."""
    outputs = write_tables(all_tables(found), folder)
    (folder / PUBLIC_FOLDER).mkdir()
    public = write_tables(public_tables(found), folder / PUBLIC_FOLDER)
    written = {"outputs": outputs, "public": public, "inputs": write_inputs(inputs, folder)}
    write_manifest(manifest_of(found) | written, folder)


def manifest_of(found: Evaluation) -> Row:
    """What the results rest on besides their tables."""
    edition, notice = found.rules.edition, found.procedure.notice
    return {
        "kind": KIND,
        "version": __version__,
        "edition": edition.name,
        "edition_title": edition.title,
        "edition_sha256": edition.sha256,
        "readings": dict(found.rules.readings),
        "on": str(found.on),
        "notice": {
            "process": notice.process,
            "published": str(notice.published),
            "posts": notice.posts,
            "application_days": notice.application_days,
            "hearing_days": notice.hearing_days,
            "scale": notice.scale,
            "municipal_holidays": sorted(map(str, notice.municipal)),
            "closures": sorted(map(str, notice.closures)),
        },
    }


def is_result(folder: Path) -> bool:
    """Whether a folder was written by `write_results`."""
    return is_of_kind(folder, KIND)
