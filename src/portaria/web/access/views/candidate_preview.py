"""What the form would give while it is being written, as the page shows it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_POST

from portaria.regulations.access.parameters import quotas_of
from portaria.web.access import preview
from portaria.web.access.editions import edition_of
from portaria.web.access.models import Candidate
from portaria.web.access.offers import Offer
from portaria.web.access.views.candidate_own import (
    Draft,
    gone,
    mine,
    posted,
    receives,
    remember,
    standing_draft,
)
from portaria.web.access.views.candidate_told import Shown, in_short, shown, whole
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can


def written_part(candidate: Candidate, base: preview.Base, draft: Draft) -> dict[str, Any]:
    """The list of options with what it would give."""
    tables = preview.person_tables(candidate, draft.options, draft.regional)
    found = preview.form_account(base, tables)
    waiting = set(preview.pending(candidate))
    names = {code: offer.name for code, offer in base.by_code.items()}
    options = [shown(option, waiting, names) for option in found.options]
    begin = standing_draft(candidate)
    changed = (draft.options, draft.regional) != (begin.options, begin.regional)
    return {
        "candidate": candidate,
        "contest": candidate.contest,
        "draft": draft,
        "items": [_titled(each, base.by_code.get(each.code)) for each in options],
        "shown": options,
        "whole": whole(found, names),
        "said": in_short(found, options),
        "limit": found.most or len(base.offers),
        "has_regional": any(name == "regional" for name in _quotas(candidate)),
        "changed": changed,
    }


def _titled(option: Shown, offer: Offer | None) -> dict[str, Any]:
    if offer is None:
        return {"value": option.code, "title": option.code, "note": ""}
    return {"value": option.code, "title": offer.course or offer.name, "note": offer.where}


def _quotas(candidate: Candidate) -> set[str]:
    """The quotas and preferences of the contest's text, in its first phase."""
    contest = candidate.contest
    return set(quotas_of(edition_of(contest))) if contest.phase == 1 else set()


@requires(Can.APPLY)
@require_POST
def account(request: HttpRequest, key: str) -> HttpResponse:
    """What the form would give as it stands in the page."""
    candidate = mine(request, key)
    if not receives(candidate):
        return gone(candidate)
    draft = posted(request)
    remember(request, candidate, draft)
    part = written_part(candidate, preview.base_of(candidate.contest), draft)
    return render(request, "access/candidate/preview_fragment.html", part)


urlpatterns = [
    path("candidatura/<slug:key>/previa/", account, name="candidate-preview"),
]
