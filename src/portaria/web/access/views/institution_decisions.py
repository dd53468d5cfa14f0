"""What a page shows of a request on which institutions decide, and the decision handed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from portaria.core.errors import UsageError
from portaria.core.messages import declare
from portaria.web.access import consents, notices, placed_lists
from portaria.web.access.after import parts_of
from portaria.web.access.forms.institution import Decision
from portaria.web.access.models import Exchange, Relocation
from portaria.web.access.views.institution_pages import name_of
from portaria.web.accounts.log import record
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import person_of, user_of
from portaria.web.pages import _, lang, words_of

READ = declare("log-request-read", "Read the request number {number} of {people}.")
Request = Exchange | Relocation
Found = TypeVar("Found", Exchange, Relocation)


def concerning(requests: QuerySet[Found], code: str, pk: int) -> Found:
    """The request of this number, where the institution `code` decides on it; Http404."""
    asked = get_object_or_404(requests, pk=pk)
    if code not in consents.concerned(asked):
        raise Http404
    return asked


def tell_read(request: HttpRequest, asked: Request, people: list[str]) -> None:
    """Log that an officer read a request of these people."""
    told = {"number": asked.pk, "people": ", ".join(people)}
    record(user_of(request), READ, told, contest=asked.contest.key)


def shown(request: HttpRequest, code: str, asked: Request, form: Decision) -> dict[str, Any]:
    """What the rules say, who decided what, and whether the institution `code` may decide."""
    decided = {row.institution: row for row in asked.consents.all()}
    places = consents.concerned(asked)
    names = placed_lists.institution_names(places)
    may = asked.state == asked.State.ASKED and person_of(request).may(Can.REPORT_ENROLMENTS, code)
    return {
        "code": code, "name": name_of(code), "asked": asked, "form": form,
        "places": [(each, names.get(each, each), decided.get(each)) for each in places],
        "told": parts_of(asked.conditions["told"][lang()]),
        "decided": notices.is_decided(asked),
        "open": may, "may": may and code not in decided,
    }  # fmt: skip


def decide(
    request: HttpRequest,
    form: Decision,
    keep: Callable[[bool, str], Request],
    done: str,
) -> None:
    """Keep the decision of a valid form, and say what came of it."""
    given = form.cleaned_data
    try:
        asked = keep(given["decision"] == Decision.AGREED, given["reasons"])
    except UsageError as error:
        messages.error(request, words_of(error))
    else:
        moved = asked.state == asked.State.DONE
        messages.success(request, done if moved else _("The decision was kept."))
