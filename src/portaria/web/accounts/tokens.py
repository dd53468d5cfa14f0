"""Tokens of other systems: issued for one institution, checked, counted, revoked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.web.accounts.log import record
from portaria.web.accounts.models import ApiToken, User
from portaria.web.accounts.permissions import Person
from portaria.web.accounts.roles import Can
from portaria.web.throttle import MINUTE, Limit

PLACEMENTS_READ = "placements:read"
ENROLMENTS_READ = "enrolments:read"
ENROLMENTS_WRITE = "enrolments:write"
SCOPES = {
    PLACEMENTS_READ: declare(
        "scope-placements-read", "Read the candidates placed in the institution."
    ),
    ENROLMENTS_READ: declare("scope-enrolments-read", "Read the enrolments that were reported."),
    ENROLMENTS_WRITE: declare("scope-enrolments-write", "Report enrolments."),
}
"""What a token may be good for, with the sentence that tells it."""

LONGEST = timedelta(days=366)
WRONG = Limit("token-wrong", 20, MINUTE)
CALLS = Limit("token-calls", 240, MINUTE)
USED_EVERY = timedelta(minutes=1)
"""How finely the last use is noted: each note is a write."""

UNKNOWN_SCOPE = declare("token-unknown-scope", "There is no scope {scope}.")
NO_SCOPE = declare("token-no-scope", "Choose at least one thing that the token may do.")
NO_INSTITUTION = declare("token-no-institution", "A token is good for one institution: name it.")
NO_NAME = declare(
    "token-no-name", "Give the token a name, such as that of the system that uses it."
)
EXPIRES_WRONG = declare(
    "token-expires", "A token expires in the future, and within a year: choose another day."
)
ISSUED = declare(
    "log-token-issued", "Issued the API token {name} for the institution {institution}: {scopes}."
)
REVOKED = declare(
    "log-token-revoked", "Revoked the API token {name} of the institution {institution}."
)
ISSUER_CLOSED = declare(
    "token-issuer-closed", "The account of who issued it was suspended or closed."
)
ISSUER_WITHOUT_ROLE = declare(
    "token-issuer-without-role", "Who issued it no longer has a role that may issue tokens."
)
ENDED = declare(
    "log-token-ended",
    "The API token {name} of the institution {institution} ended, because its issuer {issuer} has "
    "no such role or account any longer.",
)


class TooManyCalls(Exception):
    """Somebody calls too often; `seconds`: when to try again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@transaction.atomic
def issue(
    user: User, name: str, institution: str, scopes: Collection[str], expires_at: datetime
) -> tuple[ApiToken, str]:
    """A new token and its text, which is shown this once; UsageError for what cannot be issued."""
    now = timezone.now()
    if not name.strip():
        raise UsageError(Message(NO_NAME))
    if not institution.strip():
        raise UsageError(Message(NO_INSTITUTION))
    if not scopes:
        raise UsageError(Message(NO_SCOPE))
    for scope in scopes:
        if scope not in SCOPES:
            raise UsageError(Message(UNKNOWN_SCOPE, {"scope": scope}))
    if not now < expires_at <= now + LONGEST:
        raise UsageError(Message(EXPIRES_WRONG))
    token, text = ApiToken.issue(
        name=name.strip(),
        institution=institution.strip(),
        scopes=sorted(set(scopes)),
        created_by=user,
        expires_at=expires_at,
    )
    record(user, ISSUED, _told(token), after={"expires_at": expires_at.isoformat()})
    return token, text


@transaction.atomic
def revoke(token: ApiToken, user: User) -> None:
    """From now on the token is refused; once revoked it stays so."""
    found = ApiToken.objects.select_for_update().get(pk=token.pk)
    if found.revoked_at is None:
        found.revoked_at = timezone.now()
        found.save(update_fields=["revoked_at"])
        params = _told(found)
        del params["scopes"]
        record(user, REVOKED, params)


def end_for(issuer: User) -> str:
    """Why the tokens that somebody issued stand no longer: the code of the reason, "" where they
    stand. What opens an institution's records has somebody who answers for it."""
    if not issuer.is_active:
        return ISSUER_CLOSED
    return "" if Person(issuer).may(Can.ADMINISTER) else ISSUER_WITHOUT_ROLE


@transaction.atomic
def end_of_issuer(issuer: User) -> int:
    """End the tokens of an issuer who may issue none any longer; how many.

    They stay ended should she have the role again: another is issued then.
    """
    reason = end_for(issuer)
    if not reason:
        return 0
    found = list(standing().filter(created_by=issuer).select_for_update())
    for token in found:
        token.revoked_at, token.ended_for = timezone.now(), reason
        token.save(update_fields=["revoked_at", "ended_for"])
        params = {"name": token.name, "institution": token.institution, "issuer": str(issuer)}
        record(None, ENDED, params)
    return len(found)


def standing() -> QuerySet[ApiToken]:
    """The tokens that are accepted now."""
    return ApiToken.objects.filter(revoked_at=None, expires_at__gt=timezone.now())


def ended_of(institution: str) -> list[ApiToken]:
    """The tokens of an institution that ended because of their issuer, until they would have
    expired; the latest first."""
    found = ApiToken.objects.filter(institution=institution, expires_at__gt=timezone.now())
    return list(found.exclude(ended_for="").order_by("-revoked_at"))


def _told(token: ApiToken) -> dict[str, str]:
    return {
        "name": token.name,
        "institution": token.institution,
        "scopes": ", ".join(token.scopes),
    }


def authenticate(text: str, address: str, now: datetime | None = None) -> ApiToken | None:
    """The token of this text where it stands, None where it does not.

    TooManyCalls where `address` has sent too many wrong ones in a minute, or the token was used
    too often in one. The last use is noted at most once a minute.
    """
    now = now or timezone.now()
    if wait := WRONG.wait(address, now):
        raise TooManyCalls(wait)
    tokens = ApiToken.objects.select_related("created_by")
    token = tokens.filter(digest=ApiToken.digest_of(text)).first()
    if token is not None and token.stands(now) and end_for(token.created_by):
        # However the role was lost: the acts of administrators end tokens at once.
        end_of_issuer(token.created_by)
        token = None
    if token is None or not token.stands(now):
        WRONG.take(address, now)
        return None
    if wait := CALLS.take(token.pk, now):
        raise TooManyCalls(wait)
    if token.last_used_at is None or now - token.last_used_at >= USED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token
