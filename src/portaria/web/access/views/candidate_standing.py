"""What stands of a candidate, and what is known of her: beside every page of the application."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from portaria.web.access import claims, preview
from portaria.web.access.models import Candidate, Claim, Exam, Prerequisite, Submission
from portaria.web.access.offers import exam_name
from portaria.web.access.views.candidate_words import (
    quota_title,
)


def standing_of(candidate: Candidate) -> dict[str, Any]:
    contest = candidate.contest
    last = Submission.objects.filter(candidate=candidate).order_by("-number").first()
    return {
        "candidate": candidate,
        "contest": contest,
        "now": timezone.now(),
        "stands": candidate.submission,
        "last": last,
        "standing": _named(candidate, candidate.submission),
        "claims": Claim.objects.filter(candidate=candidate).order_by("pk"),
        "claimable": claims.claimable(contest),
        "quota_name": quota_title,
    }


def _named(candidate: Candidate, stands: Submission | None) -> list[str]:
    if stands is None:
        return []
    by_code = preview.base_of(candidate.contest).by_code
    return [by_code[code].name if code in by_code else code for code in stands.options]


def known_of(candidate: Candidate) -> dict[str, Any]:
    """What is known of her: grades, exams, prerequisites."""
    mine_alone = {"contest": candidate.contest_id, "candidate": candidate.candidate}
    return {
        "exams": [
            (exam_name(exam.exam), exam.programme, exam.grade)
            for exam in Exam.objects.filter(**mine_alone).order_by("exam", "-grade")
        ],
        "prerequisites": list(Prerequisite.objects.filter(**mine_alone).order_by("group")),
    }
