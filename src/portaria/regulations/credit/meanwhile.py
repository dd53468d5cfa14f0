"""Articles 4/5, 17/1-2 and 18: the student before, during and after."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from portaria.core.deadline import Deadline
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.credit.request import Request


@dataclass(frozen=True)
class Meanwhile:
    """`may_attend`: every unit, on condition, until the notification. `annulled`: assessments in
    units that are credited, however good. `no_improvement`: units without improvement exam."""

    may_attend: bool
    annulled: tuple[str, ...]
    no_improvement: tuple[str, ...]


@rule("attendance-meanwhile", "assessment-annulled", "no-improvement")
def meanwhile(
    request: Request, in_time: bool, credited: Collection[str], rules: RuleSet
) -> Meanwhile:
    """17/1 names who asked in time, and then for every unit: one item `in_time` is enough.
    `credited`: the units that stand as credited."""
    asked_well = in_time or rules.takes("late_attendance", "yes")
    annulled = [each.unit for each in request.assessed if each.unit in credited]
    return Meanwhile(
        asked_well and request.notified_on is None, tuple(annulled), tuple(sorted(set(credited)))
    )


@rule("appeal")
def appeal(request: Request, last: Deadline | None) -> str:
    """18/1/a-c: rejected-without-reasons, rejected-late, or to-council; nothing without one."""
    if request.appeal is None or last is None:
        return ""
    if not request.appeal.reasoned:
        return "rejected-without-reasons"
    return "rejected-late" if request.appeal.filed_on > last.last_day else "to-council"
