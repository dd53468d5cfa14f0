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
from portaria.web.access.enrolment_checks import Reported, problems_of
from portaria.web.access.models import Contest, Enrolment, Stage
from portaria.web.accounts.log import record
from portaria.web.accounts.models import User
from portaria.web.days import in_time

NOT_PUBLISHED = declare(
    "enrolment-not-published", "Enrolments are reported once the result is published."
)
FROZEN = declare(
    "enrolment-frozen",
    "The next phase is being placed with the enrolments reported until now: report changes again "
    "when its result is published.",
)
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
FREEZING = (Stage.CLOSED, Stage.SENT, Stage.RATIFIED)


@dataclass(frozen=True)
class Kept:
    """How many enrolments were new or changed, and how many stood as they were."""

    changed: int
    same: int


def late(contest: Contest) -> bool:
    """Whether the deadline of the report is over; its last second counts whole."""
    until = contest.enrolment_until
    return until is not None and not in_time(timezone.now(), until)


def closed(contest: Contest) -> Message | None:
    """Why no enrolments are taken now; None where they are."""
    if contest.stage != Stage.PUBLISHED:
        return Message(NOT_PUBLISHED)
    following = Contest.objects.filter(previous=contest).first()
    return Message(FROZEN) if following and following.stage in FREEZING else None


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
    changed = [row for row in rows if values_of(stand.get(row.candidate)) != row.values]
    if changed:
        _write(held, changed, str(user or actor))
        _tell(held, institution, changed, stand, user, actor)
    return Kept(len(changed), len(rows) - len(changed))


def standing(contest: Contest, rows: Iterable[Reported]) -> dict[str, Enrolment]:
    """What stands of the candidates of a report, by candidate."""
    named = Enrolment.objects.filter(contest=contest, candidate__in=[r.candidate for r in rows])
    return {row.candidate: row for row in named}


def values_of(row: Enrolment | None) -> tuple[bool, date | None, bool] | None:
    """What was reported, as `Reported.values`."""
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
        before={row.candidate: as_json(values_of(stood.get(row.candidate))) for row in rows},
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
