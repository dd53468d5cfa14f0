"""The folder of the next phase: what a result leaves, ready for the applications to come."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from portaria.core.edition import Edition
from portaria.regulations.access.contest import EDITION_COPY, Contest
from portaria.regulations.access.folder import Results
from portaria.regulations.access.later.holders import former_seats
from portaria.regulations.access.later.terms import seat_terms
from portaria.regulations.access.schemas import PREVIOUS, PREVIOUS_TABLES, TABLES, later_tables
from portaria.regulations.access.settings import (
    SETTINGS,
    edition_names,
    find_edition,
)
from portaria.tables.canonical import write_csv
from portaria.tables.schema import columns_of

PEOPLE = ("candidates", "options")
REGISTERS = ("exams", "prerequisites")


FIRST_LINE = "# Written by portaria access next; --replace replaces only folders that begin so.\n"


def is_next(folder: Path) -> bool:
    """Whether a folder is a phase that `prepare` wrote."""
    try:
        return (folder / SETTINGS).read_text(encoding="utf-8").startswith(FIRST_LINE)
    except (OSError, UnicodeDecodeError):
        return False


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
    table to fill in, one row a holder, and no terms; without `opened`, phase 3 has one too, with
    the most that each programme may open.
    """
    contest = results.inputs()
    phase = contest.phase + 1
    _settings(contest, folder, phase)
    for name, frame in contest.whole.items():
        if name in TABLES and name not in PEOPLE:
            write_csv(frame, folder / f"{name}.csv")
    for name in PEOPLE:
        write_csv(contest.whole[name].clear(), folder / f"{name}.csv")
    for name, frame in (people or {}).items():
        write_csv(frame, folder / f"{name}.csv")
    (folder / PREVIOUS).mkdir()
    for name in PREVIOUS_TABLES:
        shutil.copyfile(results.folder / f"{name}.csv", folder / PREVIOUS / f"{name}.csv")
    columns = columns_of(later_tables(phase)["adjustments"].schema)
    write_csv(pl.DataFrame(schema=dict.fromkeys(columns, pl.String)), folder / "adjustments.csv")
    if enrolments is None:
        write_csv(_to_fill_in(results), folder / "enrolments.csv")
        return None
    write_csv(enrolments, folder / "enrolments.csv")
    terms = next_terms(results, contest, enrolments)
    if phase == 3:
        write_csv(_may_open(terms) if opened is None else opened, folder / "opened.csv")
    return terms


def next_terms(results: Results, contest: Contest, enrolments: pl.DataFrame) -> pl.DataFrame:
    """`seat_terms` of the phase after `results`, before any rectification."""
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
    nothing = {
        "adjustments": pl.DataFrame(
            schema={"programme": pl.String, "vl2": pl.Int64, "vr": pl.Int64}
        ),
        "opened": pl.DataFrame(schema={"programme": pl.String, "seats": pl.Int64}),
    }
    tables = {**contest.tables, **before, **nothing, "enrolments": enrolments}
    following = replace(contest, phase=contest.phase + 1, tables=tables)
    return seat_terms(following, former_seats(following))


def _settings(contest: Contest, folder: Path, phase: int) -> None:
    """contest.toml, with the edition itself beside it where it is not one of the program's."""
    edition = contest.edition.name
    if not _packaged(contest.edition, folder):
        edition = EDITION_COPY
        (folder / edition).write_bytes(contest.edition.source)
    lines = [f'edition = "{edition}"', f"phase = {phase}"]
    policy = [
        f'{name} = "{choice}"'
        for name, choice in contest.readings.items()
        if choice != contest.edition.readings[name].default and name != "placement"
    ]
    if policy:
        lines += ["", "[policy]", *policy]
    (folder / SETTINGS).write_text(FIRST_LINE + "\n".join(lines) + "\n", encoding="utf-8")


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
    most = (pl.col("vs1") + pl.col("vsm") - pl.col("ve")).clip(lower_bound=0)
    return terms.select("programme", pl.lit(None, pl.String).alias("seats"), most=most).filter(
        pl.col("most") > 0
    )
