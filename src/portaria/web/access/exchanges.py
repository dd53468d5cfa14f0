"""Exchange of seats (54): one asks, the other agrees, both institutions authorise it.

The request is of the day on which both have asked for it (54/3). The engine checks every condition
when the other agrees, and again at each decision of an institution (`consents`).
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.regulations.access.procedures.exchange import exchange as check
from portaria.regulations.access.procedures.exchange_case import Request
from portaria.regulations.access.procedures.outcome import Outcome
from portaria.regulations.access.procedures.phases import Phases
from portaria.web.access import consents, decision_mail
from portaria.web.access.after import (
    enrolment_of,
    institutions_of,
    kept_outcome,
    phases_of,
    told_of_people,
)
from portaria.web.access.editions import edition_of
from portaria.web.access.enrolments import closed
from portaria.web.access.models import Candidate, Contest, Exchange
from portaria.web.accounts.log import record
from portaria.web.accounts.models import User
from portaria.web.days import day_of, today
from portaria.web.throttle import DAY, Limit

NO_EXCHANGE = declare(
    "web-exchange-not-in-text", "This contest's regulation has no exchange of seats."
)
NOBODY = declare(
    "web-exchange-nobody",
    "No candidate with this code can exchange a seat with you: check the code with that person.",
)
NO_SEAT = declare("web-exchange-no-seat", "You have no seat in this contest to exchange.")
YOURSELF = declare("web-exchange-yourself", "An exchange takes two people: this is your own code.")
TOO_OFTEN = declare(
    "web-exchange-too-often", "Too many codes were tried today: try again tomorrow."
)
OPEN_ALREADY = declare(
    "web-exchange-open-already",
    "There is a request for an exchange already, which is not decided yet.",
)
NOT_YOURS = declare(
    "web-exchange-not-yours", "This request for an exchange is decided, or not yours."
)
ASKED = declare("log-exchange-asked", "Asked {second} for an exchange of seats.")
AGREED = declare("log-exchange-agreed", "Agreed to the exchange of seats that {first} asked for.")
WITHDRAWN = declare(
    "log-exchange-withdrawn", "Did not go on with the exchange of seats of {first} and {second}."
)
AUTHORISED = declare(
    "log-exchange-authorised",
    "Authorised, for the institution {institution}, the exchange of seats of {first} and {second}.",
)
REFUSED = declare(
    "log-exchange-refused",
    "Refused, for the institution {institution}, the exchange of seats of {first} and {second}: "
    "{reasons}",
)
DONE = declare("log-exchange-done", "Exchanged the seats of {first} and {second}.")
TRIES = Limit("exchange-tries", 10, DAY)
State = Exchange.State


def is_known(contest: Contest) -> bool:
    """Whether the contest's text has an exchange of seats."""
    return edition_of(contest).has("exchange-placed")


def of_candidate(candidate: Candidate) -> list[Exchange]:
    """Her requests and those that were made to her, the latest first."""
    hers = Q(first__candidate=candidate.candidate) | Q(second__candidate=candidate.candidate)
    found = Exchange.objects.filter(hers, contest=candidate.contest)
    return list(found.select_related("first", "second", "contest").order_by("-pk"))


def ask(first: Candidate, user: User, code: str) -> Exchange:
    """Ask the candidate of this code; UsageError where that cannot be.

    Nothing is told of the other before she agrees; the codes tried in a day are counted.
    """
    # Outside the transaction: a code that is wrong undoes it, and must be counted all the same.
    if TRIES.take(user.pk):
        raise UsageError(Message(TOO_OFTEN))
    return _ask(first, user, code.strip())


@transaction.atomic
def _ask(first: Candidate, user: User, code: str) -> Exchange:
    contest = _held(first.contest)
    _may_exchange(contest)
    phases = phases_of(contest)
    if phases.seat(first.candidate) is None:
        raise UsageError(Message(NO_SEAT))
    if code == first.candidate:
        raise UsageError(Message(YOURSELF))
    if _open(contest, first.candidate):
        raise UsageError(Message(OPEN_ALREADY))
    second = Candidate.objects.filter(contest=contest, candidate=code).first()
    if second is None or phases.seat(code) is None or _open(contest, code):
        raise UsageError(Message(NOBODY))
    asked = Exchange.objects.create(contest=contest, first=first, second=second, asked_by=user)
    _tell(asked, user, ASKED, first)
    return asked


def _held(contest: Contest) -> Contest:
    return Contest.objects.select_for_update().get(pk=contest.pk)


def _may_exchange(contest: Contest) -> None:
    if not is_known(contest):
        raise UsageError(Message(NO_EXCHANGE))
    if why := closed(contest):
        raise UsageError(why)


def _open(contest: Contest, candidate: str) -> bool:
    """Whether a request that binds her is not decided: her own, or one to which she agreed."""
    binds = Q(first__candidate=candidate) | Q(
        second__candidate=candidate, accepted_by_second_at__isnull=False
    )
    return Exchange.objects.filter(binds, contest=contest, state=State.ASKED).exists()


@transaction.atomic
def agree(pk: int, second: Candidate, user: User) -> Exchange:
    """The other agrees: from this day on the two ask for it, and its conditions are checked."""
    asked = _locked(pk)
    contest = _held(asked.contest)
    _may_exchange(contest)
    if asked.second_id != second.pk or asked.accepted_by_second_at or asked.state != State.ASKED:
        raise UsageError(Message(NOT_YOURS))
    if _open(contest, second.candidate):
        raise UsageError(Message(OPEN_ALREADY))
    asked.accepted_by_second_at = timezone.now()
    phases = phases_of(contest)
    seats = [phases.seat(who.candidate) for who in (asked.first, second)]
    places = institutions_of(contest, [seat.programme for seat in seats if seat])
    concerned = {"institutions": sorted(set(places.values()))}
    asked.conditions = kept_outcome(outcome(asked, phases)) | concerned
    asked.save()
    _tell(asked, user, AGREED, second)
    return asked


@transaction.atomic
def give_up(pk: int, candidate: Candidate, user: User) -> None:
    """One of the two does not want it, or no longer."""
    asked = _locked(pk)
    if candidate.pk not in (asked.first_id, asked.second_id) or asked.state != State.ASKED:
        raise UsageError(Message(NOT_YOURS))
    consents.end(asked, State.REFUSED)
    asked.save()
    _tell(asked, user, WITHDRAWN, candidate)


def _locked(pk: int) -> Exchange:
    return (
        Exchange.objects.select_for_update(of=("self",))
        .select_related("first", "second", "contest")
        .get(pk=pk)
    )


def outcome(asked: Exchange, phases: Phases) -> Outcome:
    """What the rules say of it now; UsageError where they cannot tell."""
    contest = asked.contest
    days = []
    for person in (asked.first, asked.second):
        seat = phases.seat(person.candidate)
        row = enrolment_of(contest, seat) if seat else None
        days.append(row.enrolled_on if row else None)
    at = asked.accepted_by_second_at
    on = day_of(at) if at else today()
    request = Request(asked.first.candidate, asked.second.candidate, days[0], days[1], on)
    with told_of_people():
        return check(phases, request, {})


@transaction.atomic
def decide(pk: int, institution: str, agreed: bool, reasons: str, user: User) -> Exchange:
    """The decision of one institution; with the last one that authorises, the seats move (54/6)."""
    asked = _locked(pk)
    found = consents.decide(asked, institution, agreed, reasons, user, outcome)
    told = {"institution": institution} | ({} if agreed else {"reasons": reasons})
    _tell(asked, user, AUTHORISED if agreed else REFUSED, None, told)
    if asked.state == State.DONE and found:
        before = {each.candidate: each.before.word for each in found.changes}
        after = {each.candidate: each.after.word for each in found.changes}
        _tell(asked, user, DONE, None, before=before, after=after)
    decision_mail.of_request(asked)
    return asked


def _tell(
    asked: Exchange,
    user: User,
    code: str,
    about: Candidate | None,
    more: dict[str, Any] | None = None,
    before: Any = None,
    after: Any = None,
) -> None:
    params = {"first": asked.first.candidate, "second": asked.second.candidate, **(more or {})}
    who = about or asked.first
    record(
        user, code, params, before=before, after=after, contest=asked.contest.key,
        candidate=who.candidate,
    )  # fmt: skip
