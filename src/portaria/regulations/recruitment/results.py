"""The result folder of a procedure: its tables, the inputs they came from, the manifest."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from portaria import __version__
from portaria.core.numbers import written
from portaria.regulations.recruitment.evaluate import Evaluation
from portaria.regulations.recruitment.model import ADMISSION, EVALUATION
from portaria.regulations.recruitment.states import ListState
from portaria.regulations.recruitment.warnings import RULES
from portaria.tables.recorded import is_of_kind, write_inputs, write_manifest, write_tables

KIND = "recruitment-lists"

Row = dict[str, Any]
COLUMNS: dict[str, tuple[str, ...]] = {
    "lists": (
        "list", "state", "published", "title", "hearing_until", "law_until", "alternative",
        "final_from", "blocks",
    ),
    "admission": ("candidate", "name", "result", "reason", "clause"),
    "ranking": (
        "candidate", "name", "result", "exact", "score", "rank", "selected", "reason", "clause",
    ),
    "exclusions": ("list", "candidate", "name", "reason", "clause"),
    "public_admission": ("name", "result"),
    "public_evaluation": ("name", "result", "rank", "score"),
    "warnings": ("code", "list", "candidate", "clause"),
}  # fmt: skip
KINDS = {"selected": pl.Boolean, "rank": pl.Int64}
"""Every other column is text."""


def rows_of(found: Evaluation) -> dict[str, list[Row]]:
    """The tables by name, as COLUMNS; exact numbers and days as text, what there is not None."""
    admission = [_row(each, COLUMNS["admission"]) for each in found.admission]
    ranking = [_row(each, COLUMNS["ranking"]) for each in found.ranking]
    excluded = ((ADMISSION, admission), (EVALUATION, ranking))
    return {
        "lists": [_state(each) for each in found.lists],
        "admission": admission,
        "ranking": ranking,
        "exclusions": [
            {"list": name} | {key: row[key] for key in COLUMNS["exclusions"][1:]}
            for name, rows in excluded
            for row in rows
            if row["result"] == "excluded"
        ],
        "public_admission": found.public(ADMISSION),
        "public_evaluation": [
            row | {"score": None if row["score"] is None else written(row["score"])}
            for row in found.public(EVALUATION)
        ],
        "warnings": [
            {
                "code": each.code,
                "list": each.list,
                "candidate": each.candidate or None,
                "clause": found.rules.clause(RULES[each.code]),
            }
            for each in found.warnings
        ],
    }


def as_json(found: Evaluation) -> Row:
    """The whole answer: the tables, the public lists under `public`, deadlines and readings."""
    tables = rows_of(found)
    public = {name: tables.pop(f"public_{name}") for name in (ADMISSION, EVALUATION)}
    other = found.apply_by.alternative_last_day
    return {
        "process": found.procedure.notice.process,
        "on": str(found.on),
        "application_deadline": str(found.apply_by.last_day),
        "application_deadline_alternative": other and str(other),
        **tables,
        "public": public,
        "readings": dict(found.rules.readings),
    }


def _state(each: ListState) -> Row:
    hearing = each.hearing
    days = {
        "published": each.published,
        "title": each.title,
        "hearing_until": hearing.until,
        "law_until": hearing.law_until,
        "alternative": hearing.alternative,
        "final_from": each.final_from,
    }
    row = {name: None if day is None else str(day) for name, day in days.items()}
    return {"list": each.list, "state": each.state, **row, "blocks": [*each.blocks]}


def _row(each: Any, columns: tuple[str, ...]) -> Row:
    values = {name: getattr(each, name) for name in columns}
    for name in ("exact", "score"):
        if values.get(name) is not None:
            values[name] = written(values[name])
    return values


def all_tables(found: Evaluation) -> dict[str, pl.DataFrame]:
    """The tables as frames; `blocks` joined by commas."""
    tables = rows_of(found)
    for row in tables["lists"]:
        row["blocks"] = ", ".join(row["blocks"]) or None
    return {
        name: pl.DataFrame(
            rows, {column: KINDS.get(column, pl.String) for column in COLUMNS[name]}, orient="row"
        )
        for name, rows in tables.items()
    }


def write_results(found: Evaluation, inputs: Mapping[str, pl.DataFrame], folder: Path) -> None:
    """Fill an empty folder: tables as canonical CSV, inputs as Parquet, the manifest last."""
    outputs = write_tables(all_tables(found), folder)
    given = write_inputs(inputs, folder)
    write_manifest(manifest_of(found) | {"outputs": outputs, "inputs": given}, folder)


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
