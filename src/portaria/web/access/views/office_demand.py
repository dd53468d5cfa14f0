"""Who wants what while a contest is open: counts by programme, never who they are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET

from portaria.regulations.access.demand import demand
from portaria.web.access import frames
from portaria.web.access.models import Candidate, Contest, Programme
from portaria.web.access.programme_names import name_of
from portaria.web.access.views.office_common import contest_of, page
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.pages import number
from portaria.web.paging import page_of

CHARTED, A_PAGE = 12, 100
ORDERS = {"primeiras": "first", "procura": "candidates", "vagas": "seats"}


@requires(Can.SEE_CONTESTS)
@require_GET
def demand_page(request: HttpRequest, key: str) -> HttpResponse:
    """The demand as it stands now; loaded again, it is that of then."""
    contest = contest_of(key)
    order = request.GET.get("ordem", "primeiras")
    order = order if order in ORDERS else "primeiras"
    rows = _rows(contest, ORDERS[order])
    applied = Candidate.objects.filter(contest=contest, submission__isnull=False).count()
    context = {
        "page": page_of(request, rows, A_PAGE),
        "chart": [_bar(row) for row in rows[:CHARTED]],
        "order": order,
        "now": timezone.now(),
        "applied": applied,
        "candidates": Candidate.objects.filter(contest=contest).count(),
        "programmes": len(rows),
        "seats": sum(row["seats"] for row in rows),
        "unwanted": sum(1 for row in rows if not row["candidates"]),
    }
    return page(request, "demand", contest, "office-demand", **context)


def _rows(contest: Contest, order: str) -> list[dict[str, Any]]:
    programmes = frames.table(contest, "programmes")
    counted = demand(programmes.select("programme", "seats"), frames.options(contest))
    counted = counted.sort(order, "programme", descending=[True, False])
    names = {p.programme: name_of(p) for p in Programme.objects.filter(contest=contest)}
    return [
        {**row, "name": names[row["programme"]], "ratio": _hundredths(row["first_per_seat"])}
        for row in counted.iter_rows(named=True)
    ]


def _hundredths(count: int | None) -> str:
    return number(None if count is None else Decimal(count).scaleb(-2))


def _bar(row: dict[str, Any]) -> dict[str, Any]:
    return {"label": row["name"], "value": row["first"], "text": number(row["first"])}


urlpatterns = [path("gabinete/<slug:key>/procura/", demand_page, name="office-demand")]
