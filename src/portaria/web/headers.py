"""Response headers: nothing is loaded from elsewhere, and caches keep no page with records."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


def origins() -> list[str]:
    """The origins of the identity providers, and of what they pass a log-in on to.

    A form that begins a log-in is answered with the address of a provider, and browsers hold the
    policy of forms against every step of the way.
    """
    found = set()
    for app in settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", []):
        for address in (app["settings"]["server_url"], *app["settings"].get("origins", ())):
            parts = urlsplit(address)
            if parts.scheme in ("http", "https") and parts.netloc:
                found.add(f"{parts.scheme}://{parts.netloc}")
    return sorted(found)


def policy() -> str:
    """The Content-Security-Policy of this installation."""
    return POLICY.replace("form-action 'self'", " ".join(["form-action 'self'", *origins()]))


class Headers:
    """Middleware around every response."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", self.policy)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response
