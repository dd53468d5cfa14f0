"""The small tables that procedures read beside the results, with every problem of them."""

from __future__ import annotations

from pathlib import Path

import dataframely as dy
import polars as pl

from portaria.core.errors import InputError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem, errors
from portaria.regulations.access.schemas import Adjustments, Enrolments
from portaria.tables.folder import read_table
from portaria.tables.schema import OPTIONAL, SOURCE_ROW, Table, flag

UNUSABLE = declare("procedure-table-wrong", "The table {path} cannot be used.")


class Moves(Table):
    """Where each enrolled student would be relocated, and who agrees (55/2/c-d, 55/3).

    `origin_consents` may be missing: the institution of origin starts the procedure itself.
    """

    candidate = dy.String(primary_key=True)
    programme = dy.String()
    student_consents = flag()
    institution_consents = flag()
    origin_consents = dy.Bool(nullable=True, metadata=OPTIONAL)


class Vacancies(Table):
    """Seats free at a programme after the last phase, as its institution counts them."""

    programme = dy.String(primary_key=True)
    seats = dy.Integer(min=0, max=1_000_000)


def read(path: Path, schema: type[Table], warnings: list[Problem] | None = None) -> pl.DataFrame:
    """One table with its source rows; InputError with every problem where it has errors.

    What is only worth a warning is added to `warnings`.
    """
    frame, problems = read_table(path, schema)
    if frame is None or errors(problems):
        raise InputError(Message(UNUSABLE, {"path": str(path)}), problems)
    if warnings is not None:
        warnings += problems
    return frame


def read_enrolments(
    path: Path | None, warnings: list[Problem] | None = None
) -> pl.DataFrame | None:
    """The table `enrolments`, where it is given."""
    return None if path is None else read(path, Enrolments, warnings).drop(SOURCE_ROW)


def read_adjustments(
    path: Path | None, warnings: list[Problem] | None = None
) -> pl.DataFrame | None:
    """The table `adjustments`, where it is given."""
    return None if path is None else read(path, Adjustments, warnings).drop(SOURCE_ROW)


def is_enrolled(enrolments: pl.DataFrame | None, candidate: str) -> bool | None:
    """Whether a candidate is enrolled, by the table; None where no table was given."""
    if enrolments is None:
        return None
    rows = enrolments.filter(pl.col("candidate") == candidate)
    return rows.height > 0 and bool(rows["enrolled"][0]) and not rows["cancelled"][0]


def moved_to(enrolments: pl.DataFrame | None, candidate: str) -> str | None:
    """Where an exchange or a rectification has moved her, by the table; None where none has."""
    if enrolments is None:
        return None
    found = enrolments.filter(pl.col("candidate") == candidate)["programme"]
    return found[0] if len(found) else None
