"""The seats that a published result leaves to the next phase, term by term (42, 47)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from portaria.regulations.access.contest import seats_decided
from portaria.regulations.access.later.prepare import next_terms
from portaria.regulations.access.later.terms import most_to_open
from portaria.web.access import adjustments, frames
from portaria.web.access.holders import placed
from portaria.web.access.kept_results import results
from portaria.web.access.models import Contest, Enrolment


@dataclass(frozen=True)
class Seats:
    """The seats of the next phase before those that holders free.

    terms: programme, institution, course_name, those of `seat_terms`, and `most`, the most that
    each may open where institutions decide. missing: candidates placed of whom nothing was
    reported yet, by institution: each counts as not enrolled.
    """

    phase: int
    decided: bool
    terms: pl.DataFrame
    missing: Mapping[str, int]

    def total(self, term: str) -> int:
        """The sum of a term."""
        return int(self.terms[term].sum())


def seats(contest: Contest, following: Contest | None = None) -> Seats:
    """What the published `contest` leaves to the next phase, with the adjustments of `following`,
    or those of rectifications where it is not made yet."""
    assert contest.run is not None, "a published contest has a result"
    opened = results(contest.run)
    inputs = opened.inputs()
    if following is None:
        adjusted = adjustments.so_far(contest.run)
    else:
        adjusted = frames.table(following, "adjustments")
    terms = next_terms(opened, inputs, frames.enrolments_after(contest), adjusted)
    names = inputs.tables["programmes"].select("programme", "institution", "course_name")
    return Seats(
        contest.phase + 1,
        seats_decided(inputs.edition, contest.phase + 1),
        names.join(terms.with_columns(most=most_to_open()), on="programme"),
        missing(contest),
    )


def missing(contest: Contest) -> dict[str, int]:
    """By institution, how many placed candidates nobody has reported on."""
    reported = Enrolment.objects.filter(contest=contest).values("candidate")
    silent = placed(contest).exclude(candidate__in=reported)
    counted = Counter(silent.values_list("institution", flat=True))
    return dict(sorted((institution or "", count) for institution, count in counted.items()))
