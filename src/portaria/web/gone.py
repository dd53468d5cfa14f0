"""What is answered where the files of a kept result are not where they were."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portaria.core.messages import Message, declare
from portaria.web.access.api.problems import problem
from portaria.web.access.kept_results import ResultGone
from portaria.web.accounts.log import record
from portaria.web.accounts.permissions import Person
from portaria.web.accounts.roles import Can

log = logging.getLogger("portaria")
FOUND_GONE = declare(
    "log-result-gone",
    "The files of the result {result} are not where they were, or are damaged: {file}. Put the "
    "folder back from a backup.",
)
API_GONE = declare(
    "api-result-gone",
    "The files of this result are not where they were: tell the office that runs the contest. "
    "Nothing was changed.",
)
NOTED_EVERY = 60 * 60
"""Seconds between two entries of the log on one result: each page that needs it finds it out."""


class ResultsGone:
    """Middleware: a page that needs the files of a result says calmly that they are gone (503)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page, or the problem that programs are told; None for any other failure."""
        if not isinstance(error, ResultGone):
            return None
        note(error)
        if request.path.startswith("/api/"):
            return problem(503, Message(API_GONE))
        person: Person = request.person  # type: ignore[attr-defined]
        context = {"error": error if person.may(Can.SEE_CONTESTS) else None}
        return render(request, "errors/503.html", context, status=503)


def note(error: ResultGone) -> None:
    """Tell whoever looks after the installation: each time in the log of the server, at times in
    the log that administrators read."""
    log.error("%s", error, exc_info=error)
    if cache.add(f"result-gone:{error.digest}", "noted", NOTED_EVERY):
        record(None, FOUND_GONE, {"result": error.digest[:12], "file": error.file})
