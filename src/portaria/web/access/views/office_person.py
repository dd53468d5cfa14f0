"""What the page of one candidate shows: record, applications, claims, documents, complaints."""

from __future__ import annotations

from typing import Any

from portaria.documents.citation import cite
from portaria.web.access.models import (
    Candidate,
    Claim,
    Complaint,
    Exam,
    PlacementResult,
    Prerequisite,
    Submission,
)
from portaria.web.access.offers import exam_name
from portaria.web.access.programme_names import names_of
from portaria.web.access.views.office_words import (
    CLAIMS,
    COMPLAINTS,
    SUBMISSIONS,
    quota,
    result_name,
    word,
)
from portaria.web.pages import _, lang, number


def account_of(candidate: Candidate, result: PlacementResult | None) -> dict[str, Any]:
    """The context of the page. A disability file is the commission's: only that there is one."""
    contest = candidate.contest
    here = {"contest": contest, "candidate": candidate.candidate}
    sent = list(Submission.objects.filter(candidate=candidate).order_by("-number"))
    return {
        "candidate": candidate,
        "facts": facts(candidate),
        "exam_name": exam_name,
        "exams": list(Exam.objects.filter(**here).order_by("exam", "programme")),
        "prerequisites": list(Prerequisite.objects.filter(**here).order_by("group")),
        "submissions": [(each, word(SUBMISSIONS[Submission.Kind(each.kind)])) for each in sent],
        "names": names_of(contest, {code for each in sent for code in each.options}),
        "claims": [claim_row(claim) for claim in candidate.claims.order_by("claimed_at")],
        "complaints": [
            (each, state_of(each)) for each in candidate.complaints.order_by("received_at")
        ],
        "result": result,
        "result_name": result_name(result.result) if result else "",
        "result_clause": cite(result.clause, lang()) if result and result.clause else "",
        "result_quota": quota(result.quota) if result else "",
    }


def claim_row(claim: Claim) -> dict[str, Any]:
    """A claim as a list shows it."""
    code, tone = CLAIMS[Claim.State(claim.state)]
    return {
        "claim": claim,
        "quota": quota(claim.quota),
        "label": word(code),
        "tone": tone,
        "commission": claim.quota == "disability",
        "ground": ground(claim),
    }


def ground(claim: Claim) -> str:
    """The clause that the claim of an island rests on, as people cite it."""
    if not claim.ground:
        return ""
    clause = claim.ground.removeprefix("art").replace(".", "/")
    return cite(clause, lang())


def state_of(complaint: Complaint) -> tuple[str, str]:
    """Where a complaint stands, in a word, and its tone."""
    code, tone = COMPLAINTS[Complaint.State(complaint.state)]
    return word(code), tone


def facts(candidate: Candidate) -> list[tuple[str, str]]:
    """The record as the tables have it; what is empty is left out."""
    told: list[tuple[str, Any]] = [
        (_("Civil identification"), candidate.civil_id),
        (_("Secondary grade"), candidate.secondary),
        (_("Secondary grade with physical education"), candidate.secondary_with_pe),
        (_("12th year"), candidate.two_cycle_a),
        (_("10th and 11th years"), candidate.two_cycle_b),
        (_("Final grade"), _("Yes") if candidate.has_final_grade else _("No")),
        (_("School area"), candidate.area),
        (_("School area of the 11th year"), candidate.area_year11),
        (_("Recognised area"), candidate.area_recognised),
        (_("Secondary course"), candidate.secondary_course),
        (_("Accepted quotas"), ", ".join(_accepted(candidate)) or None),
        (_("Excluded"), cite(candidate.excluded, lang()) if candidate.excluded else None),
    ]
    shown = ((label, value) for label, value in told if value not in (None, ""))
    return [(label, value if isinstance(value, str) else number(value)) for label, value in shown]


def _accepted(candidate: Candidate) -> list[str]:
    names = ("azores", "madeira", "emigrant", "military", "disability")
    return [quota(name) for name in names if getattr(candidate, name)]
