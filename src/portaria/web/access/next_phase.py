"""The next phase (41-50; 211-B 29): a contest made from the published one before and what it left.

Programmes and their rules, people and what is proven of them come along; applications do not.
Its seats: `next_phase_seats`, `adjustments`, `opened_seats`.
"""

from __future__ import annotations

import polars as pl
from django.db import transaction

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.regulations.access.later.prepare import CARRIED, carried_readings
from portaria.regulations.access.settings import edition_phases
from portaria.web.access import adjustments, frames
from portaria.web.access.bulk import read_rows, write_frame
from portaria.web.access.editions import edition_of
from portaria.web.access.intake import free_key
from portaria.web.access.models import Candidate, Contest, Stage
from portaria.web.accounts.log import record
from portaria.web.accounts.models import User

NOT_PUBLISHED = declare(
    "next-phase-not-published", "The next phase is made once the result of this one is published."
)
EXISTS = declare("next-phase-exists", "The next phase was made already.")
NO_NEXT = declare("next-phase-none", "This contest's regulation has no phase {phase}.")
NO_TITLE = declare("next-phase-no-title", "Give the next phase a title.")
MADE = declare(
    "log-next-phase", "Made phase {phase} from {title}, with {count} candidate.",
    "Made phase {phase} from {title}, with {count} candidates.",
)  # fmt: skip


def why_not(contest: Contest) -> Message | None:
    """Why no next phase can be made of this contest; None where one can."""
    if contest.stage != Stage.PUBLISHED or contest.run is None:
        return Message(NOT_PUBLISHED)
    if Contest.objects.filter(previous=contest).exists():
        return Message(EXISTS)
    phase = contest.phase + 1
    known = phase in edition_phases(edition_of(contest))
    return None if known else Message(NO_NEXT, {"phase": phase})


@transaction.atomic
def create(contest: Contest, user: User, title: str) -> Contest:
    """Make the next phase, being prepared: its calendar and opening are as of any contest."""
    held = Contest.objects.select_for_update().get(pk=contest.pk)
    if refused := why_not(held):
        raise UsageError(refused)
    if not title.strip():
        raise UsageError(Message(NO_TITLE))
    made = Contest.objects.create(
        key=free_key(title),
        title=title.strip(),
        edition=held.edition,
        edition_source=held.edition_source,
        phase=held.phase + 1,
        policy=carried_readings(held.policy),
        previous=held,
    )
    frames.keep(made, {name: frames.table(held, name) for name in CARRIED})
    people = _carry_people(held, made)
    assert held.run is not None, "why_not has seen to it"
    if (adjusted := adjustments.so_far(held.run)).height:
        frames.keep(made, {"adjustments": adjusted})
    params = {"phase": made.phase, "title": held.title, "count": people}
    record(user, MADE, params, contest=made.key)
    return made


def _carry_people(contest: Contest, made: Contest) -> int:
    """Everybody's record with her account; applications and codes stay behind."""
    people = frames.table(contest, "candidates")
    accounts = read_rows(
        Candidate, {"candidate": pl.String, "user_id": pl.Int64}, {"contest": contest}
    )
    write_frame(Candidate, people.join(accounts, on="candidate"), contest_id=made.pk)
    return people.height
