"""The result folder of a class: its tables, the inputs they came from, the manifest."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from portaria import __version__
from portaria.regulations.cef.evaluate import Evaluation, result_tables
from portaria.regulations.cef.warnings import warning_table
from portaria.tables.recorded import is_of_kind, write_inputs, write_manifest, write_tables

KIND = "cef-evaluation"


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
    write_manifest(manifest_of(evaluation) | {"outputs": outputs, "inputs": inputs}, folder)


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
    return is_of_kind(folder, KIND)
