"""Articles 7/8, 8/7-8, 10/3 and 10/5: what the minutes of a meeting lack, and when they are due.

Minutes are written by people; here is only looked for what the text wants to find in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from portaria.core.deadline import ServiceCalendar
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.cef import deadlines

HEAD = ("chair", "secretary", "attendance", "topics")


@dataclass(frozen=True)
class Decision:
    """`votes`: by name what each voted for; empty where all agreed without a vote."""

    text: str = ""
    reasons: str = ""
    votes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Record:
    """What the minutes hold. `attendance`: the names of those present, `without_vote` those among
    them who have none."""

    held_on: date
    chair: str = ""
    secretary: str = ""
    attendance: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    without_vote: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Lack:
    """`what`: chair, secretary, attendance, topics; or text, reasons, votes of the decision with
    this index (from 0)."""

    what: str
    decision: int | None = None


@dataclass(frozen=True)
class Minutes:
    """`deliver_by`: the last day for minutes and attendance sheet."""

    lacks: tuple[Lack, ...]
    deliver_by: date
    clause: str


@rule("minutes-content")
def minutes(record: Record, calendar: ServiceCalendar, rules: RuleSet) -> Minutes:
    """7/8, 8/7, 10/5: chair, secretary, who was there, what was discussed, each decision with its
    reasons and its votes; 8/8: handed in within two working days.

    UsageError outside the years whose holidays are known.
    """
    due = deadlines.minutes(deadlines.Asked(record.held_on, calendar, rules))
    lacks = tuple(Lack(name) for name in HEAD if not getattr(record, name))
    for index, decision in enumerate(record.decisions):
        lacks += tuple(Lack(what, index) for what in _of_decision(decision, record))
    return Minutes(lacks, due.days["by"].last_day, due.clause)


@rule("vote-by-name")
def _of_decision(decision: Decision, record: Record) -> Iterator[str]:
    """10/3: in a vote everybody with a vote who was there, by name, and nobody abstains."""
    if not decision.text:
        yield "text"
    if not decision.reasons:
        yield "reasons"
    voters = set(record.attendance) - record.without_vote
    if decision.votes and (set(decision.votes) != voters or not all(decision.votes.values())):
        yield "votes"
