"""Who votes in a meeting, whether it may decide, who chairs and writes: in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from portaria.core.messages import declare
from portaria.core.rule_set import RuleSet
from portaria.documents.cef.team_record import Team
from portaria.documents.sentence import sentence
from portaria.regulations.cef import meetings, team

PLACES = {
    team.VOTES: declare(
        "cef-team-votes",
        "{count} member has a vote ({clause}): {names}.",
        "{count} members have a vote ({clause}): {names}.",
    ),
    team.ATTENDS: declare("cef-team-attends", "There without a vote ({clause}): {names}."),
    team.OUT: declare("cef-team-out", "Not in this meeting ({clause}): {names}."),
}
QUORUM = declare(
    "cef-team-quorum",
    "Quorum: {present} of the {voting} members with a vote are there; {needed} needed ({clause}).",
)
NO_QUORUM = declare(
    "cef-team-no-quorum",
    "No quorum: {present} of the {voting} members with a vote are there; {needed} needed "
    "({clause}).",
)
CALL_AGAIN = declare(
    "cef-team-call-again",
    "The class director calls a new meeting ({clause}); for when, see `cef deadline "
    "second-meeting`.",
)
NO_DATA = declare(
    "cef-team-no-data",
    "To note: a new meeting is called too, if there is nothing to assess by from {names} "
    "({clause}).",
)
CHAIR = declare("cef-team-chair", "Chair: {names} ({clause}).")
CHAIRS = declare("cef-team-chairs", "Chair: one of {names}; the text leaves the choice ({clause}).")
NO_CHAIR = declare("cef-team-no-chair", "Nobody who is there may chair ({clause}).")
IF_CHAIR = declare("cef-team-if-chair", "If {chair} chairs: {secretary}")
NAMED = declare("cef-team-secretary-named", "Secretary: {names}, named by the Director.")
SECRETARY = declare("cef-team-secretary", "Secretary: {names} ({clause}).")
SECRETARIES = declare(
    "cef-team-secretaries",
    "Secretary: one of {names}, with equal service; the text leaves the choice ({clause}).",
)
NO_SECRETARY = declare("cef-team-no-secretary", "Nobody who is there may be secretary ({clause}).")


@dataclass(frozen=True)
class TeamAnswer:
    """The answers of the rules for one meeting. `there`: the names of those present;
    `voting`, `present`: how many with a vote; `away`: in a grading meeting, the names of the
    teachers who are not there and must have handed in what they assess by."""

    places: tuple[team.Place, ...]
    there: frozenset[str]
    voting: int
    present: int
    quorum: meetings.Quorum
    away: tuple[str, ...]
    officers: tuple[team.Chaired, ...]


def answer_of(found: Team, kind: str, year: int, second_call: bool, rules: RuleSet) -> TeamAnswer:
    """What the rules say of a team that has no fault."""
    places = team.composition(kind, found.members, year, rules)
    voting = [each.member.name for each in places if each.place == team.VOTES]
    present = sum(name in found.present for name in voting)
    away = [name for name in voting if name not in found.present] if kind == "grading" else []
    there = [member for member in found.members if member.name in found.present]
    return TeamAnswer(
        places,
        found.present,
        len(voting),
        present,
        meetings.quorum(len(voting), present, second_call, rules),
        tuple(away),
        team.officers(kind, there, year, rules),
    )


def sentences(found: TeamAnswer, second_call: bool, rules: RuleSet, lang: str) -> Iterator[str]:
    """The places, the quorum, the chair, the secretary."""
    for place, code in PLACES.items():
        for clause in dict.fromkeys(each.clause for each in found.places if each.place == place):
            names = [
                p.member.name for p in found.places if (p.place, p.clause) == (place, clause)
            ]  # fmt: skip
            yield sentence(code, lang, clause, count=len(names), names=", ".join(names))
    quorum = found.quorum
    numbers = {"present": found.present, "voting": found.voting, "needed": quorum.needed}
    yield sentence(QUORUM if quorum.reached else NO_QUORUM, lang, quorum.clause, **numbers)
    if not quorum.reached and not second_call:
        yield sentence(CALL_AGAIN, lang, rules.clause("second-meeting"))
    elif quorum.reached and found.away:
        # 8/5: the second clause of the rule.
        clause = rules.edition.cites["second-meeting"][-1].name
        yield sentence(NO_DATA, lang, clause, names=", ".join(found.away))
    yield from _offices(found.officers, rules, lang)


def row_of(answer: TeamAnswer) -> dict[str, Any]:
    """The answer as JSON."""
    return {
        "members": [
            {
                "name": each.member.name,
                "role": each.member.role,
                "present": each.member.name in answer.there,
                "place": each.place,
                "clause": each.clause,
            }
            for each in answer.places
        ],
        "voting": answer.voting,
        "present": answer.present,
        "needed": answer.quorum.needed,
        "quorum": answer.quorum.reached,
        "clause": answer.quorum.clause,
        "data_due_from": list(answer.away),
        "officers": [
            {
                "chair": each.chair,
                "clause": each.chair_clause,
                "secretary": list(each.secretaries),
                "secretary_clause": each.secretary_clause or None,
            }
            for each in answer.officers
        ],
    }


def _offices(
    officers: Sequence[team.Chaired], rules: RuleSet, lang: str
) -> Iterator[str]:  # fmt: skip
    """The chair, or those who may be, and the secretary there then is."""
    if not officers:
        yield sentence(NO_CHAIR, lang, rules.clause("chair-substitute"))
        return
    chairs = ", ".join(each.chair for each in officers)
    code = CHAIR if len(officers) == 1 else CHAIRS
    yield sentence(code, lang, officers[0].chair_clause, names=chairs)
    told = [_secretary(each, lang) for each in officers]
    if len(set(told)) == 1:
        yield told[0]
        return
    for each, words in zip(officers, told, strict=True):
        yield sentence(IF_CHAIR, lang, chair=each.chair, secretary=words)


def _secretary(chaired: team.Chaired, lang: str) -> str:
    names = chaired.secretaries
    if not names:
        code = NO_SECRETARY
    elif not chaired.secretary_clause:
        code = NAMED
    else:
        code = SECRETARY if len(names) == 1 else SECRETARIES
    return sentence(code, lang, chaired.secretary_clause, names=", ".join(names))
