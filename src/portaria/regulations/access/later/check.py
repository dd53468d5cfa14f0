"""What a later phase asks of its tables together, once each of them is in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl

from portaria.core.messages import declare
from portaria.core.rule import rule
from portaria.regulations.access.check import Finding, Tables
from portaria.regulations.access.later.holders import former_seats
from portaria.regulations.access.later.terms import most_to_open, seat_terms
from portaria.tables.schema import SOURCE_ROW

if TYPE_CHECKING:  # a contest is checked by these as it is read
    from portaria.regulations.access.contest import Contest

TOO_MANY_OPENED = declare(
    "too-many-seats-opened",
    "{seats} seats are opened at {programme}; at most {limit} may be: those left over and not "
    "enrolled in the phase before, less those that ties opened",
)
HOLDERS_OF_LATER_PHASE = declare(
    "holders-of-later-phase",
    "the seat was won in phase {phase}: these are not the holders of the phase before",
)


def together(contest: Contest, tables: Tables) -> Iterator[Finding]:
    """Every finding; `tables` are the contest's with their source rows."""
    yield from holders_of_the_phase_before(contest, tables["previous_holders"])
    if contest.seats_decided:
        yield from opened_within_limit(contest, tables["opened"])


def holders_of_the_phase_before(contest: Contest, holders: pl.DataFrame) -> Iterator[Finding]:
    """No seat was won in this phase or a later one."""
    later = holders.filter(pl.col("phase") >= contest.phase)
    yield Finding("previous_holders", later, "phase", HOLDERS_OF_LATER_PHASE)


@rule("opened-seats")
def opened_within_limit(contest: Contest, opened: pl.DataFrame) -> Iterator[Finding]:
    """At most the seats left over and not enrolled in the phase before, less those of ties."""
    terms = seat_terms(contest, former_seats(contest)).select("programme", limit=most_to_open())
    above = (
        opened.select(SOURCE_ROW, "programme", "seats")
        .join(terms, on="programme", maintain_order="left")
        .filter(pl.col("seats") > pl.col("limit"))
    )
    yield Finding("opened", above, "seats", TOO_MANY_OPENED, "opened-seats")
