"""Articles 32 and 33/1: who sits in the jury of the PAF, and what its points come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet

SEATS: Mapping[str, tuple[str, ...]] = {
    "director": ("director", "delegate"),
    "leader": ("course_director", "class_director"),
    "guide": ("guiding_teacher",),
    "merit": ("recognised_merit",),
}
"""The seats of 32/1/a to d, with the qualities that may fill each; who has the first chairs."""

EMPTY = "no"
Points = int | Fraction

NO_MATRIX = declare(
    "cef-jury-matrix", "a matrix has at least one criterion, each with a limit above zero"
)
TOO_MANY = declare("cef-jury-too-many", "{count} jurors gave points; a jury has {seats}")


@dataclass(frozen=True)
class SeatFault:
    """`code`: no, which is EMPTY, two (of a seat of SEATS), or unknown (a quality that fills
    none)."""

    code: str
    what: str


@dataclass(frozen=True)
class Jury:
    """`chair`: director or delegate; empty where neither is there, or both."""

    faults: tuple[SeatFault, ...]
    chair: str
    clause: str


@dataclass(frozen=True)
class Rejected:
    """Points that no matrix allows: `limit` None for an unknown criterion, `points` None for one
    that the juror left out."""

    juror: str
    criterion: str
    points: Points | None
    limit: int | None


@dataclass(frozen=True)
class Score:
    """`percent`: the mean of `percents`, which are those of each juror; None where points are
    rejected, jurors are `missing`, or the jury is `misseated`."""

    rejected: tuple[Rejected, ...]
    missing: int
    misseated: bool
    percents: Mapping[str, Fraction]
    percent: Fraction | None
    clause: str


@rule("jury-seats")
def jury(members: Sequence[str], rules: RuleSet) -> Jury:
    """32/1: four members, one for each seat. members: the quality each one sits for."""
    filled = {seat: [m for m in members if m in who] for seat, who in SEATS.items()}
    known = {quality for who in SEATS.values() for quality in who}
    faults = [SeatFault(EMPTY, seat) for seat, found in filled.items() if not found]
    faults += [SeatFault("two", seat) for seat, found in filled.items() if len(found) > 1]
    faults += [SeatFault("unknown", member) for member in members if member not in known]
    chairs = filled["director"]
    chair = chairs[0] if len(chairs) == 1 else ""
    return Jury(tuple(faults), chair, rules.clause("jury-seats"))


@rule("jury-scores")
def score(
    limits: Mapping[str, int],
    points: Mapping[str, Mapping[str, Points]],
    rules: RuleSet,
    faults: Sequence[SeatFault] = (),
) -> Score:
    """33/1: every juror gives each criterion of the matrix from 0 to its limit. How they become one
    is not said: the mean of the jurors, in percent of all points, who have each a seat of 32/1; by
    a reading of those there, and then a seat may be empty.

    limits: most points by criterion; points: by juror and criterion; faults: of `jury`. UsageError
    for a matrix without points, and for more jurors than seats.
    """
    seats, whole = rules.number("jury_seats"), sum(limits.values())
    if not limits or min(limits.values()) < 1:
        raise UsageError(Message(NO_MATRIX))
    if len(points) > seats:
        raise UsageError(Message(TOO_MANY, {"count": len(points), "seats": seats}))
    rejected = _rejected(limits, points)
    bad = {each.juror for each in rejected}
    percents = {
        juror: Fraction(100 * sum(given.values())) / whole
        for juror, given in points.items()
        if juror not in bad
    }
    missing = seats - len(points)
    four = rules.takes("jury", "four")
    misseated = any(four or fault.code != EMPTY for fault in faults)
    percent = None
    if percents and not (rejected or misseated or (four and missing)):
        percent = sum(percents.values(), Fraction(0)) / len(percents)
    return Score(rejected, missing, misseated, percents, percent, rules.clause("jury-scores"))


def _rejected(
    limits: Mapping[str, int], points: Mapping[str, Mapping[str, Points]]
) -> tuple[Rejected, ...]:
    """By juror and criterion, in their alphabetical order."""
    found = []
    for juror, given in sorted(points.items()):
        for criterion in sorted({*limits, *given}):
            limit, value = limits.get(criterion), given.get(criterion)
            if limit is None or value is None or not 0 <= value <= limit:
                found.append(Rejected(juror, criterion, value, limit))
    return tuple(found)
