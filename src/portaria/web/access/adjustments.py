"""What rectifications free and use of the next phase's seats: VL2 and VR (42/1), by programme."""

from __future__ import annotations

import polars as pl
from django.db import transaction

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.web.access.models import Adjustment, Contest, Programme, Run, Stage
from portaria.web.accounts.log import record
from portaria.web.accounts.models import User

SETTLED = declare(
    "adjustments-settled", "The seats of this phase are settled: adjustments no longer change."
)
UNKNOWN = declare("adjustment-unknown", "{programme} is not a programme of this contest.")
ADJUSTED = declare("log-adjusted", "Changed the adjustments of {title}.")


def so_far(run: Run) -> pl.DataFrame:
    """Table `adjustments` as the rectifications up to this run leave it: programme, vl2, vr."""
    schema = {"programme": pl.String, "vl2": pl.Int64, "vr": pl.Int64}
    found = []
    while run.kind == Run.Kind.RECTIFICATION:
        found += [
            (row["programme"], row["vl2"], row["vr"])
            for row in run.answer["outcome"]["adjustments"]
        ]
        run = Run.objects.get(pk=run.parameters["of"])
    frame = pl.DataFrame(found, schema=schema, orient="row")
    return frame.group_by("programme").agg(pl.col("vl2", "vr").sum()).sort("programme")


def may_change(contest: Contest) -> bool:
    """Whether a contest is a later phase whose seats are not settled yet."""
    return contest.phase > 1 and contest.stage in (Stage.PREPARING, Stage.OPEN, Stage.CLOSED)


def take_in(contest: Contest, run: Run) -> None:
    """What a rectification of `contest` changes enters the next phase, where that may still be."""
    following = Contest.objects.filter(previous=contest).first()
    if following is None or not may_change(following):
        return
    for row in run.answer["outcome"]["adjustments"]:
        stands, _new = Adjustment.objects.get_or_create(
            contest=following, programme=row["programme"]
        )
        stands.vl2, stands.vr = stands.vl2 + row["vl2"], stands.vr + row["vr"]
        stands.save()


@transaction.atomic
def adjust(contest: Contest, user: User, programme: str, vl2: int, vr: int) -> None:
    """Set the seats freed and used by rectifications at a programme; 0 and 0 takes the row out."""
    held = Contest.objects.select_for_update().get(pk=contest.pk)
    if not may_change(held):
        raise UsageError(Message(SETTLED))
    if not Programme.objects.filter(contest=held, programme=programme).exists():
        raise UsageError(Message(UNKNOWN, {"programme": programme}))
    stands = Adjustment.objects.filter(contest=held, programme=programme).first()
    before = {"vl2": stands.vl2, "vr": stands.vr} if stands else None
    if vl2 or vr:
        Adjustment.objects.update_or_create(
            contest=held, programme=programme, defaults={"vl2": vl2, "vr": vr}
        )
    elif stands:
        stands.delete()
    after = {"programme": programme, "vl2": vl2, "vr": vr}
    record(user, ADJUSTED, {"title": held.title}, before=before, after=after, contest=held.key)
