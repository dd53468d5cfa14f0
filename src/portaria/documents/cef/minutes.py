"""Articles 8/8 and 10: the minutes of a meeting, with its votes by name."""

from __future__ import annotations

from collections.abc import Iterator

from portaria.core.errors import InputError
from portaria.core.messages import Message, declare
from portaria.documents.cef import parts
from portaria.documents.cef.meeting import faults, quorum_of, record_of, vote_of
from portaria.documents.cef.paper import NAME, Paper
from portaria.documents.cef.parts import Part
from portaria.documents.cef.records import Decision, Meeting, Papers
from portaria.regulations.cef import minutes as rules_of_minutes
from portaria.regulations.cef.evaluate import Evaluation

WRONG = declare("cef-minutes-wrong", "The minutes cannot be made: the record contradicts itself.")
TITLE = declare("cef-minutes-title", "Minutes of the class council")
NUMBERED = declare("cef-minutes-numbered", "Minutes no. {number} of the class council")
HELD = declare("cef-minutes-held", "Meeting of {day}")
BEGAN = declare("cef-minutes-began", "Day and hour")
ENDED = declare("cef-minutes-ended", "{start}, until {end}")
PLACE = declare("cef-minutes-place", "Place")
CHAIR = declare("cef-minutes-chair", "Chair")
SECRETARY = declare("cef-minutes-secretary", "Secretary")
CALL = declare("cef-minutes-call", "Call")
SECOND = declare("cef-minutes-second", "second")
FIRST = declare("cef-minutes-first", "first")
ATTENDANCE = declare("cef-minutes-attendance", "Attendance at the meeting")
ROLE = declare("cef-minutes-role", "Role")
VOTE = declare("cef-minutes-vote", "Vote")
PRESENCE = declare("cef-minutes-presence", "Presence")
PRESENT = declare("cef-minutes-present", "present")
ABSENT = declare("cef-minutes-absent", "absent")
YES = declare("cef-minutes-yes", "yes")
NO = declare("cef-minutes-no", "no")
QUORUM = declare(
    "cef-minutes-quorum",
    "{present} of the {voting} members with a vote were there and {needed} are needed: the meeting "
    "could decide.",
)
NO_QUORUM = declare(
    "cef-minutes-no-quorum",
    "{present} of the {voting} members with a vote were there and {needed} are needed: the meeting "
    "could decide nothing, and a new one is called.",
)
TOPIC = declare("cef-minutes-topic", "{number}. {title}")
DECISION = declare("cef-minutes-decision", "Decision {number}. {question}")
CONSENSUS = declare("cef-minutes-consensus", "Decided by consensus.")
VOTED = declare("cef-minutes-voted", "There was no consensus; everybody voted by name.")
OPTION = declare("cef-minutes-option", "Option")
VOTES = declare("cef-minutes-votes", "Votes")
BY_NAME = declare("cef-minutes-by-name", "By name")
DECIDED = declare("cef-minutes-decided", "Decided, by absolute majority: {option}.")
BY_CHAIR = declare("cef-minutes-by-chair", "Decided, by the casting vote of the chair: {option}.")
UNDECIDED = declare(
    "cef-minutes-undecided",
    "Nothing decided: no option has an absolute majority, and there is a new vote.",
)
REASONS = declare("cef-minutes-reasons", "Reasons: {reasons}")
DUE = declare("cef-minutes-due", "Minutes and attendance sheet are due by {day}.")


def minutes(
    evaluation: Evaluation,
    meeting: Meeting,
    papers: Papers | None = None,
    lang: str | None = None,
    file: str = "",
) -> bytes:
    """The minutes; InputError with every problem where the record contradicts itself. `file`: what
    problems call the record."""
    paper = Paper(evaluation, papers, lang)
    if problems := faults(meeting, paper.rules, file):
        raise InputError(Message(WRONG), problems)
    title = paper.say(TITLE)
    if meeting.number is not None:
        title = paper.say(NUMBERED, number=meeting.number)
    found = rules_of_minutes.minutes(record_of(meeting), paper.course.calendar, paper.rules)
    assert not found.lacks, "faults tells all of them"
    foot = [f"{paper.say(DUE, found.clause, day=found.deliver_by)} {paper.regulation()}."]
    subtitle = paper.say(HELD, day=meeting.held_on.date())
    return paper.page(title, subtitle, _parts(paper, meeting), foot)


def _parts(paper: Paper, meeting: Meeting) -> Iterator[Part]:
    began = paper.day(meeting.held_on)
    if meeting.ended_at is not None:
        began = paper.say(ENDED, start=began, end=f"{meeting.ended_at:%H:%M}")
    yield parts.facts(
        (
            (paper.say(BEGAN), began),
            (paper.say(PLACE), meeting.place or ""),
            (paper.say(CHAIR), meeting.chair),
            (paper.say(SECRETARY), meeting.secretary),
            (paper.say(CALL), paper.say(SECOND if meeting.second_call else FIRST)),
        )
    )
    yield parts.heading(paper.say(ATTENDANCE))
    yield parts.table(
        [paper.say(code) for code in (NAME, ROLE, VOTE, PRESENCE)],
        ["3fr", "3fr", "auto", "auto"],
        [
            [
                seat.name,
                seat.role or "",
                paper.say(YES if seat.votes else NO),
                paper.say(PRESENT if seat.present else ABSENT),
            ]
            for seat in meeting.attendance
        ],
        "llll",
        dense=len(meeting.attendance) > 8,
    )
    yield parts.text(_quorum(paper, meeting))
    for number, topic in enumerate(meeting.topics, 1):
        yield parts.heading(paper.say(TOPIC, number=number, title=topic.title))
        yield from map(parts.text, (topic.text or "").splitlines())
        for at, decision in enumerate(topic.decisions, 1):
            yield from _decision(paper, meeting, decision, f"{number}.{at}")
    names = [(paper.say(CHAIR), meeting.chair), (paper.say(SECRETARY), meeting.secretary)]
    yield parts.signatures(names, paper.signed_at(meeting.held_on.date()))


def _quorum(paper: Paper, meeting: Meeting) -> str:
    quorum = quorum_of(meeting, paper.rules)
    voting = [seat for seat in meeting.attendance if seat.votes]
    return paper.say(
        QUORUM if quorum.reached else NO_QUORUM,
        quorum.clause,
        present=sum(seat.present for seat in voting),
        voting=len(voting),
        needed=quorum.needed,
    )


def _decision(paper: Paper, meeting: Meeting, decision: Decision, number: str) -> Iterator[Part]:
    clause = paper.rules.clause
    yield parts.subheading(paper.say(DECISION, number=number, question=decision.question))
    if decision.consensus:
        yield parts.text(paper.say(CONSENSUS, clause("vote-after-consensus")))
    else:
        vote = vote_of(meeting, decision, paper.rules)
        yield parts.text(paper.say(VOTED, clause("vote-by-name")))
        yield parts.table(
            [paper.say(code) for code in (OPTION, VOTES, BY_NAME)],
            ["1fr", "auto", "3fr"],
            [[option, str(len(names)), ", ".join(names)] for option, names in vote.options],
            "lrl",
            dense=True,
        )
        if vote.decided is None:
            yield parts.text(paper.say(UNDECIDED, clause("vote-majority")))
        else:
            code = BY_CHAIR if vote.by_chair else DECIDED
            yield parts.text(paper.say(code, clause("vote-majority"), option=vote.decided))
    yield parts.text(paper.say(REASONS, reasons=decision.reasons))
