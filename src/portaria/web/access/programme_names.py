"""What people call a programme: its course and its institution."""

from __future__ import annotations

from collections.abc import Iterable

from portaria.web.access.models import Contest, Programme


def name_of(programme: Programme) -> str:
    """Course and institution; the code where they have no name."""
    names = (programme.course_name, programme.institution_name)
    return ", ".join(filter(None, names)) or programme.programme


def names_of(contest: Contest, programmes: Iterable[str]) -> dict[str, str]:
    """The same by code, of those that the contest has."""
    rows = Programme.objects.filter(contest=contest, programme__in=list(programmes))
    return {row.programme: name_of(row) for row in rows}
