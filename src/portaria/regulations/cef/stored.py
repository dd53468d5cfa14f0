"""A result folder opened again: explained or verified from itself alone."""

from __future__ import annotations

import json
import re
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
from portaria.regulations.cef.results import KIND, SETTINGS_FILE, all_tables, manifest_of
from portaria.regulations.cef.schemas import TABLES
from portaria.regulations.cef.settings import Settings, parse_settings
from portaria.tables.canonical import write_csv
from portaria.tables.raw import cut
from portaria.tables.recorded import CHANGED, MANIFEST, MISSING, changed_files, first_difference
from portaria.tables.result import sha256

NOT_RESULTS = declare(
    "cef-not-results", "{path} is not a folder of results that `cef evaluate` wrote"
)
OTHER_EDITION = declare(
    "cef-other-edition",
    "the results were made under another edition of the rules than that of this program",
)
DAMAGED = declare("cef-results-damaged", "The results are damaged: {file}.")
NO_INPUT = declare("cef-results-no-input", "the inputs have no table {table}")
UNUSABLE = declare("cef-results-unusable", "the file cannot be used: {detail}")
DIFFERS = declare("cef-results-differ", "evaluating the recorded inputs again gives another file")
OTHER_WORDS = declare(
    "cef-results-manifest", "evaluating again gives another value of {key} than the manifest has"
)
NAME = re.compile("[a-z_]+")
"""Names of tables: a manifest points to nothing outside its folder."""
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
            names = [*manifest["outputs"], *manifest["inputs"]]
            if manifest["kind"] != KIND or not all(map(NAME.fullmatch, names)):
                raise KeyError(KIND)
            stored = cls(folder, manifest)
            stored.hashes()
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise UsageError(Message(NOT_RESULTS, {"path": str(folder)})) from error
        return stored

    def hashes(self) -> dict[str, str]:
        """Every file of the folder, the manifest apart, with the SHA-256 that was written."""
        manifest = self.manifest
        tables = {f"{name}.csv": row["sha256"] for name, row in manifest["outputs"].items()}
        inputs = manifest["inputs"].items()
        given = {f"inputs/{name}.parquet": row["sha256"] for name, row in inputs}
        return {**tables, **given, SETTINGS_FILE: manifest["settings"]["sha256"]}

    def evaluation(self, name: str | None = None) -> Evaluation:
        """What the recorded inputs give, of the class `name` alone or of all.

        InputError where an input is missing or not the one that was written, or the edition is
        another.
        """
        if self.manifest["edition_sha256"] != CEF.edition.sha256:
            raise _damaged(MANIFEST, Message(OTHER_EDITION))
        required = {table for table, spec in TABLES.items() if spec.required} | {"classes"}
        if lost := sorted(required - set(self.manifest["inputs"])):
            raise _damaged(MANIFEST, Message(NO_INPUT, {"table": lost[0]}))
        frames = {table: self._input(table, name) for table in self.manifest["inputs"]}
        given, on = self._settings()
        course = Course(
            rules=given.rules,
            cutoffs=given.cutoffs,
            municipal=given.municipal,
            closures=given.closures,
            classes=frames.pop("classes"),
            frames=frames,
        )
        return evaluate(course, on)

    def classes_of(self, student: str) -> list[str]:
        """The classes that a student is in; InputError where the table is damaged."""
        rows = self._input("students", None)
        return rows.filter(pl.col("student") == student)["class"].to_list()

    def _settings(self) -> tuple[Settings, date]:
        """What was asked besides the tables, and the day."""
        self._prove(SETTINGS_FILE)
        try:
            given = json.loads((self.folder / SETTINGS_FILE).read_text(encoding="utf-8"))
            on = date.fromisoformat(given.pop("on"))
            given["policy"] = given.pop("readings")
            for name in ("municipal_holidays", "closures"):
                given[name] = [date.fromisoformat(day) for day in given[name]]
            settings, problems = parse_settings(given, classes=True)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            detail = Message(UNUSABLE, {"detail": cut(error)})
            raise _damaged(SETTINGS_FILE, detail) from error
        if settings is None:
            raise _damaged(SETTINGS_FILE, problems[0].message)
        return settings, on

    def _input(self, table: str, name: str | None) -> pl.DataFrame:
        file = f"inputs/{table}.parquet"
        self._prove(file)
        try:
            rows = pl.scan_parquet(self.folder / file)
            if name is not None:
                rows = rows.filter(pl.col("class") == name)
            return rows.collect()
        except (OSError, pl.exceptions.PolarsError) as error:
            raise _damaged(file, Message(UNUSABLE, {"detail": cut(error)})) from error

    def _prove(self, file: str) -> None:
        """InputError where a file is not the one that was written."""
        path = self.folder / file
        if not path.is_file():
            raise _damaged(file, Message(MISSING))
        if sha256(path) != self.hashes()[file]:
            raise _damaged(file, Message(CHANGED))


def _damaged(file: str, message: Message) -> InputError:
    return InputError(Message(DAMAGED, {"file": file}), [Problem(file, message)])


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
    wrong = [key for key in told if key not in TAKEN and told[key] != stored.manifest.get(key)]
    inputs = {"classes": evaluation.course.classes, **evaluation.course.frames}
    for part, frames in (("outputs", tables), ("inputs", inputs)):
        rows = {name: row.get("rows") for name, row in stored.manifest[part].items()}
        wrong += [f"{part}.{name}" for name in frames if rows.get(name) != frames[name].height]
    return problems + [Problem(MANIFEST, Message(OTHER_WORDS, {"key": key})) for key in wrong]
