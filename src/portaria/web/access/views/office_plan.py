"""A plan: how far it is, what is wrong with its files, or what it would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from portaria.documents.citation import cite
from portaria.web.access import intake_start
from portaria.web.access.models import ImportPlan, SourceFile
from portaria.web.access.problems import unpacked
from portaria.web.access.views.jobs import progress_of
from portaria.web.access.views.office_common import csv_answer
from portaria.web.access.views.office_words import (
    choice_label,
    plan_state,
    reading_label,
    table_name,
)
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.pages import lang, say

SHOWN = 200
PROBLEM_COLUMNS = (
    "severity", "file", "sheet", "row", "column", "value", "code", "message", "clause",
)  # fmt: skip
"""Those of `--problems` of the command line."""


@requires(Can.SEE_CONTESTS)
@require_GET
def plan_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan as it stands."""
    plan = get_object_or_404(
        ImportPlan.objects.select_related("contest", "started_by", "applied_by"), pk=pk
    )
    label, tone = plan_state(plan)
    wrong = [row for row in plan.problems if row["severity"] == "error"]
    context = {
        "plan": plan,
        "state": label,
        "tone": tone,
        "progress": progress_of(plan),
        "errors": len(wrong),
        "warnings": len(plan.problems) - len(wrong),
        "problems": [shown(row) for row in plan.problems[:SHOWN]],
        "left_out": max(0, len(plan.problems) - SHOWN),
        "to_mend": to_mend(plan, wrong),
        "applicable": intake_start.applicable(plan),
        "tables": table_rows(plan),
        "readings": _readings(plan.answer or {}),
    }
    return render(request, "access/office/plan.html", context)


def shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """A problem as the table of problems shows it."""
    where = f"{row['file']} [{row['sheet']}]" if row["sheet"] else row["file"]
    clause = cite(row["clause"], lang(), with_text=True) if row["clause"] else ""
    return {**row, "where": where, "words": say(unpacked(row["message"])), "cited": clause}


def to_mend(plan: ImportPlan, wrong: list[Mapping[str, Any]]) -> list[tuple[str, int, str]]:
    """The files to mend: name, how many problems, and of a table that stands, the file it is of."""
    counts = Counter(row["file"] for row in wrong if row["file"])
    sent = {row["name"] for row in plan.files}
    standing = {}
    if plan.contest is not None:
        files = SourceFile.objects.filter(contest=plan.contest, replaced_by__isnull=True)
        standing = {f"{file.table}.csv": file.name for file in files}
    found = []
    for name, count in sorted(counts.items()):
        renamed = plan.corrects.get(name.rsplit(".", 1)[0])
        stands = standing.get(name, "") if name not in sent and renamed is None else ""
        found.append((renamed or name, count, stands))
    return found


def table_rows(plan: ImportPlan) -> list[dict[str, Any]]:
    """What each table would change, those that change first named by people's words."""
    tables = (plan.answer or {}).get("tables", {})
    return [
        {
            "name": name,
            "label": table_name(name),
            "counts": row["counts"],
            "key": row["key"],
            "added": _examples(row["added"]),
            "removed": _examples(row["removed"]),
            "changed": row["changed"],
        }
        for name, row in tables.items()
        if any(row["counts"].values())
    ]


def _examples(rows: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Rows without the columns in which none of them has anything."""
    columns = [name for name in (rows[0] if rows else ()) if any(row[name] for row in rows)]
    return {"columns": columns, "rows": [[row[c] or "" for c in columns] for row in rows]}


def _readings(answer: Mapping[str, Any]) -> list[tuple[str, str]]:
    readings: Mapping[str, str] = answer.get("readings", {})
    return [(reading_label(name), choice_label(name, choice)) for name, choice in readings.items()]


@requires(Can.SEE_CONTESTS)
@require_GET
def problems(request: HttpRequest, pk: int) -> HttpResponse:
    """Every problem as CSV, with the columns of the command line."""
    plan = get_object_or_404(ImportPlan, pk=pk)
    rows = []
    for problem in plan.problems:
        message = unpacked(problem["message"])
        given = {**problem, "code": message.code, "message": say(message)}
        rows.append(["" if given[c] is None else given[c] for c in PROBLEM_COLUMNS])
    return csv_answer("problems.csv", PROBLEM_COLUMNS, rows)
