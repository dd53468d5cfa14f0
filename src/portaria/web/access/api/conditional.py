"""Answers that do not change are sent once: `ETag`, `If-None-Match` and 304."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags

PUBLIC, PRIVATE = "public, no-cache", "private, no-cache"
"""Kept by whoever called, and asked for again with its tag."""


def tagged(response: HttpResponse, cache: str, *parts: object) -> str:
    """Give the answer its tag, made of what it depends on."""
    text = "\x1f".join(map(str, parts))
    tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    response["ETag"], response["Cache-Control"] = tag, cache
    return tag


def unchanged(request: HttpRequest, response: HttpResponse, tag: str) -> HttpResponse | None:
    """304 where the caller has it already."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if "*" not in known and tag not in {each.removeprefix("W/") for each in known}:
        return None
    answer = HttpResponse(status=304)
    answer["ETag"], answer["Cache-Control"] = tag, response["Cache-Control"]
    return answer
