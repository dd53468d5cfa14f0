"""Enrolments as institutions report them (39/3): checked by row, then kept all or none.

The deadline of a report is told, not enforced: the text sets it by order and gives a late report
no consequence. What closes reports is the next phase being placed with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from portaria.core.errors import InputError, UsageError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.web.access.models import Contest, Enrolment, PlacementResult, Programme, Stage
from portaria.web.accounts.log import record
from portaria.web.accounts.models import User

NOT_PUBLISHED = declare(
    "enrolment-not-published", "Enrolments are reported once the result is published."
)
FROZEN = declare(
    "enrolment-frozen",
    "The next phase is being placed with the enrolments reported until now: report changes again "
    "when its result is published.",
)
NOT_PLACED_HERE = declare(
    "enrolment-not-placed-here", "candidate {candidate} is not placed in this institution"
)
TWICE = declare("enrolment-twice", "candidate {candidate} stands more than once: keep one row")
NOT_ENROLLED = declare(
    "enrolment-of-not-enrolled",
    "only who enrolled has a day of enrolment, or cancelled it: write that she enrolled, or leave "
    "this empty",
)
IN_FUTURE = declare("enrolment-in-future", "the day of enrolment is still to come")
REFUSED = declare(
    "enrolments-refused",
    "Nothing was kept: {count} row has a problem.",
    "Nothing was kept: {count} rows have problems.",
)
REPORTED = declare(
    "log-enrolments-reported",
    "Reported the enrolment of {count} candidate placed in {institution} ({title}).",
    "Reported the enrolment of {count} candidates placed in {institution} ({title}).",
)
REPORTED_LATE = declare(
    "log-enrolments-late",
    "Reported the enrolment of {count} candidate placed in {institution} ({title}), after the "
    "deadline.",
    "Reported the enrolment of {count} candidates placed in {institution} ({title}), after the "
    "deadline.",
)
FILE = "enrolments"
FREEZING = (Stage.CLOSED, Stage.SENT, Stage.RATIFIED)


@dataclass(frozen=True)
class Reported:
    """What is reported of one candidate; row: where it stands in what was sent."""

    candidate: str
    enrolled: bool
    enrolled_on: date | None = None
    cancelled: bool = False
    row: int | None = None

    @property
    def values(self) -> tuple[bool, date | None, bool]:
        """What is kept of it."""
        return self.enrolled, self.enrolled_on, self.cancelled


@dataclass(frozen=True)
class Kept:
    """How many enrolments were new or changed, and how many stood as they were."""

    changed: int
    same: int


def programmes_of(contest: Contest, institution: str) -> list[str]:
    """The codes of an institution's programmes."""
    rows = Programme.objects.filter(contest=contest, institution=institution)
    return list(rows.order_by("programme").values_list("programme", flat=True))


def students(contest: Contest, institution: str) -> dict[str, str]:
    """By candidate, the programme of whoever has a seat of this phase there now.

    Placed there and not moved since, or brought there by an exchange, a relocation or a
    rectification.
    """
    here = programmes_of(contest, institution)
    placed = PlacementResult.objects.filter(
        run=contest.run, institution=institution, result="placed"
    ).values_list("candidate", "programme")
    moved = dict(
        Enrolment.objects.filter(contest=contest, programme__isnull=False).values_list(
            "candidate", "programme"
        )
    )
    found = {candidate: moved.get(candidate, programme) for candidate, programme in placed}
    found |= dict(moved.items())
    return {candidate: at for candidate, at in found.items() if at in set(here)}


def late(contest: Contest) -> bool:
    """Whether the deadline of the report is over; its last second counts whole."""
    until = contest.enrolment_until
    return until is not None and timezone.now().replace(microsecond=0) > until


def closed(contest: Contest) -> Message | None:
    """Why no enrolments are taken now; None where they are."""
    if contest.stage != Stage.PUBLISHED:
        return Message(NOT_PUBLISHED)
    following = Contest.objects.filter(previous=contest).first()
    return Message(FROZEN) if following and following.stage in FREEZING else None


def problems_of(
    contest: Contest, institution: str, rows: Iterable[Reported], file: str = FILE
) -> list[Problem]:
    """Everything wrong with a report, by row and column."""
    known = students(contest, institution)
    today = timezone.localdate()
    seen: set[str] = set()
    found = []
    for row in rows:
        who = {"candidate": row.candidate}
        wrong: list[tuple[str, Message, object]] = []
        if row.candidate not in known:
            wrong.append(("candidate", Message(NOT_PLACED_HERE, who), row.candidate))
        if row.candidate in seen:
            wrong.append(("candidate", Message(TWICE, who), row.candidate))
        if row.enrolled_on and not row.enrolled:
            wrong.append(("enrolled_on", Message(NOT_ENROLLED), row.enrolled_on))
        elif row.enrolled_on and row.enrolled_on > today:
            wrong.append(("enrolled_on", Message(IN_FUTURE), row.enrolled_on))
        if row.cancelled and not row.enrolled:
            wrong.append(("cancelled", Message(NOT_ENROLLED), "true"))
        seen.add(row.candidate)
        found += [
            Problem(file, message, row=row.row, column=column, value=str(value))
            for column, message, value in wrong
        ]
    return found


@transaction.atomic
def report(
    contest: Contest,
    institution: str,
    rows: Sequence[Reported],
    user: User | None,
    actor: str = "",
) -> Kept:
    """Keep a report, all of it or nothing; a row that says what already stands changes nothing.

    actor: where no user acts, such as a token. UsageError where no reports are taken now;
    InputError with the problems of every row.
    """
    held = Contest.objects.select_for_update().get(pk=contest.pk)
    if why := closed(held):
        raise UsageError(why)
    if problems := problems_of(held, institution, rows):
        count = len({problem.row for problem in problems})
        raise InputError(Message(REFUSED, {"count": count}), problems)
    stand = standing(held, rows)
    changed = [row for row in rows if _values(stand.get(row.candidate)) != row.values]
    if changed:
        _write(held, changed, str(user or actor))
        _tell(held, institution, changed, stand, user, actor)
    return Kept(len(changed), len(rows) - len(changed))


def standing(contest: Contest, rows: Iterable[Reported]) -> dict[str, Enrolment]:
    """What stands of the candidates of a report, by candidate."""
    named = Enrolment.objects.filter(contest=contest, candidate__in=[r.candidate for r in rows])
    return {row.candidate: row for row in named}


def _values(row: Enrolment | None) -> tuple[bool, date | None, bool] | None:
    return None if row is None else (row.enrolled, row.enrolled_on, row.cancelled)


def _write(contest: Contest, rows: Sequence[Reported], by: str) -> None:
    now = timezone.now()
    Enrolment.objects.bulk_create(
        [
            Enrolment(
                contest=contest,
                candidate=row.candidate,
                enrolled=row.enrolled,
                enrolled_on=row.enrolled_on,
                cancelled=row.cancelled,
                reported_at=now,
                reported_by=by[:254],
            )
            for row in rows
        ],
        batch_size=500,
        update_conflicts=True,
        # `programme` is not here: where somebody was moved stays.
        update_fields=["enrolled", "enrolled_on", "cancelled", "reported_at", "reported_by"],
        unique_fields=["contest", "candidate"],
    )


def _tell(
    contest: Contest,
    institution: str,
    rows: Sequence[Reported],
    stood: dict[str, Enrolment],
    user: User | None,
    actor: str,
) -> None:
    params = {"count": len(rows), "institution": institution, "title": contest.title}
    record(
        user,
        REPORTED_LATE if late(contest) else REPORTED,
        params,
        before={row.candidate: as_json(_values(stood.get(row.candidate))) for row in rows},
        after={row.candidate: as_json(row.values) for row in rows},
        contest=contest.key,
        candidate=rows[0].candidate if len(rows) == 1 else "",
        actor=actor,
    )


def as_json(values: tuple[bool, date | None, bool] | None) -> dict[str, Any] | None:
    """An enrolment as the log keeps it."""
    if values is None:
        return None
    enrolled, day, cancelled = values
    told: dict[str, Any] = {"enrolled": enrolled}
    if day is not None:
        told["enrolled_on"] = day.isoformat()
    return told | ({"cancelled": True} if cancelled else {})
