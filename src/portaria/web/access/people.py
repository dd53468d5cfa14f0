"""Candidates: their records, the codes that join a record to an account, and own records."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable

import polars as pl
from django.db import transaction

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.web.access.bulk import write_frame
from portaria.web.access.frames import table
from portaria.web.access.models import Candidate, Claim, Contest
from portaria.web.accounts.log import record
from portaria.web.accounts.models import User

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without the letters and digits that people mistake for one another."""
GROUPS, LENGTH = 4, 4

CODES_DRAWN = declare(
    "log-codes-drawn",
    "Drew an activation code for one candidate.",
    "Drew activation codes for {count} candidates.",
)
CODES_DRAWN_ANEW = declare(
    "log-codes-drawn-anew",
    "Drew an activation code for one candidate; codes that stopped working: {lost}.",
    "Drew activation codes for {count} candidates; codes that stopped working: {lost}.",
)
DRAWN = declare("log-code-drawn", "Drew a new activation code for candidate {candidate}.")
HAS_ACCOUNT = declare("code-has-account", "This candidate has an account already.")
HAS_CODE = declare(
    "code-has-code", "This candidate has a code already: only draw another where it was lost."
)
ACTIVATED = declare(
    "log-activated", "Joined the record of candidate {candidate} to the account with its code."
)


def new_code() -> str:
    """An activation code, 78 bits strong: ABCD-EFGH-JKMN-PQRS."""
    letters = [secrets.choice(ALPHABET) for _ in range(GROUPS * LENGTH)]
    return "-".join("".join(letters[i : i + LENGTH]) for i in range(0, len(letters), LENGTH))


def digest(code: str) -> str:
    """What is kept of a code, however it is typed."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


@transaction.atomic
def draw_codes(contest: Contest, user: User, anew: bool = False) -> list[tuple[str, str, str]]:
    """A code for every candidate who has neither account nor code: candidate, name, code.

    anew: for those who have a code, too, which then no longer counts. They are shown this once.
    """
    people = Candidate.objects.select_for_update(of=("self",))
    waiting = people.filter(contest=contest, user=None).order_by("candidate")
    drawn = list(waiting if anew else waiting.filter(activation=None))
    lost = sum(candidate.activation is not None for candidate in drawn)
    rows = []
    for candidate in drawn:
        code = new_code()
        candidate.activation = digest(code)
        rows.append((candidate.candidate, candidate.name or "", code))
    Candidate.objects.bulk_update(drawn, ["activation"], batch_size=500)
    if rows:
        sentence = CODES_DRAWN_ANEW if lost else CODES_DRAWN
        record(user, sentence, {"count": len(rows), "lost": lost}, contest=contest.key)
    return rows


@transaction.atomic
def draw_code(candidate: Candidate, user: User, anew: bool = False) -> str:
    """A code for one candidate, shown this once. UsageError where she has an account, or a code
    that anew does not replace."""
    found = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    if found.user_id is not None:
        raise UsageError(Message(HAS_ACCOUNT))
    if found.activation is not None and not anew:
        raise UsageError(Message(HAS_CODE))
    code = new_code()
    found.activation = digest(code)
    found.save(update_fields=["activation"])
    params = {"candidate": found.candidate}
    record(user, DRAWN, params, contest=found.contest.key, candidate=found.candidate)
    return code


@transaction.atomic
def activate(user: User, code: str) -> Candidate | None:
    """Join the record that a code opens to an account; None where it opens none for her.

    A code serves once. An account has one record in a contest.
    """
    found = Candidate.objects.select_for_update().filter(activation=digest(code), user=None).first()
    if found is None or own(user, found.contest) is not None:
        return None
    found.user, found.activation = user, None
    found.save(update_fields=["user", "activation"])
    record(
        user,
        ACTIVATED,
        {"candidate": found.candidate},
        contest=found.contest.key,
        candidate=found.candidate,
    )
    return found


def opens(code: str) -> bool:
    """Whether a code opens a record that nobody has joined to an account."""
    return Candidate.objects.filter(activation=digest(code), user=None).exists()


def own(user: User, contest: Contest) -> Candidate | None:
    """The record of this person in a contest."""
    return Candidate.objects.filter(contest=contest, user=user).first()


def keep_people(contest: Contest, people: pl.DataFrame) -> None:
    """Write table `candidates`: new ones are added, others changed, those gone removed.

    Accounts and applications stay with those who stay. The caller has seen to it that nobody who
    applied is removed.
    """
    stand = table(contest, "candidates")
    people = people.select(column for column in stand.columns if column in people.columns)
    stand = stand.select(people.columns).cast(people.schema)
    _remove(contest, stand.join(people, on="candidate", how="anti")["candidate"])
    write_frame(Candidate, people.join(stand, on="candidate", how="anti"), contest_id=contest.pk)
    stay = people.join(stand, on="candidate", how="semi")
    _change(contest, stay.join(stand, on=people.columns, how="anti", nulls_equal=True))
    _keep_decisions(contest)


def _keep_decisions(contest: Contest) -> None:
    """What was decided on a claim stands: the tables that come from outside know nothing of it."""
    for claim in Claim.objects.filter(contest=contest, state=Claim.State.ACCEPTED):
        decided = {claim.quota: claim.ground or True}
        Candidate.objects.filter(pk=claim.candidate_id).update(**decided)


def _remove(contest: Contest, keys: Iterable[str]) -> None:
    keys = list(keys)
    for begin in range(0, len(keys), 500):
        some = keys[begin : begin + 500]
        Candidate.objects.filter(contest=contest, candidate__in=some).delete()


def _change(contest: Contest, people: pl.DataFrame) -> None:
    rows = {row["candidate"]: row for row in people.to_dicts()}
    names = [name for name in people.columns if name != "candidate"]
    keys = list(rows)
    for begin in range(0, len(keys), 500):
        some = list(Candidate.objects.filter(
            contest=contest, candidate__in=keys[begin : begin + 500]
        ))  # fmt: skip
        for candidate in some:
            for name in names:
                setattr(candidate, name, rows[candidate.candidate][name])
        Candidate.objects.bulk_update(some, names, batch_size=100)
