"""Tokens of other systems: issued for one institution, checked, counted, revoked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.web.accounts.log import record
from portaria.web.accounts.models import ApiToken, User

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
WRONG_A_MINUTE = 20
CALLS_A_MINUTE = 240
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


def _told(token: ApiToken) -> dict[str, str]:
    return {
        "name": token.name,
        "institution": token.institution,
        "scopes": ", ".join(token.scopes),
    }


def authenticate(text: str, address: str, now: datetime | None = None) -> ApiToken | None:
    """The token of this text where it stands, None where it does not.

    TooManyCalls where `address` has sent too many wrong ones in this minute, or the token was used
    too often in it. The last use is noted at most once a minute.
    """
    now = now or timezone.now()
    minute = int(now.timestamp()) // 60
    wrong = f"token-wrong:{address}:{minute}"
    if cache.get(wrong, 0) >= WRONG_A_MINUTE:
        raise TooManyCalls(_left(now))
    token = ApiToken.objects.filter(digest=ApiToken.digest_of(text)).first()
    if token is None or not token.stands(now):
        _count(wrong)
        return None
    if _count(f"token-calls:{token.pk}:{minute}") > CALLS_A_MINUTE:
        raise TooManyCalls(_left(now))
    if token.last_used_at is None or now - token.last_used_at >= USED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def _left(now: datetime) -> int:
    return 60 - int(now.timestamp()) % 60


def _count(key: str) -> int:
    """One more of these, and how many there are now."""
    if cache.add(key, 1, timeout=120):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out between the two
        cache.set(key, 1, timeout=120)
        return 1
