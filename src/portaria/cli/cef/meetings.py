"""`cef team` and `cef vote`: a meeting of the team, and what a vote of it decides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from portaria.cli.answers import tell
from portaria.cli.arguments import AsJson, Lang, ProblemsFile, Quiet, Readings, policy
from portaria.cli.cef.answers import NO_ANSWER
from portaria.cli.reading import settle
from portaria.cli.words import _, language
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare

if TYPE_CHECKING:
    from portaria.regulations.cef.meetings import Quorum

COUNT = re.compile(r"\d{1,6}", re.ASCII)
KINDS = "grading, individual, planning, interim, extraordinary"
"""The kinds, here too: help must not wait for the rules to be loaded; a test holds them equal."""

NO_VOTES = declare(
    "cef-vote-form", "{given} is no vote; write OPTION=NUMBER, as A=4, a whole number of votes"
)
OPTION_TWICE = declare("cef-vote-twice", "the option {option} stands twice; add up its votes")
CHAIR_VOTED = declare(
    "cef-vote-chair", "the chair voted for {option}, which has no votes here; known: {known}"
)
TOO_MANY = declare("cef-vote-too-many", "{cast} votes are more than the {members} members")
WANT_MEMBERS = declare("cef-vote-members", "{given} counts all members: give --members too")
BY_MAJORITY = declare(
    "cef-vote-majority",
    "Decided: {option}, with {votes} of {cast} votes, an absolute majority ({clause}).",
)
BY_CHAIR = declare(
    "cef-vote-by-chair",
    "Decided: {option}, with {votes} of {cast} votes and the casting vote of the chair ({clause}).",
)
UNDECIDED = declare(
    "cef-vote-undecided",
    "Nothing is decided: no option has an absolute majority; vote again ({clause}).",
)
NO_QUORUM = declare(
    "cef-vote-no-quorum",
    "Nothing is decided: {cast} of {members} members voted, and without {needed} of them there is "
    "no quorum ({clause}).",
)


def team(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True,
            dir_okay=False,
            metavar=_("FILE"),
            help=_("Members of the team, TOML or JSON."),
        ),
    ],
    kind: Annotated[
        str, typer.Option(metavar=_("KIND"), help=_("Meeting: {kinds}.").format(kinds=KINDS))
    ] = "grading",
    year: Annotated[int, typer.Option(metavar="1|2", help=_("Year of the course."))] = 1,
    second_call: Annotated[bool, typer.Option("--second-call", help=_("Second call."))] = False,
    reading: Readings = None,
    as_json: AsJson = False,
    problems: ProblemsFile = None,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The place of each member, the quorum of those present, and who holds the offices."""
    from portaria.documents.cef.team_answer import answer_of, row_of, sentences
    from portaria.documents.cef.team_record import read_team
    from portaria.regulations.cef.regulation import CEF

    rules = CEF.rule_set(policy(reading))
    found, wrong = read_team(file, kind, year, rules)
    settle(wrong, problems, quiet, NO_ANSWER)
    answer = answer_of(found, kind, year, second_call, rules)
    row = {"kind": kind, "year": year, "second_call": second_call, **row_of(answer)}
    tell(row, sentences(answer, second_call, rules, language()), as_json, quiet)


ChairVote = Annotated[
    str, typer.Option(metavar=_("OPTION"), help=_("Option that the chair voted for."))
]
Members = Annotated[
    int | None,
    typer.Option(min=1, metavar=_("NUMBER"), help=_("Members with a vote, there or not.")),
]


def vote(
    votes: Annotated[
        list[str],
        typer.Argument(metavar=_("OPTION=NUMBER..."), help=_("How many voted for each option.")),
    ],
    chair: ChairVote,
    members: Members = None,
    second_call: Annotated[bool, typer.Option("--second-call", help=_("Second call."))] = False,
    reading: Readings = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The option with an absolute majority, a tie broken by the chair, or a new vote."""
    from portaria.regulations.cef import meetings
    from portaria.regulations.cef.regulation import CEF

    rules = CEF.rule_set(policy(reading))
    counted = _counted(votes, chair.strip(), members)
    cast = sum(counted.values())
    if members is None and (second_call or rules.takes("majority", "members")):
        given = "--second-call" if second_call else "majority=members"
        raise UsageError(Message(WANT_MEMBERS, {"given": given}))
    quorum = meetings.quorum(members, cast, second_call, rules) if members else None
    decided = None
    if quorum is None or quorum.reached:
        decided = meetings.decided(counted, members or cast, chair.strip(), rules)
    row = {
        "votes": counted,
        "cast": cast,
        "members": members,
        "decided": decided,
        "by_chair": decided is not None and 2 * counted[decided] == cast,
        "quorum": quorum.reached if quorum else None,
        "clause": quorum.clause if quorum and not quorum.reached else rules.clause("vote-majority"),
    }
    tell(row, _vote_told(row, quorum, language()), as_json, quiet)


def _counted(votes: list[str], chair: str, members: int | None) -> dict[str, int]:
    """The votes by option; UsageError for what cannot be."""
    counted: dict[str, int] = {}
    for each in votes:
        option, _equals, number = (part.strip() for part in each.rpartition("="))
        if not option or COUNT.fullmatch(number) is None:
            raise UsageError(Message(NO_VOTES, {"given": each}))
        if option in counted:
            raise UsageError(Message(OPTION_TWICE, {"option": option}))
        counted[option] = int(number)
    cast = sum(counted.values())
    if members is not None and cast > members:
        raise UsageError(Message(TOO_MANY, {"cast": cast, "members": members}))
    if not counted.get(chair):
        known = ", ".join(option for option, number in counted.items() if number)
        raise UsageError(Message(CHAIR_VOTED, {"option": chair, "known": known or "–"}))
    return counted


def _vote_told(row: Mapping[str, Any], quorum: Quorum | None, lang: str) -> Iterator[str]:
    from portaria.documents.sentence import sentence

    option, cast = row["decided"], row["cast"]
    if quorum is not None and not quorum.reached:
        numbers = {"cast": cast, "members": row["members"], "needed": quorum.needed}
        yield sentence(NO_QUORUM, lang, quorum.clause, **numbers)
    elif option is None:
        yield sentence(UNDECIDED, lang, row["clause"])
    else:
        code = BY_CHAIR if row["by_chair"] else BY_MAJORITY
        numbers = {"votes": row["votes"][option], "cast": cast}
        yield sentence(code, lang, row["clause"], option=option, **numbers)
