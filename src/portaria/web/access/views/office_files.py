"""Files of results given to whoever may have them, or the page that waits for the worker."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

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


def prepared(request: HttpRequest, back: str) -> HttpResponse:
    """The page that waits while the worker makes a file, and asks again until it is there."""
    context = {"back": back, "again": request.get_full_path()}
    answer = render(request, "access/jobs/preparing.html", context, status=202)
    answer["Retry-After"] = "5"
    return answer
