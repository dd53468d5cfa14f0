"""Special quotas claimed with the application, and decided on documents (211-A 10, 11, 25, 26).

Claims are received until the deadline of the applications and decided before the result is sent.
An accepted claim writes the candidate's record in the same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.documents.access_words import QUOTA_NAMES
from portaria.regulations.access.parameters import quotas_of
from portaria.regulations.access.quotas import SPECIAL
from portaria.regulations.access.schemas import ISLAND_GROUNDS, ISLANDS
from portaria.web.access import decision_mail
from portaria.web.access.attachments import check, keeping
from portaria.web.access.editions import edition_of
from portaria.web.access.models import Candidate, Claim, Contest, Document, Stage
from portaria.web.access.problems import packed
from portaria.web.access.submissions import held
from portaria.web.accounts.log import record
from portaria.web.accounts.models import User
from portaria.web.accounts.permissions import Person
from portaria.web.accounts.roles import Can

NOT_NOW = declare(
    "claim-not-now", "Claims to quotas are received until the deadline of the applications alone."
)
NO_SUCH = declare("claim-no-such-quota", "This contest has no such quota.")
NO_GROUND = declare("claim-no-ground", "Say on which ground you claim the quota of an island.")
MOST = 20
TOO_OFTEN = declare(
    "claim-too-often", "At most {limit} claims are received of one person, withdrawn ones included."
)
ALREADY = declare("claim-already", "You already claimed this quota.")
NOT_OPEN = declare("claim-not-open", "This claim was already decided or withdrawn.")
NO_REASONS = declare("claim-no-reasons", "A refusal needs its reasons.")
TOO_LATE = declare(
    "claim-too-late", "Claims are decided before the result of the contest is sent to the director."
)
CLAIMED = declare("log-claimed", "Claimed the {quota}; documents: {count}.")
ADDED = declare("log-claim-documents", "Added documents to the claim to the {quota}: {count}.")
WITHDRAWN = declare("log-claim-withdrawn", "Withdrew the claim to the {quota}.")
ACCEPTED = declare("log-claim-accepted", "Accepted the claim of {candidate} to the {quota}.")
REFUSED = declare("log-claim-refused", "Refused the claim of {candidate} to the {quota}.")


def claimable(contest: Contest) -> list[str]:
    """The special quotas that can be claimed, by code; none in a later phase (42 and 46)."""
    if contest.phase > 1:
        return []
    there = quotas_of(edition_of(contest))
    return [quota for quota in SPECIAL if quota in there]


def decider(quota: str) -> Can:
    """What a person must be allowed, to decide a claim to this quota."""
    return Can.DECIDE_DISABILITY if quota == "disability" else Can.DECIDE_CLAIMS


def claim(
    candidate: Candidate,
    user: User,
    quota: str,
    ground: str = "",
    statement: str = "",
    files: Sequence[UploadedFile] = (),
) -> Claim:
    """Claim a quota. UsageError after the deadline or for a quota already claimed; InputError for
    documents that are not taken."""
    if quota not in claimable(candidate.contest):
        raise UsageError(Message(NO_SUCH))
    if quota in ISLANDS and ground not in ISLAND_GROUNDS:
        raise UsageError(Message(NO_GROUND))
    check(files)
    try:
        with keeping() as keep, transaction.atomic():
            _received(candidate)
            if Claim.objects.filter(candidate=candidate).count() >= MOST:
                raise UsageError(Message(TOO_OFTEN, {"limit": MOST}))
            made = Claim.objects.create(
                contest_id=candidate.contest_id,
                candidate=candidate,
                quota=quota,
                ground=ground if quota in ISLANDS else "",
                statement=statement,
            )
            keep(files, made)
            _tell(user, CLAIMED, made, count=len(files))
            _received(candidate)
    except IntegrityError:
        raise UsageError(Message(ALREADY)) from None
    return made


def add_documents(made: Claim, user: User, files: Sequence[UploadedFile]) -> None:
    """Add documents to a claim that waits, until the deadline."""
    check(files, already=Document.objects.filter(claim=made).count())
    with keeping() as keep, transaction.atomic():
        _received(made.candidate)
        found = _locked(made, Claim.State.CLAIMED)
        keep(files, found)
        _tell(user, ADDED, found, count=len(files))
        _received(made.candidate)


@transaction.atomic
def withdraw(made: Claim, user: User) -> None:
    """Withdraw a claim until the deadline; what its acceptance wrote is taken back."""
    contest = _received(made.candidate)
    found = _locked(made, Claim.State.CLAIMED, Claim.State.ACCEPTED)
    before = found.state
    if found.state == Claim.State.ACCEPTED:
        _write(found, None if found.quota in ISLANDS else False)
    found.state, found.decided_at = Claim.State.WITHDRAWN, timezone.now()
    found.save()
    _tell(user, WITHDRAWN, found, before=before)
    if not contest.accepts(timezone.now()):
        raise UsageError(Message(NOT_NOW))


@transaction.atomic
def decide(made: Claim, user: User, accepted: bool, reasons: str) -> Claim:
    """Accept or refuse a claim; acceptance writes the record that the placement reads.

    The office decides, on disability the commission: PermissionDenied for others. UsageError where
    it was decided or withdrawn, where the result was sent, and for a refusal without reasons.
    """
    if not Person(user).may(decider(made.quota)):
        raise PermissionDenied
    if not accepted and not reasons.strip():
        raise UsageError(Message(NO_REASONS))
    if held(made.contest_id).stage not in (Stage.OPEN, Stage.CLOSED):
        raise UsageError(Message(TOO_LATE))
    found = _locked(made, Claim.State.CLAIMED)
    found.state = Claim.State.ACCEPTED if accepted else Claim.State.REFUSED
    found.reasons, found.decided_by, found.decided_at = reasons.strip(), user, timezone.now()
    found.save()
    if accepted:
        _write(found, found.ground if found.quota in ISLANDS else True)
    code = ACCEPTED if accepted else REFUSED
    name = found.candidate.candidate
    _tell(user, code, found, before=str(Claim.State.CLAIMED), candidate=name)
    decision_mail.tell([found.candidate], decision_mail.CLAIM)
    return found


def _received(candidate: Candidate) -> Contest:
    """The contest, which is not closed before the transaction ends; UsageError after its time."""
    contest = held(candidate.contest_id)
    if not contest.accepts(timezone.now()):
        raise UsageError(Message(NOT_NOW))
    return contest


def _locked(made: Claim, *states: Claim.State) -> Claim:
    found = Claim.objects.select_for_update(of=("self",)).select_related("candidate", "contest")
    one = found.get(pk=made.pk)
    if one.state not in states:
        raise UsageError(Message(NOT_OPEN))
    return one


def _write(made: Claim, value: str | bool | None) -> None:
    """The column of the candidate's record that has the name of the quota."""
    Candidate.objects.filter(pk=made.candidate_id).update(**{made.quota: value})


def _tell(user: User, code: str, made: Claim, before: Any = None, **params: Any) -> None:
    after = {"state": made.state, "ground": made.ground, "reasons": made.reasons}
    record(
        user,
        code,
        {"quota": {"message": packed(quota_message(made.quota))}, **params},
        before=before,
        after=after,
        contest=made.contest.key,
        candidate=made.candidate.candidate,
    )


def quota_message(quota: str) -> Message:
    """The name of a quota that can be claimed."""
    return Message(QUOTA_NAMES[quota])
