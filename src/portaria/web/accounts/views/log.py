"""The log on the screen: read by auditors and administrators, changed by nobody."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.functional import lazy
from django.views.decorators.http import require_GET

from portaria.core.messages import declare
from portaria.web import pages
from portaria.web.accounts import log_search
from portaria.web.accounts.log import record, sentence
from portaria.web.accounts.log_search import Wanted
from portaria.web.accounts.models import LogEntry, User
from portaria.web.accounts.permissions import Person, requires
from portaria.web.accounts.roles import Can
from portaria.web.days import LISBON, today
from portaria.web.spreadsheets import harmless

_ = lazy(pages._, str)

TAKEN = declare("log-read-log", "Downloaded the log: {wanted}.")
EVERYTHING = declare("log-everything", "all of it")
OF_THE_RECORD = ("options", "reasons", "quota", "document", "programme", "target")
COLUMNS = (
    "id", "at", "actor", "account", "code", "sentence", "contest", "candidate", "before", "after",
)  # fmt: skip
A_DAY = {"type": "date"}


class LogForm(forms.Form):
    """What is looked for."""

    contest = forms.CharField(label=_("Contest"), required=False, max_length=60)
    candidate = forms.CharField(label=_("Candidate"), required=False, max_length=100)
    person = forms.CharField(
        label=_("Who acted"), required=False, max_length=254, help_text=_("E-mail address or name.")
    )
    kind = forms.ChoiceField(
        label=_("What was done"),
        required=False,
        choices=lambda: [("", pages._("Every kind")), *log_search.kinds()],
    )
    since = forms.DateField(label=_("Since"), required=False, widget=forms.DateInput(A_DAY))
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(A_DAY))

    def wanted(self) -> Wanted:
        """What of the address is understood; the rest is told as wrong and not looked for."""
        self.is_valid()
        return Wanted(**self.cleaned_data)


class Row(NamedTuple):
    """An entry on the screen. about: contest and candidate; changes: part, before, after."""

    entry: LogEntry
    told: str
    changes: list[tuple[str, str, str]]
    kept_back: bool
    account: str


@requires(Can.READ_LOG)
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """A page of the log."""
    form = LogForm(request.GET or None)
    wanted = form.wanted() if form.is_bound else Wanted()
    before, after = (_key(request.GET.get(name, "")) for name in ("antes", "depois"))
    page = log_search.page(wanted, before, after)
    query = wanted.query()
    context = {
        "form": form if form.is_bound else LogForm(),
        "rows": [_row(entry, request) for entry in page.rows],
        "kinds": form.fields["kind"].choices,  # type: ignore[attr-defined]
        "narrowed": bool(query),
        "older": _address(query, antes=page.older),
        "newer": _address(query, depois=page.newer),
        "download": f"{reverse('log-download')}?{urlencode(query)}",
    }
    return render(request, "accounts/log.html", context)


def _key(given: str) -> int | None:
    return int(given) if given.isdecimal() and len(given) <= 18 else None


def _address(query: dict[str, str], **more: int | None) -> str:
    """The address of another page; empty where there is none."""
    found = {name: str(key) for name, key in more.items() if key is not None}
    return "?" + urlencode(query | found) if found else ""


def _row(entry: LogEntry, request: HttpRequest) -> Row:
    kept_back = _kept_back(entry, request)
    shown = [] if kept_back else log_search.changes(entry.before, entry.after)
    return Row(entry, _sentence(entry, request), shown, kept_back, _account(entry))


def _kept_back(entry: LogEntry, request: HttpRequest) -> bool:
    """Whether what stood in a candidate's record is kept from somebody who sees no records."""
    person: Person = request.person  # type: ignore[attr-defined]
    told = entry.before is not None or entry.after is not None
    about = bool(entry.candidate or entry.contest)
    return told and about and Can.SEE_PEOPLE not in person.grants


def _sentence(entry: LogEntry, request: HttpRequest) -> str:
    """What an entry tells, without what a candidate chose for somebody who sees no records."""
    person: Person = request.person  # type: ignore[attr-defined]
    if entry.candidate and Can.SEE_PEOPLE not in person.grants:
        shown = {name: "…" for name in OF_THE_RECORD if name in entry.params}
        entry.params = {**entry.params, **shown}
    return sentence(entry, pages.lang())


def _account(entry: LogEntry) -> str:
    """The address of the account that acted: anybody may call herself by any name."""
    user: User | None = entry.user
    return user.email if user is not None else ""


@requires(Can.READ_LOG)
@require_GET
def download(request: HttpRequest) -> HttpResponseBase:
    """The entries that were looked for as CSV, with an entry that tells of it."""
    wanted = LogForm(request.GET).wanted()
    query = wanted.query()
    parts = ", ".join(f"{name}: {value}" for name, value in query.items())
    actor = request.user if isinstance(request.user, User) else None
    record(actor, TAKEN, {"wanted": parts or pages.message(EVERYTHING)})
    answer = StreamingHttpResponse(_csv(wanted, request), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="registo-{today()}.csv"'
    return answer


class _Line:
    """What `csv` writes to: it hands back each line."""

    def write(self, line: str) -> str:
        return line


def _csv(wanted: Wanted, request: HttpRequest) -> Iterator[bytes]:
    writer = csv.writer(_Line())

    def line(cells: list[Any]) -> bytes:
        written: str = writer.writerow([harmless(str(cell)) for cell in cells])
        return written.encode()

    yield b"\xef\xbb\xbf" + line(list(COLUMNS))
    for entry in log_search.every(wanted):
        kept_back = _kept_back(entry, request)
        yield line(
            [
                entry.pk,
                entry.at.astimezone(LISBON).isoformat(timespec="seconds"),
                entry.actor,
                _account(entry),
                entry.code,
                _sentence(entry, request),
                entry.contest,
                entry.candidate,
                "" if kept_back or entry.before is None else log_search.text(entry.before),
                "" if kept_back or entry.after is None else log_search.text(entry.after),
            ]
        )


urlpatterns = [
    path("registo/", log, name="log"),
    path("registo/descarregar/", download, name="log-download"),
]
