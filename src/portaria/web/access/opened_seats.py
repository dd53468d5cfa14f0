"""The seats of a phase that institutions decide themselves (46/2), up to what was left (47/1)."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from django.db import transaction

from portaria.core.errors import InputError, UsageError
from portaria.core.messages import Message, declare
from portaria.regulations.access.contest import seats_decided
from portaria.regulations.access.findings import problems_of
from portaria.regulations.access.later.check import opened_within_limit
from portaria.tables.schema import SOURCE_ROW
from portaria.web.access.editions import edition_of
from portaria.web.access.models import Contest, Opened, Stage
from portaria.web.access.next_phase_seats import seats
from portaria.web.accounts.log import record
from portaria.web.accounts.models import User

NOT_DECIDED = declare(
    "opened-not-decided",
    "The seats of this phase come from a formula: no institution decides them.",
)
SETTLED = declare(
    "opened-settled", "Applications have begun: the seats of this phase no longer change."
)
NOT_YOURS = declare(
    "opened-not-yours", "{programme} is not a programme of this institution in this contest."
)
OPENED = declare(
    "log-seats-opened", "Decided, for the institution {institution}, the seats of {title}."
)


def are_decided(contest: Contest) -> bool:
    """Whether institutions decide the seats of this phase."""
    return contest.previous_id is not None and seats_decided(edition_of(contest), contest.phase)


@transaction.atomic
def open_seats(
    contest: Contest, institution: str, user: User, decided: Mapping[str, int | None]
) -> None:
    """What an institution opens and with how many seats; None leaves a programme closed.

    UsageError where it may not decide them; InputError with each programme above its limit.
    """
    held = Contest.objects.select_for_update().get(pk=contest.pk)
    if not are_decided(held):
        raise UsageError(Message(NOT_DECIDED))
    if held.stage != Stage.PREPARING:
        raise UsageError(Message(SETTLED))
    terms = _terms(held, institution)
    for programme in decided:
        if programme not in terms["programme"]:
            raise UsageError(Message(NOT_YOURS, {"programme": programme}))
    after = {programme: count for programme, count in decided.items() if count is not None}
    _refuse_too_many(held, terms, after)
    rows = Opened.objects.filter(contest=held, programme__in=list(decided))
    before = dict(rows.values_list("programme", "seats"))
    rows.delete()
    Opened.objects.bulk_create(
        [Opened(contest=held, programme=each, seats=count) for each, count in after.items()]
    )
    params = {"institution": institution, "title": held.title}
    record(user, OPENED, params, before=before, after=after, contest=held.key)


def _refuse_too_many(contest: Contest, terms: pl.DataFrame, decided: Mapping[str, int]) -> None:
    rows = [(number, *row) for number, row in enumerate(decided.items())]
    schema = {SOURCE_ROW: pl.Int64, "programme": pl.String, "seats": pl.Int64}
    opened = pl.DataFrame(rows, schema, orient="row")
    problems = [
        problem
        for finding in opened_within_limit(terms, opened)
        for problem in problems_of(edition_of(contest), "opened", finding)
    ]
    if problems:
        raise InputError(problems[0].message, problems)


def may_open(contest: Contest, institution: str) -> dict[str, int]:
    """By programme of an institution, the most seats that it may open."""
    return dict(_terms(contest, institution).select("programme", "most").iter_rows())


def _terms(contest: Contest, institution: str) -> pl.DataFrame:
    assert contest.previous is not None, "a later phase has one before it"
    return seats(contest.previous, contest).terms.filter(pl.col("institution") == institution)
