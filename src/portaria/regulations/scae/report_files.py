"""The files of a result folder, as a summary reads them: whole, or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from portaria.core.errors import InputError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.tables.recorded import CHANGED, MISSING
from portaria.tables.result import sha256

MANIFEST = "manifest.json"
NEEDED = {
    "month", "status", "state", "filters", "edition", "edition_title", "language", "version",
    "rules_version", "mapping_version", "readings", "outputs", "counts", "previous_month",
}  # fmt: skip

NOT_A_LOAD = declare(
    "scae-report-no-load",
    "{path} is not a folder of results of scae extract (it has no readable manifest.json)",
)
DAMAGED = declare("scae-report-damaged", "The results are damaged: {file}.")


@dataclass(frozen=True)
class Files:
    """A result folder with its manifest."""

    folder: Path
    manifest: Mapping[str, Any]

    @classmethod
    def open(cls, folder: Path) -> Files:
        """InputError where the folder has no manifest of an extraction."""
        try:
            manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(Message(NOT_A_LOAD, {"path": str(folder)})) from error
        if not isinstance(manifest, dict) or not manifest.keys() >= NEEDED:
            raise InputError(Message(NOT_A_LOAD, {"path": str(folder)}))
        return cls(folder, manifest)

    def table(self, name: str, columns: Sequence[str]) -> pl.DataFrame:
        """Some columns of NAME.csv, all text, empty cells null.

        InputError where the file is missing or has another hash than its manifest: the summary
        says at its foot which load it was made from, and that must be so.
        """
        path = self.folder / f"{name}.csv"
        try:
            digest = sha256(path)
        except OSError as error:
            raise _damaged(path.name, MISSING) from error
        if digest != self.manifest["outputs"].get(name, {}).get("sha256"):
            raise _damaged(path.name, CHANGED)
        return pl.scan_csv(path, infer_schema=False).select(*columns).collect()


def _damaged(file: str, code: str) -> InputError:
    return InputError(Message(DAMAGED, {"file": file}), [Problem(file, Message(code))])
