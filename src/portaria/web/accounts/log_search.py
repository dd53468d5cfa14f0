"""Finding entries of the log: by what they are about, who acted, what was done, and when.

Pages go by the key of their last entry, so that the millionth is found as fast as the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from portaria.core.messages import declared
from portaria.web.accounts.models import LogEntry, User
from portaria.web.days import begin_of
from portaria.web.pages import _, counted

A_PAGE = 50
AT_ONCE = 2000
MANY = 2
OUT_OF_ORDER = 1000
"""How far apart entries of one moment may stand: two transactions that end in the other order."""


@dataclass(frozen=True)
class Wanted:
    """What is looked for; empty parts ask for nothing. since, until: days in Lisbon, both whole."""

    contest: str = ""
    candidate: str = ""
    person: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None

    def query(self) -> dict[str, str]:
        """The same as parts of an address."""
        return {name: str(value) for name, value in vars(self).items() if value}


def entries(wanted: Wanted) -> QuerySet[LogEntry]:
    """The entries, the newest first."""
    rows = LogEntry.objects.order_by("-id")
    if wanted.contest:
        rows = rows.filter(contest=wanted.contest)
    if wanted.candidate:
        rows = rows.filter(candidate=wanted.candidate)
    if wanted.kind:
        rows = rows.filter(code=wanted.kind)
    if wanted.person:
        rows = _by(rows, wanted.person)
    if wanted.since:
        rows = _from(rows, begin_of(wanted.since))
    if wanted.until:
        rows = _before(rows, begin_of(wanted.until + timedelta(days=1)))
    return rows


def _by(rows: QuerySet[LogEntry], person: str) -> QuerySet[LogEntry]:
    """By an account where one has this address or name, else by the words kept of who acted."""
    users = User.objects.filter(email=person.lower()) or User.objects.filter(name=person)
    found = [user.pk for user in users]
    if len(found) == 1:
        return rows.filter(user=found[0])
    return rows.filter(user__in=found) if found else rows.filter(actor=person)


# Keys and moments grow together. The moment is only compared, through a function, within the keys
# that may have it: an index on moments would lose the order of keys, and sort the whole log.


def _from(rows: QuerySet[LogEntry], moment: datetime) -> QuerySet[LogEntry]:
    first = LogEntry.objects.filter(at__gte=moment).order_by("at", "id").values_list("id").first()
    if first is None:
        return rows.none()
    at = Coalesce("at", "at")
    return rows.filter(id__gt=first[0] - OUT_OF_ORDER).alias(since=at).filter(since__gte=moment)


def _before(rows: QuerySet[LogEntry], moment: datetime) -> QuerySet[LogEntry]:
    last = LogEntry.objects.filter(at__lt=moment).order_by("-at", "-id").values_list("id").first()
    if last is None:
        return rows.none()
    at = Coalesce("at", "at")
    return rows.filter(id__lt=last[0] + OUT_OF_ORDER).alias(until=at).filter(until__lt=moment)


@dataclass(frozen=True)
class Page:
    """Entries of a page; older, newer: the key that the next page in that direction begins after;
    None where there is none."""

    rows: list[LogEntry]
    older: int | None
    newer: int | None


def page(wanted: Wanted, before: int | None = None, after: int | None = None) -> Page:
    """The page of entries older than `before`, or newer than `after`, or the newest."""
    rows = entries(wanted).select_related("user")
    if after is not None:
        found = list(rows.filter(id__gt=after).order_by("id")[: A_PAGE + 1])
        more, found = len(found) > A_PAGE, found[:A_PAGE][::-1]
        if not more:  # the newest page, whole
            return page(wanted)
        return Page(found, found[-1].pk, found[0].pk)
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = list(rows[: A_PAGE + 1])
    more, found = len(found) > A_PAGE, found[:A_PAGE]
    older = found[-1].pk if more else None
    newer = found[0].pk if before is not None and found else None
    return Page(found, older, newer)


def every(wanted: Wanted) -> Iterator[LogEntry]:
    """All of them, a few thousand at once in memory."""
    rows = entries(wanted).select_related("user")
    before: int | None = None
    while True:
        block = list((rows if before is None else rows.filter(id__lt=before))[:AT_ONCE])
        yield from block
        if len(block) < AT_ONCE:
            return
        before = block[-1].pk


def kinds() -> list[tuple[str, str]]:
    """What an entry may tell: its code, and its sentence with dots for what differs; that for many
    where it counts."""
    shown = []
    for code, (english, many) in declared().items():
        if code.startswith("log-"):
            sentence = counted(english, many, MANY) if many else _(english)
            shown.append((code, sentence.format_map(_Dots())))
    return sorted(shown, key=lambda row: row[1].casefold())


class _Dots(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def changes(before: Any, after: Any) -> list[tuple[str, str, str]]:
    """What stood and what stands, part by part: its name (empty for the whole), before, after."""
    if isinstance(before, Mapping) or isinstance(after, Mapping):
        old = before if isinstance(before, Mapping) else {}
        new = after if isinstance(after, Mapping) else {}
        names = list(dict.fromkeys([*old, *new]))
        rows = [(str(name), old.get(name), new.get(name)) for name in names]
        return [(name, text(a), text(b)) for name, a, b in rows if a != b]
    if before is None and after is None:
        return []
    return [("", text(before), text(after))]


def text(value: Any) -> str:
    """A kept value as people read it; a dash where there was none."""
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {text(part)}" for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(text(part) for part in value)
    return str(value)
