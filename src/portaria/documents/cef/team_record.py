"""The members of a team as people write them, for one meeting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.core.rule_set import RuleSet
from portaria.documents.cef.meeting import NOBODY_VOTES
from portaria.documents.cef.question_file import SOME, read_question
from portaria.documents.records import Record, Words
from portaria.regulations.cef import team

ROLE = declare("cef-team-role", "one of {known}")
YEARS = declare("cef-team-years", "whole years of service, from 0 to {most}")
MEMBERS = declare("cef-team-members", "one member or more, each with a name and a role")
YEARS_DECIDE = declare(
    "cef-team-years-decide",
    "service decides here who chairs or writes: give the years of {name}",
)
MOST_YEARS = 80
"""Above it somebody wrote a year of the calendar."""
MEANT = {
    "member": Message(MEMBERS),
    "member.*.role": Message(ROLE, {"known": ", ".join(team.ROLES)}),
    "member.*.years": Message(YEARS, {"most": MOST_YEARS}),
}


def _role(value: str) -> str:
    if value in team.ROLES:
        return value
    raise PydanticCustomError("role", "unknown")


class MemberRecord(Record):
    """As `team.Member`, and whether the member is at the meeting. `years`: None where nobody told
    them, which matters only where service decides."""

    name: Words
    role: Annotated[Words, AfterValidator(_role)]
    years: Annotated[int, Field(ge=0, le=MOST_YEARS, strict=True)] | None = None
    teaches: bool = False
    secretary: bool = False
    elsewhere: bool = False
    present: bool = True

    def member(self, years: int = 0) -> team.Member:
        """What the rules take; years: those of somebody whose years nobody told."""
        told = years if self.years is None else self.years
        return team.Member(**self.model_dump(exclude={"present", "years"}), years=told)


class TeamRecord(Record):
    """`[[member]]`, one or more."""

    member: Annotated[tuple[MemberRecord, ...], SOME]


@dataclass(frozen=True)
class Team:
    """`members`: all of them; `present`: the names of those who are there."""

    members: tuple[team.Member, ...]
    present: frozenset[str]


def read_team(path: Path, kind: str, year: int, rules: RuleSet) -> tuple[Team, list[Problem]]:
    """The team for a kind of meeting, and every problem of the file; UsageError for an unknown
    kind or year."""
    team.composition(kind, (), year, rules)
    asked = read_question(path, TeamRecord, MEANT)
    listed = asked.record.member if asked.record else asked.sound("member", MemberRecord)
    members = tuple(each.member() for each in listed)
    problems = [*asked.problems]
    problems += _faults(path.name, members)
    if not problems:
        places = team.composition(kind, members, year, rules)
        if all(each.place != team.VOTES for each in places):
            clause = rules.clause("meeting-quorum")
            nobody = Problem(path.name, Message(NOBODY_VOTES), column="member", clause=clause)
            problems.append(nobody)
        problems += _years_wanted(path.name, listed, kind, year, rules)
    return Team(members, frozenset(each.name for each in listed if each.present)), problems


def _years_wanted(
    file: str, listed: Sequence[MemberRecord], kind: str, year: int, rules: RuleSet
) -> Iterator[Problem]:
    """The years that were left out and decide who chairs or writes."""
    deciding = _by_service([each for each in listed if each.present], kind, year, rules)
    for number, each in enumerate(listed, 1):
        if each.years is None and each.name in deciding:
            message = Message(YEARS_DECIDE, {"name": each.name})
            yield Problem(file, message, column=f"member.{number}.years")


def _by_service(
    there: Sequence[MemberRecord], kind: str, year: int, rules: RuleSet
) -> frozenset[str]:
    """The names that come or go with the unknown years, less than everybody's or more, and those
    that then are level with each other."""
    level, told = set(), []
    for years in (-1, MOST_YEARS + 1):
        found = team.officers(kind, [each.member(years) for each in there], year, rules)
        offices = {each.chair: each.secretaries for each in found}
        if found and found[0].chair_clause == rules.clause("chair-substitute"):
            offices[""] = tuple(offices)
        level |= {name for names in offices.values() if len(names) > 1 for name in names}
        told.append({(office, name) for office, names in offices.items() for name in names})
    return frozenset(level | {name for _, name in told[0] ^ told[1]})


def _faults(file: str, members: Sequence[team.Member]) -> Iterator[Problem]:
    """What the members contradict among themselves, all of it."""
    for name, count in Counter(member.name for member in members).items():
        if count > 1:
            message = Message(team.MEMBER_TWICE, {"name": name})
            yield Problem(file, message, column="member.name", value=name)
    offices = {
        role: [member.name for member in members if member.role == role]
        for role in (team.CLASS_DIRECTOR, team.COURSE_DIRECTOR)
    }
    offices["secretary"] = [member.name for member in members if member.secretary]
    for role, names in offices.items():
        if len(names) > 1:
            message = Message(team.TWO_OF_ONE, {"role": role, "names": ", ".join(names)})
            yield Problem(file, message, column="member", value=role)
