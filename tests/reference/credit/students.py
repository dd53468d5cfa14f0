"""Articles 4/5, 17 and 18: what the student may do before, during and after."""

from collections.abc import Collection, Mapping
from datetime import date

from portaria.core.deadline import NATIONAL, ServiceCalendar, add_days

from .deadlines import APPEAL


def may_improve(unit: str, credited: Collection[str]) -> bool:
    """4/5: no improvement examination in a unit obtained by credit."""
    return unit not in credited


def may_attend(in_time: bool, notified: bool, readings: Mapping[str, str]) -> bool:
    """17/1: every unit, on condition, until the notification; it names who asked in time."""
    return not notified and (in_time or readings["late_attendance"] == "yes")


def standing_grades(
    credited: Mapping[str, int | None], assessed: Mapping[str, int]
) -> tuple[dict[str, int | None], tuple[str, ...]]:
    """17/1-2: the grades that stand, and the units whose assessment is annulled, however good."""
    annulled = tuple(unit for unit in assessed if unit in credited)
    return {**assessed, **credited}, annulled


def appeal(
    notified_on: date, filed_on: date, reasoned: bool, calendar: ServiceCalendar = NATIONAL
) -> tuple[str, date]:
    """18/1/a-c: rejected outright, or on to the council and the commission; the last day."""
    last = add_days(notified_on, APPEAL, calendar).last_day
    if not reasoned:
        return "rejected-without-reasons", last
    return ("rejected-late" if filed_on > last else "to-council"), last
