"""Institutional relocation (55): all who are enrolled in a programme of few go, or nobody.

Each student answers (55/2/c), then the institutions of both sides decide (`consents`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
from django.db import transaction
from django.utils import timezone

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.regulations.access.procedures.phases import Phases
from portaria.regulations.access.procedures.relocation import Relocation as Outcome
from portaria.regulations.access.procedures.relocation import relocate
from portaria.regulations.access.procedures.relocation_conditions import (
    Request,
    enrolled_in,
    programmes_of_few,
)
from portaria.web.access import consents, decision_mail
from portaria.web.access.after import institutions_of, kept_outcome, phases_of, told_of_people
from portaria.web.access.editions import edition_of
from portaria.web.access.enrolments import closed
from portaria.web.access.models import Candidate, Contest, Programme, Relocation
from portaria.web.accounts.log import record
from portaria.web.accounts.models import User

NO_RELOCATION = declare(
    "web-relocation-not-in-text", "This contest's regulation has no institutional relocation."
)
NOBODY = declare("web-relocation-nobody", "Nobody is enrolled in this programme.")
EVERYBODY = declare(
    "web-relocation-everybody",
    "Name a programme for each student: all are relocated, or nobody is.",
)
UNKNOWN = declare(
    "web-relocation-target-unknown", "{programme} is not another programme of this contest."
)
OPEN_ALREADY = declare(
    "web-relocation-open-already", "A relocation of this programme is proposed already."
)
PROPOSED = declare(
    "log-relocation-proposed",
    "Proposed to relocate {count} student of {programme}.",
    "Proposed to relocate {count} students of {programme}.",
)
STUDENT_AGREED = declare(
    "log-relocation-student-agreed", "Agreed to be relocated from {programme} to {target}."
)
STUDENT_REFUSED = declare(
    "log-relocation-student-refused", "Refused to be relocated from {programme} to {target}."
)
ON_PAPER = declare(
    "log-relocation-on-paper",
    "Recorded the written consent of {candidate} to be relocated from {programme} to {target}.",
)
AGREED = declare(
    "log-relocation-agreed",
    "Agreed, for the institution {institution}, to the relocation from {programme}.",
)
REFUSED = declare(
    "log-relocation-refused",
    "Refused, for the institution {institution}, the relocation from {programme}: {reasons}",
)
DONE = declare(
    "log-relocation-done",
    "Relocated {count} student of {programme}.",
    "Relocated {count} students of {programme}.",
)
State = Relocation.State


def is_known(contest: Contest) -> bool:
    """Whether the contest's text has institutional relocation."""
    return edition_of(contest).has("relocation")


def few(contest: Contest, institution: str) -> list[tuple[Programme, int]]:
    """The institution's programmes in which few are enrolled, but somebody is, with how many."""
    found = programmes_of_few(edition_of(contest), phases_of(contest))
    offered = Programme.objects.filter(
        contest=contest, institution=institution, programme__in=list(found)
    )
    return [(each, found[each.programme]) for each in offered.order_by("programme")]


@transaction.atomic
def propose(
    contest: Contest,
    programme: str,
    moves: Mapping[str, str],
    user: User,
    others: int = 0,
    last_phase: bool = False,
) -> Relocation:
    """Propose where each student of a programme goes; whoever may propose was seen to before."""
    held = Contest.objects.select_for_update().get(pk=contest.pk)
    if not is_known(held):
        raise UsageError(Message(NO_RELOCATION))
    if why := closed(held):
        raise UsageError(why)
    if Relocation.objects.filter(contest=held, programme=programme, state=State.ASKED).exists():
        raise UsageError(Message(OPEN_ALREADY))
    phases = phases_of(held)
    there = [seat.candidate for seat in enrolled_in(phases, programme)]
    if not there:
        raise UsageError(Message(NOBODY))
    wanted = {who: moves.get(who, "").strip() for who in there}
    if not all(wanted.values()):
        raise UsageError(Message(EVERYBODY))
    places = institutions_of(held, [programme, *wanted.values()])
    for target in wanted.values():
        if target == programme or target not in places:
            raise UsageError(Message(UNKNOWN, {"programme": target}))
    made = Relocation(contest=held, programme=programme, moves=wanted, asked_by=user)
    receiving = {places[target] for target in wanted.values()} - {places[programme], ""}
    made.conditions = {
        "others": others, "last_phase": last_phase, "students": {},
        "institutions": [places[programme], *sorted(receiving)],
    }  # fmt: skip
    made.save()
    made.conditions |= kept_outcome(outcome(made, phases))
    made.save()
    _tell(made, user, PROPOSED, {"count": len(wanted)}, after=wanted)
    return made


def of_candidate(candidate: Candidate) -> list[Relocation]:
    """The relocations in which she would move."""
    found = Relocation.objects.filter(contest=candidate.contest).order_by("-pk")
    return [asked for asked in found if candidate.candidate in asked.moves]


def outcome(asked: Relocation, phases: Phases) -> Outcome:
    """What the rules say of it now; UsageError where they cannot tell."""
    decided = dict(asked.consents.values_list("institution", "agreed"))
    places = institutions_of(asked.contest, [asked.programme, *asked.moves.values()])
    answers = asked.conditions["students"]
    rows = [
        (
            candidate,
            target,
            bool(answers.get(candidate, {}).get("agreed")),
            bool(decided.get(places.get(target, ""))),
            bool(decided.get(places.get(asked.programme, ""))),
        )
        for candidate, target in sorted(asked.moves.items())
    ]
    columns = {"candidate": pl.String, "programme": pl.String}
    flags = ("student_consents", "institution_consents", "origin_consents")
    frame = pl.DataFrame(rows, columns | dict.fromkeys(flags, pl.Boolean), orient="row")
    given = asked.conditions
    request = Request(asked.programme, frame, None, given["others"], given["last_phase"])
    with told_of_people():
        return relocate(phases, request)


def _locked(pk: int) -> Relocation:
    return Relocation.objects.select_for_update(of=("self",)).select_related("contest").get(pk=pk)


@transaction.atomic
def answer(pk: int, candidate: str, agreed: bool, user: User, on_paper: bool = False) -> Relocation:
    """What a student answers; on_paper: an officer records what she signed.

    A refusal ends the whole: all are relocated or nobody is (55/2/e).
    """
    asked = _locked(pk)
    done = asked.state != State.ASKED or asked.conditions["students"].get(candidate)
    if done or candidate not in asked.moves:
        raise UsageError(Message(consents.NOT_YOURS))
    told = {"agreed": agreed, "at": timezone.now().isoformat(), "on_paper": on_paper}
    asked.conditions["students"][candidate] = told
    target = {"target": asked.moves[candidate]}
    if on_paper:
        _tell(asked, user, ON_PAPER, target | {"candidate": candidate}, candidate=candidate)
    else:
        code = STUDENT_AGREED if agreed else STUDENT_REFUSED
        _tell(asked, user, code, target, candidate=candidate)
    if agreed:
        asked.conditions |= kept_outcome(outcome(asked, phases_of(asked.contest)))
    else:
        consents.end(asked, State.REFUSED)
    asked.save()
    decision_mail.of_request(asked)
    return asked


@transaction.atomic
def decide(pk: int, institution: str, agreed: bool, reasons: str, user: User) -> Relocation:
    """The decision of one institution; with the last consent everybody moves (55/2/e)."""
    asked = _locked(pk)
    consents.decide(asked, institution, agreed, reasons, user, outcome)
    told = {"institution": institution} | ({} if agreed else {"reasons": reasons})
    _tell(asked, user, AGREED if agreed else REFUSED, told)
    if asked.state == State.DONE:
        before, count = dict.fromkeys(asked.moves, asked.programme), {"count": len(asked.moves)}
        _tell(asked, user, DONE, count, before=before, after=dict(asked.moves))
    decision_mail.of_request(asked)
    return asked


def _tell(
    asked: Relocation,
    user: User,
    code: str,
    more: Mapping[str, Any],
    before: Any = None,
    after: Any = None,
    candidate: str = "",
) -> None:
    record(
        user, code, {"programme": asked.programme, **more}, before=before, after=after,
        contest=asked.contest.key, candidate=candidate,
    )  # fmt: skip
