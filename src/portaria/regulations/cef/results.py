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
from portaria.tables.recorded import is_of_kind, write_inputs, write_manifest, write_tables
from portaria.tables.result import sha256

KIND = "cef-evaluation"
SETTINGS_FILE = "inputs/settings.json"


def all_tables(evaluation: Evaluation) -> dict[str, pl.DataFrame]:
    """The tables of results by name, with the `warnings`; a folder of one class has no `class`."""
    warnings = warning_table(evaluation)
    if not evaluation.course.many:
        warnings = warnings.drop("class")
    return result_tables(evaluation) | {"warnings": warnings}


def write_results(evaluation: Evaluation, tables: Mapping[str, pl.DataFrame], folder: Path) -> None:
    """Fill an empty folder: tables as canonical CSV, inputs as Parquet, the manifest last."""
    outputs = write_tables(tables, folder)
    frames = {"classes": evaluation.course.classes, **evaluation.course.frames}
    inputs = write_inputs(frames, folder)
    path = folder / SETTINGS_FILE
    path.write_text(json.dumps(settings_of(evaluation), indent=1) + "\n", encoding="utf-8")
    parts = {"outputs": outputs, "inputs": inputs, "settings": {"sha256": sha256(path)}}
    write_manifest(manifest_of(evaluation) | parts, folder)


def settings_of(evaluation: Evaluation) -> dict[str, Any]:
    """What was asked besides the tables; days in ISO."""
    course = evaluation.course
    return {
        "on": str(evaluation.on),
        "readings": dict(course.rules.readings),
        "level_cutoffs": list(course.cutoffs),
        "municipal_holidays": sorted(map(str, course.municipal)),
        "closures": sorted(map(str, course.closures)),
    }


def manifest_of(evaluation: Evaluation) -> dict[str, Any]:
    """What the results rest on besides their inputs."""
    edition = evaluation.course.rules.edition
    return {
        "kind": KIND,
        "version": __version__,
        "edition": edition.name,
        "edition_title": edition.title,
        "edition_sha256": edition.sha256,
        **settings_of(evaluation),
    }


def is_evaluation(folder: Path) -> bool:
    """Whether a folder was written by `write_results`."""
    return is_of_kind(folder, KIND)
