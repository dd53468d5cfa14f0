"""The columns that the list of an institution may have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from portaria.core.messages import declare
from portaria.documents.access_papers.paper import Paper


@dataclass(frozen=True)
class Placed:
    """One candidate placed (211-A 39/2); what is not known is empty.

    identification: civil; residence and secondary_municipality: municipalities; secondary: the
    kind of secondary course; marks: what the grade was made of, by code (S, Sa, Sb, PR or an exam).
    """

    name: str
    identification: str = ""
    residence: str = ""
    secondary: str = ""
    secondary_municipality: str = ""
    grade: Decimal | None = None
    marks: tuple[tuple[str, Decimal], ...] = ()


class Column(NamedTuple):
    """A column: its heading, its width, where its words stand, and what it takes of a row."""

    heading: str
    width: str
    align: str
    words: Callable[[Paper, Placed], str]


def _marks(paper: Paper, row: Placed) -> str:
    return " · ".join(f"{name}\u00a0{paper.number(value)}" for name, value in row.marks)


def _grade(paper: Paper, row: Placed) -> str:
    return "" if row.grade is None else paper.number(row.grade)


COLUMNS: dict[str, Column] = {
    "name": Column(
        declare("institution-list-name", "Name"), "4.2fr", "l", lambda _, row: row.name
    ),
    "identification": Column(
        declare("institution-list-identification", "Civil identification"), "25mm", "l",
        lambda _, row: row.identification,
    ),
    "residence": Column(
        declare("institution-list-residence", "Municipality of residence"), "2.4fr", "l",
        lambda _, row: row.residence,
    ),
    "secondary": Column(
        declare("institution-list-secondary", "Secondary course"), "3fr", "l",
        lambda _, row: row.secondary,
    ),
    "secondary_municipality": Column(
        declare("institution-list-secondary-municipality", "Municipality of that course"), "2.4fr",
        "l", lambda _, row: row.secondary_municipality,
    ),
    "grade": Column(
        declare("institution-list-grade", "Application grade"), "20mm", "r", _grade
    ),
    "marks": Column(declare("institution-list-used", "Grades used"), "3.4fr", "l", _marks),
}  # fmt: skip
"""Every column that a list may have, by the field it shows."""
