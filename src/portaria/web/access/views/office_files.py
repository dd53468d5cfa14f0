"""Files of results given to whoever may have them, or the page that waits for the worker, or the
one that says that it failed."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from portaria.web.access import kept_papers
from portaria.web.access.models import Run
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import person_of

CONTENT_TYPES = {
    ".pdf": "application/pdf",
    ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
}


def given(path: Path, name: str, inline: bool = False) -> HttpResponseBase:
    """A kept file, as a download; what it says of itself never runs in our pages."""
    answer = FileResponse(
        path.open("rb"), as_attachment=not inline, filename=name,
        content_type=CONTENT_TYPES[path.suffix],
    )  # fmt: skip
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return answer


def kept(
    request: HttpRequest,
    run: Run,
    paper: tuple[str, str],
    name: str,
    back: str,
    inline: bool = False,
) -> HttpResponseBase:
    """A paper of a result as a file called `name` (200); the page that waits for it (202), or that
    says that its making failed (503).

    paper: which, and its language; back: the address to which the pages lead.
    """
    found = kept_papers.paper(run, *paper)
    if found is None:
        return _prepared(request, back)
    if isinstance(found, kept_papers.Failed):
        return _failed(request, run, found, back)
    return given(found, name, inline)


def _failed(request: HttpRequest, run: Run, failed: kept_papers.Failed, back: str) -> HttpResponse:
    person = person_of(request)
    context = {
        "back": back, "run": run, "failed": failed,
        "why": person.may(Can.SEE_CONTESTS), "again": person.may(Can.PLACE),
    }  # fmt: skip
    return render(request, "access/jobs/not_made.html", context, status=503)


def _prepared(request: HttpRequest, back: str) -> HttpResponse:
    """The page that waits while the worker makes a file, and asks again until it is there."""
    context = {"back": back, "again": request.get_full_path()}
    answer = render(request, "access/jobs/preparing.html", context, status=202)
    answer["Retry-After"] = "5"
    return answer
