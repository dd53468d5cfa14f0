"""Cases about one question, not a whole request: by the name of the question."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from . import commission, comparability, corrections, experience, fees, mobility, scope, students
from .deadlines import calendar_of, missed
from .exact import written
from .readings import choose
from .reentry import re_entry
from .workload import hours_to_credits, periods

Row = dict[str, Any]
Readings = dict[str, str]


def plain(value: Any) -> Any:
    """As a case writes it: "" for nothing, exact numbers and dates as text, lists for tuples."""
    if value is None:
        return ""
    if isinstance(value, Fraction):
        return written(value)
    if isinstance(value, date):
        return str(value)
    if hasattr(value, "_asdict"):
        return plain(value._asdict())
    if isinstance(value, dict):
        return {str(key): plain(entry) for key, entry in value.items()}
    return [plain(entry) for entry in value] if isinstance(value, (list, tuple)) else value


def _periods(case: Row, readings: Readings) -> Any:
    given: list[Row] = []
    for row in case.get("repeat", []):
        given += [{"kind": row["kind"], "complete": True}] * row["count"]
    for row in case.get("periods", []):
        hours = enumerate(row["hours"], 1)
        subjects = [{"hours": h, "passed": n in row["passed"]} for n, h in hours]
        given.append({**row, "subjects": subjects})
    return periods(given, readings)


def _commission(case: Row, readings: Readings) -> Any:
    members = []
    for text in case["members"]:
        name, seat, processes, rank, year = text.split()
        since = date(int(year), 1, 1)
        members.append(commission.Member(name, seat, int(processes), int(rank), since))
    return {
        "problems": commission.problems(members, case.get("previous")),
        "may_deliberate": commission.may_deliberate(members, case["present"]),
        **commission.leaders(members)._asdict(),
    }


def _average(case: Row, readings: Readings) -> Any:
    units = [
        experience.Passed(Fraction(u["credits"]), Fraction(u["grade"]) if u["grade"] else None)
        for u in case["units"]
    ]
    return experience.average(units)


def _appeal(case: Row, readings: Readings) -> Any:
    days = frozenset(date.fromisoformat(day) for day in case["closures"])
    calendar = calendar_of(frozenset(), days, readings["municipal_day"])
    notified, filed = (date.fromisoformat(case[name]) for name in ("notified_on", "filed_on"))
    outcome, last = students.appeal(notified, filed, case["reasoned"], calendar)
    return {"outcome": outcome, "last_day": last}


def _scale(case: Row, readings: Readings) -> Any:
    graduates = {int(grade): number for grade, number in case["graduates"].items()}
    return comparability.scale(graduates, case["years"], readings)


def _certified(case: Row, readings: Readings) -> Any:
    certificate, issuer, level, *council = case["of"]
    return scope.is_certified(bool(certificate), issuer, level, bool(council))


def _missed(case: Row, readings: Readings) -> Any:
    return missed(*(date.fromisoformat(case[name]) for name in ("due", "returned_on", "today")))


def _standing(case: Row, readings: Readings) -> Any:
    standing, annulled = students.standing_grades(case["credited"], case["assessed"])
    return {"standing": standing, "annulled": annulled}


def _opinion(case: Row, readings: Readings) -> Any:
    choices = ("corrected", "literal")
    return {c: [commission.opinion_needed(cycle, c) for cycle in case["cycles"]] for c in choices}


def _request_fees(case: Row, readings: Readings) -> Any:
    return fees.request_fees(Fraction(case["fee"]), Fraction(case["unit_fee"]), case["accepted"])


CALLS: dict[str, Callable[[Row, Readings], Any]] = {
    "appeal": _appeal,
    "appeal_fees": lambda c, r: fees.appeal_fees(Fraction(c["fee"]), c["appeal"], r),
    "average": _average,
    "commission": _commission,
    "evidence": lambda c, r: scope.evidence(c["units"]),
    "hours": lambda c, r: hours_to_credits(Fraction(c["hours"]), r),
    "is_certified": _certified,
    "literal": lambda c, r: {where: corrections.literal(where) for where in c["result"]},
    "may_attend": lambda c, r: students.may_attend(c["in_time"], c["notified"], r),
    "may_improve": lambda c, r: students.may_improve(c["unit"], c["credited"]),
    "missed": _missed,
    "mobility": lambda c, r: mobility.credit(c["host"], c["home"]),
    "opinion_needed": _opinion,
    "periods": _periods,
    "proposed": lambda c, r: commission.proposed(c["asked"], c["recommended"], c["answers"]),
    "re_entry": lambda c, r: re_entry(Fraction(c["total"]), Fraction(c["earlier"]), r),
    "request_fees": _request_fees,
    "route": lambda c, r: commission.route(c["units"], dict.fromkeys(c["tables"])),
    "scale": _scale,
    "standing_grades": _standing,
}


def call(case: Row) -> Any:
    return plain(CALLS[case["call"]](case, choose(case.get("policy", {}))))
