"""The folder of a result: written whole, opened again, verified from itself alone.

RESULTS/placements.csv ...   the tables of `results.py`, canonical CSV
RESULTS/inputs/*.parquet     the canonical inputs, with a copy of the edition
RESULTS/manifest.json        versions, edition, readings, hashes and row counts, durations
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from portaria import __version__
from portaria.core.errors import InputError, PortariaError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.regulations.access.contest import EDITION_COPY, Contest, read_inputs
from portaria.regulations.access.placement import Placement, place
from portaria.regulations.access.results import result_tables
from portaria.regulations.access.settings import SETTINGS
from portaria.tables.canonical import write_csv
from portaria.tables.raw import cut
from portaria.tables.recorded import CHANGED, changed_files, first_difference
from portaria.tables.result import sha256

RULES_VERSION = "1"
"""Rises when a change of the rules would change a published decision; see CHANGELOG."""

PROGRAM = "portaria"
MANIFEST = "manifest.json"

NOT_A_RESULT = declare(
    "not-a-result", "{path} is not a folder of results (it has no readable manifest.json)"
)
OTHER_ROWS = declare("result-other-rows", "the manifest counts other rows than the file has")
FILE_DAMAGED = declare("result-file-damaged", "the file cannot be used: {detail}")
RESULTS_DAMAGED = declare("results-damaged", "The results are damaged: {file}.")
PLACED_AGAIN_DIFFERS = declare(
    "placed-again-differs", "placing again from the recorded inputs gives another file"
)


@dataclass(frozen=True)
class Results:
    """An opened result folder. Tables are read as text, exact numbers untouched."""

    folder: Path
    manifest: Mapping[str, Any]

    def table(self, name: str, where: pl.Expr) -> pl.DataFrame:
        """The rows of a result table that `where` keeps, every column as text.

        InputError where the file is missing or is not such a table.
        """
        path = self.folder / f"{name}.csv"
        try:
            return pl.scan_csv(path, infer_schema=False).filter(where).collect()
        except (OSError, pl.exceptions.PolarsError) as error:
            raise _damaged(path.name, error) from error

    def inputs(self) -> Contest:
        """The contest that was placed; InputError where a recorded input is damaged."""
        for name in (EDITION_COPY, *(f"{name}.parquet" for name in self.manifest["inputs"])):
            if not (self.folder / "inputs" / name).is_file():
                raise _damaged(f"inputs/{name}", FileNotFoundError("missing"))
        try:
            return read_inputs(self.folder, self.manifest)
        except (
            OSError, PortariaError, pl.exceptions.PolarsError, pl.exceptions.PanicException
        ) as error:  # fmt: skip
            raise _damaged(self._culprit(), error) from error

    def _culprit(self) -> str:
        """The recorded input that is no longer what was written."""
        for name, digest in self.expected().items():
            path = self.folder / name
            if name.startswith("inputs/") and (not path.is_file() or sha256(path) != digest):
                return name
        return MANIFEST

    def expected(self) -> dict[str, str]:
        """Every file of the result with the hash that the manifest gives it."""
        manifest = self.manifest
        return {
            **{f"{name}.csv": row["sha256"] for name, row in manifest["outputs"].items()},
            **{
                f"inputs/{name}.parquet": row["canonical_sha256"]
                for name, row in manifest["inputs"].items()
            },
            f"inputs/{EDITION_COPY}": manifest["settings"]["edition_sha256"],
        }


def _damaged(name: str, error: BaseException) -> InputError:
    problem = Problem(name, Message(FILE_DAMAGED, {"detail": cut(error)}))
    return InputError(Message(RESULTS_DAMAGED, {"file": name}), [problem])


def is_result(folder: Path) -> bool:
    """Whether a folder is a result that this program wrote."""
    try:
        return bool(open_results(folder))
    except InputError:
        return False


def open_results(folder: Path) -> Results:
    """Open a result folder; InputError where it is none."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        results = Results(folder, manifest)
        results.expected()
        known = manifest["program"] == PROGRAM and manifest["readings"] and manifest["edition"]
        if not known or not isinstance(manifest["phase"], int):
            raise KeyError(MANIFEST)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise InputError(Message(NOT_A_RESULT, {"path": str(folder)})) from None
    return results


def write_results(
    placement: Placement,
    tables: Mapping[str, pl.DataFrame],
    folder: Path,
    durations: Mapping[str, float],
) -> None:
    """Write everything into `folder`, which a caller makes appear whole (`whole_folder`)."""
    contest = placement.contest
    inputs = folder / "inputs"
    inputs.mkdir()
    for name, frame in contest.whole.items():
        frame.write_parquet(inputs / f"{name}.parquet")
    (inputs / EDITION_COPY).write_bytes(contest.edition.source)
    for name, frame in tables.items():
        write_csv(frame, folder / f"{name}.csv")
    manifest = _manifest(placement, tables, folder, durations)
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


TOLD = ("edition", "edition_title", "texts", "language", "phase", "readings", "placement")
"""What a manifest tells of the placement itself; `verify` derives it again."""


def _told(placement: Placement, tables: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    contest = placement.contest
    programmes = contest.tables["programmes"]["programme"]
    candidates = contest.tables["candidates"]["candidate"]
    rows = {f"inputs/{name}.parquet": frame.height for name, frame in contest.whole.items()}
    rows |= {f"{name}.csv": frame.height for name, frame in tables.items()}
    return {
        "edition": contest.edition.name,
        "edition_title": contest.edition.title,
        "texts": sorted(contest.edition.texts),
        "language": contest.edition.language,
        "phase": contest.phase,
        "readings": dict(contest.readings),
        "placement": {
            "rounds_of_further_seats": len(placement.further),
            "programmes_with_a_seat_too_many": [
                programmes[index] for index in placement.seat_too_many
            ],
            "candidates_in_deadlock": [candidates[index] for index in placement.deadlocked],
        },
        "rows": rows,
    }


def _manifest(
    placement: Placement,
    tables: Mapping[str, pl.DataFrame],
    folder: Path,
    durations: Mapping[str, float],
) -> dict[str, Any]:
    contest = placement.contest
    told = _told(placement, tables)
    return {
        "program": PROGRAM,
        "version": __version__,
        "rules_version": RULES_VERSION,
        **{name: told[name] for name in TOLD},
        "inputs": {
            name: _input_entry(folder, name, frame, contest)
            for name, frame in contest.whole.items()
        },
        "settings": {
            "edition_sha256": contest.edition.sha256,
            "contest_sha256": _source_hash(contest, SETTINGS),
        },
        "outputs": {
            name: {"sha256": sha256(folder / f"{name}.csv"), "rows": frame.height}
            for name, frame in tables.items()
        },
        "durations": {stage: round(seconds, 3) for stage, seconds in durations.items()},
    }


def _input_entry(folder: Path, name: str, frame: pl.DataFrame, contest: Contest) -> dict[str, Any]:
    source = contest.files.get(name)
    return {
        "file": source.name if source else None,
        "sha256": sha256(source) if source else None,
        "rows": frame.height,
        "canonical_sha256": sha256(folder / "inputs" / f"{name}.parquet"),
    }


def _source_hash(contest: Contest, name: str) -> str | None:
    source = contest.files.get(name)
    return sha256(source) if source else None


def refuse_changed(results: Results) -> None:
    """InputError with every file that is missing, changed or added since the manifest was written.

    For whoever builds on a result: what explains or shows it may be read all the same.
    """
    if problems := changed_files(results.folder, results.expected(), MANIFEST):
        raise InputError(Message(RESULTS_DAMAGED, {"file": problems[0].file}), problems)


def verify(results: Results, scratch: Path) -> list[Problem]:
    """Every difference between `results`, its manifest, and placing again from its inputs.

    `scratch`: an empty folder to write the second placement to.
    """
    problems = changed_files(results.folder, results.expected(), MANIFEST)
    if any(p.file.startswith("inputs/") for p in problems):
        return problems
    try:
        contest = results.inputs()
    except InputError as error:
        return [*problems, *error.problems]
    placed = place(contest)
    tables = result_tables(placed)
    told, rows = _told(placed, tables), _rows(results.manifest)
    if any(results.manifest.get(name) != told[name] for name in TOLD):
        problems.append(Problem(MANIFEST, Message(CHANGED)))
    problems += [
        Problem(name, Message(OTHER_ROWS))
        for name, count in told["rows"].items()
        if rows.get(name) != count
    ]
    for name, frame in tables.items():
        again = scratch / f"{name}.csv"
        write_csv(frame, again)
        path = results.folder / again.name
        if path.is_file() and (row := first_difference(path, again)):
            problems.append(Problem(again.name, Message(PLACED_AGAIN_DIFFERS), row=row))
    return problems


def _rows(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """The row counts that a manifest gives, by file."""
    rows = {f"inputs/{name}.parquet": row.get("rows") for name, row in manifest["inputs"].items()}
    return rows | {f"{name}.csv": row.get("rows") for name, row in manifest["outputs"].items()}
