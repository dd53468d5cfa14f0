"""Exclusion of a candidate at any time, after the results too (art. 56)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from portaria.core.edition import Edition
from portaria.core.rule import rule
from portaria.regulations.access.procedures import readings as open_points
from portaria.regulations.access.procedures.conditions import Checked, require
from portaria.regulations.access.procedures.outcome import (
    ACCEPTED,
    Change,
    Condition,
    Enrolment,
    Outcome,
    Standing,
    answer_of,
)
from portaria.regulations.access.procedures.phases import Phases, Seat
from portaria.regulations.access.procedures.tables import is_enrolled

VSM = "vsm"


@dataclass(frozen=True)
class Freed:
    """The seat that an exclusion annuls.

    term: the term of the formula of `next_phase` that it enters, empty where it enters none, and
    then `why`: further_seat (art. 9/2), earlier_phase, last_phase or no_term (the reading).
    tie_extra: seats opened by ties there, which the same formula takes away.
    """

    programme: str
    phase: int
    quota: str
    term: str
    clause: str
    next_phase: int | None
    why: str
    tie_extra: int


@dataclass(frozen=True, kw_only=True)
class Exclusion(Outcome):
    """ground: the clause given. freed: None where she had no seat. enrolment_annulled: she was
    enrolled, by the table given; None where no such table was given."""

    ground: str
    freed: Freed | None
    enrolment_annulled: bool | None


@rule("exclusion-later")
def exclude(phases: Phases, candidate: str, ground: str, policy: Mapping[str, str]) -> Exclusion:
    """What excluding a candidate now changes: her result and her seat, and nobody else's.

    `ground` is a clause of the edition's texts, with or without the name of the text. InputError
    where no results name the candidate.
    """
    contest = phases.last_contest()
    edition = require(contest.edition, "exclusion-later")
    readings = open_points.choose(open_points.EXCLUSION, policy)
    before, seat = phases.standing(candidate), phases.seat(candidate)
    conditions, clause = check(edition, candidate, ground, before)
    accepted = answer_of(conditions) == ACCEPTED
    enrolled = is_enrolled(phases.enrolments, candidate)
    freed, row = None, None
    if accepted:
        reading = readings[open_points.ANNULLED]
        freed = free(phases, edition, seat, bool(enrolled), reading) if seat else None
        kept = bool(enrolled) and reading == "no_term"
        row = Enrolment(candidate, kept, None, True) if seat else None
    return Exclusion(
        procedure="exclude",
        edition=edition.name,
        edition_title=edition.title,
        language=edition.language,
        phase=contest.phase,
        conditions=conditions,
        changes=(Change(candidate, before, Standing("excluded"), clause),) if accepted else (),
        enrolments=(row,) if row else (),
        readings=readings,
        ground=clause,
        freed=freed,
        enrolment_annulled=enrolled,
    )


@rule("exclusion-ground", "exclusion-not-yet")
def check(
    edition: Edition, candidate: str, ground: str, before: Standing
) -> tuple[tuple[Condition, ...], str]:
    """A ground that the text has, for somebody not excluded yet (56/1); and that clause's name."""
    clauses = [each for text in edition.texts.values() for each in text.clauses.values()]
    clause = next((each.name for each in clauses if ground in (each.name, each.number)), "")
    checked = Checked(edition)
    checked.add("exclusion-ground", bool(clause), {"ground": clause or ground})
    not_yet = before.result != "excluded"
    checked.add("exclusion-not-yet", not_yet, {"candidate": candidate})
    return checked.all(), clause or ground


@rule("exclusion-annuls-enrolment", "exclusion-frees-seat")
def free(phases: Phases, edition: Edition, seat: Seat, enrolled: bool, reading: str) -> Freed:
    """Which term of the next phase's formula a seat so annulled enters (56/3 with 42/1, 47/1/b).

    An annulled enrolment counts as one that was never made, by the default reading; nobody else
    gets the seat in this phase.
    """
    cites = edition.cites["exclusion-frees-seat"]
    last = edition.parameters.get("phases")
    ended = last is not None and phases.phase >= last.value
    why = ""
    if ended:
        why = "last_phase"
    elif seat.quota == "additional":
        why = "further_seat"
    elif seat.phase != phases.phase:
        why = "earlier_phase"
    elif enrolled and reading == "no_term" and not edition.has("cancelled-enrolments"):
        why = "no_term"
    rows = phases.results(seat).table("seats", pl.col("programme") == seat.programme)
    return Freed(
        programme=seat.programme,
        phase=seat.phase,
        quota=seat.quota,
        term="" if why else VSM,
        clause=cites[min(phases.phase, len(cites)) - 1].name,
        next_phase=None if ended else phases.phase + 1,
        why=why,
        tie_extra=int(rows["tie_extra"][0]) if rows.height else 0,
    )
