"""The title and the calendar of a contest; opening and closing it."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods

from portaria.core.errors import UsageError
from portaria.web.access import publication
from portaria.web.access.forms.office import Calendar, Title
from portaria.web.access.models import Contest, Stage
from portaria.web.access.publication import CALENDAR, MOMENTS
from portaria.web.access.views.office_common import attempt, contest_of, page
from portaria.web.access.views.office_words import word
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import user_of
from portaria.web.pages import _, moment, words_of


@requires(Can.SEE_CONTESTS)
@require_GET
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """The moments of a contest, in Lisbon and in the Azores."""
    contest = contest_of(key)
    moments = [(word(MOMENTS[name]), getattr(contest, name)) for name in CALENDAR]
    changeable = contest.stage != Stage.PUBLISHED
    return page(
        request, "calendar", contest, "office-calendar", moments=moments, changeable=changeable
    )


@requires(Can.PREPARE_CONTESTS)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Change the title and the calendar."""
    contest = contest_of(key)
    given = request.POST or None
    title = Title(given, initial={"title": contest.title})
    form = Calendar(given, initial={name: getattr(contest, name) for name in CALENDAR})
    if given and title.is_valid() and form.is_valid():
        try:
            _save(request, contest, title, form)
            messages.success(request, _("The title and the calendar were saved."))
            return redirect("office-calendar", contest.key)
        except UsageError as error:
            form.add_error(None, words_of(error))
    return page(request, "calendar_form", contest, "office-calendar", form=form, title_form=title)


@transaction.atomic
def _save(request: HttpRequest, contest: Contest, title: Title, form: Calendar) -> None:
    user = user_of(request)
    publication.rename(contest, user, title.cleaned_data["title"])
    publication.set_calendar(contest, user, form.cleaned_data)


@requires(Can.PREPARE_CONTESTS)
@require_http_methods(["GET", "POST"])
def open_contest(request: HttpRequest, key: str) -> HttpResponse:
    """Ask, then open to applications."""
    contest = contest_of(key)
    if request.method == "POST":
        attempt(
            request, lambda: publication.open_contest(contest, user_of(request)),
            _("The contest is open from {moment}.").format(moment=moment(contest.opens_at)),
        )  # fmt: skip
        return redirect("office-contest", contest.key)
    return page(request, "open", contest, "office-contest")


@requires(Can.PREPARE_CONTESTS)
@require_http_methods(["GET", "POST"])
def close_contest(request: HttpRequest, key: str) -> HttpResponse:
    """Ask, then close."""
    contest = contest_of(key)
    if request.method == "POST":
        attempt(
            request, lambda: publication.close_contest(contest, user_of(request)),
            _("The contest is closed. The placement can be run."),
        )  # fmt: skip
        return redirect("office-contest", contest.key)
    may_close = publication.may_close(contest)
    return page(request, "close", contest, "office-contest", may_close=may_close)


urlpatterns = [
    path("gabinete/<slug:key>/calendario/", calendar, name="office-calendar"),
    path("gabinete/<slug:key>/calendario/alterar/", change, name="office-calendar-change"),
    path("gabinete/<slug:key>/abrir/", open_contest, name="office-open"),
    path("gabinete/<slug:key>/encerrar/", close_contest, name="office-close"),
]
