"""What a form would give while it is being written, and the programmes to choose from.

The tables that all share stay typed in memory; a request adds one person's rows and asks
`regulations.access.form`. Nothing is decided or computed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl
from django.db.models import Count, Max, Sum

from portaria.core.errors import InputError
from portaria.core.messages import Message, declare
from portaria.regulations.access.contest import Contest as Inputs
from portaria.regulations.access.form import (
    FormAccount,
    ProgrammeGrade,
    account,
    application_grades,
)
from portaria.regulations.access.from_frames import contest_of, person_contest
from portaria.regulations.access.schemas import ISLANDS, PREVIOUS, tables_of
from portaria.tables.schema import columns_of
from portaria.web.access import frames
from portaria.web.access.after import chain
from portaria.web.access.editions import edition_of
from portaria.web.access.held import Held
from portaria.web.access.models import (
    Adjustment,
    Candidate,
    Claim,
    Contest,
    Enrolment,
    ImportPlan,
    Opened,
    Programme,
)
from portaria.web.access.offers import Offer, offers

UNREADABLE = declare(
    "preview-unreadable", "The tables of this contest have problems; its office has to mend them."
)
KEPT = 4
"""Contests held in memory by each process: a national one takes a few megabytes."""

Tables = dict[str, pl.DataFrame]


@dataclass(frozen=True)
class Base:
    """A contest without its people. offers: every programme, by name; by_code: the same."""

    contest: Inputs
    offers: tuple[Offer, ...]
    by_code: Mapping[str, Offer]


_bases: Held[Base] = Held(KEPT)


def base_of(contest: Contest) -> Base:
    """The contest without its people, as its tables stand; InputError where they cannot be read."""
    return _bases.get((contest.pk, *_version(contest)), lambda: _base(contest))


def _version(contest: Contest) -> tuple[Any, ...]:
    """What changes whenever a table that all share is corrected."""
    applied = ImportPlan.objects.filter(contest=contest, applied_at__isnull=False)
    seen = (contest.edition, str(contest.policy), applied.aggregate(last=Max("id"))["last"])
    if contest.previous is None:
        return seen
    before = contest.previous
    reported = Enrolment.objects.filter(contest__in=chain(before))
    return (
        *seen,
        before.stage,
        before.run_id,
        str(reported.aggregate(n=Count("id"), at=Max("reported_at"))),
        str(Opened.objects.filter(contest=contest).aggregate(n=Count("id"), s=Sum("seats"))),
        str(Adjustment.objects.filter(contest=contest).aggregate(l=Sum("vl2"), r=Sum("vr"))),
    )


def _base(contest: Contest) -> Base:
    tables = dict(_shared(contest))
    found, problems = contest_of(edition_of(contest), contest.phase, contest.policy, tables)
    if found is None:
        raise InputError(Message(UNREADABLE), problems)
    names = Programme.objects.filter(contest=contest)
    made = offers(contest, names, found)
    return Base(found, made, {offer.code: offer for offer in made})


def _shared(contest: Contest) -> Iterator[tuple[str, pl.DataFrame]]:
    """Every table of the contest, those of people empty: nobody's rows are read for all."""
    for name, spec in tables_of(contest.phase).items():
        if name in frames.PERSONAL:
            columns = columns_of(spec.schema)
            yield name, pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
        elif name == "enrolments":
            if contest.previous is not None:
                yield name, frames.enrolments_after(contest.previous)
        elif not name.startswith(PREVIOUS):
            frame = frames.table(contest, name)
            if name != "opened" or frame.height:
                yield name, frame
    if contest.previous is not None and contest.previous.run is not None:
        yield from frames.previous_tables_of(contest.previous.run).items()


def person_tables(candidate: Candidate, options: Sequence[str], claims_regional: bool) -> Tables:
    """One person's tables with a form that she is writing, her pending claims as if accepted."""
    contest, key = candidate.contest, candidate.candidate
    people = frames.table(contest, "candidates", candidate=key)
    claimed = {name: pl.lit(value) for name, value in pending(candidate).items()}
    rows = [(key, order, code) for order, code in enumerate(options, 1)]
    return {
        "candidates": people.with_columns(claims_regional=pl.lit(claims_regional), **claimed),
        "exams": frames.table(contest, "exams", candidate=key),
        "prerequisites": frames.table(contest, "prerequisites", candidate=key),
        "options": pl.DataFrame(
            rows, {"candidate": pl.String, "order": pl.Int64, "programme": pl.String}, orient="row"
        ),
    }


def pending(candidate: Candidate) -> dict[str, Any]:
    """The columns of `candidates` as they would be, were every claim under way accepted."""
    waiting = Claim.objects.filter(candidate=candidate, state=Claim.State.CLAIMED)
    return {claim.quota: claim.ground if claim.quota in ISLANDS else True for claim in waiting}


def form_account(base: Base, tables: Mapping[str, pl.DataFrame]) -> FormAccount:
    """The account of the form, as the rules give it."""
    return account(person_contest(base.contest, tables))


def grades(
    base: Base,
    tables: Mapping[str, pl.DataFrame],
    programmes: Sequence[str],
    missing: bool = False,
) -> dict[str, ProgrammeGrade]:
    """By programme, the application grade there, or why there is none; with what is missing."""
    found = application_grades(base.contest, tables, programmes, missing)
    return {each.programme: each for each in found}


def own_marks(grade: ProgrammeGrade | None) -> Decimal | None:
    """The application grade of a programme where she may apply."""
    return grade.grade if grade is not None and grade.reason is None else None
