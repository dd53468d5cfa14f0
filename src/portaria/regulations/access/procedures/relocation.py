"""Institutional relocation of everybody enrolled in a programme of fewer than six (art. 55)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portaria.core.edition import Edition
from portaria.core.errors import InputError, UsageError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.core.rule import rule
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.findings import UNKNOWN_PROGRAMME
from portaria.regulations.access.procedures.conditions import Checked, require
from portaria.regulations.access.procedures.merits import check_merits, merits
from portaria.regulations.access.procedures.outcome import (
    ACCEPTED,
    Change,
    Outcome,
    Standing,
    answer_of,
    heading,
    transferred,
)
from portaria.regulations.access.procedures.phases import Phases
from portaria.regulations.access.procedures.relocation_conditions import (
    Request,
    Row,
    check_consents,
    check_everyone,
    check_phase_and_number,
    check_seats,
    enrolled_in,
)
from portaria.regulations.access.procedures.seats import Seat
from portaria.tables.schema import SOURCE_ROW

NO_PROGRAMME = declare(
    "relocation-unknown-programme", "the programme {programme} is not in these results"
)
NOT_ENROLLED = declare(
    "relocation-not-enrolled-there",
    "candidate {value} is not enrolled in the programme that closes: take the row out",
)
SAME_PROGRAMME = declare(
    "relocation-same-programme", "the target is the programme that closes: name another one"
)
WRONG = declare("relocation-consents-wrong", "The table of consents cannot be used.")


@dataclass(frozen=True, kw_only=True)
class Relocation(Outcome):
    """The answer for a programme: `enrolled` by the contest and `others` by other ways."""

    programme: str
    enrolled: tuple[str, ...]
    others: int


@rule("relocation")
def relocate(phases: Phases, request: Request) -> Relocation:
    """Whether all may be relocated: one that fails keeps everybody (55/2, 55/4, 55/6).

    `phases` needs a table of enrolments. InputError where the moves name other people or unknown
    programmes; UsageError where the results of a phase that is needed were not given.
    """
    assert phases.enrolments is not None, "relocation needs the table of enrolments"
    contest = phases.last_contest()
    edition = require(contest.edition, "relocation")
    if request.programme not in contest.tables["programmes"]["programme"]:
        raise UsageError(Message(NO_PROGRAMME, {"programme": request.programme}))
    students = enrolled_in(phases, request.programme)
    moves = _moves(request, students, contest)
    checked = Checked(edition)
    check_phase_and_number(checked, phases, request, len(students))
    check_everyone(checked, students, moves)
    check_seats(checked, phases, request, moves)
    for seat in students:
        if move := moves.get(seat.candidate):
            check_merits(
                checked,
                "relocation",
                merits(phases.person(seat), contest, move["programme"]),
            )
            check_consents(checked, move)
    conditions = checked.all()
    accepted = answer_of(conditions) == ACCEPTED
    changes = tuple(_change(seat, moves, edition) for seat in students) if accepted else ()
    return Relocation(
        **heading("relocate", contest),
        conditions=conditions,
        changes=changes,
        enrolments=transferred(changes),
        programme=request.programme,
        enrolled=tuple(seat.candidate for seat in students),
        others=request.others,
    )


def _moves(request: Request, students: Sequence[Seat], contest: Contest) -> dict[str, Row]:
    """The table of consents by candidate; InputError with every row that cannot be meant."""
    if request.moves is None:
        return {}
    rows = request.moves.to_dicts()
    enrolled = {seat.candidate for seat in students}
    known = set(contest.tables["programmes"]["programme"])
    problems = []
    for row in rows:
        for column, code, wrong in (
            ("candidate", NOT_ENROLLED, row["candidate"] not in enrolled),
            ("programme", UNKNOWN_PROGRAMME, row["programme"] not in known),
            ("programme", SAME_PROGRAMME, row["programme"] == request.programme),
        ):
            if wrong:
                places = {"value": row[column]} if code != SAME_PROGRAMME else {}
                message = Message(code, places)
                where = (request.moves_file, message, "", row.get(SOURCE_ROW))
                problems.append(Problem(*where, column, row[column]))
    if problems:
        raise InputError(Message(WRONG), problems)
    return {row["candidate"]: row for row in rows}


def _change(seat: Seat, moves: dict[str, Row], edition: Edition) -> Change:
    after = Standing("placed", moves[seat.candidate]["programme"])
    return Change(seat.candidate, seat.standing, after, edition.clause("relocation"))
