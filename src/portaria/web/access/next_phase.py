"""The next phase (41-50; 211-B 29): a contest made from the published one before and what it left.

Programmes and their rules, people and what is proven of them come along; applications do not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl
from django.db import transaction

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.regulations.access.contest import Contest as Inputs
from portaria.regulations.access.contest import seats_decided
from portaria.regulations.access.later.holders import former_seats
from portaria.regulations.access.later.prepare import next_terms
from portaria.regulations.access.later.terms import most_to_open, seat_terms
from portaria.regulations.access.schemas import PREVIOUS
from portaria.regulations.access.settings import edition_phases
from portaria.web.access import frames
from portaria.web.access.bulk import read_rows, write_frame
from portaria.web.access.editions import edition_of
from portaria.web.access.intake import free_key
from portaria.web.access.kept_results import results
from portaria.web.access.models import (
    Adjustment,
    Candidate,
    Contest,
    Enrolment,
    Opened,
    PlacementResult,
    Programme,
    Stage,
)
from portaria.web.access.rectifications import adjustments_so_far
from portaria.web.accounts.log import record
from portaria.web.accounts.models import User

NOT_PUBLISHED = declare(
    "next-phase-not-published", "The next phase is made once the result of this one is published."
)
EXISTS = declare("next-phase-exists", "The next phase was made already.")
NO_NEXT = declare("next-phase-none", "This contest's regulation has no phase {phase}.")
NO_TITLE = declare("next-phase-no-title", "Give the next phase a title.")
NOT_ADJUSTABLE = declare(
    "adjustments-settled", "The seats of this phase are settled: adjustments no longer change."
)
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
TOO_MANY = declare(
    "opened-too-many", "{seats} seats are opened at {programme}; at most {most} may be."
)
UNKNOWN = declare("adjustment-unknown", "{programme} is not a programme of this contest.")
MADE = declare(
    "log-next-phase", "Made phase {phase} from {title}, with {count} candidate.",
    "Made phase {phase} from {title}, with {count} candidates.",
)  # fmt: skip
ADJUSTED = declare("log-adjusted", "Changed the adjustments of {title}.")
OPENED = declare(
    "log-seats-opened", "Decided, for the institution {institution}, the seats of {title}."
)
CARRIED = ("programmes", "exam_sets", "regional_areas", "vocational_courses", "congeners", "exams",
           "prerequisites")  # fmt: skip


@dataclass(frozen=True)
class Seats:
    """The seats of the next phase before those that holders free.

    terms: programme, institution, course_name, vs1, vsm, vl2, ve, vr, base, most (where
    institutions decide, the most each may open). missing: candidates placed of whom nothing was
    reported yet, by institution: each counts as not enrolled.
    """

    phase: int
    decided: bool
    terms: pl.DataFrame
    missing: Mapping[str, int]

    def total(self, term: str) -> int:
        """The sum of a term."""
        return int(self.terms[term].sum())


def why_not(contest: Contest) -> Message | None:
    """Why no next phase can be made of this contest; None where one can."""
    if contest.stage != Stage.PUBLISHED or contest.run is None:
        return Message(NOT_PUBLISHED)
    if Contest.objects.filter(previous=contest).exists():
        return Message(EXISTS)
    phase = contest.phase + 1
    known = phase in edition_phases(edition_of(contest))
    return None if known else Message(NO_NEXT, {"phase": phase})


def seats(contest: Contest, following: Contest | None = None) -> Seats:
    """What the published `contest` leaves to the next phase, with the adjustments of `following`,
    or those of rectifications where it is not made yet."""
    assert contest.run is not None, "a published contest has a result"
    opened = results(contest.run)
    inputs = opened.inputs()
    enrolments = frames.enrolments_after(contest)
    if following is None:
        adjustments = adjustments_so_far(contest.run)
    else:
        adjustments = frames.table(following, "adjustments")
    decided = seats_decided(inputs.edition, contest.phase + 1)
    if adjustments.is_empty():
        terms = next_terms(opened, inputs, enrolments)
    else:
        terms = _adjusted_terms(contest, inputs, enrolments, adjustments)
    terms = terms.with_columns(most=most_to_open())
    names = inputs.tables["programmes"].select("programme", "institution", "course_name")
    return Seats(contest.phase + 1, decided, names.join(terms, on="programme"), missing(contest))


def _adjusted_terms(
    contest: Contest, inputs: Inputs, enrolments: pl.DataFrame, adjustments: pl.DataFrame
) -> pl.DataFrame:
    """As `next_terms`, after rectifications."""
    assert contest.run is not None, "a published contest has a result"
    before = frames.previous_tables_of(contest.run)
    number = {"seats": ("tie_extra", "leftover"), "holders": ("phase",), "placements": ()}
    tables = {
        f"{PREVIOUS}_{name}": before[f"{PREVIOUS}_{name}"].with_columns(
            pl.col(columns).cast(pl.Int64) if columns else []
        )
        for name, columns in number.items()
    }
    tables |= {"enrolments": enrolments, "adjustments": adjustments}
    tables["opened"] = pl.DataFrame(schema={"programme": pl.String, "seats": pl.Int64})
    following = replace(inputs, phase=contest.phase + 1, tables={**inputs.tables, **tables})
    return seat_terms(following, former_seats(following))


def missing(contest: Contest) -> dict[str, int]:
    """By institution, how many placed candidates nobody has reported on."""
    reported = set(Enrolment.objects.filter(contest=contest).values_list("candidate", flat=True))
    found: dict[str, int] = {}
    placed = PlacementResult.objects.filter(run=contest.run, result="placed")
    for institution, candidate in placed.values_list("institution", "candidate"):
        if candidate not in reported:
            found[institution or ""] = found.get(institution or "", 0) + 1
    return dict(sorted(found.items()))


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
        policy=_policy(held),
        previous=held,
    )
    frames.keep(made, {name: frames.table(held, name) for name in CARRIED})
    people = _carry_people(held, made)
    assert held.run is not None, "why_not has seen to it"
    if (adjustments := adjustments_so_far(held.run)).height:
        frames.keep(made, {"adjustments": adjustments})
    params = {"phase": made.phase, "title": held.title, "count": people}
    record(user, MADE, params, contest=made.key)
    return made


def _policy(contest: Contest) -> dict[str, str]:
    """The readings that go on: those of the placement of phase 1 know no other phase."""
    return {name: choice for name, choice in contest.policy.items() if name != "placement"}


def _carry_people(contest: Contest, made: Contest) -> int:
    """Everybody's record with her account; applications and codes stay behind."""
    people = frames.table(contest, "candidates")
    accounts = read_rows(
        Candidate, {"candidate": pl.String, "user_id": pl.Int64}, {"contest": contest}
    )
    write_frame(Candidate, people.join(accounts, on="candidate"), contest_id=made.pk)
    return people.height


@transaction.atomic
def adjust(contest: Contest, user: User, programme: str, vl2: int, vr: int) -> None:
    """Set the seats freed and used by rectifications at a programme; 0 and 0 takes the row out."""
    held = Contest.objects.select_for_update().get(pk=contest.pk)
    if held.phase == 1 or held.stage not in (Stage.PREPARING, Stage.OPEN, Stage.CLOSED):
        raise UsageError(Message(NOT_ADJUSTABLE))
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


@transaction.atomic
def open_seats(
    contest: Contest, institution: str, user: User, decided: Mapping[str, int | None]
) -> None:
    """What an institution opens and with how many seats (46/2); None leaves a programme closed."""
    held = Contest.objects.select_for_update().get(pk=contest.pk)
    if held.previous is None or not seats_decided(edition_of(held), held.phase):
        raise UsageError(Message(NOT_DECIDED))
    if held.stage != Stage.PREPARING:
        raise UsageError(Message(SETTLED))
    most = may_open(held, institution)
    for programme, count in decided.items():
        if programme not in most:
            raise UsageError(Message(NOT_YOURS, {"programme": programme}))
        if count is not None and count > most[programme]:
            params = {"programme": programme, "seats": count, "most": most[programme]}
            raise UsageError(Message(TOO_MANY, params))
    rows = Opened.objects.filter(contest=held, programme__in=list(decided))
    before = dict(rows.values_list("programme", "seats"))
    rows.delete()
    after = {programme: count for programme, count in decided.items() if count is not None}
    Opened.objects.bulk_create(
        [Opened(contest=held, programme=each, seats=count) for each, count in after.items()]
    )
    params = {"institution": institution, "title": held.title}
    record(user, OPENED, params, before=before, after=after, contest=held.key)


def may_open(contest: Contest, institution: str) -> dict[str, int]:
    """By programme of an institution, the most seats that it may open (47/1)."""
    assert contest.previous is not None, "a later phase has one before it"
    terms = seats(contest.previous, contest).terms.filter(pl.col("institution") == institution)
    return dict(terms.select("programme", "most").iter_rows())
