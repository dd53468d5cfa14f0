"""What every page of an institution needs: its name, its contests, its tabs."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from portaria.web.access import exchanges, placed_lists, relocations
from portaria.web.access.enrolments import programmes_of
from portaria.web.access.models import Contest, Stage
from portaria.web.pages import _


@dataclass(frozen=True)
class Tab:
    """A page of an institution."""

    label: str
    href: str
    current: bool
    count: int | None = None


def tabs(code: str, current: str) -> list[Tab]:
    """The pages of an institution; the numbers are of what waits for it."""
    pages = (
        ("institution", _("Contests"), 0),
        ("institution-exchanges", _("Exchanges"), exchanges.waiting(code)),
        ("institution-relocations", _("Relocations"), relocations.waiting(code)),
    )
    return [
        Tab(label, reverse(name, args=[code]), name == current, count or None)
        for name, label, count in pages
    ]


def name_of(code: str) -> str:
    """The name of an institution; its code where no published contest has it."""
    return placed_lists.institution_names([code]).get(code, code)


def contest_of(code: str, key: str) -> Contest:
    """A published contest in which the institution has programmes; else there is nothing there."""
    found = Contest.objects.filter(key=key, stage=Stage.PUBLISHED, run__isnull=False).first()
    if found is None or not programmes_of(found, code):
        raise Http404
    return found
