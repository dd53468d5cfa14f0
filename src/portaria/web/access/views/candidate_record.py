"""The individual record and the papers of a result, from the result folder (211-A 40/3)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from portaria.core.messages import Message, declare
from portaria.documents.access_letter import letter
from portaria.documents.access_papers.decisions import Enrolment, ResultNotice
from portaria.documents.access_papers.model import Remedy
from portaria.documents.access_papers.notices import result_notice
from portaria.documents.access_papers.record import IndividualRecord, record_paper
from portaria.documents.access_papers.result import result_of
from portaria.documents.access_words import quota_name
from portaria.regulations.access.explain import Explanation, OptionExplained
from portaria.web.access.explained import explanation
from portaria.web.access.receipts import contest_on_paper, person_on_paper
from portaria.web.access.views.candidate_own import paper, published
from portaria.web.access.views.candidate_words import capital
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.days import day_of
from portaria.web.pages import lang, number, say

HOW = declare(
    "result-how-to-complain",
    "Complain on the page of your result, with reasons and documents. Complaints that come after "
    "the deadline, or that nobody can understand, are not looked at.",
)


@requires(Can.APPLY)
@require_GET
def individual_record(request: HttpRequest, key: str) -> HttpResponse:
    """The individual record: every number that decided."""
    candidate = published(request, key)
    assert candidate.contest.run is not None
    told = explanation(candidate.contest.run, candidate.candidate)
    context = {
        "candidate": candidate,
        "contest": candidate.contest,
        "digest": candidate.contest.run.digest,
        **_letter_of(told),
    }
    return render(request, "access/candidate/record.html", context)


def _letter_of(told: Explanation) -> dict[str, Any]:
    """The letter by its parts: what stands before the options, each of them, what stands after."""
    title, *blocks = letter(told, lang())
    found: dict[str, Any] = {"title": title.text, "front": [], "sections": [], "end": []}
    for block in blocks:
        if block.kind == "heading":
            found["sections"].append({"title": block.text, "lines": []})
        elif block.kind == "detail":
            found["sections"][-1]["lines"].append(block.text)
        else:
            found["end" if found["sections"] else "front"].append(block.text)
    for section, option in zip(found["sections"], told.options, strict=True):
        section["last"] = _last_placed(option, told.single_quota)
    return found


def _last_placed(option: OptionExplained, single: bool) -> list[tuple[str, ...]]:
    """The last placed of every list in which the option was heard, each once (40/3/b)."""
    lasts = (option.last_placed, *(hearing.last_placed for hearing in option.hearings))
    by_quota = {last.quota: last for last in lasts if last is not None}
    return [
        (
            capital(quota_name(quota, single)),
            *(number(getattr(last, part)) for part in ("grade", "exam_part", "tie_1", "tie_2")),
        )
        for quota, last in by_quota.items()
    ]


@requires(Can.APPLY)
@require_GET
def record_pdf(request: HttpRequest, key: str) -> HttpResponse:
    """The same on paper."""
    candidate = published(request, key)
    contest = candidate.contest
    assert contest.run is not None
    on_paper = contest_on_paper(contest)
    told = explanation(contest.run, candidate.candidate)
    content = record_paper(
        IndividualRecord(told, on_paper.office, on_paper.text, contest.run.digest), lang()
    )
    return paper(content, f"ficha-{candidate.candidate}")


@requires(Can.APPLY)
@require_GET
def notice_pdf(request: HttpRequest, key: str) -> HttpResponse:
    """The notice of the result."""
    candidate = published(request, key)
    contest = candidate.contest
    assert contest.run is not None
    assert contest.ratified_at is not None
    told = explanation(contest.run, candidate.candidate)
    until = contest.enrolment_until
    notice = ResultNotice(
        contest_on_paper(contest),
        person_on_paper(candidate),
        result_of(told),
        day_of(contest.ratified_at),
        ratified_by=contest.ratified_by.name if contest.ratified_by else "",
        enrolment=Enrolment(until) if until else None,
        remedy=Remedy(say(Message(HOW)), contest.complaints_until),
    )
    return paper(result_notice(notice, lang()), f"notificacao-{candidate.candidate}")


urlpatterns = [
    path("candidatura/<slug:key>/ficha/", individual_record, name="candidate-record"),
    path("candidatura/<slug:key>/ficha.pdf", record_pdf, name="candidate-record-pdf"),
    path("candidatura/<slug:key>/notificacao.pdf", notice_pdf, name="candidate-notice-pdf"),
]
