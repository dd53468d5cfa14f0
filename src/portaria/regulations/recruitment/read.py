"""A folder made one procedure, or every problem of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl

from portaria.core.problem import Problem, errors
from portaria.regulations.recruitment.check import check
from portaria.regulations.recruitment.checked import Checked
from portaria.regulations.recruitment.model import (
    Answer,
    Candidate,
    Criterion,
    Decision,
    Notice,
    Procedure,
    Published,
)
from portaria.regulations.recruitment.places import Places
from portaria.regulations.recruitment.schemas import TABLES
from portaria.regulations.recruitment.settings import read_notice
from portaria.tables.folder import read_folder, unread_files
from portaria.tables.schema import SOURCE_ROW, columns_of

Row = dict[str, Any]


@dataclass(frozen=True)
class Recorded:
    """A procedure with the tables it was read from, and where their rows stand."""

    procedure: Procedure
    frames: dict[str, pl.DataFrame]
    places: Places


def read_procedure(folder: Path) -> tuple[Recorded | None, list[Problem]]:
    """The procedure of a folder; None where there is an error. Warnings stand beside it."""
    tables = read_folder(folder, TABLES)
    notice, problems = read_notice(folder)
    problems = [*problems, *tables.problems]
    if folder.name not in {each.file for each in tables.problems}:
        problems += unread_files(folder, TABLES)
    for name, frame in tables.frames.items():  # what people add beside the contract is not ours
        tables.frames[name] = frame.select(SOURCE_ROW, *columns_of(TABLES[name].schema))
    problems += check(Checked(tables, notice))
    if errors(problems) or notice is None:
        return None, problems
    frames = {
        name: frame.drop(SOURCE_ROW).with_columns(pl.selectors.enum().cast(pl.String))
        for name, frame in tables.frames.items()
    }
    return Recorded(build(notice, frames), frames, Places.of(tables)), problems


def build(notice: Notice, frames: dict[str, pl.DataFrame]) -> Procedure:
    """A procedure of checked frames; the order of their rows means nothing."""
    rows = {name: [*_exact(frame)] for name, frame in frames.items()}
    decided = {
        row["candidate"]: Decision(row["result"], row["reason"], row["clause"])
        for row in rows["decisions"]
    }
    answers = sorted((Answer(**row) for row in rows["answers"]), key=lambda each: each.answer)
    return Procedure(
        notice=notice,
        candidates={row["candidate"]: Candidate(**row) for row in rows["candidates"]},
        decisions=decided,
        criteria={row["criterion"]: Criterion(**row) for row in rows["criteria"]},
        scores={(row["candidate"], row["criterion"]): row["score"] for row in rows["scores"]},
        lists={row["list"]: _published(row, notice) for row in rows["lists"]},
        answers=tuple(answers),
    )


def _exact(frame: pl.DataFrame) -> Iterator[Row]:
    """The rows with their decimals as fractions."""
    for row in frame.iter_rows(named=True):
        yield {
            name: Fraction(value) if isinstance(value, Decimal) else value
            for name, value in row.items()
        }


def _published(row: Row, notice: Notice) -> Published:
    """A list without days of its own has those of the notice."""
    days = notice.hearing_days if row["hearing_days"] is None else row["hearing_days"]
    return Published(row["published"], days, row["title"])
