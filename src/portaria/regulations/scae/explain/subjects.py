"""The records that a name stands for: a record, a student, an enrolment, a discipline enrolment."""

from __future__ import annotations

from difflib import get_close_matches
from functools import reduce
from operator import or_

import polars as pl

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.regulations.scae.explain.evidence import Evidence
from portaria.regulations.scae.stored import REPORTED, Stored

NAMES = ("record", "source", "student")
REPORTED_NAMES = ("record", "enrolment", "student")
SHOWN, TRIED = 5, 20_000

NOBODY = declare(
    "scae-explain-nobody",
    "{subject} is no record, enrolment, isolated enrolment or student of the load of {month}",
)
NOBODY_NEAR = declare(
    "scae-explain-nobody-near",
    "{subject} is no record, enrolment, isolated enrolment or student of the load of {month}; near "
    "it: {near}",
)
LATER = declare(
    "scae-explain-later",
    "the enrolment {subject} was made on {day}: the load of {month} does not consider it yet",
)
FILTERED_OUT = declare(
    "scae-explain-filtered",
    "the load of {month} is of a part only ({filters}), and {subject} is not in that part",
)
NO_RECORD = declare(
    "scae-explain-no-record",
    "the enrolment {subject} is in the source, but in {month} no class is known that it could be "
    "sent in",
)


def find(stored: Stored, subject: str) -> tuple[Evidence, list[str]]:
    """What the folder holds of those whom a name concerns, and the names of their records.

    UsageError where nobody has the name, with the reason or with near names.
    """
    found = stored.decisions(_named(("record", "source", "acting", "student"), subject))
    sent = _sent_before(stored, subject)
    members = stored.fact("enrolments", pl.col("enrolment") == subject)
    named = stored.fact("disciplines", pl.col("discipline_enrolment") == subject)
    behind = stored.fact("enrolments", pl.col("enrolment").is_in(named["enrolment"].implode()))
    owners = [frame["student"] for frame in (found, sent, members, behind)]
    students = tuple(sorted({name for series in owners for name in series.drop_nulls()}))
    alone = {*found["record"], *sent["record"]}
    evidence = Evidence(stored, students, tuple(sorted(alone)))
    records = alone | _of_course(evidence, {subject, *named["enrolment"]})
    if not records:
        raise UsageError(_unknown(stored, subject, members))
    return evidence, sorted(records)


def _named(columns: tuple[str, ...], subject: str) -> pl.Expr:
    return reduce(or_, (pl.col(name) == subject for name in columns)).fill_null(False)


def _sent_before(stored: Stored, subject: str) -> pl.DataFrame:
    """The records of the ledger with the name."""
    if not stored.has(REPORTED):
        return pl.DataFrame(schema=dict.fromkeys(REPORTED_NAMES, pl.String))
    return stored.fact(REPORTED, _named(REPORTED_NAMES, subject)).select(REPORTED_NAMES)


def _of_course(evidence: Evidence, enrolments: set[str]) -> set[str]:
    """The records of enrolments that count under another name: the reference of their course."""
    if not evidence.students:
        return set()
    roots = {row["root"] for row in evidence.members if row["enrolment"] in enrolments}
    names = roots | enrolments
    return {row["record"] for row in evidence.decisions if row["source"] in names}


def _unknown(stored: Stored, subject: str, enrolments: pl.DataFrame) -> Message:
    """Why nothing is told of a name."""
    params: dict[str, object] = {"subject": subject, "month": str(stored.month)}
    filters = stored.manifest["filters"]
    if enrolments.is_empty():
        near = ", ".join(_near(stored, subject))
        return Message(NOBODY_NEAR, {**params, "near": near}) if near else Message(NOBODY, params)
    made = enrolments["enrolled_on"].item(0)
    if made is not None and made > stored.month.last:
        return Message(LATER, {**params, "day": made})
    if filters:
        told = ", ".join(f"{name}={value}" for name, value in filters.items())
        return Message(FILTERED_OUT, {**params, "filters": told})
    return Message(NO_RECORD, params)


def _near(stored: Stored, subject: str) -> list[str]:
    """A few names like it: another case or fewer zeros, the same beginning, a slip of the pen."""
    table = stored.decisions(pl.lit(True)).select(NAMES)
    names = pl.concat([table[name].drop_nulls().unique() for name in NAMES]).unique().sort()
    plain, wanted = _plain(pl.col("name")), pl.lit(subject)
    frame = pl.DataFrame({"name": names})
    same = frame.filter(plain == _plain(wanted))["name"]
    begins = frame.filter(pl.col("name").str.starts_with(subject))["name"]
    lengths = pl.col("name").str.len_chars().cast(pl.Int64) - len(subject)
    alike = frame.filter(
        pl.col("name").str.starts_with(subject[:1]) & lengths.abs().is_between(0, 1)
    )["name"]
    close = get_close_matches(subject, alike.head(TRIED).to_list(), SHOWN, 0.75)
    return list(dict.fromkeys([*same, *begins.head(SHOWN), *close]))[:SHOWN]


def _plain(name: pl.Expr) -> pl.Expr:
    """Letters and digits alone, in one case, without the zeros that fill a number up."""
    letters = name.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}:]", "")
    return letters.str.replace_all(r"(^|[^0-9])0+", "${1}")
