"""Institutional relocation (55): all who are enrolled in a programme of few go, or nobody.

Each student answers, then the institution of origin and those that receive decide; with the last
consent the engine checks everything once more and the enrolments move.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl
from django.db import transaction
from django.utils import timezone

from portaria.core.errors import InputError, UsageError
from portaria.core.messages import Message, declare
from portaria.regulations.access.procedures.outcome import ACCEPTED
from portaria.regulations.access.procedures.relocation import Relocation as Outcome
from portaria.regulations.access.procedures.relocation import relocate
from portaria.regulations.access.procedures.relocation_conditions import Request
from portaria.web.access.after import institution_of, kept_outcome, move, phases_of
from portaria.web.access.editions import edition_of
from portaria.web.access.enrolments import closed
from portaria.web.access.models import Candidate, Consent, Contest, Programme, Relocation
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
NOT_YOURS = declare(
    "web-relocation-not-yours", "This relocation is decided, or not yours to decide."
)
DECIDED = declare("web-relocation-consent-given", "The institution has decided on this already.")
NOT_MET = declare(
    "web-relocation-not-met",
    "The relocation cannot be agreed to: not every condition is met. Look at them again.",
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
OF_INSTITUTIONS = ("relocation-institution-consents", "relocation-origin-consents")
"""Conditions that the decisions of institutions themselves meet."""


def is_known(contest: Contest) -> bool:
    """Whether the contest's text has institutional relocation."""
    return edition_of(contest).has("relocation")


def enrolled_in(contest: Contest, programme: str) -> list[str]:
    """The candidates enrolled in a programme after this phase, by code."""
    seats = phases_of(contest).seats
    there = seats.filter((pl.col("programme") == programme) & pl.col("stands"))
    return there["candidate"].sort().to_list()


def few(contest: Contest, institution: str) -> list[tuple[Programme, int]]:
    """The institution's programmes in which few are enrolled, but somebody is, with how many."""
    limit = edition_of(contest).value("relocation_enrolled_below")
    seats = phases_of(contest).seats.filter(pl.col("stands"))
    counted = dict(seats.group_by("programme").agg(pl.len()).iter_rows())
    offered = Programme.objects.filter(contest=contest, institution=institution)
    return [
        (each, counted[each.programme])
        for each in offered.order_by("programme")
        if 0 < counted.get(each.programme, 0) < limit
    ]


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
    there = enrolled_in(held, programme)
    if not there:
        raise UsageError(Message(NOBODY))
    wanted = {who: moves.get(who, "").strip() for who in there}
    if not all(wanted.values()):
        raise UsageError(Message(EVERYBODY))
    for target in wanted.values():
        known = Programme.objects.filter(contest=held, programme=target).exists()
        if target == programme or not known:
            raise UsageError(Message(UNKNOWN, {"programme": target}))
    made = Relocation(contest=held, programme=programme, moves=wanted, asked_by=user)
    made.conditions = {"others": others, "last_phase": last_phase, "students": {}}
    made.save()
    made.conditions |= kept_outcome(outcome(made))
    made.save()
    _tell(made, user, PROPOSED, {"count": len(wanted)}, after=wanted)
    return made


def institutions(asked: Relocation) -> tuple[str, ...]:
    """That of origin first, then those that would receive somebody."""
    origin = institution_of(asked.contest, asked.programme)
    targets = Programme.objects.filter(
        contest=asked.contest_id, programme__in=asked.moves.values(), institution__isnull=False
    )
    return (origin, *sorted({*targets.values_list("institution", flat=True)} - {origin}))


def of_institution(code: str) -> list[Relocation]:
    """The relocations that concern an institution, the latest first."""
    found = Relocation.objects.select_related("contest").order_by("-pk")
    return _concerning(code, found)


def _concerning(code: str, found: Iterable[Relocation]) -> list[Relocation]:
    """Those of them that begin or end in the institution, in the same order."""
    offered = set(Programme.objects.filter(institution=code).values_list("contest", "programme"))
    return [
        asked
        for asked in found
        if any(
            (asked.contest_id, each) in offered for each in (asked.programme, *asked.moves.values())
        )
    ]


def waiting(code: str) -> int:
    """How many relocations wait for an institution."""
    undecided = Relocation.objects.filter(state=State.ASKED).exclude(consents__institution=code)
    return len(_concerning(code, undecided))


def of_candidate(candidate: Candidate) -> list[Relocation]:
    """The relocations in which she would move."""
    found = Relocation.objects.filter(contest=candidate.contest).order_by("-pk")
    return [asked for asked in found if candidate.candidate in asked.moves]


def outcome(asked: Relocation) -> Outcome:
    """What the rules say of it now."""
    decided = dict(asked.consents.values_list("institution", "agreed")) if asked.pk else {}
    origin = institution_of(asked.contest, asked.programme)
    students = asked.conditions["students"]
    rows = [
        (
            candidate,
            target,
            bool(students.get(candidate, {}).get("agreed")),
            bool(decided.get(institution_of(asked.contest, target))),
            bool(decided.get(origin)),
        )
        for candidate, target in sorted(asked.moves.items())
    ]
    columns = {"candidate": pl.String, "programme": pl.String}
    flags = ("student_consents", "institution_consents", "origin_consents")
    frame = pl.DataFrame(rows, columns | dict.fromkeys(flags, pl.Boolean), orient="row")
    given = asked.conditions
    request = Request(asked.programme, frame, None, given["others"], given["last_phase"])
    return relocate(phases_of(asked.contest), request)


def _locked(pk: int) -> Relocation:
    asked = Relocation.objects.select_for_update().get(pk=pk)
    if asked.state != State.ASKED:
        raise UsageError(Message(NOT_YOURS))
    return asked


@transaction.atomic
def answer(pk: int, candidate: str, agreed: bool, user: User, on_paper: bool = False) -> Relocation:
    """What a student answers; on_paper: an officer records what she signed.

    A refusal ends the whole: all are relocated or nobody is (55/2/e).
    """
    asked = _locked(pk)
    if candidate not in asked.moves or asked.conditions["students"].get(candidate):
        raise UsageError(Message(NOT_YOURS))
    told = {"agreed": agreed, "at": timezone.now().isoformat(), "on_paper": on_paper}
    asked.conditions["students"][candidate] = told
    target = {"target": asked.moves[candidate]}
    if on_paper:
        _tell(asked, user, ON_PAPER, target | {"candidate": candidate}, candidate=candidate)
    else:
        code = STUDENT_AGREED if agreed else STUDENT_REFUSED
        _tell(asked, user, code, target, candidate=candidate)
    if not agreed:
        asked.state, asked.done_at = State.REFUSED, timezone.now()
    asked.conditions |= kept_outcome(outcome(asked))
    asked.save()
    return asked


@transaction.atomic
def decide(pk: int, institution: str, agreed: bool, reasons: str, user: User) -> Relocation:
    """The decision of one institution; with the last consent everybody moves."""
    asked = _locked(pk)
    contest = Contest.objects.select_for_update().get(pk=asked.contest_id)
    if why := closed(contest):
        raise UsageError(why)
    places = institutions(asked)
    if institution not in places:
        raise UsageError(Message(NOT_YOURS))
    if asked.consents.filter(institution=institution).exists():
        raise UsageError(Message(DECIDED))
    Consent.objects.create(
        relocation=asked, institution=institution, agreed=agreed, reasons=reasons, decided_by=user
    )
    found = outcome(asked)
    if agreed and any(each.code not in OF_INSTITUTIONS for each in found.failing):
        # Undone with the transaction: nobody agrees to what the text does not allow.
        raise UsageError(Message(NOT_MET))
    more = {"institution": institution} | ({} if agreed else {"reasons": reasons})
    _tell(asked, user, AGREED if agreed else REFUSED, more)
    asked.conditions |= kept_outcome(found)
    agreeing = set(asked.consents.filter(agreed=True).values_list("institution", flat=True))
    if not agreed:
        asked.state, asked.done_at = State.REFUSED, timezone.now()
    elif agreeing == set(places):
        _relocate(asked, contest, found, user)
    asked.save()
    return asked


def _relocate(asked: Relocation, contest: Contest, found: Outcome, user: User) -> None:
    if found.answer != ACCEPTED:
        raise UsageError(Message(NOT_MET))
    move(contest, phases_of(contest), found.enrolments, user)
    asked.state, asked.done_at = State.DONE, timezone.now()
    before = dict.fromkeys(asked.moves, asked.programme)
    count = {"count": len(asked.moves)}
    _tell(asked, user, DONE, count, before=before, after=dict(asked.moves))


def _tell(
    asked: Relocation,
    user: User,
    code: str,
    more: Mapping[str, Any],
    before: Any = None,
    after: Any = None,
    candidate: str = "",
) -> None:
    params = {"programme": asked.programme, **more}
    record(
        user, code, params, before=before, after=after, contest=asked.contest.key,
        candidate=candidate,
    )  # fmt: skip


def sentence(error: UsageError | InputError) -> Message:
    """What to tell of an error: that of its first row, where it has rows."""
    if isinstance(error, InputError) and error.problems:
        return error.problems[0].message
    return error.message if isinstance(error.message, Message) else Message(NOT_MET)
