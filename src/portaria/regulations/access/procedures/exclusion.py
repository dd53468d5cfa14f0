"""Exclusion of a candidate at any time, after the results too (art. 56)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from portaria.core.clause import Clause
from portaria.core.edition import Edition
from portaria.core.rule import rule
from portaria.regulations.access.later.holders import ADDITIONAL_QUOTA
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
    heading,
)
from portaria.regulations.access.procedures.phases import Phases
from portaria.regulations.access.procedures.seats import FORMULA, LAST_PHASE, Seat, next_seats
from portaria.regulations.access.procedures.tables import is_enrolled, moved_to

VSM = "vsm"
NO_TERM = "no_term"


@dataclass(frozen=True)
class Freed:
    """The seat that an exclusion annuls.

    term: the term of the formula of `next_phase` that it enters, empty where it enters none, and
    then `why`: further_seat (art. 9/2), earlier_phase, last_phase, no_term (the reading) or
    enrolment_unknown (by that reading, where no table of enrolments says if she was enrolled).
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
def exclude(
    phases: Phases, candidate: str, ground: str, policy: Mapping[str, str], stated: bool = False
) -> Exclusion:
    """What excluding a candidate now changes: her result and her seat, and nobody else's.

    `ground` is a clause of the edition's texts, with or without the name of the text; stated: the
    office says that it excludes, which only 56/1 says of itself. InputError where no results name
    the candidate.
    """
    contest = phases.last_contest()
    edition = require(contest.edition, "exclusion-later")
    readings = open_points.choose(open_points.EXCLUSION, policy)
    before, seat = phases.standing(candidate), phases.seat(candidate)
    conditions, clause = check(edition, candidate, (ground, stated), before)
    accepted = answer_of(conditions) == ACCEPTED
    enrolled = is_enrolled(phases.enrolments, candidate)
    freed: Freed | None = None
    rows: tuple[Enrolment, ...] = ()
    if accepted and seat:
        reading = readings[open_points.ANNULLED]
        freed = free(phases, edition, seat, enrolled, reading)
        rows = (annulled(phases, candidate, enrolled, reading),)
    return Exclusion(
        **heading("exclude", contest),
        conditions=conditions,
        changes=(Change(candidate, before, Standing("excluded"), clause),) if accepted else (),
        enrolments=rows,
        readings=readings,
        ground=clause,
        freed=freed,
        enrolment_annulled=enrolled,
    )


@rule("exclusion-ground", "exclusion-not-yet")
def check(
    edition: Edition, candidate: str, ground: tuple[str, bool], before: Standing
) -> tuple[tuple[Condition, ...], str]:
    """A ground of the text, for somebody not excluded yet (56/1); and that clause's name.

    56/1 leaves room for grounds of other clauses: those that exist are open until the office
    states that they exclude.
    """
    given, stated = ground
    clause = _named(edition, given)
    checked = Checked(edition)
    told = {"ground": clause.name if clause else given}
    if clause is None:
        checked.add("exclusion-ground", False, told)
    elif _listed(edition, clause):
        checked.add("exclusion-ground", True, told)
    else:
        met, detail = (True, "stated") if stated else (None, "other")
        checked.add("exclusion-ground", met, told, detail)
    not_yet = before.result != "excluded"
    checked.add("exclusion-not-yet", not_yet, {"candidate": candidate})
    return checked.all(), told["ground"]


def _named(edition: Edition, ground: str) -> Clause | None:
    clauses = (each for text in edition.texts.values() for each in text.clauses.values())
    return next((each for each in clauses if ground in (each.name, each.number)), None)


def _listed(edition: Edition, clause: Clause) -> bool:
    """Whether the clause is the one that lists the grounds, or a letter of it."""
    cited = [each.name for each in edition.cites["exclusion-ground"]]
    return any(clause.name == name or clause.name.startswith(f"{name}/") for name in cited)


def annulled(phases: Phases, candidate: str, enrolled: bool | None, reading: str) -> Enrolment:
    """Her row for the next phase: cancelled where her seat is now, so that an exchange stays seen.

    By the default reading an annulled enrolment is one that was never made, known or not.
    """
    kept = enrolled if reading == NO_TERM else False
    return Enrolment(candidate, kept, moved_to(phases.enrolments, candidate), True)


@rule("exclusion-annuls-enrolment")
def free(
    phases: Phases, edition: Edition, seat: Seat, enrolled: bool | None, reading: str
) -> Freed:
    """Which term of the next phase's formula a seat so annulled enters (56/3 with 42/1, 47/1/b).

    An annulled enrolment counts as one that was never made, by the default reading; nobody else
    gets the seat in this phase.
    """
    following = next_seats(edition, phases.phase)
    why = ""
    if following == LAST_PHASE:
        why = LAST_PHASE
    elif seat.quota == ADDITIONAL_QUOTA:
        why = "further_seat"
    elif seat.phase != phases.phase:
        why = "earlier_phase"
    elif reading == NO_TERM and not edition.has("cancelled-enrolments"):
        why = {True: NO_TERM, False: "", None: "enrolment_unknown"}[enrolled]
    rows = phases.results(seat).table("seats", pl.col("programme") == seat.programme)
    return Freed(
        programme=seat.programme,
        phase=seat.phase,
        quota=seat.quota,
        term="" if why else VSM,
        clause=_clause(edition, following),
        next_phase=None if following == LAST_PHASE else phases.phase + 1,
        why=why,
        tie_extra=int(rows["tie_extra"][0]) if rows.height else 0,
    )


@rule("exclusion-frees-seat", "exclusion-frees-decided-seat")
def _clause(edition: Edition, following: str) -> str:
    """The clause of the next phase's seats: those of a formula (42/1), or decided (47/1)."""
    decided = following != FORMULA and edition.has("exclusion-frees-decided-seat")
    return edition.clause("exclusion-frees-decided-seat" if decided else "exclusion-frees-seat")
