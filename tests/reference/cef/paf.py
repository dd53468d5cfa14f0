"""Articles 29 and 32 to 34: lateness, the jury and its mean, absence from the PAF."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from .deadlines import calendar_of, within
from .exact import mean

SEATS = {
    "director": ("director", "delegate"),
    "leader": ("course_director", "class_director"),
    "guide": ("guiding_teacher",),
    "merit": ("recognised_merit",),
}
EARLY, LATE, LENGTH = timedelta(minutes=15), timedelta(minutes=15), timedelta(minutes=90)


def arrival(start: datetime, at: datetime, readings: Mapping[str, str]) -> dict[str, Any]:
    """29/4-6: to be there 15 minutes before; up to 15 late; 90 minutes from the start, no more."""
    late = at - start
    admitted = late <= LATE if readings["lateness"] == "inclusive" else late < LATE
    left = LENGTH - max(late, timedelta(0)) if admitted else timedelta(0)
    return {
        "be_there_by": start - EARLY,
        "admitted": admitted,
        "minutes": Fraction(left // timedelta(seconds=1), 60),
    }


def jury_problems(members: Sequence[str]) -> list[str]:
    """32/1: four members, one for each seat; the Director or her delegate chairs. `members`: their
    qualities, as in SEATS."""
    problems = [f"no-{seat}" for seat, who in SEATS.items() if not any(m in who for m in members)]
    problems += [f"two-{seat}" for seat, who in SEATS.items() if sum(m in who for m in members) > 1]
    known = {quality for who in SEATS.values() for quality in who}
    return problems + [f"unknown-{member}" for member in members if member not in known]


def jury_percent(
    limits: Mapping[str, int],
    scores: Mapping[str, Mapping[str, int]],
    readings: Mapping[str, str],
    members: Sequence[str] | None = None,
    jurors: int = 4,
) -> dict[str, Any]:
    """33/1: every juror scores every criterion of the matrix from 0 to its limit. `percent`: the
    mean of the jurors in percent of all points, None where a score is rejected, one of the four is
    missing, or the `members`, where given, are not a jury of 32/1: of all four seats, or of those
    there, of whom none is without a seat of its own."""
    rejected = sorted(
        f"{juror}.{criterion}"
        for juror, points in scores.items()
        for criterion in {*limits, *points}
        if criterion not in limits or not 0 <= points.get(criterion, -1) <= limits[criterion]
    )
    short = len(scores) < jurors and readings["jury"] == "four"
    wrong = jury_problems(members) if members is not None else []
    if readings["jury"] == "present":
        wrong = [problem for problem in wrong if not problem.startswith("no-")]
    whole = sum(limits.values())
    percents = [Fraction(100 * sum(points.values()), whole) for points in scores.values()]
    return {"rejected": rejected, "percent": None if rejected or short or wrong else mean(percents)}


def absence(
    exam: date,
    justified_on: date | None,
    accepted: bool,
    absent_again: bool = False,
    municipal: Sequence[date] = (),
    closures: Sequence[date] = (),
) -> dict[str, Any]:
    """34/1-3: justified through the guardian within two working days and accepted: a new date;
    otherwise, or absent again, no PAF in that school year."""
    by = within(exam, 2, calendar_of(municipal, closures, "stops-count"))
    good = justified_on is not None and justified_on <= by and accepted and not absent_again
    return {"justify_by": by, "outcome": "new_date" if good else "no_paf_this_year"}
