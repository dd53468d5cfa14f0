"""The result folder of a class: its tables, the inputs they came from, the manifest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from portaria import __version__
from portaria.regulations.cef.evaluate import Evaluation, result_tables
from portaria.regulations.cef.warnings import warning_table
from portaria.tables.canonical import write_csv
from portaria.tables.result import sha256

MANIFEST = "manifest.json"
KIND = "cef-evaluation"


def all_tables(evaluation: Evaluation) -> dict[str, pl.DataFrame]:
    """The tables of results by name, with the `warnings`; a folder of one class has no `class`."""
    warnings = warning_table(evaluation)
    if not evaluation.course.many:
        warnings = warnings.drop("class")
    return result_tables(evaluation) | {"warnings": warnings}


def write_results(evaluation: Evaluation, tables: Mapping[str, pl.DataFrame], folder: Path) -> None:
    """Fill an empty folder: tables as canonical CSV, inputs as Parquet, the manifest last."""
    outputs = {}
    for name, frame in tables.items():
        write_csv(frame, folder / f"{name}.csv")
        outputs[name] = {"sha256": sha256(folder / f"{name}.csv"), "rows": frame.height}
    (folder / "inputs").mkdir()
    inputs = {}
    frames = {"classes": evaluation.course.classes, **evaluation.course.frames}
    for name, frame in sorted(frames.items()):
        path = folder / "inputs" / f"{name}.parquet"
        frame.write_parquet(path)
        inputs[name] = {"sha256": sha256(path), "rows": frame.height}
    manifest = manifest_of(evaluation) | {"outputs": outputs, "inputs": inputs}
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def manifest_of(evaluation: Evaluation) -> dict[str, Any]:
    """What the results rest on besides their inputs."""
    course = evaluation.course
    edition = course.rules.edition
    return {
        "kind": KIND,
        "version": __version__,
        "edition": edition.name,
        "edition_title": edition.title,
        "edition_sha256": edition.sha256,
        "readings": dict(course.rules.readings),
        "on": str(evaluation.on),
        "level_cutoffs": list(course.cutoffs),
        "municipal_holidays": sorted(map(str, course.municipal)),
        "closures": sorted(map(str, course.closures)),
    }


def is_evaluation(folder: Path) -> bool:
    """Whether a folder was written by `write_results`."""
    try:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(data, dict) and data.get("kind") == KIND
