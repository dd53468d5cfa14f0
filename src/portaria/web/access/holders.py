"""Who has a seat of a phase, and where she has it now (39, 54, 55, 57), as pages ask."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from portaria.regulations.access.reasons import HELD
from portaria.web.access.models import Contest, Enrolment, PlacementResult, Programme


def programmes_of(contest: Contest, institution: str) -> list[str]:
    """The codes of an institution's programmes."""
    rows = Programme.objects.filter(contest=contest, institution=institution)
    return list(rows.order_by("programme").values_list("programme", flat=True))


def placed(contest: Contest) -> QuerySet[PlacementResult]:
    """Everybody placed in this phase by the result that holds; not who kept a seat from before."""
    return PlacementResult.objects.filter(run=contest.run, result="placed")


def students(contest: Contest, institution: str) -> dict[str, str]:
    """By candidate, the programme of whoever has a seat of this phase there now.

    What `Phases.seats` of the engine tells of the seats won in this phase, asked of the database
    because the API asks it at each call. Whose enrolment was cancelled is here still, so that her
    report can be corrected, unless it was a rectification that took her seat.
    """
    won = placed(contest).filter(institution=institution)
    moves = Enrolment.objects.filter(contest=contest, programme__isnull=False)
    seated = PlacementResult.objects.filter(Q(result="placed") | Q(quota=HELD), run=contest.run)
    lost = moves.filter(cancelled=True).exclude(candidate__in=seated.values("candidate"))
    moved = dict(moves.exclude(pk__in=lost).values_list("candidate", "programme"))
    found = dict(won.values_list("candidate", "programme")) | moved
    here = set(programmes_of(contest, institution))
    return {candidate: at for candidate, at in found.items() if at in here}
