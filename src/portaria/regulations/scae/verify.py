"""Decide a load again from its stored facts, and compare (K2).

What cannot be decided again is left out: the W-REGENERATED findings (they need the ledger of later
months) and the digest of the whole ledger. Both stand under the hashes of the manifest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from portaria.core.errors import InputError, UsageError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.regulations.scae.layout import find_layout
from portaria.regulations.scae.layout import render as in_layout
from portaria.regulations.scae.load import make_load
from portaria.regulations.scae.results import MANIFEST, Made, decisions, manifest_of, result_tables
from portaria.regulations.scae.settings import edition
from portaria.regulations.scae.stored import DECISIONS, REPORTED, Stored
from portaria.tables.canonical import write_csv
from portaria.tables.recorded import changed_files, first_difference

Progress = Callable[[str, int, int], None]

DIFFERS = declare("scae-verify-differs", "deciding again from the stored facts gives another file")
OTHER_EDITION = declare(
    "scae-verify-edition",
    "the load was made under another edition of the rules than that of this program",
)
OTHER_WORDS = declare(
    "scae-verify-manifest", "deciding again gives another value of {key} than the manifest has"
)

REGENERATED = b"warning,W-REGENERATED,"
"""How a line of findings.csv begins that needs the ledger of later months."""
TAKEN = {"version", "inputs", "source", "outputs", "ledger_sha256", "layout", "edition_sha256"}
"""What a manifest says of where the load came from; nothing of it is decided."""


def verify(stored: Stored, scratch: Path, progress: Progress) -> list[Problem]:
    """Every difference between a folder, its manifest, and deciding again from its facts.

    scratch: an empty folder to write the second tables to. Nothing is decided from facts that are
    not those written: then only the files are named.
    """
    problems = changed_files(stored.folder, stored.hashes(), MANIFEST)
    if stored.manifest["edition_sha256"] != edition().sha256:
        return [*problems, Problem(MANIFEST, Message(OTHER_EDITION))]
    if any(problem.file.startswith("inputs/") for problem in problems):
        return problems
    try:
        made = decide_again(stored, progress)
    except InputError as error:
        return [*problems, *error.problems]
    tables = result_tables(made)
    problems += _tables(stored, tables, scratch)
    problems += _decisions(stored, made)
    problems += _layout_files(stored, tables)
    return problems + _words(stored, made, tables)


def decide_again(stored: Stored, progress: Progress) -> Made:
    """The load that the stored facts give; InputError where a fact is damaged.

    The last row of each record stands for the ledger: the rows of the month before are all there.
    """
    progress("read", 0, 1)
    run = stored.run(stored.facts())
    progress("scae-rules", 0, 1)
    load = make_load(run, run.reported, lambda name, rows: run.facts[name])
    manifest = stored.manifest
    return Made(
        run,
        load,
        run.reported,
        manifest["inputs"],
        manifest["source"],
        manifest["findings_language"],
    )


def _tables(stored: Stored, tables: Mapping[str, pl.DataFrame], scratch: Path) -> list[Problem]:
    """The tables that are another byte by byte, each with its first row that differs."""
    problems = []
    for name, frame in tables.items():
        again, path = scratch / f"{name}.csv", stored.folder / f"{name}.csv"
        write_csv(frame, again)
        if path.is_file() and (different := first_difference(path, again, (REGENERATED,))):
            problems.append(Problem(path.name, Message(DIFFERS), row=different))
    return problems


def _decisions(stored: Stored, made: Made) -> list[Problem]:
    """Another release of the library may write other bytes: the rows are compared."""
    name = f"{DECISIONS}.parquet"
    try:
        told = pl.read_parquet(stored.folder / name)
    except (OSError, pl.exceptions.PolarsError):
        return []  # told already: a file missing or changed
    return [] if told.equals(decisions(made)) else [Problem(name, Message(DIFFERS))]


def _layout_files(stored: Stored, tables: Mapping[str, pl.DataFrame]) -> list[Problem]:
    """The files for SCAE, where their layout comes with the program."""
    try:
        form = find_layout(stored.manifest["layout"]["name"])
    except (UsageError, InputError):
        return []
    month = stored.manifest["month"]
    files, _ = in_layout(form, tables["load"], tables["load_disciplines"], month)
    return [
        Problem(name, Message(DIFFERS))
        for name, content in files.items()
        if (path := stored.folder / name).is_file() and path.read_bytes() != content
    ]


def _words(stored: Stored, made: Made, tables: Mapping[str, pl.DataFrame]) -> list[Problem]:
    """What the manifest says of the load: counts, totals, rows of each file."""
    told: Mapping[str, Any] = stored.manifest
    again = manifest_of(made, tables, told["outputs"], told["facts"])
    wrong = [key for key in sorted(again) if key not in TAKEN and again[key] != told.get(key)]
    rows = {f"outputs.{name}": (told["outputs"], name, frame) for name, frame in tables.items()}
    if _regenerated(stored.folder / "findings.csv"):
        del rows["outputs.findings"]
    frames = dict(made.run.facts.frames)
    if made.run.reported is not None:
        frames[REPORTED] = made.run.reported
    rows |= {f"facts.{name}": (told["facts"], name, frame) for name, frame in frames.items()}
    wrong += [
        key for key, (part, name, frame) in rows.items() if part[name].get("rows") != frame.height
    ]
    return [Problem(MANIFEST, Message(OTHER_WORDS, {"key": key})) for key in wrong]


def _regenerated(path: Path) -> bool:
    """Whether an old month was made again and differed."""
    if not path.is_file():
        return False
    with path.open("rb") as lines:
        return any(line.startswith(REGENERATED) for line in lines)
