"""The way of a contest from opening to its published result: each step once, in order, logged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.web import pages
from portaria.web.access import kept_papers
from portaria.web.access.models import Contest, Run, Stage
from portaria.web.access.records_digest import grown_old
from portaria.web.accounts.log import record
from portaria.web.accounts.models import LogEntry, User
from portaria.web.days import in_time

NO_CALENDAR = declare(
    "contest-no-calendar", "Give the day and hour of opening and of closing before it opens."
)
CALENDAR_ORDER = declare(
    "contest-calendar-order", "The calendar is out of order: {later} comes before {earlier}."
)
WRONG_STAGE = declare(
    "contest-wrong-stage", "The contest stands elsewhere now: look at its page again."
)
NOT_YET = declare("contest-not-yet", "Applications are still received until {until}.")
NOT_A_PLACEMENT = declare(
    "contest-not-a-placement", "Only a placement that ended, of this contest, can be sent."
)
STALE = declare(
    "contest-stale",
    "The records changed after this placement was made: place again before sending.",
)
TIME_OVER = declare(
    "contest-time-over", "The deadline for applications is over already: give a later one."
)
FIXED_NOW = declare(
    "contest-moment-fixed",
    "This is fixed since the contest {stage}: {moment}. Leave it as it is.",
)
SINCE_OPEN, SINCE_CLOSED = (
    declare("contest-since-open", "opened"),
    declare("contest-since-closed", "closed"),
)
MOMENTS = {
    "opens_at": declare("moment-opens", "beginning of applications"),
    "closes_at": declare("moment-closes", "end of applications"),
    "results_at": declare("moment-results", "publication of the results"),
    "complaints_until": declare("moment-complaints", "end of complaints"),
    "enrolment_until": declare("moment-enrolment", "end of enrolment"),
    "public_until": declare("moment-public", "end of the publication of names"),
}
RENAMED = declare("log-renamed", "Gave the contest {before} the title {title}.")
OPENED = declare("log-opened", "Opened the contest {title} to applications.")
CLOSED = declare("log-closed", "Closed the contest {title}.")
SENT = declare("log-sent", "Sent the result of {title} to the director.")
TAKEN_BACK = declare("log-taken-back", "Returned the result of {title} to the office: {reasons}")
RATIFIED = declare("log-ratified", "Ratified the result of {title}.")
PUBLISHED = declare("log-published", "Published the result of {title}.")
CALENDAR_SET = declare("log-calendar", "Set the calendar of {title}.")

CALENDAR = (
    "opens_at", "closes_at", "results_at", "complaints_until", "enrolment_until", "public_until",
)  # fmt: skip


IN_ORDER = (
    ("opens_at", "closes_at"), ("closes_at", "results_at"), ("results_at", "complaints_until"),
    ("results_at", "enrolment_until"), ("results_at", "public_until"),
    ("closes_at", "complaints_until"), ("closes_at", "enrolment_until"),
)  # fmt: skip
"""What must come before what; complaints and enrolment run side by side."""


def _locked(contest: Contest, *stages: Stage) -> Contest:
    """The contest, waiting for applications under way; UsageError where it stands elsewhere."""
    found = Contest.objects.select_for_update().get(pk=contest.pk)
    if found.stage not in stages:
        raise UsageError(Message(WRONG_STAGE))
    return found


@transaction.atomic
def set_calendar(contest: Contest, user: User, moments: Mapping[str, datetime | None]) -> None:
    """Set the deadlines; UsageError where they are out of order or their time has passed."""
    found = _locked(contest, *(stage for stage in Stage if stage != Stage.PUBLISHED))
    before = {name: _text(getattr(found, name)) for name in CALENDAR}
    _refuse_fixed(found, moments)
    for name, moment in moments.items():
        setattr(found, name, moment)
    for earlier, later in IN_ORDER:
        first, second = getattr(found, earlier), getattr(found, later)
        if first is not None and second is not None and second <= first:
            order = {"earlier": Message(MOMENTS[earlier]), "later": Message(MOMENTS[later])}
            raise UsageError(Message(CALENDAR_ORDER, order))
    found.save()
    after = {name: _text(getattr(found, name)) for name in CALENDAR}
    title = {"title": found.title}
    record(user, CALENDAR_SET, title, before=before, after=after, contest=found.key)


def _refuse_fixed(found: Contest, moments: Mapping[str, datetime | None]) -> None:
    """UsageError where what candidates were told would change behind them."""
    moved = {name for name, at in moments.items() if _second(at) != _second(getattr(found, name))}
    fixed, since = {"opens_at"}, SINCE_OPEN
    if found.stage == Stage.PREPARING:
        return
    if found.stage != Stage.OPEN:
        fixed, since = {"opens_at", "closes_at"}, SINCE_CLOSED
    for name in CALENDAR:
        if name in moved & fixed:
            params = {"stage": Message(since), "moment": Message(MOMENTS[name])}
            raise UsageError(Message(FIXED_NOW, params))
    if "closes_at" in moved:
        closes_at = moments["closes_at"]
        if closes_at is None:
            raise UsageError(Message(NO_CALENDAR))
        if closes_at <= timezone.now():
            raise UsageError(Message(TIME_OVER))


def _second(at: datetime | None) -> datetime | None:
    return None if at is None else at.replace(microsecond=0)


@transaction.atomic
def rename(contest: Contest, user: User, title: str) -> None:
    """Another title, until the result is public; the name in addresses stays."""
    found = _locked(contest, *(stage for stage in Stage if stage != Stage.PUBLISHED))
    if found.title == title:
        return
    before, found.title = found.title, title
    found.save(update_fields=["title"])
    params = {"title": title, "before": before}
    record(user, RENAMED, params, before=before, after=title, contest=found.key)


def _text(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


@transaction.atomic
def open_contest(contest: Contest, user: User) -> None:
    """Receive applications from the day of opening to that of closing."""
    found = _locked(contest, Stage.PREPARING)
    if found.opens_at is None or found.closes_at is None:
        raise UsageError(Message(NO_CALENDAR))
    if found.closes_at <= timezone.now():
        raise UsageError(Message(TIME_OVER))
    _go(found, Stage.OPEN, user, OPENED)


def may_close(contest: Contest) -> bool:
    """Whether the time that candidates were told is over: the last second counts whole."""
    open_until = contest.closes_at if contest.stage == Stage.OPEN else None
    return open_until is None or not in_time(timezone.now(), open_until)


@transaction.atomic
def close_contest(contest: Contest, user: User) -> None:
    """No more applications: not before the deadline that candidates were told."""
    found = _locked(contest, Stage.OPEN, Stage.PREPARING)
    if found.closes_at and not may_close(found):
        raise UsageError(Message(NOT_YET, {"until": pages.moment(found.closes_at)}))
    _go(found, Stage.CLOSED, user, CLOSED)


@transaction.atomic
def send(contest: Contest, run: Run, user: User) -> None:
    """Send a placement to the director."""
    found = _locked(contest, Stage.CLOSED)
    sendable = run.kind in (Run.Kind.PLACEMENT, Run.Kind.RECTIFICATION) and run.digest
    if run.contest_id != found.pk or run.state != Run.State.DONE or not sendable:
        raise UsageError(Message(NOT_A_PLACEMENT))
    if grown_old(run):
        raise UsageError(Message(STALE))
    found.run = run
    _go(found, Stage.SENT, user, SENT, after=run.digest)


@transaction.atomic
def take_back(contest: Contest, user: User, reasons: str) -> None:
    """The director returns a result that is not ratified."""
    found = _locked(contest, Stage.SENT)
    params = {"title": found.title, "reasons": reasons}
    before, found.run, found.stage = found.run and found.run.digest, None, Stage.CLOSED
    found.save()
    record(user, TAKEN_BACK, params, before=before, contest=found.key)


def returned(contest: Contest) -> LogEntry | None:
    """How the director returned the last result that was sent, until another is."""
    if contest.stage != Stage.CLOSED:
        return None
    steps = LogEntry.objects.filter(contest=contest.key, code__in=(SENT, TAKEN_BACK))
    last = steps.first()
    return last if last is not None and last.code == TAKEN_BACK else None


@transaction.atomic
def ratify(contest: Contest, user: User) -> None:
    """The director makes the result final; from here on it does not change."""
    found = _locked(contest, Stage.SENT)
    found.ratified_by, found.ratified_at = user, timezone.now()
    _go(found, Stage.RATIFIED, user, RATIFIED, after=found.run.digest if found.run else None)


@transaction.atomic
def publish(contest: Contest, user: User) -> None:
    """Make the ratified result public, at once and whole."""
    found = _locked(contest, Stage.RATIFIED)
    found.published_at = timezone.now()
    _go(found, Stage.PUBLISHED, user, PUBLISHED, after=found.run.digest if found.run else None)
    transaction.on_commit(lambda: kept_papers.prepare_published(found), robust=True)


def _go(contest: Contest, stage: Stage, user: User, code: str, after: str | None = None) -> None:
    before, contest.stage = contest.stage, stage
    contest.save()
    title = {"title": contest.title}
    record(user, code, title, before=before, after=after or str(stage), contest=contest.key)
