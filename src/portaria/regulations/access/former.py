"""A former contest to compare with: a published year, earlier results, or a table of grades."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import dataframely as dy
import polars as pl

from portaria.core.errors import InputError, UsageError
from portaria.core.messages import Message, declare
from portaria.core.problem import errors
from portaria.regulations.access.folder import open_results
from portaria.regulations.access.published import published, published_years
from portaria.tables.canonical import units
from portaria.tables.folder import read_table
from portaria.tables.schema import Table, decimal

NO_FORMER = declare(
    "former-unknown",
    "{given} is no former contest: give one of the years {years}, a folder of results, or a table "
    "with the columns programme and grade",
)
BAD_FORMER = declare("former-wrong", "The table of former grades cannot be used: {path}.")


@dataclass(frozen=True)
class Former:
    """Last grades in the general quota of a former contest.

    grades: programme, former_grade (tenths; null where nobody was placed in that quota).
    """

    label: str
    grades: pl.DataFrame
    SCHEMA: ClassVar[dict[str, Any]] = {"programme": pl.String, "former_grade": pl.Int64}


class FormerGrades(Table):
    """A table of former grades as an office has it: 0 to 200, one decimal."""

    programme = dy.String(primary_key=True)
    grade = decimal(nullable=True, min=0, max=200, metadata={"places": 1})


def find_former(given: str) -> Former:
    """The former contest that a person names: a year, a folder of results, or a table.

    UsageError where it is none of these; InputError with every problem where it is damaged.
    """
    path = Path(given)
    if given.isdecimal() and int(given) in published_years():
        return _of_year(int(given))
    if path.is_dir():
        results = open_results(path)
        last = results.table("last_placed", pl.col("quota") == "general")
        grades = last.select("programme", former_grade=units(pl.col("grade"), 1))
        return Former(f"{results.manifest['edition_title']} ({path.name})", grades)
    if path.is_file() and path.suffix in (".csv", ".xlsx", ".parquet"):
        return _of_table(path)
    years = ", ".join(map(str, published_years()))
    raise UsageError(Message(NO_FORMER, {"given": given, "years": years}))


def latest_former(programmes: pl.Series) -> Former | None:
    """The latest published year that knows at least half of these programme codes."""
    for year in reversed(published_years()):
        if 2 * programmes.is_in(published(year)["programme"].implode()).sum() >= len(programmes):
            return _of_year(year)
    return None


def _of_year(year: int) -> Former:
    return Former(str(year), published(year).select("programme", former_grade="last_grade"))


def _of_table(path: Path) -> Former:
    frame, problems = read_table(path, FormerGrades)
    if frame is None or errors(problems):
        raise InputError(Message(BAD_FORMER, {"path": str(path)}), problems)
    grades = frame.select("programme", former_grade=(pl.col("grade") * 10).cast(pl.Int64))
    return Former(path.name, grades)
