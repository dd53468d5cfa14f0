"""How often somebody may do something before waiting, counted where every process sees it.

Log-ins, sign-ups and new passwords are counted by allauth (`ACCOUNT_RATE_LIMITS`).
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60


class Limit(NamedTuple):
    """At most `most` times in `seconds`, from the first on; `name` tells its counters apart."""

    name: str
    most: int
    seconds: int

    def wait(self, who: object, now: datetime | None = None) -> int:
        """In how many seconds `who` may again: 0 where that is now."""
        count, left = self._counted(who, _at(now))
        return left if count >= self.most else 0

    def take(self, who: object, now: datetime | None = None) -> int:
        """Count one more; where there were too many already, the seconds to wait instead."""
        at = _at(now)
        count, left = self._counted(who, at)
        if count >= self.most:
            return left
        # Not `incr`, which would forget how long the counter lasts.
        cache.set(self._key(who), (count + 1, at + left), left)
        return 0

    def _counted(self, who: object, at: int) -> tuple[int, int]:
        """How many there were, and for how many seconds more they count."""
        count, until = cache.get(self._key(who), (0, 0))
        return (count, until - at) if until > at else (0, self.seconds)

    def _key(self, who: object) -> str:
        return f"{self.name}:{who}"


def _at(now: datetime | None) -> int:
    return int((now or timezone.now()).timestamp())


def address_of(request: HttpRequest) -> str:
    """From where a request comes; a server behind a socket of this machine may not know."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return ""
