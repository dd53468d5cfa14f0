"""Tables of seats and of movements from files to rows, with every problem at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from portaria.core.edition import Edition
from portaria.core.problem import Problem, errors
from portaria.regulations.access.seat_limits import check
from portaria.regulations.access.seat_limits.outcome import Movement, Programme
from portaria.regulations.access.seat_limits.schemas import TABLES, Movements
from portaria.tables.folder import read_table

PROOFS = ("leftovers_insufficient", "more_candidates", "resources_exist")


def read_seats(path: Path, edition: Edition) -> tuple[list[Programme] | None, list[Problem]]:
    """The programmes of a table and its problems; no programmes where one is an error."""
    frame, problems = read_table(path, TABLES[edition.value("basis")])
    if frame is None:
        return None, problems
    problems = [*problems, *check.seats(edition, path.name, frame, problems)]
    return (None if errors(problems) else list(_programmes(frame))), problems


def _programmes(frame: pl.DataFrame) -> Iterator[Programme]:
    for row in frame.iter_rows(named=True):
        yield Programme(
            programme=row["programme"],
            institution=row["institution"],
            kind=row["kind"],
            general_seats=row["general_seats"],
            special_seats=row["special_seats"],
            over23_seats=row["over23_seats"],
            outside_scope=row["outside_scope"],
            leftover_seats=row["leftover_seats"] or 0,
            authorised_increase=bool(row["authorised_increase"]),
            authorised_seats=row.get("authorised_seats"),
            proofs=_proofs(row),
            lma=row.get("lma"),
            special_regime_seats=row.get("special_regime_seats"),
        )


def _proofs(row: dict[str, Any]) -> dict[str, bool] | None:
    """What a row says of the three conditions: one that is told leaves the silent ones unproved."""
    told = {name: row.get(name) for name in PROOFS}
    if all(value is None for value in told.values()):
        return None
    return {name: value is True for name, value in told.items()}


def read_movements(
    path: Path, rows: list[Programme] | None
) -> tuple[list[Movement] | None, list[Problem]]:
    """The movements wanted between the programmes of `rows`; None where one is an error.

    Where the table of seats could not be read, its programmes are unknown: nobody is told so again.
    """
    frame, problems = read_table(path, Movements)
    if frame is None:
        return None, problems
    if rows is None:
        return None, problems
    institutions = {row.programme: row.institution for row in rows}
    problems = [*problems, *check.movements(path.name, frame, institutions)]
    if errors(problems):
        return None, problems
    return [
        Movement(
            row["programme"], institutions[row["programme"]], row["modality"], row["unfilled"],
            row["to_programme"], institutions[row["to_programme"]], row["to_modality"],
            row["seats"],
        )
        for row in frame.iter_rows(named=True)
    ], problems  # fmt: skip
