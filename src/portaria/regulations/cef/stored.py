"""A result folder opened again: explained or verified from itself alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from portaria.core.errors import InputError, UsageError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.regulations.cef.course import Course
from portaria.regulations.cef.evaluate import Evaluation, evaluate
from portaria.regulations.cef.regulation import CEF
from portaria.regulations.cef.results import KIND, all_tables, manifest_of
from portaria.tables.canonical import write_csv
from portaria.tables.raw import cut
from portaria.tables.recorded import MANIFEST, changed_files, first_difference

NOT_RESULTS = declare(
    "cef-not-results", "{path} is not a folder of results that `cef evaluate` wrote"
)
OTHER_EDITION = declare(
    "cef-other-edition",
    "the results were made under another edition of the rules than that of this program",
)
DAMAGED = declare("cef-results-damaged", "The results are damaged: {file}.")
UNUSABLE = declare("cef-results-unusable", "the file cannot be used: {detail}")
DIFFERS = declare("cef-results-differ", "evaluating the recorded inputs again gives another file")
OTHER_WORDS = declare(
    "cef-results-manifest", "evaluating again gives another value of {key} than the manifest has"
)
TAKEN = {"version"}
"""What a manifest says that nothing decides: another release may give the same results."""


@dataclass(frozen=True)
class Stored:
    """A folder of `evaluate` with its manifest."""

    folder: Path
    manifest: Mapping[str, Any]

    @classmethod
    def open(cls, folder: Path) -> Stored:
        """UsageError where the folder is not one that `evaluate` wrote."""
        try:
            manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            if manifest["kind"] != KIND:
                raise KeyError(KIND)
            stored = cls(folder, manifest)
            stored.hashes()
            if manifest["edition_sha256"] == CEF.edition.sha256:
                stored.course_of({})
        except (OSError, ValueError, LookupError, TypeError, AttributeError, UsageError) as error:
            raise UsageError(Message(NOT_RESULTS, {"path": str(folder)})) from error
        return stored

    def hashes(self) -> dict[str, str]:
        """Every file of the folder, the manifest apart, with the SHA-256 that was written."""
        manifest = self.manifest
        tables = {f"{name}.csv": row["sha256"] for name, row in manifest["outputs"].items()}
        inputs = manifest["inputs"].items()
        return tables | {f"inputs/{name}.parquet": row["sha256"] for name, row in inputs}

    @property
    def on(self) -> date:
        """The day of the answer."""
        return date.fromisoformat(self.manifest["on"])

    def course_of(self, frames: Mapping[str, pl.DataFrame]) -> Course:
        """The course of recorded frames, under what the manifest says."""
        told = self.manifest
        return Course(
            rules=CEF.rule_set(told["readings"]),
            cutoffs=tuple(told["level_cutoffs"]),
            municipal=frozenset(map(date.fromisoformat, told["municipal_holidays"])),
            closures=frozenset(map(date.fromisoformat, told["closures"])),
            classes=frames.get("classes", pl.DataFrame()),
            frames={name: frame for name, frame in frames.items() if name != "classes"},
        )

    def evaluation(self, name: str | None = None) -> Evaluation:
        """What the recorded inputs give, of the class `name` alone or of all.

        InputError where an input is missing or damaged, or the edition is another.
        """
        if self.manifest["edition_sha256"] != CEF.edition.sha256:
            problem = Problem(MANIFEST, Message(OTHER_EDITION))
            raise InputError(Message(DAMAGED, {"file": MANIFEST}), [problem])
        frames = {table: self._input(table, name) for table in self.manifest["inputs"]}
        return evaluate(self.course_of(frames), self.on)

    def classes_of(self, student: str) -> list[str]:
        """The classes that a student is in; InputError where the table is damaged."""
        rows = self._input("students", None)
        return rows.filter(pl.col("student") == student)["class"].to_list()

    def _input(self, table: str, name: str | None) -> pl.DataFrame:
        file = f"inputs/{table}.parquet"
        try:
            rows = pl.scan_parquet(self.folder / file)
            if name is not None:
                rows = rows.filter(pl.col("class") == name)
            return rows.collect()
        except (OSError, pl.exceptions.PolarsError) as error:
            problem = Problem(file, Message(UNUSABLE, {"detail": cut(error)}))
            raise InputError(Message(DAMAGED, {"file": file}), [problem]) from error


def verify(stored: Stored, scratch: Path) -> list[Problem]:
    """Every difference between a folder, its manifest, and evaluating its inputs again; scratch: an
    empty folder to write the second tables to. Changed inputs are named, not evaluated."""
    problems = changed_files(stored.folder, stored.hashes(), MANIFEST)
    if any(problem.file.startswith("inputs/") for problem in problems):
        return problems
    try:
        evaluation = stored.evaluation()
    except InputError as error:
        return [*problems, *error.problems]
    tables = all_tables(evaluation)
    for name, frame in tables.items():
        again, path = scratch / f"{name}.csv", stored.folder / f"{name}.csv"
        write_csv(frame, again)
        if path.is_file() and (row := first_difference(path, again)):
            problems.append(Problem(path.name, Message(DIFFERS), row=row))
    told = manifest_of(evaluation)
    rows = {name: frame.height for name, frame in tables.items()}
    wrong = [key for key in told if key not in TAKEN and told[key] != stored.manifest.get(key)]
    outputs = stored.manifest["outputs"]
    wrong += [f"outputs.{name}" for name in rows if outputs.get(name, {}).get("rows") != rows[name]]
    return problems + [Problem(MANIFEST, Message(OTHER_WORDS, {"key": key})) for key in wrong]
