"""What must hold across a row or an institution of a table of seats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from portaria.core.edition import Edition
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem, Severity
from portaria.regulations.access.seat_limits.rules import BY_SHARE
from portaria.tables.raw import cut
from portaria.tables.schema import SOURCE_ROW

OVER23_ABOVE_SPECIAL = declare(
    "over23-above-special",
    "the over-23 seats ({over23}) are among the special seats ({special}) and cannot be more",
)
KIND_DIFFERS = declare(
    "kind-differs",
    "the institution {institution} is {kind} in row {first}: an institution has one kind",
)
SCOPE_DIFFERS = declare(
    "scope-differs",
    "what leaves the institution {institution} out holds for all its rows, and row {first} says "
    "otherwise",
)
SCOPE_OF_PRIVATE = declare(
    "scope-of-private", "this ground leaves out public institutions only: correct it or the kind"
)
LEFTOVER_ABOVE_GENERAL = declare(
    "leftover-above-general",
    "{leftover} seats are left over of {general} general ones: is it a slip of the pen?",
)
ORDER_WITHOUT_INCREASE = declare(
    "authorised-seats-unused",
    "authorised_seats counts only where authorised_increase is true: it is not used",
)
NOT_KNOWN = declare(
    "not-known-that-year",
    "nothing is known of what this column counts in this academic year: the value is not used",
)
CLOSED_UNKNOWN = declare(
    "closed-unknown",
    "the programme has no general seats: whether special ones may open there this academic year is "
    "not known",
)
UNKNOWN_HERE = declare(
    "movement-unknown-programme",
    "the programme {value} is not in the table of seats: correct the code",
)
UNFILLED_DIFFERS = declare(
    "unfilled-differs",
    "row {first} says {unfilled} unfilled seats of the same programme and modality",
)

SCOPE = "seat-limits-scope"
Row = Mapping[str, Any]
Found = tuple[Row, str, Message, str, Severity]
"""Row, column, message, rule (or none) and severity."""


def seats(
    edition: Edition, file: str, frame: pl.DataFrame, known: Iterable[Problem]
) -> Iterator[Problem]:
    """Every problem beyond single cells; a cell that could not be read is not told twice."""
    unread = {(problem.row, problem.column) for problem in known}
    rows = list(frame.iter_rows(named=True))
    by_share = edition.value("basis") == BY_SHARE
    found = [*_over23(rows), *_kinds(rows)]
    found += [*_scopes(rows), *_increases(rows)] if by_share else _by_admissions(rows)
    for row, column, message, rule_id, severity in found:
        if (row[SOURCE_ROW], column) not in unread:
            clause = edition.clause(rule_id) if rule_id in edition.cites else ""
            yield _problem(file, row, column, message, clause, severity)


def _problem(
    file: str, row: Row, column: str, message: Message, clause: str = "",
    severity: Severity = "error",
) -> Problem:  # fmt: skip
    value = None if row[column] is None else cut(row[column])
    return Problem(file, message, "", row[SOURCE_ROW], column, value, clause, severity)


def _over23(rows: list[dict[str, Any]]) -> Iterator[Found]:
    for row in rows:
        over23, special = row["over23_seats"], row["special_seats"]
        if over23 is not None and special is not None and over23 > special >= 0:
            message = Message(OVER23_ABOVE_SPECIAL, {"over23": over23, "special": special})
            yield row, "over23_seats", message, "seat-limits-maximum", "error"


def _kinds(rows: list[dict[str, Any]]) -> Iterator[Found]:
    first: dict[str, Row] = {}
    for row in rows:
        institution, kind = row["institution"], row["kind"]
        if institution is None or kind is None:
            continue
        before = first.setdefault(institution, row)
        if before["kind"] != kind:
            params = {"kind": before["kind"], "first": str(before[SOURCE_ROW])}
            message = Message(KIND_DIFFERS, {"institution": institution, **params})
            yield row, "kind", message, "", "error"


def _scopes(rows: list[dict[str, Any]]) -> Iterator[Found]:
    """The grounds that leave out an institution hold for all its rows, and for public ones."""
    first: dict[str, Row] = {}
    for row in rows:
        if row["institution"] is None or row["outside_scope"] == "not_initial":
            continue
        before = first.setdefault(row["institution"], row)
        if before["outside_scope"] != row["outside_scope"]:
            params = {"institution": row["institution"], "first": str(before[SOURCE_ROW])}
            yield row, "outside_scope", Message(SCOPE_DIFFERS, params), SCOPE, "error"
        if row["outside_scope"] is not None and row["kind"] == "private":
            yield row, "outside_scope", Message(SCOPE_OF_PRIVATE), SCOPE, "error"


def _increases(rows: list[dict[str, Any]]) -> Iterator[Found]:
    for row in rows:
        leftover, general = row["leftover_seats"], row["general_seats"]
        if leftover is not None and general is not None and leftover > general >= 0:
            message = Message(LEFTOVER_ABOVE_GENERAL, {"leftover": leftover, "general": general})
            rule_id = f"seat-limits-leftovers-{row['kind']}"
            yield row, "leftover_seats", message, rule_id, "warning"
        if row["authorised_seats"] is not None and row["authorised_increase"] is False:
            message = Message(ORDER_WITHOUT_INCREASE)
            rule_id = "seat-limits-authorised-increase"
            yield row, "authorised_seats", message, rule_id, "warning"


def _by_admissions(rows: list[dict[str, Any]]) -> Iterator[Found]:
    for row in rows:
        for column in ("leftover_seats", "authorised_increase", "outside_scope"):
            if row[column]:
                yield row, column, Message(NOT_KNOWN), "", "warning"
        if row["general_seats"] == 0:
            yield row, "general_seats", Message(CLOSED_UNKNOWN), "", "warning"


def movements(file: str, frame: pl.DataFrame, institutions: Mapping[str, str]) -> Iterator[Problem]:
    """Every programme stands in the table of seats; one modality has one number of unfilled."""
    first: dict[tuple[str, str], Row] = {}
    for row in frame.iter_rows(named=True):
        for column in ("programme", "to_programme"):
            if row[column] is not None and row[column] not in institutions:
                yield _problem(file, row, column, Message(UNKNOWN_HERE, {"value": row[column]}))
        before = first.setdefault((row["programme"], row["modality"]), row)
        told, now = before["unfilled"], row["unfilled"]
        if told is not None and now is not None and told != now:
            params = {"first": str(before[SOURCE_ROW]), "unfilled": told}
            yield _problem(file, row, "unfilled", Message(UNFILLED_DIFFERS, params))
