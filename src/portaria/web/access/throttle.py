"""How many wrong attempts somebody may make before waiting, counted in the cache."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

HOUR = 60 * 60
PER_USER, PER_ADDRESS = 10, 300
"""Wrong codes in an hour: of one account, and of one address, behind which a school may be."""


def blocked(request: HttpRequest) -> bool:
    """Whether this person or this address made too many wrong attempts in the last hour."""
    return any(cache.get(key, 0) >= most for key, most in _counters(request))


def failed(request: HttpRequest) -> None:
    """Count a wrong attempt."""
    for key, _most in _counters(request):
        # Not `incr`, which would forget how long the counter lasts.
        cache.set(key, cache.get(key, 0) + 1, HOUR)


def _counters(request: HttpRequest) -> list[tuple[str, int]]:
    found = [(f"wrong-code-from-{get_adapter().get_client_ip(request)}", PER_ADDRESS)]
    if request.user.is_authenticated:
        found.append((f"wrong-code-of-{request.user.pk}", PER_USER))
    return found
