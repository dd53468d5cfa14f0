"""What everybody may read: contests, programmes, and the open data of published results."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from portaria.regulations.access.lists import open_data
from portaria.web.access.api.conditional import PUBLIC, tagged, unchanged
from portaria.web.access.api.problems import FILES_GONE, ProblemDetails
from portaria.web.access.api.schemas import (
    Code,
    ContestOut,
    Key,
    Page,
    Paging,
    ProgrammeOut,
    SeatsOut,
    page_of,
)
from portaria.web.access.kept_results import opened, results_folder
from portaria.web.access.models import Contest, Programme, Stage

router = Router(tags=["public"], auth=None)
WRONG = dict.fromkeys((400, 404, 422), ProblemDetails)
LAST = "last_"


def contest_out(contest: Contest) -> dict[str, Any]:
    """A contest as the API tells it."""
    names = ContestOut.model_fields
    told = {name: getattr(contest, name) for name in names if name != "previous"}
    # How far the office is with a result is not told before it is published.
    waits = contest.stage in (Stage.SENT, Stage.RATIFIED)
    told["stage"] = str(Stage.CLOSED if waits else contest.stage)
    return told | {"previous": contest.previous.key if contest.previous else None}


def known(key: str) -> Contest:
    """A contest that the public may know of."""
    found = Contest.objects.select_related("previous", "run").exclude(stage=Stage.PREPARING)
    return get_object_or_404(found, key=key)


@router.get(
    "/contests",
    response={200: Page[ContestOut], 400: ProblemDetails, 422: ProblemDetails},
    operation_id="list_contests",
)
def contests(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """The contests that are open, under way or published, the latest first."""
    found = Contest.objects.select_related("previous").exclude(stage=Stage.PREPARING)
    page = page_of(found, paging)
    return page | {"items": [contest_out(each) for each in page["items"]]}


@router.get("/contests/{contest}", response={200: ContestOut, **WRONG}, operation_id="get_contest")
def contest(request: HttpRequest, contest: Key) -> dict[str, Any]:
    """One contest."""
    return contest_out(known(contest))


@router.get(
    "/contests/{contest}/programmes",
    response={200: Page[ProgrammeOut], **WRONG},
    operation_id="list_programmes",
)
def programmes(
    request: HttpRequest, contest: Key, paging: Query[Paging], institution: Code | None = None
) -> dict[str, Any]:
    """The programmes of a contest, by code; institution: of this one alone."""
    found = Programme.objects.filter(contest=known(contest)).order_by("programme")
    if institution is not None:
        found = found.filter(institution=institution)
    return page_of(found, paging)


@router.get(
    "/contests/{contest}/seats",
    response={200: Page[SeatsOut], 304: None, **WRONG, **FILES_GONE},
    operation_id="list_seats",
)
def seats(request: HttpRequest, response: HttpResponse, contest: Key, paging: Query[Paging]) -> Any:
    """Open data of a published result: seats, placed and last grades, by programme."""
    found = known(contest)
    if found.stage != Stage.PUBLISHED or found.run is None:
        raise Http404
    tag = tagged(response, PUBLIC, "seats", found.run.digest, paging.page, paging.size)
    if same := unchanged(request, response, tag):
        return same
    return page_of(_seats(results_folder(found.run)), paging)


@lru_cache(maxsize=4)
def _seats(folder: Path) -> list[dict[str, Any]]:
    """The figures of a result; results never change, so what is read once holds."""
    rows = open_data(opened(folder)).to_dicts()
    return [
        {name: value for name, value in row.items() if not name.startswith(LAST)}
        | {
            "last": {
                name.removeprefix(LAST): value
                for name, value in row.items()
                if name.startswith(LAST) and value is not None
            }
        }
        for row in rows
    ]
