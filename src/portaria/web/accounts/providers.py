"""What happens where an identity provider does not answer."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

log = logging.getLogger("portaria")


class Unanswered:
    """Middleware: a log-in that cannot begin is told calmly, and the log of the server says why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for a provider that is away, or answers what is no configuration."""
        match = request.resolver_match
        if match is None or match.url_name != "openid_connect_login":
            return None
        if not isinstance(error, RequestException | KeyError):
            return None
        log.warning("the identity provider %s did not answer: %s", match.kwargs, error)
        return render(request, "socialaccount/authentication_error.html", status=503)
