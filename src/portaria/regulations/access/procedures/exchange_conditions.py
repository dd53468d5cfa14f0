"""The conditions of an exchange (art. 54), each under the readings in force."""

from __future__ import annotations

from collections.abc import Mapping

from portaria.core.deadline import Unit, add_days
from portaria.core.rule import rule
from portaria.regulations.access.procedures import readings as open_points
from portaria.regulations.access.procedures.conditions import Checked
from portaria.regulations.access.procedures.exchange_case import Bar, Case, Sets
from portaria.regulations.access.procedures.merits import Merits, check_merits
from portaria.regulations.access.procedures.outcome import Condition
from portaria.regulations.access.reasons import GENERAL, ORDERED_STAGES, QUOTAS

GENERAL_LIST = (QUOTAS[GENERAL],)
WITH_PREFERENCES = ORDERED_STAGES[ORDERED_STAGES.index("regional") :]
"""The general quota with the preferences that fill it (36/1/j-l)."""


def check(case: Case, readings: Mapping[str, str]) -> tuple[Condition, ...]:
    """Every condition of art. 54 under these readings, in the order of the text."""
    checked = Checked(case.edition)
    _check_seats(checked, case)
    _check_same_exams(checked, case, readings[open_points.EXCHANGE_EXAMS])
    _check_time(checked, case, readings[open_points.DAYS])
    for found, its_bar in case.wanted:
        check_merits(checked, "exchange", found)
        _check_last_placed(checked, found, its_bar, readings)
    return checked.all()


@rule("exchange-placed", "exchange-other-programme")
def _check_seats(checked: Checked, case: Case) -> None:
    """Both hold a seat of the contest, at different programmes (54/1)."""
    for candidate, seat in zip((case.request.first, case.request.second), case.seats, strict=True):
        if seat is None:
            checked.add("exchange-placed", False, {"candidate": candidate})
        else:
            where = {"candidate": candidate, "programme": seat.programme, "phase": seat.phase}
            checked.add("exchange-placed", True, where)
    first, second = case.seats
    if first and second:
        different = first.programme != second.programme
        both = {"first": first.programme, "second": second.programme}
        checked.add("exchange-other-programme", different, both)


@rule("exchange-same-exams")
def _check_same_exams(checked: Checked, case: Case, reading: str) -> None:
    """Both programmes ask for the same entrance exams: the same sets, or a common one (54/1)."""
    first, second = case.seats
    if not first or not second:
        return
    one, other = case.sets
    same = bool(one & other) if reading == "common_set" else one == other
    told = {"first": first.programme, "second": second.programme}
    sets = {"first_sets": _told(one), "second_sets": _told(other)}
    checked.add("exchange-same-exams", same, {**told, **sets})


def _told(sets: Sets) -> tuple[str, ...]:
    return tuple(sorted("+".join(sorted(exams)) for exams in sets))


@rule("exchange-in-time", "exchange-enrolled")
def _check_time(checked: Checked, case: Case, reading: str) -> None:
    """Both enrolled, and within 15 days of the later enrolment (54/1, 54/2).

    A table of enrolments that has one of them not enrolled, or cancelled, outweighs any date.
    """
    request = case.request
    people = (request.first, request.second)
    dates = (request.enrolled_first, request.enrolled_second)
    for candidate, day, enrolled in zip(people, dates, case.enrolled, strict=True):
        told = {"candidate": candidate, "day": day, "on": request.on}
        if enrolled is False:
            checked.add("exchange-enrolled", False, told, "by_table")
        else:
            met = None if day is None or request.on is None else day <= request.on
            checked.add("exchange-enrolled", met, told)
    days = case.edition.value("exchange_days")
    if request.on is None or request.enrolled_first is None or request.enrolled_second is None:
        checked.add("exchange-in-time", None, {"days": days})
        return
    later = max(request.enrolled_first, request.enrolled_second)
    deadline = add_days(later, days, request.calendar, unit=Unit(reading))
    told = {"days": days, "start": later, "last_day": deadline.last_day, "on": request.on}
    checked.add("exchange-in-time", request.on <= deadline.last_day, told, deadline=deadline)


@rule("exchange-last-placed")
def _check_last_placed(
    checked: Checked, found: Merits, its_bar: Bar, readings: Mapping[str, str]
) -> None:
    """An application grade not below that of the last placed; no tie-break (54/1/e, 54/5)."""
    wide = readings[open_points.LAST_PLACED_OF] == "with_preferences"
    last = its_bar.last(WITH_PREFERENCES if wide else GENERAL_LIST)
    told: dict[str, object] = {
        "candidate": found.candidate,
        "programme": found.programme,
        "phase": its_bar.phase,
        "grade": found.grade,
    }
    if last is None:
        reading = readings[open_points.NOBODY_PLACED]
        left = its_bar.leftover
        met = reading == "no_bar" or (reading == "seats_left" and left > 0)
        checked.add("exchange-last-placed", met, {**told, "leftover": left}, "nobody")
        return
    told |= {"quota": last[0], "last": last[1]}
    if found.grade is None:
        checked.add("exchange-last-placed", False, told, "no_grade")
    else:
        checked.add("exchange-last-placed", found.grade >= last[1], told)
