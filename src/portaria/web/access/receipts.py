"""The receipt of an application: the same on the page and on paper, whenever it is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db.models import Q

from portaria.documents.access_papers import model as papers
from portaria.documents.access_papers.receipt import Claim as ClaimOnPaper
from portaria.documents.access_papers.receipt import Document, Receipt
from portaria.web.access.editions import edition_of
from portaria.web.access.models import Candidate, Claim, Contest, Programme, Submission


def receipt_of(submission: Submission) -> Receipt:
    """What a receipt says, from what stood at its moment alone: printed later, it says the same.

    The deadline is left out, because the office may move it.
    """
    candidate, contest = submission.candidate, submission.contest
    kind = submission.kind
    return Receipt(
        contest=contest_on_paper(contest),
        person=person_on_paper(candidate),
        number=number_of(submission),
        received=submission.received_at.replace(microsecond=0),
        kind="submitted" if kind == Submission.Kind.IMPORTED else kind,  # type: ignore[arg-type]
        options=options_on_paper(contest, submission.options),
        claims=tuple(_claims(submission)),
        replaces=number_of(submission, -1) if submission.number > 1 else "",
    )


def number_of(submission: Submission, before: int = 0) -> str:
    """The number of a receipt: the candidate's code and the count of her hand-ins."""
    return f"{submission.candidate.candidate}-{submission.number + before}"


def contest_on_paper(contest: Contest) -> papers.Contest:
    """The contest as papers name it."""
    edition = edition_of(contest)
    text = ", ".join(each.title for each in edition.texts.values())
    return papers.Contest(contest.title, text, contest.phase, settings.OFFICE_NAME)


def person_on_paper(candidate: Candidate) -> papers.Person:
    """The person as papers name her."""
    return papers.Person(candidate.name or candidate.candidate, candidate.candidate)


def options_on_paper(contest: Contest, codes: Sequence[str]) -> tuple[papers.Option, ...]:
    """Options with their names, in the order given."""
    names = {
        row.programme: row for row in Programme.objects.filter(contest=contest, programme__in=codes)
    }
    return tuple(
        papers.Option(
            order,
            code,
            (row.institution_name or row.institution or "") if (row := names.get(code)) else "",
            (row.course_name or "") if row else "",
        )
        for order, code in enumerate(codes, 1)
    )


def _claims(submission: Submission) -> Iterable[ClaimOnPaper]:
    at = submission.received_at
    withdrawn = Q(state=Claim.State.WITHDRAWN, decided_at__lte=at)
    stood = (
        Claim.objects.filter(candidate=submission.candidate, claimed_at__lte=at)
        .exclude(withdrawn)
        .order_by("pk")
        .prefetch_related("documents")
    )
    for claim in stood:
        documents = sorted(claim.documents.all(), key=lambda document: document.pk)
        yield ClaimOnPaper(
            claim.quota,
            tuple(Document(d.name, d.sha256) for d in documents if d.received_at <= at),
        )
    if submission.claims_regional:
        yield ClaimOnPaper("regional")
