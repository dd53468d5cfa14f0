"""Aviso 8072/2017: whether one application is in time, and whether its candidate is admitted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime, time

from portaria.core.deadline import ServiceCalendar, is_open
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.recruitment.days import apply_by

WAYS = ("hand", "registered_post", "other")
IN_TIME, LATE, CLOSED, WRONG_WAY = ("in_time", "late", "not_at_that_hour", "wrong_way")
REASONS = {
    "indefinite": "no-indefinite-public-employment",
    "active": "not-in-active-service",
    "assistant": "not-a-technical-assistant",
}
NO_EXPERIENCE = "no-relevant-experience"
DOCUMENTS = ("cv_current", "cv_dated", "cv_signed", "identity_copy")
UNKNOWN_WAY = declare("recruitment-way", "an application comes by one of {known}, not {given}")
BEFORE = declare("recruitment-applied-before", "{day} is before the notice of {published}")
NO_ARRIVAL = declare(
    "recruitment-no-arrival",
    "when did the letter of {day} arrive? Give a day, not before it was posted",
)
AREAS = declare("recruitment-areas", "the post has {areas} areas, not {given}")


@dataclass(frozen=True)
class Received:
    """`outcome`: in_time, late, not_at_that_hour (the desk is closed; come back while there is
    time) or wrong_way. `flags`: which day of a letter was taken."""

    outcome: str
    deadline: date
    clause: str
    flags: tuple[str, ...] = ()


@rule("application-way")
def application(
    published: date,
    handed_in: datetime,
    way: str,
    calendar: ServiceCalendar,
    rules: RuleSet,
    received_on: date | None = None,
) -> Received:
    """4, 5/a. `handed_in`: the moment at the desk, or of the postmark. UsageError before the
    notice, for another way, or for a letter whose arrival counts and is not given."""
    if way not in WAYS:
        raise UsageError(Message(UNKNOWN_WAY, {"known": ", ".join(WAYS), "given": way}))
    day = handed_in.date()
    if day < published:
        raise UsageError(Message(BEFORE, {"day": day, "published": published}))
    last = apply_by(published, calendar, rules).last_day
    flags: tuple[str, ...] = ()
    if way == "registered_post":
        by_arrival = rules.takes("post", "received")
        flags = ("arrival-counts" if by_arrival else "postmark-counts",)
        if by_arrival:
            day = _arrival(day, received_on)
    if way == "other":
        outcome = WRONG_WAY
    elif day > last:
        outcome = LATE
    elif way == "hand" and not _desk_open(handed_in, calendar, rules):
        outcome = CLOSED
    else:
        outcome = IN_TIME
    clause = rules.clause("application-deadline" if outcome == LATE else "application-way")
    return Received(outcome, last, clause, flags)


def _arrival(posted: date, received_on: date | None) -> date:
    if received_on is None or received_on < posted:
        raise UsageError(Message(NO_ARRIVAL, {"day": posted}))
    return received_on


def _desk_open(moment: datetime, calendar: ServiceCalendar, rules: RuleSet) -> bool:
    """5/a, by the minute, on days on which the service is open."""
    day, now = moment.date(), moment.time().replace(second=0, microsecond=0)
    if not is_open(day, calendar):
        return False
    hours = [*map(time.fromisoformat, rules.edition.value("desk"))]
    last_minute = rules.takes("closing_time", "inclusive")
    return any(
        start <= now < end or (last_minute and now == end)
        for start, end in zip(hours[::2], hours[1::2], strict=True)
    )


@dataclass(frozen=True)
class Facts:
    """What is known of a candidate. `indefinite`: public employment for an indefinite term;
    `active`: in active service; `assistant`: a technical assistant; `areas`: in how many areas of
    the post there is experience; then the documents."""

    indefinite: bool
    active: bool
    assistant: bool
    areas: int
    cv_current: bool
    cv_dated: bool
    cv_signed: bool
    identity_copy: bool


@dataclass(frozen=True)
class Admission:
    """`result`: admitted, excluded, or incomplete (documents to be asked for); `reasons`: each
    with its clause."""

    result: str
    reasons: tuple[tuple[str, str], ...] = ()


@rule("requirements")
def admission(facts: Facts, rules: RuleSet, late: bool = False) -> Admission:
    """2/d-e, 4, 5/b: every reason for itself. UsageError for more areas than the post has."""
    areas = rules.number("areas")
    if not 0 <= facts.areas <= areas:
        raise UsageError(Message(AREAS, {"areas": areas, "given": facts.areas}))
    clause = rules.clause("requirements")
    reasons = [(why, clause) for name, why in REASONS.items() if not getattr(facts, name)]
    if facts.areas < (areas if rules.takes("experience_areas", "all") else 1):
        reasons.append((NO_EXPERIENCE, clause))
    if late:
        reasons.append(("late", rules.clause("application-deadline")))
    missing = [*missing_documents(facts, rules)]
    if rules.takes("missing_document", "excluded"):
        reasons += missing
    if reasons:
        return Admission("excluded", tuple(reasons))
    return Admission("incomplete" if missing else "admitted", tuple(missing))


@rule("application-documents")
def missing_documents(facts: Facts, rules: RuleSet) -> Iterator[tuple[str, str]]:
    """5/b: the documents that are not there, each with its clause."""
    assert set(DOCUMENTS) < {each.name for each in fields(facts)}
    clause = rules.clause("application-documents")
    yield from ((f"missing:{name}", clause) for name in DOCUMENTS if not getattr(facts, name))
