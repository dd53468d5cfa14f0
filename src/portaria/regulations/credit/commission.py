"""Articles 13 to 15: who sits on the commission, and what goes to it."""

from __future__ import annotations

from dataclasses import dataclass

from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.credit.deadlines import NAMED
from portaria.regulations.credit.request import Commission, Item, Request


@dataclass(frozen=True)
class Sitting:
    """`faults` of its making: seats, member-twice, no-continuity. `may_deliberate`: None before a
    meeting. 13/3 gives two ways to lead and no rule for a tie: who qualifies by each."""

    faults: tuple[str, ...]
    may_deliberate: bool | None
    by_experience: tuple[str, ...]
    by_seniority: tuple[str, ...]


@rule("commission-seats", "commission-lead")
def sitting(given: Commission, rules: RuleSet) -> Sitting:
    """13/2-3: two members named by the council and a coordinator of course, one of whom at least
    stays from the mandate before; a body of three deliberates with two (CPA 29/4)."""
    members = given.members
    ids = [member.id for member in members]
    council = rules.number("commission_members") - 1
    faults = []
    if sorted(m.seat for m in members) != ["coordinator", *["council"] * council]:
        faults.append("seats")
    if len(set(ids)) != len(ids):
        faults.append("member-twice")
    if given.previous is not None and not set(ids) & set(given.previous):
        faults.append("no-continuity")
    present = None if given.present is None else len(set(ids) & set(given.present))
    most = max((m.processes for m in members), default=0)
    highest = max((m.rank for m in members), default=0)
    oldest = min((m.since for m in members if m.rank == highest), default=None)
    return Sitting(
        tuple(faults),
        None if present is None else present >= rules.number("commission_quorum"),
        tuple(sorted(m.id for m in members if m.processes == most)),
        tuple(sorted(m.id for m in members if (m.rank, m.since) == (highest, oldest))),
    )


@rule("approved-table", "opinion-and-decision", "units-beyond-request")
def decided_by(item: Item, request: Request, rules: RuleSet) -> str:
    """Who decides an item: `table`, approved beforehand (15/4: neither opinion nor decision);
    `council`, after the commission's opinion (14/1); `student`, asked whether to take a unit that
    the commission proposes beyond the request (14/4, 15/5).

    By the letter of 14/1 the commission speaks of the courses it names only.
    """
    if item.beyond_request == "proposed":
        return "student"
    if item.table is not None:
        return "table"
    named = rules.takes("courses", "all") or request.degree.cycle in NAMED
    return "council" if named else "council-alone"
