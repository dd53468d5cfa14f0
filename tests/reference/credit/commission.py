"""Articles 13 to 15: who sits on the commission, what goes to it and what does not."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

SIZE, QUORUM = 3, 2


class Member(NamedTuple):
    """`seat`: council or coordinator; `processes` of credit taken part in; `rank` of the
    category, higher is higher; `since`: in that category."""

    id: str
    seat: str
    processes: int
    rank: int
    since: date


def problems(members: Sequence[Member], previous: Collection[str] | None) -> tuple[str, ...]:
    """13/2; `previous`: ids of the mandate before, None for the first commission."""
    found = []
    seats = sorted(member.seat for member in members)
    if seats != ["coordinator", "council", "council"]:
        found.append("seats")
    if len({member.id for member in members}) != len(members):
        found.append("member-twice")
    if previous is not None and not {member.id for member in members} & set(previous):
        found.append("no-continuity")
    return tuple(found)


def may_deliberate(members: Sequence[Member], present: Collection[str]) -> bool:
    """CPA 29/4: a body of three has a quorum of two, always."""
    return len({member.id for member in members} & set(present)) >= QUORUM


class Leaders(NamedTuple):
    """13/3 gives two ways and no rule for a tie: who qualifies by each."""

    by_experience: tuple[str, ...]
    by_seniority: tuple[str, ...]


def leaders(members: Sequence[Member]) -> Leaders:
    most = max(member.processes for member in members)
    highest = max(member.rank for member in members)
    oldest = min(member.since for member in members if member.rank == highest)
    return Leaders(
        tuple(sorted(m.id for m in members if m.processes == most)),
        tuple(sorted(m.id for m in members if (m.rank, m.since) == (highest, oldest))),
    )


class Route(NamedTuple):
    at_once: tuple[str, ...]
    to_commission: tuple[str, ...]


def route(units: Sequence[str], tables: Mapping[str, object]) -> Route:
    """15/4: what a table approved beforehand holds needs neither commission nor council. The
    text speaks of whole processes; a table that holds some units is taken for those."""
    return Route(
        tuple(unit for unit in units if unit in tables),
        tuple(unit for unit in units if unit not in tables),
    )


def proposed(
    asked: Collection[str], recommended: Sequence[str], answers: Mapping[str, str]
) -> dict[str, str]:
    """14/4, 15/5: units beyond those asked for. `answers`: accepted, or refused in writing; a
    student who said nothing has not been credited, and is asked."""
    beyond = [unit for unit in recommended if unit not in asked]
    return {unit: answers.get(unit, "ask") for unit in beyond}


def opinion_needed(cycle: str, references: str) -> bool:
    """14/1 names CET, first and second cycle; read as every course of 1/2."""
    return references == "corrected" or cycle in ("cet", "licenciatura", "mestrado")
