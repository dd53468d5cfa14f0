"""What the lists of a result give, as the papers take it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from portaria.documents.access_papers.institution_columns import Placed
from portaria.documents.access_papers.institution_list import PlacedIn
from portaria.documents.access_papers.public_list import Listed
from portaria.regulations.access.lists import Mark, PlacedHere, PublicRow

MARKS = {"secondary": "S", "secondary_a": "Sa", "secondary_b": "Sb", "prerequisite": "PR"}
NONE = "–"


def people_of(rows: Iterable[PublicRow]) -> tuple[Listed, ...]:
    """The people of the public list, their reasons where the text wants them in it."""
    return tuple(
        Listed(row.name or NONE, row.result, row.programme or "", row.reason, row.clause)
        for row in rows
    )


def courses_of(placed: Iterable[PlacedHere]) -> tuple[PlacedIn, ...]:
    """Those placed in an institution, by the code of the programme."""
    ordered = sorted(placed, key=lambda row: row.programme)
    groups = [
        (programme, [*rows]) for programme, rows in groupby(ordered, key=lambda row: row.programme)
    ]
    return tuple(
        PlacedIn(programme, rows[0].course, tuple(map(_placed, rows))) for programme, rows in groups
    )


def _placed(row: PlacedHere) -> Placed:
    return Placed(
        row.name or row.candidate,
        row.civil_id or "",
        row.residence or "",
        row.secondary_course or "",
        row.secondary_municipality or "",
        row.grade,
        tuple((code_of(mark), mark.grade) for mark in row.marks),
    )


def code_of(mark: Mark) -> str:
    """How a list names a grade: S, Sa, Sb, PR or the code of an exam."""
    return MARKS.get(mark.kind, mark.code)
