"""The first page, and what is shown when something is refused or fails."""

from __future__ import annotations

from pathlib import Path

from django.contrib.sessions.exceptions import SessionInterrupted
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portaria.core.messages import Message
from portaria.web.access.api.problems import FAULT, NOT_UNDERSTOOD, problem
from portaria.web.access.views.public import home_context
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can


@requires(Can.ANYBODY)
def home(request: HttpRequest) -> HttpResponse:
    """The contests that the public may know of: open, under way or published."""
    return render(request, "home.html", home_context())


@requires(Can.ANYBODY)
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was done so that everybody can use the service, and whom to tell where it fails."""
    return render(request, "accounts/accessibility.html")


@requires(Can.ANYBODY)
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of people, why, who sees it, and for how long."""
    return render(request, "accounts/privacy.html")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, SessionInterrupted):
        # The session could not be kept once the view had done its work: the disk may be full.
        return fault(request)
    if _of_the_api(request):
        return problem(400, Message(NOT_UNDERSTOOD))
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def fault(request: HttpRequest) -> HttpResponse:
    """Nothing but a fixed page: whatever failed may fail again."""
    if _of_the_api(request):
        return problem(500, Message(FAULT))
    page = Path(__file__).parent / "jinja2" / "errors" / "500.html"
    return HttpResponse(page.read_bytes(), status=500)


def _of_the_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")
