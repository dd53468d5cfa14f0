"""Addresses of one's own account, of administrators, of the log, and of what the service says."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.views import log, own, people, tokens
from portaria.web.views import accessibility, privacy


@requires(Can.ANYBODY)
def api_guide(request: HttpRequest) -> HttpResponse:
    """Where the API is explained, whatever its version."""
    return redirect("api-docs")


urlpatterns = [
    *own.urlpatterns,
    # Before the accounts themselves: their addresses begin alike.
    *tokens.urlpatterns,
    *people.urlpatterns,
    *log.urlpatterns,
    path("acessibilidade/", accessibility, name="accessibility"),
    path("privacidade/", privacy, name="privacy"),
    path("api/", api_guide, name="api-guide"),
]
