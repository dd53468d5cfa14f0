"""Exchange of seats between two placed candidates (art. 54)."""

from __future__ import annotations

from collections.abc import Mapping

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule import rule
from portaria.regulations.access.procedures import readings as open_points
from portaria.regulations.access.procedures.conditions import require
from portaria.regulations.access.procedures.exchange_case import Case, Request, gather
from portaria.regulations.access.procedures.exchange_conditions import check
from portaria.regulations.access.procedures.outcome import (
    ACCEPTED,
    Change,
    Otherwise,
    Outcome,
    answer_of,
    heading,
    transferred,
)
from portaria.regulations.access.procedures.phases import Phases

ONE_PERSON = declare("exchange-one-person", "an exchange takes two candidates: {candidate} is one")


def exchange(phases: Phases, request: Request, policy: Mapping[str, str]) -> Outcome:
    """Whether two candidates may exchange their seats.

    UsageError where the results of a phase that is needed were not given, or the text knows no
    exchange; InputError where no results name a candidate.
    """
    contest = phases.last_contest()
    edition = require(contest.edition, "exchange-placed")
    readings = open_points.choose(open_points.EXCHANGE, policy)
    if request.first == request.second:
        raise UsageError(Message(ONE_PERSON, {"candidate": request.first}))
    case = gather(phases, request, edition)
    conditions = check(case, readings)
    answer = answer_of(conditions)
    changes = swap(case) if answer == ACCEPTED else ()
    return Outcome(
        **heading("exchange", contest),
        conditions=conditions,
        changes=changes,
        enrolments=transferred(changes),
        readings=readings,
        otherwise=tuple(
            Otherwise(name, choice, other)
            for name, choice, changed in open_points.others(readings)
            if (other := answer_of(check(case, changed))) != answer
        ),
    )


@rule("exchange")
def swap(case: Case) -> tuple[Change, ...]:
    """Both lists with the seats exchanged, which both institutions authorise (54/6)."""
    first, second = case.seats
    assert first, "accepted without two seats"
    assert second, "accepted without two seats"
    clause = case.edition.clause("exchange")
    return (
        Change(first.candidate, first.standing, second.standing, clause),
        Change(second.candidate, second.standing, first.standing, clause),
    )
