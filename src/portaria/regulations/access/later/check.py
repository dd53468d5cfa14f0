"""What must hold across the tables of a later phase, and what only all of them together tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl

from portaria.core.edition import Edition
from portaria.core.messages import declare
from portaria.core.rule import rule
from portaria.regulations.access.findings import (
    UNKNOWN_PROGRAMME,
    Check,
    Finding,
    Tables,
    strangers,
)
from portaria.regulations.access.later.holders import former_seats, won
from portaria.regulations.access.later.terms import most_to_open, seat_terms
from portaria.tables.schema import SOURCE_ROW

if TYPE_CHECKING:  # a contest is checked by these as it is read
    from portaria.regulations.access.contest import Contest

NO_LONGER_THERE = declare(
    "programme-no-longer-there",
    "the programme {value} had seats in the phase before and is not in the table programmes: its "
    "{leftover} left over are put up by nobody",
)
PLACED_WHERE = declare(
    "placed-without-seat", "a placed candidate has a programme and a quota: fill both"
)
NOBODYS_ENROLMENT = declare(
    "enrolment-of-nobody",
    "candidate {value} is in no result of the phase before: is the code right, or did a "
    "rectification place somebody who had none?",
)
RECTIFIED_NOT_COUNTED = declare(
    "rectified-not-counted",
    "rectifications placed {count} at {value}, and vr says {vr}: the seats that they use count "
    "there",
)
NOT_IN_PREVIOUS = declare(
    "programme-not-in-previous",
    "the programme {value} has no row in the seats of the phase before: add it there with zeros",
)
ENROLLED_WITHOUT_SEAT = declare(
    "enrolled-without-seat",
    "candidate {value} is enrolled but had no seat: write in programme where a rectification "
    "placed her",
)
FREED_NOT_COUNTED = declare(
    "freed-seats-not-counted",
    "this text does not put up seats freed by rectifications: leave vl2 empty",
)
TOO_MANY_OPENED = declare(
    "too-many-seats-opened",
    "{seats} seats are opened at {programme}; at most {limit} may be: those left over and not "
    "enrolled in the phase before, less those that ties opened",
)
HOLDERS_OF_LATER_PHASE = declare(
    "holders-of-later-phase",
    "the seat was won in phase {phase}: these are not the holders of the phase before",
)


def later_references(edition: Edition, tables: Tables) -> Iterator[Finding]:
    """Every programme that the tables of a later phase name is one of the contest."""
    known = tables["programmes"]["programme"]
    named = ("enrolments", "adjustments", "opened", "previous_holders", "previous_placements")
    for table in named:
        unknown = strangers(tables[table], "programme", known)
        yield Finding(table, unknown, "programme", UNKNOWN_PROGRAMME)
    without = tables["programmes"].join(
        tables["previous_seats"], on="programme", how="anti", maintain_order="left"
    )
    yield Finding("programmes", without, "programme", NOT_IN_PREVIOUS)
    gone = strangers(tables["previous_seats"], "programme", known)
    yield Finding("previous_seats", gone, "programme", NO_LONGER_THERE, severity="warning")


def previous_results(edition: Edition, tables: Tables) -> Iterator[Finding]:
    """Whoever was placed has a programme and a quota."""
    placed = tables["previous_placements"].filter(pl.col("result") == "placed")
    for column in ("programme", "quota"):
        blank = placed.filter(pl.col(column).is_null())
        yield Finding("previous_placements", blank, column, PLACED_WHERE)


def adjustments(edition: Edition, tables: Tables) -> Iterator[Finding]:
    """No seats freed by rectifications where the formula has no such term (211-B 29/2)."""
    if not edition.has("rectified-seats-freed"):
        some = tables["adjustments"].filter(pl.col("vl2") > 0)
        yield Finding("adjustments", some, "vl2", FREED_NOT_COUNTED, "later-phase-seats")


def enrolments(edition: Edition, tables: Tables) -> Iterator[Finding]:
    """Whoever is enrolled had a seat, or a rectification says where."""
    rows, seats = tables["enrolments"], won(tables)["candidate"]
    nowhere = rows.filter(pl.col("enrolled").fill_null(False) & pl.col("programme").is_null())
    without = strangers(nowhere, "candidate", seats)
    yield Finding("enrolments", without, "candidate", ENROLLED_WITHOUT_SEAT)
    # Rectifications place people who had no seat, even some who had no result (57/1).
    rectified = strangers(rows.drop_nulls("programme"), "candidate", seats)
    unknown = strangers(rectified, "candidate", tables["previous_placements"]["candidate"])
    yield Finding("enrolments", unknown, "candidate", NOBODYS_ENROLMENT, severity="warning")
    # Each uses a seat, which VR takes off (42/1).
    counts = rectified.group_by("programme").agg(pl.len().alias("count"), pl.col(SOURCE_ROW).min())
    told = counts.join(tables["adjustments"].select("programme", "vr"), "programme", "left")
    more = told.with_columns(pl.col("vr").fill_null(0)).filter(pl.col("count") > pl.col("vr"))
    yield Finding("enrolments", more, "programme", RECTIFIED_NOT_COUNTED, severity="warning")


CHECKS: dict[Check, frozenset[str]] = {
    later_references: frozenset(
        {
            "programmes", "enrolments", "adjustments", "opened", "previous_holders",
            "previous_placements", "previous_seats",
        }
    ),
    previous_results: frozenset({"previous_placements"}),
    adjustments: frozenset({"adjustments"}),
    enrolments: frozenset(
        {"enrolments", "adjustments", "previous_holders", "previous_placements"}
    ),
}  # fmt: skip
"""Each check of the later phases with the tables it needs."""


def together(contest: Contest, tables: Tables) -> Iterator[Finding]:
    """Every finding; `tables` are the contest's with their source rows."""
    yield from holders_of_the_phase_before(contest, tables["previous_holders"])
    if contest.seats_decided:
        terms = seat_terms(contest, former_seats(contest))
        yield from opened_within_limit(terms, tables["opened"])


def holders_of_the_phase_before(contest: Contest, holders: pl.DataFrame) -> Iterator[Finding]:
    """No seat was won in this phase or a later one."""
    later = holders.filter(pl.col("phase") >= contest.phase)
    yield Finding("previous_holders", later, "phase", HOLDERS_OF_LATER_PHASE)


@rule("opened-seats")
def opened_within_limit(terms: pl.DataFrame, opened: pl.DataFrame) -> Iterator[Finding]:
    """At most the seats left over and not enrolled in the phase before, less those of ties.

    `terms`: of `seat_terms`; `opened`: the table, with its source rows.
    """
    limits = terms.select("programme", limit=most_to_open())
    above = (
        opened.select(SOURCE_ROW, "programme", "seats")
        .join(limits, on="programme", maintain_order="left")
        .filter(pl.col("seats") > pl.col("limit"))
    )
    yield Finding("opened", above, "seats", TOO_MANY_OPENED, "opened-seats")
