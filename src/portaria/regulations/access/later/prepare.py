"""The folder of the next phase: what a result leaves, ready for the applications to come."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from portaria.core.edition import Edition
from portaria.regulations.access.contest import EDITION_COPY, Contest, seats_decided
from portaria.regulations.access.folder import Results
from portaria.regulations.access.later.holders import former_seats
from portaria.regulations.access.later.terms import most_to_open, seat_terms
from portaria.regulations.access.schemas import PREVIOUS, PREVIOUS_TABLES, TABLES, later_tables
from portaria.regulations.access.settings import (
    SETTINGS,
    edition_names,
    find_edition,
)
from portaria.tables.canonical import write_csv
from portaria.tables.result import sha256
from portaria.tables.schema import columns_of

PEOPLE = ("candidates", "options")
CARRIED = tuple(name for name in TABLES if name not in PEOPLE)
"""The tables that go on to the next phase as they are."""
REGISTERS = ("exams", "prerequisites")


PREPARED = "prepared.json"
"""The hashes of what `prepare` wrote: a folder that somebody has filled in is not replaced."""


def is_next(folder: Path) -> bool:
    """Whether a folder is a phase that `prepare` wrote and nobody has touched."""
    try:
        written = json.loads((folder / PREPARED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(written == _hashes(folder))


def _hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != PREPARED
    }


def prepare(
    results: Results,
    folder: Path,
    enrolments: pl.DataFrame | None = None,
    people: Mapping[str, pl.DataFrame] | None = None,
    opened: pl.DataFrame | None = None,
) -> pl.DataFrame | None:
    """Write into `folder` the next phase's contest; the terms of its seats where they are known.

    Programmes and their rules are those of `results`; exams and prerequisites too, unless `people`
    brings its own (candidates, options, exams, prerequisites). Without `enrolments` there is a
    table to fill in, one row a holder, and no terms. Where institutions decide the seats and
    `opened` is not given, it has one row a programme with the most it may open, to be filled in;
    without `enrolments` the most is not known, and it has no row.
    """
    contest = results.inputs()
    phase = contest.phase + 1
    decided = seats_decided(contest.edition, phase)
    _settings(contest, folder, phase)
    tables = {n: frame for n, frame in contest.whole.items() if n in TABLES and n not in PEOPLE}
    tables |= {name: contest.whole[name].clear() for name in PEOPLE} | dict(people or {})
    for name in ("adjustments", "opened") if decided else ("adjustments",):
        columns = columns_of(later_tables(decided)[name].schema)
        tables[name] = pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
    terms = None
    if enrolments is None:
        tables["enrolments"] = _to_fill_in(results)
    else:
        tables["enrolments"] = enrolments.sort("candidate")
        terms = next_terms(results, contest, enrolments)
        if decided:
            tables["opened"] = _may_open(terms) if opened is None else opened
    for name, frame in tables.items():
        write_csv(frame, folder / f"{name}.csv")
    (folder / PREVIOUS).mkdir()
    for name in PREVIOUS_TABLES:
        shutil.copyfile(results.folder / f"{name}.csv", folder / PREVIOUS / f"{name}.csv")
    (folder / PREPARED).write_text(json.dumps(_hashes(folder), indent=1), encoding="utf-8")
    return terms


def next_terms(
    results: Results,
    contest: Contest,
    enrolments: pl.DataFrame,
    adjustments: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """`seat_terms` of the phase after `results`, with the `adjustments` of rectifications or
    before any. `contest`: the inputs of `results`."""
    every = pl.lit(True)
    seats = results.table("seats", every).select(
        "programme", pl.col("tie_extra", "leftover").cast(pl.Int64)
    )
    holders = results.table("holders", every).with_columns(pl.col("phase").cast(pl.Int64))
    before = {
        "previous_seats": seats,
        "previous_holders": holders,
        "previous_placements": results.table("placements", every),
    }
    if adjustments is None:
        adjustments = pl.DataFrame(schema={"programme": pl.String, "vl2": pl.Int64, "vr": pl.Int64})
    after = {
        "enrolments": enrolments,
        "adjustments": adjustments,
        "opened": pl.DataFrame(schema={"programme": pl.String, "seats": pl.Int64}),
    }
    tables = {**contest.tables, **before, **after}
    following = replace(contest, phase=contest.phase + 1, tables=tables)
    return seat_terms(following, former_seats(following))


def carried_readings(readings: Mapping[str, str]) -> dict[str, str]:
    """The readings that go on to the next phase: that of the placement is of phase 1 alone."""
    return {name: choice for name, choice in readings.items() if name != "placement"}


def _settings(contest: Contest, folder: Path, phase: int) -> None:
    """contest.toml, with the edition itself beside it where it is not one of the program's."""
    edition = contest.edition.name
    if not _packaged(contest.edition, folder):
        edition = EDITION_COPY
        (folder / edition).write_bytes(contest.edition.source)
    lines = [f'edition = "{edition}"', f"phase = {phase}"]
    policy = [
        f'{name} = "{choice}"'
        for name, choice in carried_readings(contest.readings).items()
        if choice != contest.edition.readings[name].default
    ]
    if policy:
        lines += ["", "[policy]", *policy]
    (folder / SETTINGS).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _packaged(edition: Edition, folder: Path) -> bool:
    known = edition.name in edition_names()
    return known and find_edition(edition.name, folder).sha256 == edition.sha256


def _to_fill_in(results: Results) -> pl.DataFrame:
    """One row a holder with an empty `enrolled`, which nobody can overlook: it is an error."""
    holders = results.table("holders", pl.lit(True))
    return holders.select(
        "candidate",
        pl.lit(None, pl.String).alias("enrolled"),
        pl.lit(None, pl.String).alias("programme"),
        pl.lit(None, pl.String).alias("cancelled"),
        pl.col("programme").alias("placed_at"),
    )


def _may_open(terms: pl.DataFrame) -> pl.DataFrame:
    """One row a programme that may be opened, its seats to be filled in, and the most (47/1)."""
    blank = pl.lit(None, pl.String).alias("seats")
    return terms.select("programme", blank, most=most_to_open()).filter(pl.col("most") > 0)
