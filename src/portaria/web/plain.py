"""Text with a NUL is nobody's writing, and PostgreSQL keeps none: such a request is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

NUL = "\x00"


class PlainText:
    """Middleware: what addresses, searches and forms say has no NUL."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """BadRequest for one that has."""
        if NUL in request.path or any(map(_has_nul, (request.GET, request.POST))):
            raise BadRequest("a request with a NUL")


def _has_nul(sent: Any) -> bool:
    return any(NUL in name or any(NUL in value for value in each) for name, each in sent.lists())
