"""Rectification of one candidate's result (art. 57): she alone moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from portaria.core.edition import Edition
from portaria.core.rule import rule
from portaria.regulations.access import placement
from portaria.regulations.access.contest import Contest
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
    heading,
)
from portaria.regulations.access.procedures.patch import Patch, corrected, rows
from portaria.regulations.access.procedures.rectified_seats import (
    Request,
    enrolment,
    position_after,
    position_before,
    seat_kind,
    seats_moved,
)
from portaria.regulations.access.results import result_tables

STARTERS = ("candidate", "institution", "office")
UNCHANGED = "unchanged"


@dataclass(frozen=True, kw_only=True)
class Rectification(Outcome):
    """form: placed, moved, not_placed, excluded or unchanged.

    before, after: her standing now and in the corrected contest. seat: whether the seat she gets
    is `leftover` or `created`, empty where she gets none. adjustments: what the formula of the
    next phase takes in (42/1). why: what keeps a seat out of it, empty where nothing does:
    seats_decided, last_phase or no_term. not_moved: who else the corrected contest would place
    otherwise, and does not (57/5). corrected: table to rows of the patch.
    """

    form: str
    before: Standing
    after: Standing
    seat: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    why: str = ""
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
    contest, who = results.inputs(), patch.candidate
    edition = require(contest.edition, "rectification")
    readings = open_points.choose(open_points.RECTIFICATION, policy)
    new_contest = corrected(contest, patch)
    new = result_tables(placement.place(new_contest, on_progress))
    was = position_before(results, request.enrolments, who)
    now = position_after(new, contest.phase, who)
    before, after = was.standing, now.standing
    form = form_of(before, after)
    conditions = check(edition, request, before, after, loses(new_contest, who, before, after))
    changes: tuple[Change, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    seat = why = ""
    accepted = answer_of(conditions) == ACCEPTED
    if accepted:
        changes = (moved(edition, who, before, after, form),)
        seat = seat_kind(results, now, request)
        adjustments, why = seats_moved(edition, was, now, readings[open_points.FURTHER_SEAT])
    return Rectification(
        **heading("rectify", contest),
        conditions=conditions,
        changes=changes,
        enrolments=enrolment(who, was, now, request) if accepted else (),
        readings=readings,
        form=form,
        before=before,
        after=after,
        seat=seat,
        adjustments=adjustments,
        why=why,
        not_moved=others(edition, results.table("placements", pl.lit(True)), new, who),
        corrected=rows(patch),
    )


def form_of(before: Standing, after: Standing) -> str:
    """The form that the rectification takes, `unchanged` where the programme is the same (57/3)."""
    if (before.result, before.programme) == (after.result, after.programme):
        return UNCHANGED
    if after.result == "placed":
        return "moved" if before.result == "placed" else "placed"
    return UNCHANGED if before.result == after.result else after.result


def loses(contest: Contest, candidate: str, before: Standing, after: Standing) -> bool:
    """Whether she is worse off in the corrected contest: without her placement, or with an option
    that she wants less. Where the form no longer has the programme of before, she gains."""
    form = form_of(before, after)
    if form != "moved":
        return form in ("not_placed", "excluded")
    options = contest.tables["options"].filter(pl.col("candidate") == candidate)
    order = dict(options.select("programme", "order").iter_rows())
    return bool(order.get(before.programme, order[after.programme]) < order[after.programme])


@rule("rectification", "rectification-started-by", "rectification-cause", "rectification-lapse")
def check(
    edition: Edition, request: Request, before: Standing, after: Standing, worse: bool
) -> tuple[Condition, ...]:
    """Who may start it (57/2), whose cause it is, and that there was a slip at all (57/1).

    A cause of her own keeps her from gaining by it, not from losing what was never hers (57/3/c-d).
    """
    checked = Checked(edition)
    known = request.started_by in STARTERS
    checked.add("rectification-started-by", known, {"by": request.started_by}, request.started_by)
    detail = "loss" if request.own_cause and worse else ""
    checked.add("rectification-cause", worse or not request.own_cause, {}, detail)
    told = {"before": before.word, "after": after.word}
    checked.add("rectification-lapse", form_of(before, after) != UNCHANGED, told)
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
    edition: Edition, old: pl.DataFrame, new: Mapping[str, pl.DataFrame], candidate: str
) -> tuple[Change, ...]:
    """Everybody else whom the corrected contest would place otherwise: nobody moves (57/5)."""
    columns = ["candidate", "result", "programme", "quota"]
    both = old.select(columns).join(
        new["placements"].select(columns), on="candidate", suffix="_new"
    )
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
