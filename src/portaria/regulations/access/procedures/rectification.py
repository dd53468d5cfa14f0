"""Rectification of one candidate's result (art. 57): she alone moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from portaria.core.edition import Edition
from portaria.core.rule import rule
from portaria.regulations.access import placement
from portaria.regulations.access.folder import Results
from portaria.regulations.access.procedures import readings as open_points
from portaria.regulations.access.procedures.conditions import Checked, require
from portaria.regulations.access.procedures.outcome import (
    ACCEPTED,
    Adjustment,
    Change,
    Condition,
    Outcome,
    Standing,
    answer_of,
)
from portaria.regulations.access.procedures.patch import Patch, corrected, rows
from portaria.regulations.access.procedures.rectified_seats import (
    Request,
    enrolment,
    moved_since,
    seat_kind,
    seats_moved,
)
from portaria.regulations.access.results import result_tables

STARTERS = ("candidate", "institution", "office")
NO_APPLICATION = "no_application"
FORMS = ("placed", "moved", "not_placed", "excluded")
UNCHANGED = "unchanged"


@dataclass(frozen=True, kw_only=True)
class Rectification(Outcome):
    """form: placed, moved, not_placed, excluded or unchanged.

    before, after: her standing in the results and in the corrected contest. seat: whether the
    seat she gets is `leftover` or `created`, empty where she gets none. adjustments: what the
    formula of the next phase takes in (42/1). not_moved: who else the corrected contest would
    place otherwise, and does not (57/5). corrected: table to rows of the patch.
    """

    form: str
    before: Standing
    after: Standing
    seat: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    not_moved: tuple[Change, ...] = ()
    corrected: Mapping[str, int]


def rectify(
    results: Results,
    patch: Patch,
    request: Request,
    policy: Mapping[str, str],
    on_progress: placement.Progress | None = None,
) -> Rectification:
    """What a correction of one candidate's data changes.

    InputError where the correction breaks what must hold across the tables.
    """
    contest = results.inputs()
    edition = require(contest.edition, "rectification")
    readings = open_points.choose(open_points.RECTIFICATION, policy)
    placed_again = placement.place(corrected(contest, patch), on_progress)
    new = result_tables(placed_again)["placements"]
    old = results.table("placements", pl.lit(True))
    before, after = (standing_in(frame, patch.candidate) for frame in (old, new))
    before = moved_since(before, request, patch.candidate)
    form = form_of(before, after)
    conditions = check(edition, request, before, after, form)
    accepted = answer_of(conditions) == ACCEPTED
    seat = ""
    adjustments: tuple[Adjustment, ...] = ()
    if accepted:
        seat = seat_kind(results, after if _wins(form) else Standing(form), request)
        adjustments = seats_moved(edition, before, after, readings[open_points.FURTHER_SEAT])
    return Rectification(
        procedure="rectify",
        edition=edition.name,
        edition_title=edition.title,
        language=edition.language,
        phase=contest.phase,
        conditions=conditions,
        changes=(moved(edition, patch.candidate, before, after, form),) if accepted else (),
        enrolments=enrolment(patch.candidate, before, after, request) if accepted else (),
        readings=readings,
        form=form,
        before=before,
        after=after,
        seat=seat,
        adjustments=adjustments,
        not_moved=others(edition, old, new, patch.candidate),
        corrected=rows(patch),
    )


def standing_in(placements: pl.DataFrame, candidate: str) -> Standing:
    """How a table of placements has her; `no_application` where it does not (40/8/b)."""
    found = placements.filter(pl.col("candidate") == candidate)
    if found.is_empty():
        return Standing(NO_APPLICATION)
    row = found.row(0, named=True)
    return Standing(row["result"], row["programme"], row["quota"])


def form_of(before: Standing, after: Standing) -> str:
    """The form that the rectification takes, `unchanged` where the programme is the same (57/3)."""
    if (before.result, before.programme) == (after.result, after.programme):
        return UNCHANGED
    if after.result == "placed":
        return "moved" if before.result == "placed" else "placed"
    return UNCHANGED if before.result == after.result else after.result


def _wins(form: str) -> bool:
    return form in ("placed", "moved")


@rule("rectification", "rectification-started-by", "rectification-cause", "rectification-lapse")
def check(
    edition: Edition, request: Request, before: Standing, after: Standing, form: str
) -> tuple[Condition, ...]:
    """Who may start it (57/2), whose cause it is, and that there was a slip at all (57/1)."""
    checked = Checked(edition)
    known = request.started_by in STARTERS
    checked.add("rectification-started-by", known, {"by": request.started_by}, request.started_by)
    checked.add("rectification-cause", not request.own_cause, {})
    told = {"before": before.word, "after": after.word}
    checked.add("rectification-lapse", form != UNCHANGED, told)
    return checked.all()


@rule(
    "rectification-placed", "rectification-moved",
    "rectification-not-placed", "rectification-excluded",
)  # fmt: skip
def moved(edition: Edition, candidate: str, before: Standing, after: Standing, form: str) -> Change:
    """Her row of the list, with the clause of its form (57/3)."""
    clause = edition.clause(f"rectification-{form.replace('_', '-')}")
    return Change(candidate, before, after, clause)


@rule("rectification-alone")
def others(
    edition: Edition, old: pl.DataFrame, new: pl.DataFrame, candidate: str
) -> tuple[Change, ...]:
    """Everybody else whom the corrected contest would place otherwise: nobody moves (57/5)."""
    columns = ["candidate", "result", "programme", "quota"]
    both = old.select(columns).join(new.select(columns), on="candidate", suffix="_new")
    differ = both.filter(
        (pl.col("candidate") != candidate)
        & (
            (pl.col("result") != pl.col("result_new"))
            | pl.col("programme").ne_missing(pl.col("programme_new"))
        )
    )
    clause = edition.clause("rectification-alone")
    return tuple(
        Change(
            row["candidate"],
            Standing(row["result"], row["programme"], row["quota"]),
            Standing(row["result_new"], row["programme_new"], row["quota_new"]),
            clause,
        )
        for row in differ.sort("candidate").iter_rows(named=True)
    )
