"""The readings that matter to one record: where the other choice might have told another thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portaria.regulations.scae.explain.account import (
    Course,
    DateTold,
    Disciplines,
    Finding,
    Hours,
    Standing,
)
from portaria.regulations.scae.explain.evidence import Evidence, Row
from portaria.regulations.scae.month import month_of
from portaria.regulations.scae.situations import CONTINUING, RESULTS

OF_FINDINGS = {
    "W-DELETE-UNSENT": "delete_unsent", "W-CANC-AFTER-START": "first_class_day",
    "W-EJA-SERIES-MISSING": "eja_waiver", "E-KEY-TWICE": "record_key",
    "E-EXIT-THEN-RESULT": "computed_errors", "E-MOB-BEFORE-EFET": "computed_errors",
    "W-DISC-NOTYPE": "dismissed_type", "W-FUTURE": "future_results", "I-NOLOG": "nolog",
}  # fmt: skip
OF_REASONS = {
    "ended": "class_end", "ended_course": "class_end", "suspended_monthly": "suspended",
    "suspended": "suspended", "cancelled": "cancel_start",
    "hidden_cancelled_early": "cancel_start", "unsent": "delete_unsent",
    "silent_postponed": "future_results", "fault": "fault_scope", "unmapped": "fault_scope",
    "E-CLASS-MISSING": "fault_scope", "E-REQ": "fault_scope", "E-CLASS-NOSTART": "fault_scope",
    "E-SIT-UNMAPPED": "fault_scope", "E-EJA-NOREF": "fault_scope", "E-EJA-BADREF": "fault_scope",
}  # fmt: skip


def touching(
    row: Row,
    evidence: Evidence,
    cause: str,
    standing: Standing,
    mobility: DateTold | None,
    course: Course | None,
    hours: Hours | None,
    disciplines: Disciplines | None,
    findings: tuple[Finding, ...],
) -> Mapping[str, str]:
    """Name to choice, in the order of their names."""
    found = {OF_FINDINGS[f.code] for f in findings if f.code in OF_FINDINGS}
    if cause in OF_REASONS:
        found.add(OF_REASONS[cause])
    found |= {*_of_dates(row, evidence, mobility)}
    if hours is not None:
        found |= {*_of_course(row, course)}
    found |= {*_of_hours(row, evidence, hours, mobility)}
    if disciplines is not None and standing.at is not None and mobility is not None:
        now = month_of(standing.at.date()) == evidence.stored.month
        if now and mobility.value is None:
            found.add("disciplines_moved")
    if row["situation"] in (5,):
        found.add("suspended")
    readings = evidence.stored.settings().readings
    return {name: readings[name] for name in sorted(found)}


def _of_dates(row: Row, evidence: Evidence, mobility: DateTold | None) -> Iterator[str]:
    if row["recognised"] is not None:
        ours = [stay for stay in evidence.stays if stay["enrolment"] == row["source"]]
        if any(stay["recognised_first"] != stay["recognised_last"] for stay in ours):
            yield "rs_change"
    result, moved = row["situation"] in RESULTS, row["last_at"]
    if result and row["override"] is not None and row["kind"] == "P":
        yield "override_scope"
    alone = result and row["kind"] == "I" and mobility is not None
    if alone and moved is not None and row["acting_end"] != moved.date():
        yield "isolated_result_date"
    told = mobility.value if mobility is not None else None
    if told is None and result and row["kind"] == "P":
        told = row["acting_end"]  # the date that a silent result would have had
    selected = row["true_month"] or (moved.date() if moved is not None else None)
    if told is not None and selected is not None and month_of(told) != month_of(selected):
        yield "selection_date"


def _of_course(row: Row, course: Course | None) -> Iterator[str]:
    if course is None:
        return
    if course.acting_class != row["class"]:
        yield "eja_class"
    if course.acting != course.reference:
        yield "eja_complements"
    if any(m.reference not in (None, course.reference, m.enrolment) for m in course.members):
        yield "eja_chain"


def _of_hours(
    row: Row, evidence: Evidence, hours: Hours | None, mobility: DateTold | None
) -> Iterator[str]:
    if hours is None:
        return
    if hours.why == "off":
        yield "hours_source"
        return
    if hours.minutes:
        yield "hours_unit"
    if any(line.typed < line.enrolled for line in hours.lines):
        yield "hours_all_dropped" if hours.why == "no_type" else "hours_notype"
    month = evidence.stored.month
    left = mobility is not None and mobility.value is not None and mobility.value < month.last
    if hours.minutes and (row["effective_date"] > month.first or left):
        yield "hours_prorata"
    if hours.lines and evidence.class_of(row["class"]).level == CONTINUING:
        yield "hours_situations"
    if hours.lines and left:
        yield "hours_discipline"
