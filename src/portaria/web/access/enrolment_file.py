"""A file of enrolments: read with every problem by row and column, shown, then applied.

What is wrong with cells and what is wrong with the report are told at once. Between the two steps
the rows travel signed in the page: nothing is kept that nobody applied.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import dataframely as dy
import polars as pl
from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem, errors, set_of
from portaria.tables.folder import read_table
from portaria.tables.parse import MISSING_COLUMN
from portaria.tables.schema import OPTIONAL, SOURCE_ROW, Table
from portaria.web.access.enrolment_checks import TWICE, Reported, problems_of
from portaria.web.access.enrolments import standing, values_of
from portaria.web.access.models import Contest
from portaria.web.uploads import MEGABYTE, Limits, faults
from portaria.web.workbooks import content_fault

LIMITS = Limits(1, 4 * MEGABYTE, 40 * MEGABYTE, (".csv", ".xlsx"))
SALT = "enrolments"
A_DAY = 24 * 60 * 60
MOST_ROWS = 20_000

TOO_MANY_ROWS = declare(
    "enrolments-too-many-rows", "the file has more than {limit} rows: divide it"
)
OLD = declare("enrolments-file-old", "This page is too old, or not yours: send the file again.")


class EnrolmentReport(Table):
    """A report of an institution; rows whose `enrolled` is empty say nothing yet."""

    candidate = dy.String(primary_key=True)
    enrolled = dy.Bool(nullable=True)
    enrolled_on = dy.Date(nullable=True, metadata=OPTIONAL)
    cancelled = dy.Bool(metadata={"blank": False, **OPTIONAL})


def read(
    contest: Contest, institution: str, file: UploadedFile
) -> tuple[list[Reported], list[Problem]]:
    """The rows of a file that say something, none where it has an error; and everything wrong with
    it, by row."""
    if problems := faults([file], LIMITS):
        return [], problems
    name = PurePosixPath((file.name or "").replace("\\", "/")).name
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / name
        with path.open("wb") as target:
            for block in file.chunks():
                target.write(block)
        if fault := content_fault(path, LIMITS):
            return [], [Problem(name, fault)]
        frame, problems = read_table(path, EnrolmentReport)
    if frame is None:
        return [], problems
    if frame.height > MOST_ROWS:
        return [], [Problem(name, Message(TOO_MANY_ROWS, {"limit": MOST_ROWS}))]
    rows = _reported(frame, errors(problems))
    found = problems_of(contest, institution, rows, name)
    # That a candidate stands twice is told of the table already.
    problems += [each for each in found if each.code != TWICE]
    told = sorted(set_of(problems), key=lambda each: (each.row or 0, each.column, each.code))
    return [] if errors(told) else rows, told


def _reported(frame: pl.DataFrame, wrong: Sequence[Problem]) -> list[Reported]:
    """The rows that say something. Where `enrolled` itself cannot be read, the row is taken to say
    that she enrolled, so that the rest of it is looked at and nothing is told that is not so."""
    unread = {each.row for each in wrong if each.column == "enrolled"}
    every = any(each.code == MISSING_COLUMN and each.column == "enrolled" for each in wrong)
    return [
        Reported(
            row["candidate"], row["enrolled"] is not False, row["enrolled_on"],
            bool(row["cancelled"]), row[SOURCE_ROW],
        )
        for row in frame.iter_rows(named=True)
        if row["candidate"] is not None
        and (row["enrolled"] is not None or every or row[SOURCE_ROW] in unread)
    ]  # fmt: skip


def differences(contest: Contest, rows: Sequence[Reported]) -> list[dict[str, Any]]:
    """The rows that would change something: what stands (None: nothing) and what would."""
    stand = standing(contest, rows)
    found = []
    for row in rows:
        before = values_of(stand.get(row.candidate))
        if before != row.values:
            found.append({"candidate": row.candidate, "before": before, "after": row.values})
    return found


def packed(contest: Contest, institution: str, user: int, rows: Sequence[Reported]) -> str:
    """The rows as the page carries them until they are applied."""
    cells = [
        (row.candidate, row.enrolled, row.enrolled_on and row.enrolled_on.isoformat(),
         row.cancelled, row.row)
        for row in rows
    ]  # fmt: skip
    whole = {"contest": contest.pk, "institution": institution, "user": user, "rows": cells}
    return signing.dumps(whole, salt=SALT, compress=True)


def unpacked(text: str, contest: Contest, institution: str, user: int) -> list[Reported]:
    """The rows that `packed` gave to this person, for this contest and institution."""
    try:
        whole = signing.loads(text, salt=SALT, max_age=A_DAY)
    except signing.BadSignature as error:
        raise UsageError(Message(OLD)) from error
    if (whole["contest"], whole["institution"], whole["user"]) != (contest.pk, institution, user):
        raise UsageError(Message(OLD))
    return [
        Reported(who, enrolled, date.fromisoformat(on) if on else None, cancelled, row)
        for who, enrolled, on, cancelled, row in whole["rows"]
    ]
