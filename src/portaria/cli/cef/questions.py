"""`cef deadline` and `cef quorum`: single questions, without a class."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from typing import Annotated

import typer

from portaria.cli.answers import tell
from portaria.cli.arguments import DATES, AsJson, Lang, Quiet, Readings, policy
from portaria.cli.service import Closure, Municipal, calendar_of
from portaria.cli.words import _, language
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare

UNKNOWN = declare("cef-unknown-deadline", "the deadline {name} is unknown; known: {known}")
ONLY_TESTS = declare("cef-only-tests", "--next-test is for test-return, not for {name}")
NO_MOMENT = declare(
    "cef-no-moment", "{given} is no day and no moment; write 2024-02-09 or 2024-02-09T15:00"
)
TOO_FAR = declare("cef-due-too-far", "nothing can be counted from {given}")
REACHED = declare("cef-quorum-reached", "Quorum: {needed} needed ({clause}).")
NOT_REACHED = declare("cef-quorum-not-reached", "No quorum: {needed} needed ({clause}).")

KNOWN = (
    "meeting-notice, second-meeting, minutes, recovery-notice, recovery-definition, test-return, "
    "grade-sheets, module-recovery, paf-matrix, paf-appeal, paf-absence"
)
"""The names, here too: help must not wait for the rules to be loaded; a test holds them equal."""

Name = Annotated[
    str, typer.Argument(metavar=_("NAME"), help=_("One of: {names}.").format(names=KNOWN))
]
From = Annotated[
    str,
    typer.Option(
        "--from",
        metavar=_("DATE[THH:MM]"),
        help=_("Day, or moment, that it counts from."),
    ),
]
NextTest = Annotated[
    datetime | None,
    typer.Option(formats=DATES, metavar=_("DATE"), help=_("Day of the next test.")),
]


def deadline(
    name: Name,
    start: From,
    municipal: Municipal = None,
    closure: Closure = None,
    next_test: NextTest = None,
    reading: Readings = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The day, with what was not counted."""
    from portaria.documents.cef.deadline_answer import row_of, sentences
    from portaria.regulations.cef import deadlines
    from portaria.regulations.cef.regulation import CEF

    if name not in deadlines.NAMES:
        known = ", ".join(deadlines.NAMES)
        raise UsageError(Message(UNKNOWN, {"name": name, "known": known}))
    if next_test is not None and name != "test-return":
        raise UsageError(Message(ONLY_TESTS, {"name": name}))
    rules = CEF.rule_set(policy(reading))
    next_day = next_test.date() if next_test else None
    calendar = calendar_of(municipal, closure, rules.readings["municipal_day"])
    asked = deadlines.Asked(_moment(start), calendar, rules, next_day)
    try:
        found, other = deadlines.due(name, asked), deadlines.by_other_reading(name, asked)
    except OverflowError as error:
        raise UsageError(Message(TOO_FAR, {"given": start})) from error
    tell(row_of(found, other), sentences(found, other, language()), as_json, quiet)


def quorum(
    voting: Annotated[int, typer.Option(metavar=_("NUMBER"), help=_("Members with a vote."))],
    present: Annotated[
        int, typer.Option(metavar=_("NUMBER"), help=_("Of them, those who are there."))
    ],
    second_call: Annotated[bool, typer.Option("--second-call", help=_("Second call."))] = False,
    reading: Readings = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Whether enough members with a vote are there."""
    from portaria.documents.sentence import sentence
    from portaria.regulations.cef import meetings
    from portaria.regulations.cef.regulation import CEF

    found = meetings.quorum(voting, present, second_call, CEF.rule_set(policy(reading)))
    row = {"needed": found.needed, "quorum": found.reached, "clause": found.clause}
    code = REACHED if found.reached else NOT_REACHED
    tell(row, [sentence(code, language(), found.clause, needed=found.needed)], as_json, quiet)


def _moment(given: str) -> date | datetime:
    """A day, or a moment where an hour is given, midnight too; UsageError for neither."""
    for form in DATES:
        with suppress(ValueError):
            return datetime.strptime(given, form).date()
        with suppress(ValueError):
            return datetime.strptime(given, f"{form}T%H:%M")
    raise UsageError(Message(NO_MOMENT, {"given": given}))
