"""The figures of a result drawn by our own macros: what a summary and the rows of seats have."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from portaria.core.messages import declare
from portaria.web.access.models import Programme, Run, SeatResult
from portaria.web.access.programme_names import name_of
from portaria.web.access.views.office_words import quota, word
from portaria.web.pages import number

OPTION = declare("figure-option", "Option {order}")
STEP = 10
"""Width of the classes of last grades, in points of 200."""


def of_run(run: Run) -> dict[str, Any]:
    """Figures and charts of a placed run; `summary` is a glance as JSON keeps it."""
    told = run.summary
    return {
        "summary": told,
        "by_option": [
            {"label": word(OPTION, order=int(order)), "value": count, "text": number(count)}
            for order, count in sorted(told["by_option"].items(), key=lambda row: int(row[0]))
        ],
        "by_quota": [
            {"label": quota(code), "value": count, "text": number(count)}
            for code, count in told["by_quota"].items()
        ],
        "hardest": [
            {**row, "last_grade": number(Decimal(row["last_grade"]))} for row in told["hardest"]
        ],
        "last_grades": last_grades(run),
        "leftover": leftover(run),
    }


def seats_of(run: Run) -> QuerySet[SeatResult]:
    """The rows of seats of a run."""
    return SeatResult.objects.filter(run=run)


def last_grades(run: Run) -> list[dict[str, Any]]:
    """How many programmes have their last grade in each class of ten points."""
    grades = seats_of(run).exclude(last_grade=None).values_list("last_grade", flat=True)
    counts = Counter(int(Decimal(grade)) // STEP * STEP for grade in grades if grade)
    if not counts:
        return []
    classes = range(min(counts), max(counts) + STEP, STEP)
    return [
        {"label": f"{low}–{low + STEP - 1}", "value": counts[low], "text": number(counts[low])}
        for low in classes
    ]


def leftover(run: Run, most: int = 12) -> list[dict[str, Any]]:
    """The programmes with most seats left over."""
    rows = list(seats_of(run).filter(leftover__gt=0).order_by("-leftover", "programme")[:most])
    found = Programme.objects.filter(
        contest=run.contest_id, programme__in=[row.programme for row in rows]
    )
    names = {programme.programme: name_of(programme) for programme in found}
    return [
        {
            "label": names.get(row.programme, row.programme),
            "value": row.leftover,
            "text": number(row.leftover),
        }
        for row in rows
    ]


def side_by_side(base: Run, other: Run) -> list[tuple[str, int, int]]:
    """The counts of two results: name of the figure, and each one's."""
    names = ("placed", "not_placed", "excluded", "leftover", "tie_extra")
    return [(name, base.summary.get(name) or 0, other.summary.get(name) or 0) for name in names]
