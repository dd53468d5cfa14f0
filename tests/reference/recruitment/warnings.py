"""What is lawful or at least decided, and should be looked at. Rows of code, list, candidate."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from reference.days import add

from .model import Procedure
from .states import hearing_of, timely

Row = dict[str, Any]

CODES = (
    "admitted-late",
    "evaluation-before-admission",
    "evaluation-in-hearing",
    "hearing-under-ten-days",
    "late-answer",
    "list-before-deadline",
    "same-name",
    "tie-at-last-post",
    "titled-definitive",
)


def warnings_of(
    procedure: Procedure,
    states: list[Row],
    rows: list[Row],
    ranked: list[Row],
    readings: Mapping[str, str],
) -> Row:
    """`application_deadline` and the `warnings` of the day, by code, list and candidate."""
    notice = procedure.notice
    how = {"municipal_day": readings["municipal_day"]}
    last = add(
        notice.published, notice.application_days, notice.municipal, notice.closures, policy=how
    )["date"]
    found: list[tuple[str, str, str]] = []
    for row in rows:
        applied = procedure.candidates[row["candidate"]].applied_on
        if row["result"] == "admitted" and applied is not None and applied > last:
            found.append(("admitted-late", "admission", row["candidate"]))
    for state in states:
        found += _of_list(procedure, state, readings)
    first, second = (procedure.lists.get(name) for name in ("admission", "evaluation"))
    if first is not None and first.published <= last:
        found.append(("list-before-deadline", "admission", ""))
    until = states[0]["hearing_until"]
    if second is not None and (first is None or second.published < first.published):
        found.append(("evaluation-before-admission", "evaluation", ""))
    elif second is not None and until is not None and second.published <= until:
        found.append(("evaluation-in-hearing", "evaluation", ""))
    for one in procedure.answers:
        if not timely(procedure, one, readings):
            found.append(("late-answer", one.list, one.candidate))
    for name, table in (("admission", rows), ("evaluation", ranked)):
        times = Counter(row["name"] for row in table)
        found += [("same-name", name, r["candidate"]) for r in table if times[r["name"]] > 1]
    tied = [row["candidate"] for row in ranked if row["selected"] is None]
    found += [("tie-at-last-post", "evaluation", who) for who in tied]
    named = [dict(zip(("code", "list", "candidate"), one, strict=True)) for one in sorted(found)]
    return {"application_deadline": last, "warnings": named}


def _of_list(
    procedure: Procedure, state: Row, readings: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    if state["state"] == "unpublished":
        return []
    name = state["list"]
    codes = list(hearing_of(procedure, name, readings)["warnings"])
    if state["title"] == "definitive" and state["state"] == "provisional":
        codes.append("titled-definitive")
    return [(code, name, "") for code in codes]
