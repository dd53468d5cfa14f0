"""Articles 5/2-3, 16 and 17/3: working days, with the holidays and closures of the seat."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from portaria.core.deadline import (
    Deadline,
    ServiceCalendar,
    add_days,
    service_calendar,
)
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.credit.request import Item, Request

NAMED = ("cet", "licenciatura", "mestrado")
"""The courses that 5/2 and 14/1 name."""


@dataclass(frozen=True)
class Deadlines:
    """None where nothing runs: a late request waits for the director (16/3)."""

    request_by: Deadline | None
    forward_by: Deadline | None
    certified_by: Deadline | None
    experience_by: Deadline | None
    appeal_by: Deadline | None


def calendar_of(request: Request, rules: RuleSet) -> ServiceCalendar:
    """The days of the service: the reading of the municipal holiday is the edition's."""
    given = request.holidays
    reading = rules.readings["municipal_day"]
    return service_calendar(given.municipal, given.closures, reading, given.municipality)


@rule("request-deadline", "every-course")
def request_by(request: Request, rules: RuleSet) -> Deadline | None:
    """5/2: fifteen working days after the start of the year, for every course of 1/2; None for a
    course that 5/2 does not name, where only those have a deadline."""
    if rules.takes("courses", "named") and request.degree.cycle not in NAMED:
        return None
    return _after(request.year_start, "request_days", request, rules)


@rule("documents-asked-for")
def is_late(item: Item, request: Request, last: Deadline | None, rules: RuleSet) -> bool:
    """5/3: documents asked from the issuer in time make the request one in time."""
    if last is None:
        return False
    asked = item.requested_documents_on
    if asked is not None and asked > last.last_day:
        return True
    if asked is not None and rules.takes("document_date", "asked"):
        return False
    return request.submitted_on > last.last_day


@rule("forwarding", "results-due", "late-request")
def deadlines(request: Request, late: Collection[bool], mixed: bool, rules: RuleSet) -> Deadlines:
    """16: `late` says of each item whether it was asked for too late; `mixed`: training and
    experience in one request.

    One item in time sets the clock of the window running (16/1-2); where all are late it is that
    of the authorisation (16/3), which gives no days for forwarding.
    """
    last = request_by(request, rules)
    if last is None:
        forward = certified = experience = None
    elif all(late):
        forward, certified, experience = _authorised(request, rules)
    else:
        forward, certified, experience = _forwarded(last.last_day, request, rules)
    if mixed and rules.takes("mixed_clock", "longest"):
        certified = experience
    notified = request.notified_on
    appeal = None if notified is None else _after(notified, "appeal_days", request, rules)
    return Deadlines(last, forward, certified, experience, appeal)


@rule("late-request")
def late_results(
    request: Request, late: Collection[bool], mixed: bool, rules: RuleSet
) -> tuple[Deadline | None, Deadline | None]:
    """16/3: the results of training and of experience for late items beside others in time, whose
    clock is another; None where there are none, or they are not authorised."""
    if all(late) or not any(late):
        return None, None
    _, certified, experience = _authorised(request, rules)
    longest = mixed and rules.takes("mixed_clock", "longest")
    return (experience if longest else certified), experience


Clock = tuple[Deadline | None, Deadline | None, Deadline | None]
"""To forward, and the results of training and of experience."""


def _forwarded(start: date, request: Request, rules: RuleSet) -> Clock:
    forward = _after(start, "forward_days", request, rules)
    return (forward, *_results(forward.last_day, request, rules))


def _authorised(request: Request, rules: RuleSet) -> Clock:
    start = request.late_authorised_on
    if start is None:
        return None, None, None
    if rules.takes("late_clock", "forwarding"):
        return _forwarded(start, request, rules)
    return (None, *_results(start, request, rules))


def _results(start: date, request: Request, rules: RuleSet) -> tuple[Deadline, Deadline]:
    certified = _after(start, "certified_days", request, rules)
    return certified, _after(start, "experience_days", request, rules)


@rule("deadline-missed")
def missed(due: Deadline | None, done_on: date | None) -> bool:
    """17/3: after a missed deadline the council tells the services why."""
    return due is not None and done_on is not None and done_on > due.last_day


def _after(start: date, parameter: str, request: Request, rules: RuleSet) -> Deadline:
    return add_days(start, rules.number(parameter), calendar_of(request, rules))
