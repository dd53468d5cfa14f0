"""What the candidate's views share: her record by her account, her draft, papers as answers."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from portaria.web.access.models import Candidate, Stage, Submission

MOST_POSTED = 100
"""Options that a posted form is read with; the limit of the text is told by the rules."""


@dataclass(frozen=True)
class Draft:
    """A form while it is written. seen: the number of the application that stood then, 0 for none.
    kept: whether it comes from an earlier visit and differs from what stands."""

    options: tuple[str, ...]
    regional: bool
    seen: int
    key: uuid.UUID
    kept: bool = False

    def with_option(self, code: str) -> Draft:
        """With one more option at its end."""
        return self if code in self.options else replace(self, options=(*self.options, code))

    def moved(self, move: str) -> Draft:
        """After one of the buttons of the list: `up:CODE`, `down:CODE` or `remove:CODE`."""
        how, _colon, code = move.partition(":")
        if code not in self.options:
            return self
        options = list(self.options)
        at = options.index(code)
        options.pop(at)
        if how != "remove":
            options.insert(max(0, at - 1) if how == "up" else at + 1, code)
        return replace(self, options=tuple(options))


def mine(request: HttpRequest, key: str) -> Candidate:
    """Her record in a contest; Http404 where she has none."""
    return of(request, contest__key=key)


def of(request: HttpRequest, **where: Any) -> Candidate:
    """The same, found otherwise."""
    rows = Candidate.objects.select_related("contest__run", "contest__previous", "submission")
    # What a run found out is long, and no page of hers shows it.
    rows = rows.defer(*(f"contest__run__{name}" for name in ("answer", "problems", "summary")))
    found = rows.filter(user=request.user.pk, **where).first()
    if found is None:
        raise Http404
    return found


def published(request: HttpRequest, key: str) -> Candidate:
    """The same, of a contest whose result is public; Http404 for any other."""
    found = mine(request, key)
    if not found.contest.is_published or found.contest.run is None:
        raise Http404
    return found


def receives(candidate: Candidate) -> bool:
    """Whether an application would be received now."""
    return candidate.contest.accepts(timezone.now())


def is_ahead(candidate: Candidate) -> bool:
    """Whether applications have not begun."""
    contest = candidate.contest
    if contest.stage == Stage.PREPARING:
        return True
    opens = contest.opens_at
    return contest.stage == Stage.OPEN and opens is not None and timezone.now() < opens


def posted(request: HttpRequest) -> Draft:
    """The form that a request carries."""
    sent = request.POST
    options = tuple(dict.fromkeys(code[:40] for code in sent.getlist("options")[:MOST_POSTED]))
    seen = sent.get("seen", "")
    return Draft(
        options,
        "claims_regional" in sent,
        int(seen) if seen.isdecimal() and len(seen) < 9 else 0,
        posted_key(request),
    )


def posted_key(request: HttpRequest) -> uuid.UUID:
    """The key drawn by the form; a form that lost it gets another."""
    try:
        return uuid.UUID(request.POST.get("idempotency_key", ""))
    except ValueError:
        return uuid.uuid4()


def standing_draft(candidate: Candidate) -> Draft:
    """The form as it would begin: what stands."""
    stands: Submission | None = candidate.submission
    if stands is None:
        return Draft((), candidate.claims_regional, 0, uuid.uuid4())
    return Draft(tuple(stands.options), stands.claims_regional, stands.number, uuid.uuid4())


def draft_of(request: HttpRequest, candidate: Candidate) -> Draft:
    """The form as she left it, or what stands where she changed nothing since."""
    begin = standing_draft(candidate)
    left = request.session.get(_name(candidate))
    if not isinstance(left, dict):
        return begin
    options, regional = tuple(left.get("options", ())), bool(left.get("regional"))
    if (options, regional) == (begin.options, begin.regional):
        return begin
    return replace(begin, options=options, regional=regional, seen=left.get("seen", 0), kept=True)


def remember(request: HttpRequest, candidate: Candidate, draft: Draft) -> None:
    """Keep a form in the session, so that leaving the page loses nothing."""
    left = {"options": list(draft.options), "regional": draft.regional, "seen": draft.seen}
    if request.session.get(_name(candidate)) != left:
        request.session[_name(candidate)] = left


def forget(request: HttpRequest, candidate: Candidate) -> None:
    """Drop a form that was handed in or discarded."""
    request.session.pop(_name(candidate), None)


def _name(candidate: Candidate) -> str:
    return f"draft-{candidate.pk}"


def paper(content: bytes, name: str) -> HttpResponse:
    """A PDF to keep."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


def gone(candidate: Candidate) -> HttpResponse:
    """The answer to a fragment asked for after the deadline: the page itself says the rest."""
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = reverse("candidate-application", args=[candidate.contest.key])
    return answer
