"""Articles 8/4 and 10: what the record of a meeting may say, and what its votes decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.core.rule_set import RuleSet
from portaria.documents.cef.records import Decision, Meeting, Seat
from portaria.regulations.cef import meetings
from portaria.regulations.cef import minutes as rules_of_minutes

NAMED_TWICE = declare("cef-meeting-twice", "{name} stands in the attendance twice")
NOT_THERE = declare("cef-meeting-not-there", "{name} is not in the attendance as present")
NO_VOTER = declare("cef-meeting-no-voter", "{name} is not present with a vote")
NOT_VOTED = declare(
    "cef-meeting-not-voted", "{name} has not voted: nobody abstains, so give each vote by name"
)
NEITHER = declare(
    "cef-meeting-neither", "give consensus = true, or the votes by name, and not both"
)
NO_QUORUM = declare(
    "cef-meeting-no-quorum", "there was no quorum: nothing could be decided, so leave it out"
)
NOBODY_VOTES = declare("cef-meeting-nobody", "nobody of the attendance has a vote")
ENDED_BEFORE = declare("cef-meeting-ended", "the meeting ended before it began")


@dataclass(frozen=True)
class Vote:
    """`options`: who voted for each, the most voted first; `decided`: None for a new vote;
    `by_chair`: whether the chair broke a tie."""

    options: tuple[tuple[str, tuple[str, ...]], ...]
    decided: str | None
    by_chair: bool


def quorum_of(meeting: Meeting, rules: RuleSet) -> meetings.Quorum:
    """8/4: members with a vote, and those of them who were there."""
    voting = [seat for seat in meeting.attendance if seat.votes]
    present = sum(seat.present for seat in voting)
    return meetings.quorum(len(voting), present, meeting.second_call, rules)


def record_of(meeting: Meeting) -> rules_of_minutes.Record:
    """What 8/7 and 10/5 want to find in the minutes."""
    present = [seat for seat in meeting.attendance if seat.present]
    return rules_of_minutes.Record(
        held_on=meeting.held_on.date(),
        chair=meeting.chair,
        secretary=meeting.secretary,
        attendance=tuple(seat.name for seat in present),
        topics=tuple(topic.title for topic in meeting.topics),
        decisions=tuple(
            rules_of_minutes.Decision(decision.question, decision.reasons, decision.votes)
            for topic in meeting.topics
            for decision in topic.decisions
        ),
        without_vote=frozenset(seat.name for seat in present if not seat.votes),
    )


def vote_of(meeting: Meeting, decision: Decision, rules: RuleSet) -> Vote:
    """10/2-4: the votes by name, and the option that has the majority."""
    counted = Counter(decision.votes.values())
    members = sum(seat.votes for seat in meeting.attendance)
    chair = decision.votes.get(meeting.chair, "")
    decided = meetings.decided(counted, members, chair, rules)
    options = tuple(
        (option, tuple(name for name, given in decision.votes.items() if given == option))
        for option, _ in sorted(counted.items(), key=lambda row: (-row[1], row[0]))
    )
    tie = decided is not None and 2 * counted[decided] == counted.total()
    return Vote(options, decided, tie)


def faults(meeting: Meeting, rules: RuleSet, file: str) -> list[Problem]:
    """Every problem between the parts of a record."""
    return [
        Problem(file, message, column=column, clause=clause)
        for column, message, clause in _faults(meeting, rules)
    ]


Fault = tuple[str, Message, str]


def _faults(meeting: Meeting, rules: RuleSet) -> Iterator[Fault]:
    names = Counter(seat.name for seat in meeting.attendance)
    for name in (name for name, times in names.items() if times > 1):
        yield "attendance", Message(NAMED_TWICE, {"name": name}), ""
    there = {seat.name for seat in meeting.attendance if seat.present}
    for column, name in (("chair", meeting.chair), ("secretary", meeting.secretary)):
        if name not in there:
            yield column, Message(NOT_THERE, {"name": name}), ""
    if meeting.ended_at is not None and meeting.ended_at < meeting.held_on:
        yield "ended_at", Message(ENDED_BEFORE), ""
    if not any(seat.votes for seat in meeting.attendance):
        yield "attendance", Message(NOBODY_VOTES), rules.clause("meeting-quorum")
        return
    reached = quorum_of(meeting, rules).reached
    for at, topic in enumerate(meeting.topics, 1):
        for number, decision in enumerate(topic.decisions, 1):
            where = f"topics.{at}.decisions.{number}"
            if not reached:
                yield where, Message(NO_QUORUM), rules.clause("meeting-quorum")
            else:
                yield from _vote_faults(where, decision, meeting.attendance, rules)


def _vote_faults(
    where: str, decision: Decision, attendance: tuple[Seat, ...], rules: RuleSet
) -> Iterator[Fault]:
    """10/3: everybody with a vote who is there votes, by name; nobody else does."""
    clause = rules.clause("vote-by-name")
    if decision.consensus == bool(decision.votes):
        yield where, Message(NEITHER), rules.clause("vote-after-consensus")
        return
    voters = [seat.name for seat in attendance if seat.present and seat.votes]
    for name in decision.votes:
        if name not in voters:
            yield f"{where}.votes", Message(NO_VOTER, {"name": name}), clause
    if decision.votes:
        for name in (name for name in voters if name not in decision.votes):
            yield f"{where}.votes", Message(NOT_VOTED, {"name": name}), clause
