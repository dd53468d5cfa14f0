"""The addresses of the API, its OpenAPI document, and the page that explains it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET
from ninja import NinjaAPI

from portaria import __version__
from portaria.core.messages import Message
from portaria.web.access.api import institution, public
from portaria.web.access.api.guide import guide
from portaria.web.access.api.problems import (
    WRONG_METHOD,
    add_handlers,
    as_problem_schema,
    not_there,
    problem,
)
from portaria.web.access.api.security import ScopeMissing, scope_missing
from portaria.web.accounts.permissions import Permission, View, requires
from portaria.web.accounts.roles import Can
from portaria.web.pages import _

DESCRIPTION = (
    "Contests, programmes and open data for everybody; for an institution's own system, by token, "
    "those placed in it and their enrolments."
)
BASE = "/api/v1"
api = NinjaAPI(
    title="Portaria",
    version=__version__,
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-v1",
)
api.add_router("", public.router)
api.add_router("", institution.router)
add_handlers(api)
api.add_exception_handler(ScopeMissing, scope_missing)


def openapi() -> dict[str, Any]:
    """The OpenAPI 3 document."""
    return as_problem_schema(api.get_openapi_schema(path_prefix=f"{BASE}/"))


@requires(Can.ANYBODY)
@require_GET
def document(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document, for programs."""
    answer = JsonResponse(openapi())
    answer["Cache-Control"] = "public, max-age=300"
    return answer


@requires(Can.ANYBODY)
@require_GET
def explained(request: HttpRequest) -> HttpResponse:
    """The same for people: our own page, which loads nothing from elsewhere."""
    context = {"guide": guide(openapi()), "rows_of": _rows}
    return render(request, "access/api/guide.html", context)


def _rows(items: list[dict[str, Any]], names: list[str]) -> list[list[Any]]:
    words = {True: _("yes"), False: _("no")}
    return [[words.get(each[name], each[name]) for name in names] for each in items]


def by_token(view: Callable[..., Any]) -> View:
    """A view of the API for the gate: it asks for its token itself, and no session counts."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **arguments: Any) -> Any:
        answer = view(request, *args, **arguments)
        if isinstance(answer, HttpResponseNotAllowed):
            refused = problem(405, Message(WRONG_METHOD))
            refused["Allow"] = answer["Allow"]
            return refused
        return answer

    declared: View = csrf_exempt(answering)
    declared.permission = Permission(Can.ANYBODY, by_token=True)  # type: ignore[attr-defined]
    return declared


def _patterns() -> list[URLPattern]:
    found = []
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            pattern.callback = by_token(pattern.callback)
            found.append(pattern)
    return found


urlpatterns = [
    path("api/v1/openapi.json", document, name="api-schema"),
    path("api/v1/docs/", explained, name="api-docs"),
    path("api/v1/", include((_patterns(), "ninja"), namespace="api-v1")),
    re_path(r"^api/v1/.*$", by_token(not_there), name="api-nothing"),
]
