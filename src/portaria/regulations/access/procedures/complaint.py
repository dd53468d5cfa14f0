"""Complaints against a result, and grades changed too late for the contest (art. 40)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from portaria.core.deadline import NATIONAL, Deadline, ServiceCalendar, Unit, add_days
from portaria.core.edition import Edition
from portaria.core.rule import rule
from portaria.regulations.access.explain import LastPlaced, explain
from portaria.regulations.access.folder import Results
from portaria.regulations.access.procedures import readings as open_points
from portaria.regulations.access.procedures.conditions import Checked, require
from portaria.regulations.access.procedures.outcome import Outcome, Standing, heading
from portaria.regulations.access.procedures.seats import standing_in

RESULT, CHANGED_GRADE = "result", "changed_grade"
KINDS = (RESULT, CHANGED_GRADE)


@dataclass(frozen=True)
class Request:
    """Dates of a complaint; None: not given, or not yet.

    published: of the result, or of the changed grade. filed: handed in, or the postmark. until,
    decide_until: the last days that the office fixed by order (40/1, 40/6). decided; notified:
    the notice of the decision was received.
    """

    candidate: str
    published: date
    filed: date
    kind: str = RESULT
    until: date | None = None
    decided: date | None = None
    decide_until: date | None = None
    notified: date | None = None
    calendar: ServiceCalendar = NATIONAL


@dataclass(frozen=True)
class Step:
    """A later term: its last day (None where that is not known), what was done, and whether in
    time. detail: not_fixed (by order, and not given) or not_notified."""

    code: str
    clause: str
    last_day: date | None
    deadline: Deadline | None = None
    done: date | None = None
    in_time: bool | None = None
    detail: str = ""


@dataclass(frozen=True)
class OnRecord:
    """One option as the individual record has it, with the last placed there (40/3)."""

    order: int
    programme: str
    outcome: str
    reason: str
    clause: str
    grade: Decimal | None
    exam_part: Decimal | None
    rank: int | None
    last_placed: LastPlaced | None


@dataclass(frozen=True, kw_only=True)
class Complaint(Outcome):
    """Whether a complaint is to be looked at; its merits are for the office to decide.

    standing: None where the candidate is not in the results, as a changed grade allows (40/8/b).
    """

    kind: str
    candidate: str
    steps: tuple[Step, ...]
    standing: Standing | None
    record: tuple[OnRecord, ...]


def complain(results: Results, request: Request, policy: Mapping[str, str]) -> Complaint:
    """Whether a complaint is in time, the terms that follow it, and what the record gives."""
    contest = results.inputs()
    edition = require(contest.edition, "complaint-in-time")
    readings = open_points.choose(open_points.COMPLAINT, policy)
    row = results.table("placements", pl.col("candidate") == request.candidate)
    known = row.height > 0
    checked = Checked(edition)
    check_person(checked, request, known)
    if request.kind == CHANGED_GRADE:
        check_changed_grade(checked, request)
    else:
        check_term(checked, request)
    steps = []
    if edition.has("complaint-decision"):
        steps.append(decision(edition, request))
    if edition.has("complaint-enrolment"):
        steps.append(enrolment(edition, request, Unit(readings[open_points.DAYS])))
    return Complaint(
        **heading("complaint", contest),
        conditions=checked.all(),
        readings=readings,
        kind=request.kind,
        candidate=request.candidate,
        steps=tuple(steps),
        standing=standing_in(row, request.candidate) if known else None,
        record=record(results, request.candidate) if known else (),
    )


@rule("complaint-identified")
def check_person(checked: Checked, request: Request, known: bool) -> None:
    """A complaint says whose it is (40/5); a late application is of somebody new (40/8/b)."""
    new = request.kind == CHANGED_GRADE and not known
    detail = "new" if new else ""
    checked.add("complaint-identified", known or new, {"candidate": request.candidate}, detail)


@rule("complaint-in-time")
def check_term(checked: Checked, request: Request) -> None:
    """Filed between the publication and the last day that the office fixed (40/1, 40/5)."""
    told = {"published": request.published, "filed": request.filed, "last_day": request.until}
    if request.filed < request.published:
        checked.add("complaint-in-time", False, told, "early")
    elif request.until is None:
        checked.add("complaint-in-time", None, told)
    else:
        checked.add("complaint-in-time", request.filed <= request.until, told)


@rule("changed-grade-in-time")
def check_changed_grade(checked: Checked, request: Request) -> None:
    """Within three working days of the publication of the changed grade (40/8)."""
    days = checked.edition.value("changed_grade_days")
    term = add_days(request.published, days, request.calendar)
    told = {"published": request.published, "filed": request.filed, "last_day": term.last_day}
    early = request.filed < request.published
    in_time = not early and request.filed <= term.last_day
    detail = "early" if early else ""
    checked.add("changed-grade-in-time", in_time, {**told, "days": days}, detail, term)


@rule("complaint-decision")
def decision(edition: Edition, request: Request) -> Step:
    """Decided by the last day that the office fixed; a late decision is no refusal (40/6)."""
    in_time = None
    if request.decided and request.decide_until:
        in_time = request.decided <= request.decide_until
    return Step(
        code="complaint-decision",
        clause=edition.clause("complaint-decision"),
        last_day=request.decide_until,
        done=request.decided,
        in_time=in_time,
        detail="" if request.decide_until else "not_fixed",
    )


@rule("complaint-enrolment")
def enrolment(edition: Edition, request: Request, unit: Unit) -> Step:
    """Seven days from the notice to enrol where the decision places her (40/7)."""
    clause = edition.clause("complaint-enrolment")
    if request.notified is None:
        return Step("complaint-enrolment", clause, None, detail="not_notified")
    days = edition.value("complaint_enrolment_days")
    term = add_days(request.notified, days, request.calendar, unit=unit)
    return Step("complaint-enrolment", clause, term.last_day, term)


@rule("individual-record")
def record(results: Results, candidate: str) -> tuple[OnRecord, ...]:
    """Her options with the key of the last placed at each, from the individual record (40/3)."""
    return tuple(
        OnRecord(
            order=option.order,
            programme=option.programme,
            outcome=option.outcome,
            reason=option.reason,
            clause=option.clause,
            grade=option.grade,
            exam_part=option.exam_part,
            rank=option.rank,
            last_placed=option.last_placed,
        )
        for option in explain(results, candidate).options
    )
