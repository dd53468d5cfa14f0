"""One run on a page: a placement's figures, a what-if's differences, a comparison, a check."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from portaria.core.messages import declare
from portaria.documents.citation import cite
from portaria.web.access import kept_papers, result_differences
from portaria.web.access.models import Candidate, Contest, Programme, Run
from portaria.web.access.programme_names import names_of
from portaria.web.access.views import office_figures, office_plan
from portaria.web.access.views.jobs import progress_of
from portaria.web.access.views.office_common import contest_of, csv_answer
from portaria.web.access.views.office_words import (
    CHANGES,
    KINDS,
    choice_label,
    job_state,
    quota,
    reading_label,
    result_name,
    why_different,
    word,
)
from portaria.web.accounts.log import record
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import person_of, user_of
from portaria.web.pages import lang
from portaria.web.paging import page_of

TAKEN = declare(
    "log-differences-taken", "Took the list of candidates who differ between results of {title}."
)
Row = dict[str, Any]


def shown(request: HttpRequest, contest: Contest, run: Run) -> tuple[str, dict[str, Any]]:
    """The template of a run, and its context."""
    label, tone = job_state(run)
    context: dict[str, Any] = {
        "kind": word(KINDS[Run.Kind(run.kind)]),
        "state": label,
        "tone": tone,
        "progress": progress_of(run),
        "problems": [office_plan.shown(row) for row in run.problems[: office_plan.SHOWN]],
        "parameters": parameters(run),
    }
    if run.state != Run.State.DONE:
        return "run_waiting", context
    if run.kind == Run.Kind.COMPARISON:
        return "run_comparison", context | _comparison(request, run)
    if run.kind == Run.Kind.VERIFICATION:
        target = Run.objects.defer("answer").get(pk=run.parameters["run"])
        return "run_verification", context | {"target": target}
    context |= office_figures.of_run(run) | {"failures": kept_papers.failures(run)}
    if run.kind == Run.Kind.WHAT_IF:
        return "run_what_if", context | _against(request, run)
    return "run", context | {"checks": checks(run), "former": former(run)}


def parameters(run: Run) -> list[tuple[str, str]]:
    """What a what-if changes, in words."""
    readings = run.parameters.get("readings", {})
    told = [(reading_label(name), choice_label(name, choice)) for name, choice in readings.items()]
    seats = run.parameters.get("seats", {})
    names = names_of(run.contest, seats) if seats else {}
    was = dict(
        Programme.objects.filter(contest=run.contest_id, programme__in=list(seats)).values_list(
            "programme", "seats"
        )
    )
    return told + [
        (names.get(code, code), f"{was.get(code, '–')} → {count}") for code, count in seats.items()
    ]


def checks(run: Run) -> list[tuple[Run, tuple[str, str]]]:
    """The verifications of a result, the newest first."""
    found = Run.objects.filter(
        contest=run.contest_id, kind=Run.Kind.VERIFICATION, parameters__run=run.pk
    ).select_related("started_by")
    return [(each, job_state(each)) for each in found[:10]]


def former(run: Run) -> Row | None:
    """How a placement differs from the one before it, in counts; None for the first."""
    before = Run.objects.filter(
        contest=run.contest_id, kind=Run.Kind.PLACEMENT, state=Run.State.DONE, pk__lt=run.pk
    ).exclude(digest="").first()  # fmt: skip
    if before is None:
        return None
    counts = result_differences.counts(result_differences.between(before, run))
    return {"run": before, "counts": _counted(counts), "total": sum(counts.values())}


def _counted(counts: dict[str, int]) -> list[tuple[int, str]]:
    return [(counts[kind], word(code)) for kind, code in CHANGES.items() if counts.get(kind)]


def _against(request: HttpRequest, run: Run) -> Row:
    """A what-if against the result that stands."""
    base = result_differences.standing(run)
    if base is None:
        return {"base": None}
    differing = result_differences.between(base, run)
    pages = page_of(request, range(differing.height))
    rows = differing[list(pages)].to_dicts()
    counts = result_differences.counts(differing)
    return {
        "base": base,
        "counts": _counted(counts),
        "total": differing.height,
        "pages": pages,
        "rows": _people(request, run.contest_id, [_fate(row) for row in rows]),
        "side_by_side": office_figures.side_by_side(base, run),
    }


def _fate(row: Row) -> Row:
    return {
        "candidate": row["candidate"],
        "now": _seat(row["result_before"], row["programme_before"], row["quota_before"]),
        "then": _seat(row["result_after"], row["programme_after"], row["quota_after"]),
        "kind": word(CHANGES[row["kind"]]),
    }


def _seat(result: str, programme: str | None, code: str | None) -> str:
    if not programme:
        return result_name(result)
    return f"{programme} · {quota(code)}" if code else programme


def _comparison(request: HttpRequest, run: Run) -> Row:
    """Who fares otherwise under each other reading."""
    found: list[Row] = (run.answer or {}).get("differences", [])
    counts = Counter((row["reading"], row["choice"]) for row in found)
    which = request.GET.get("leitura", "")
    kept = [row for row in found if not which or f"{row['reading']}:{row['choice']}" == which]
    pages = page_of(request, kept)
    groups = [
        {
            "value": f"{name}:{choice}",
            "reading": reading_label(name),
            "choice": choice_label(name, choice),
            "count": count,
        }
        for (name, choice), count in counts.items()
    ]
    rows = _people(request, run.contest_id, [_difference(row) for row in pages])
    return {"groups": groups, "which": which, "pages": pages, "rows": rows, "total": len(found)}


def _difference(row: Row) -> Row:
    because = ", ".join(f"{programme} ({quota(code)})" for programme, code in row["because"])
    return {
        "candidate": row["candidate"],
        "reading": choice_label(row["reading"], row["choice"]),
        "now": _seat(**_of(row["in_force"])),
        "then": _seat(**_of(row["otherwise"])),
        "why": why_different(row["why"]) + (f": {because}" if because else ""),
        "clause": cite(row["clause"], lang()),
    }


def _of(fate: Row) -> Row:
    return {"result": fate["result"], "programme": fate["programme"], "code": fate["quota"]}


def _people(request: HttpRequest, contest: int, rows: list[Row]) -> list[Row]:
    """Rows with the names of whoever they are of, where the reader may see people."""
    if not person_of(request).may(Can.SEE_PEOPLE):
        return [{**row, "name": "", "pk": None} for row in rows]
    keys = [row["candidate"] for row in rows]
    found = Candidate.objects.filter(contest=contest, candidate__in=keys)
    known = {candidate.candidate: candidate for candidate in found}
    return [
        {
            **row,
            "name": known[row["candidate"]].name if row["candidate"] in known else "",
            "pk": known[row["candidate"]].pk if row["candidate"] in known else None,
        }
        for row in rows
    ]


@requires(Can.SEE_PEOPLE)
@require_GET
def differences(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Everybody who differs, as CSV; it lists people, so it is logged."""
    contest = contest_of(key)
    run = get_object_or_404(Run, contest=contest, pk=pk, state=Run.State.DONE)
    record(user_of(request), TAKEN, {"title": contest.title}, contest=contest.key)
    if run.kind == Run.Kind.COMPARISON:
        header = ("candidate", "reading", "choice", "in_force", "otherwise", "why", "clause")
        rows = [
            (
                row["candidate"], row["reading"], row["choice"], _seat(**_of(row["in_force"])),
                _seat(**_of(row["otherwise"])), row["why"], row["clause"],
            )
            for row in (run.answer or {}).get("differences", [])
        ]  # fmt: skip
        return csv_answer(f"leituras-{contest.key}.csv", header, rows)
    base = result_differences.standing(run)
    if base is None or not run.digest:
        return csv_answer(f"diferencas-{contest.key}.csv", ("candidate",), [])
    found = result_differences.between(base, run)
    return csv_answer(f"diferencas-{contest.key}.csv", found.columns, found.iter_rows())
