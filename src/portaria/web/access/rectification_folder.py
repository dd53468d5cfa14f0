"""The folder of a rectification: her corrected rows, the corrected contest, and its manifest."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from portaria import __version__
from portaria.regulations.access.folder import MANIFEST, Results, write_results
from portaria.regulations.access.placement import place
from portaria.regulations.access.procedures.patch import Patch, corrected, read_patch
from portaria.regulations.access.results import result_tables
from portaria.tables.result import sha256
from portaria.web.access.rectifications import columns


def write_patch(draft: Path, given: Mapping[str, Any]) -> Patch:
    """Her corrected rows, written and read as any correction; InputError with its problems."""
    folder = draft / "patch"
    folder.mkdir()
    for name, rows in given["patch"].items():
        cells = [{column: row.get(column) or None for column in columns(name)} for row in rows]
        schema = dict.fromkeys(columns(name), pl.String)
        pl.DataFrame(cells, schema=schema).write_csv(folder / f"{name}.csv")
    return read_patch(folder, given["candidate"])


def write_corrected(
    opened: Results, patch: Patch, folder: Path
) -> tuple[dict[str, pl.DataFrame], Any]:
    """The result of the corrected contest, written into `folder`."""
    clock = time.perf_counter()
    inputs = corrected(opened.inputs(), patch)
    # The user's own columns are of the rows as they were: the corrected contest has none.
    inputs = type(inputs)(
        inputs.edition, inputs.phase, inputs.readings, inputs.tables, dict(inputs.tables)
    )
    placed = place(inputs)
    tables = dict(result_tables(placed))
    folder.mkdir()
    write_results(placed, tables, folder, {"place": time.perf_counter() - clock})
    return tables, inputs


def write_manifest(draft: Path) -> None:
    """The hash of every other file of the folder."""
    files = sorted(path for path in draft.rglob("*") if path.is_file())
    told = {
        "program": "portaria",
        "version": __version__,
        "kind": "rectification",
        "files": {path.relative_to(draft).as_posix(): sha256(path) for path in files},
    }
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    (draft / MANIFEST).write_text(text, encoding="utf-8")
