"""The engine asked as the reference is, answering in its shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from fractions import Fraction
from typing import Any

from portaria.regulations.qualifica import figures, new_centres, roles, team
from portaria.regulations.qualifica.hours import hours as engine
from portaria.regulations.qualifica.model import School
from portaria.regulations.qualifica.regulation import QUALIFICA

Row = dict[str, Any]
RULES = QUALIFICA.rule_set()


def ours(clause: str) -> str:
    """`Q I/2/a` as the register of the engine names it."""
    number = clause.removeprefix("Q ")
    return f"6261-B {'anexo-' if number[0] == 'I' else ''}{number}"


def fraction(value: Any) -> Fraction | None:
    return None if value is None else Fraction(value)


def hours(
    role: str,
    points_above: Fraction | None = None,
    performance: Fraction | None = None,
    proportion: Fraction | None = None,
    authorised_on: date | None = None,
    on: date | None = None,
    policy: Mapping[str, str] | None = None,
) -> Row:
    given = (fraction(each) for each in (points_above, performance, proportion))
    school = School(role, *given, authorised_on)
    found = engine(school, on, QUALIFICA.rule_set(policy or {}))
    return {
        "hours": found.hours,
        "exact": found.exact,
        "base": found.base,
        "need_bonus": found.need_bonus,
        "performance_cut": found.performance_cut,
        "proportion": found.proportion,
        "capped": found.capped,
        "new_until": found.new_until,
        "warnings": list(found.warnings),
        "readings": dict(found.readings),
    }


def new_until(published: date) -> date:
    return new_centres.new_until(published, RULES)


def points_above(region: Fraction, nation: Fraction, nuts: int) -> Row:
    return {"points_above": figures.points_above(region, nation, nuts), "nuts": nuts}


def measured_on(on: date) -> date:
    return figures.measured_on(on, RULES)


def distribution(hours: int, shared_out: Iterable[int], role: str | None = None) -> Row:
    return asdict(team.distribution(hours, list(shared_out), RULES, role))


def staffing(normal_hours: Fraction, centre_hours: Fraction) -> Row:
    found = team.staffing(Fraction(normal_hours), Fraction(centre_hours), RULES)
    return {**asdict(found), "warnings": list(found.warnings)}


def recruit_from(
    credit_usable: bool, career_left: bool, reserve_left: bool, need: bool = True
) -> Row:
    return asdict(team.recruit_from(credit_usable, career_left, reserve_left, need, RULES))


def orvc(role: str, number: int, years: int) -> list[str]:
    return team.technicians(role, number, years, RULES)


QUESTIONS = {
    "hours": hours,
    "new_until": new_until,
    "points_above": points_above,
    "performance": figures.performance,
    "measured_on": measured_on,
    "role_of": roles.role_of,
    "excluded": roles.excluded,
    "distribution": distribution,
    "coordinator": team.coordinator,
    "staffing": staffing,
    "recruit_from": recruit_from,
    "orvc": orvc,
}
