"""The result, once it is public: from its rows; the individual record from the result folder."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from portaria.core.messages import Message, declare
from portaria.documents.access_words import REASON_SENTENCES, RESULT_NAMES, quota_name
from portaria.documents.citation import cite
from portaria.regulations.access import reasons
from portaria.regulations.access.parameters import quotas_of
from portaria.web.access import complaints, notices
from portaria.web.access.editions import edition_of
from portaria.web.access.models import (
    Candidate,
    Complaint,
    OptionResult,
    PlacementResult,
    Programme,
    SeatResult,
)
from portaria.web.access.programme_names import name_of
from portaria.web.access.views.candidate_own import mine
from portaria.web.access.views.candidate_words import SHORT_REASONS
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.pages import _, lang, say

OBTAINED = declare("result-obtained", "Obtained in the {quota}.")
OBTAINED_TIED = declare(
    "result-obtained-tied",
    "Obtained, tied for the last seat: seats were opened for all who are equal.",
)
OUTRANKED = declare(
    "result-outranked", "The seats went to candidates with a better place or priority."
)
EXCLUDED_FOR = declare("result-excluded-for", "Ground of the exclusion: {clause}.")
OUTCOMES = {
    "placed": (declare("outcome-placed", "Obtained"), "success"),
    "outranked": (declare("outcome-outranked", "Not obtained"), "neutral"),
    "better_placed": (declare("outcome-better", "Not needed"), "info"),
    "ineligible": (declare("outcome-ineligible", "Not considered"), "warning"),
}


@requires(Can.APPLY)
@require_GET
def result(request: HttpRequest, key: str) -> HttpResponse:
    """The result with every option; before it is public, when it will be."""
    candidate = mine(request, key)
    contest = candidate.contest
    if not contest.is_published or contest.run is None:
        return render(request, "access/candidate/waiting.html", {"contest": contest})
    hers = {"run": contest.run, "candidate": candidate.candidate}
    row = PlacementResult.objects.filter(**hers).first()
    rows = list(OptionResult.objects.filter(**hers).order_by("order"))
    codes = [each.programme for each in rows]
    if row is not None and row.programme and row.programme not in codes:
        codes.append(row.programme)
    names = {
        each.programme: each
        for each in Programme.objects.filter(contest=contest, programme__in=codes)
    }
    seats = {
        each.programme: each
        for each in SeatResult.objects.filter(run=contest.run, programme__in=codes)
    }
    context = {
        "candidate": candidate,
        "contest": contest,
        "row": row,
        "banner": _banner(row, names, _single(candidate)),
        "options": [_option(each, row, names, seats, _single(candidate)) for each in rows],
        "complaints": Complaint.objects.filter(candidate=candidate).order_by("pk"),
        "receives_complaints": complaints.receives(contest, timezone.now()),
        "now": timezone.now(),
        "rectified": _rectified(candidate),
    }
    return render(request, "access/candidate/result.html", context)


def _rectified(candidate: Candidate) -> list[tuple[str, str, str]]:
    """The notices of the rectifications of this result, the latest first."""
    contest = candidate.contest
    return [
        (
            _("Notice of the rectification"),
            reverse("rectification-notice", args=[contest.key, run.pk]),
            "PDF",
        )
        for run in notices.rectified(candidate)
    ]


def _single(candidate: Candidate) -> bool:
    """Whether the contest has one quota, so that "general" tells it from nothing."""
    contest = candidate.contest
    return contest.phase > 1 or not quotas_of(edition_of(contest))


def _banner(
    row: PlacementResult | None, names: dict[str, Programme], single: bool
) -> dict[str, str]:
    """The result in words, its reason and clause."""
    if row is None:
        return {}
    found = {"kind": row.result, "title": say(Message(RESULT_NAMES[row.result]))}
    if row.programme:
        found["title"] = f"{found['title']}: {_named(row.programme, names)}"
    found["text"] = _because(row, single)
    clause = row.clause or ""
    found["clause"] = cite(clause, lang()) if clause and row.result != "excluded" else ""
    return found


def _because(row: PlacementResult, single: bool) -> str:
    if row.result == "excluded":
        return say(Message(EXCLUDED_FOR, {"clause": cite(row.clause or "", lang())}))
    if row.quota == reasons.HELD:
        return say(Message(REASON_SENTENCES[reasons.SEAT_KEPT]))
    if row.result == "placed":
        return _obtained(row.reason, row.quota, single)
    return say(Message(REASON_SENTENCES[row.reason])) if row.reason else ""


def _obtained(reason: str | None, quota: str | None, single: bool) -> str:
    if reason == reasons.TIED:
        return say(Message(OBTAINED_TIED))
    return say(Message(OBTAINED, {"quota": quota_name(quota or "general", single)}))


def _option(
    each: OptionResult,
    row: PlacementResult | None,
    names: dict[str, Programme],
    seats: dict[str, SeatResult],
    single: bool,
) -> dict[str, Any]:
    label, kind = OUTCOMES.get(each.outcome, (RESULT_NAMES["not_placed"], "neutral"))
    seat = seats.get(each.programme)
    return {
        "order": each.order,
        "title": _named(each.programme, names),
        "code": each.programme,
        "grade": _number(each.grade),
        "rank": each.rank,
        "last": _number(seat.last_grade) if seat else None,
        "seats": seat.seats if seat else None,
        "placed": seat.placed if seat else None,
        "label": say(Message(label)),
        "kind": kind,
        "why": _why(each, row, names.get(each.programme), single),
        "clause": cite(each.clause, lang()) if each.clause else "",
    }


def _why(
    each: OptionResult, row: PlacementResult | None, programme: Programme | None, single: bool
) -> str:
    """The reason of an option in short; the individual record has every number of it."""
    reason = each.reason or ""
    if each.outcome == "placed":
        return _obtained(reason, row.quota if row else None, single)
    if reason in SHORT_REASONS:
        needs = {
            "min_exam": programme.min_exam if programme else "",
            "min_grade": programme.min_grade if programme else "",
            "prerequisite": (programme.prerequisite or "") if programme else "",
        }
        return say(Message(SHORT_REASONS[reason], needs))
    if reason in REASON_SENTENCES:
        return say(Message(REASON_SENTENCES[reason]))
    return say(Message(OUTRANKED))


def _named(code: str, names: dict[str, Programme]) -> str:
    return name_of(names[code]) if code in names else code


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


urlpatterns = [
    path("candidatura/<slug:key>/resultado/", result, name="candidate-result"),
]
