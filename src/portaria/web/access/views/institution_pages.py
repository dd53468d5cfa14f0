"""What every page of an institution needs: its name, its contests, its tabs."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse

from portaria.core.errors import InputError, PortariaError
from portaria.web.access import consents, placed_lists
from portaria.web.access.holders import programmes_of
from portaria.web.access.models import Contest, Exchange, Relocation, Stage
from portaria.web.navigation import Place
from portaria.web.pages import _, say, words_of


def tabs(code: str, current: str) -> list[Place]:
    """The pages of an institution; the numbers are of what waits for it."""
    pages = (
        ("institution", _("Contests"), 0),
        ("institution-exchanges", _("Exchanges"), consents.waiting(Exchange.objects.all(), code)),
        (
            "institution-relocations",
            _("Relocations"),
            consents.waiting(Relocation.objects.all(), code),
        ),
    )
    return [
        Place(label, reverse(name, args=[code]), name == current, count or None)
        for name, label, count in pages
    ]


def name_of(code: str) -> str:
    """The name of an institution; its code where no published contest has it."""
    return placed_lists.institution_names([code]).get(code, code)


def sentences(error: PortariaError) -> list[str]:
    """Everything that an error says to people."""
    if isinstance(error, InputError) and error.problems:
        return [say(each.message) for each in error.problems]
    return [words_of(error)]


def contest_of(code: str, key: str) -> Contest:
    """A published contest in which the institution has programmes; else there is nothing there."""
    found = Contest.objects.filter(key=key, stage=Stage.PUBLISHED, run__isnull=False).first()
    if found is None or not programmes_of(found, code):
        raise Http404
    return found
