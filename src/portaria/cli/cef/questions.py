"""`cef deadline` and `cef quorum`: single questions, without a class."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from portaria.cli.arguments import AsJson, Lang, Quiet, Readings, policy
from portaria.cli.words import _, language
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare, render

if TYPE_CHECKING:
    from portaria.core.deadline import ServiceCalendar
    from portaria.regulations.cef.rule_set import RuleSet

DATES = ["%Y-%m-%d"]
UNKNOWN = declare("cef-unknown-deadline", "the deadline {name} is unknown; known: {known}")
BY = declare("cef-due-by", "By {by} ({clause}).")
NOT_BEFORE = declare("cef-due-not-before", "Not before {day} ({clause}).")
REMIND = declare("cef-due-remind", "Remind on {day}.")
TWO_DAYS = declare(
    "cef-due-two-days",
    "By the two working days of the law the count ends on {last}; from {safe} on it is safe.",
)
SKIPPED = declare("cef-due-skipped", "Not counted, besides weekends: {days}.")
CLOSED = declare("cef-due-closed", "Closed, so the last day moves: {days}.")
ONLY_TESTS = declare("cef-only-tests", "--next-test is for test-return, not for {name}")
REACHED = declare("cef-quorum-reached", "Quorum: {needed} needed ({clause}).")
NOT_REACHED = declare("cef-quorum-not-reached", "No quorum: {needed} needed ({clause}).")

KNOWN = (
    "meeting-notice, second-meeting, minutes, recovery-notice, recovery-definition, test-return, "
    "grade-sheets, module-recovery, paf-matrix, paf-appeal, paf-absence"
)
"""The names, here too: help must not wait for the rules to be loaded; a test holds them equal."""

Days = list[datetime] | None


def deadline(
    name: Annotated[
        str, typer.Argument(metavar=_("NAME"), help=_("One of: {names}.").format(names=KNOWN))
    ],
    start: Annotated[
        datetime,
        typer.Option(
            "--from",
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"],
            metavar=_("DATE[THH:MM]"),
            help=_("Day, or moment, that it counts from."),
        ),
    ],
    municipal: Annotated[
        Days,
        typer.Option(
            formats=DATES, metavar=_("DATE"), help=_("Municipal holiday; may be repeated.")
        ),
    ] = None,
    closure: Annotated[
        Days,
        typer.Option(
            formats=DATES, metavar=_("DATE"), help=_("Day the school is closed; may be repeated.")
        ),
    ] = None,
    next_test: Annotated[
        datetime | None,
        typer.Option(formats=DATES, metavar=_("DATE"), help=_("Day of the next test.")),
    ] = None,
    reading: Readings = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The day, with what was not counted."""
    from portaria.regulations.cef import deadlines
    from portaria.regulations.cef.settings import rule_set

    if name not in deadlines.NAMES:
        known = ", ".join(deadlines.NAMES)
        raise UsageError(Message(UNKNOWN, {"name": name, "known": known}))
    if next_test is not None and name != "test-return":
        raise UsageError(Message(ONLY_TESTS, {"name": name}))
    rules = rule_set(policy(reading))
    calendar = calendar_of(municipal, closure, rules)
    whole_day = start == datetime.combine(start.date(), datetime.min.time())
    asked = deadlines.Asked(
        start.date() if whole_day else start,
        calendar,
        rules,
        next_test.date() if next_test else None,
    )
    found = deadlines.due(name, asked)
    if not quiet:
        typer.echo(json.dumps(_row(found), indent=1) if as_json else "\n".join(_told(found)))


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
    from portaria.documents.citation import cite
    from portaria.regulations.cef import meetings
    from portaria.regulations.cef.settings import rule_set

    found = meetings.quorum(voting, present, second_call, rule_set(policy(reading)))
    if quiet:
        return
    if as_json:
        row = {"needed": found.needed, "quorum": found.reached, "clause": found.clause}
        typer.echo(json.dumps(row, indent=1))
        return
    params = {"needed": found.needed, "clause": cite(found.clause, language())}
    code = REACHED if found.reached else NOT_REACHED
    typer.echo(render(Message(code, params), language()))


def calendar_of(municipal: Days, closures: Days, rules: RuleSet) -> ServiceCalendar:
    """The days of the school."""
    from portaria.core.deadline import MunicipalReading, OnDates, ServiceCalendar

    days = frozenset(each.date() for each in municipal or ())
    return ServiceCalendar(
        (OnDates(days),) if days else (),
        frozenset(each.date() for each in closures or ()),
        MunicipalReading(rules.readings["municipal_day"]),
    )


def _row(found: Any) -> dict[str, Any]:
    """The answer as JSON: days and moments in ISO, what there is not as null."""
    return {
        "name": found.name,
        "clause": found.clause,
        "from": _iso(found.start),
        "not_before": _iso(found.not_before),
        "by": _iso(found.by),
        "remind_on": _iso(found.remind_on),
        "days": {
            name: {
                "last_day": str(each.last_day),
                "not_counted": [str(d.date) for d in each.skipped if d.reason != "closure"],
                "closed": [str(d.date) for d in each.skipped if d.reason == "closure"],
                "other_municipal_reading": _iso(each.alternative_last_day),
            }
            for name, each in found.days.items()
        },
    }


def _date(moment: date | datetime | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def _iso(moment: date | datetime | None) -> str | None:
    if isinstance(moment, datetime):
        return moment.strftime("%Y-%m-%dT%H:%M")
    return None if moment is None else str(moment)


def _told(found: Any) -> list[str]:
    from portaria.documents.citation import cite

    lang = language()
    clause = cite(found.clause, lang)
    lines = []
    if found.not_before is not None:
        params = {"day": _shown(found.not_before, lang), "clause": clause}
        lines.append(render(Message(NOT_BEFORE, params), lang))
    if found.by is not None:
        params = {"by": _shown(found.by, lang), "clause": clause}
        lines.append(render(Message(BY, params), lang))
    if found.remind_on is not None:
        lines.append(render(Message(REMIND, {"day": found.remind_on}), lang))
    if "two_days" in found.days:
        two, safe = found.days["two_days"].last_day, found.days["safe_from"].last_day
        lines.append(render(Message(TWO_DAYS, {"last": two, "safe": safe}), lang))
    decisive = [each for each in found.days.values() if each.last_day == _date(found.by)]
    passed = dict.fromkeys(
        day for each in decisive or found.days.values() for day in each.skipped
        if day.date.weekday() < 5
    )  # fmt: skip
    for code, closed in ((SKIPPED, False), (CLOSED, True)):
        days = ", ".join(
            _shown(day.date, lang) + (f" ({day.name})" if day.name else "")
            for day in passed
            if (day.reason == "closure") == closed
        )
        if days and (decisive or found.by is None):
            lines.append(render(Message(code, {"days": days}), lang))
    return lines


def _shown(moment: date | datetime, lang: str) -> str:
    """A day written out, with the hour where there is one."""
    from portaria.core.messages import show

    if isinstance(moment, datetime):
        return f"{show(moment.date(), lang)}, {moment:%H:%M}"
    return show(moment, lang)
