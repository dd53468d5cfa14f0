"""The dates of internship and PAF: as data, and in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from portaria.core.messages import Message, declare, render
from portaria.documents.sentence import sentence
from portaria.regulations.cef.internship_plan import Pair

FITS = declare(
    "cef-calendar-fits",
    "Internship from {first} to {last}; PAF on any working day from {paf} to {until} on which the "
    "school is open.",
)
ONE_FITS = declare("cef-calendar-fits-one", "Internship from {first} to {last}; PAF on {paf}.")
NONE_FITS = declare("cef-calendar-none", "No dates of {year} fit.")
NO_PAF = declare(
    "cef-calendar-no-paf", "Internship from {first} to {last}: it fits with no day of the PAF."
)
NO_INTERNSHIP = declare("cef-calendar-no-internship", "PAF on {paf}: no internship fits with it.")
NEAREST = declare(
    "cef-calendar-nearest", "The nearest: internship from {first} to {last}, PAF on {paf}."
)
AGAINST = declare("cef-calendar-against", "Against it: {conflicts}.")
NOTHING_AGAINST = declare("cef-calendar-nothing-against", "Nothing is against it.")
REMARK = declare("cef-calendar-remark", "To note: {conflicts}.")
MATRIX = declare("cef-calendar-matrix", "Matrix of the PAF posted by {day}.")
CONFLICTS = {
    "before-june": declare("cef-conflict-before-june", "the internship begins before June"),
    "after-15-july": declare("cef-conflict-after", "the internship ends after 15 July"),
    "before-school-ends": declare(
        "cef-conflict-school", "the internship begins before lessons end"
    ),
    "before-internship-ends": declare(
        "cef-conflict-internship", "the PAF is not after the last day of the internship"
    ),
    "school-closed": declare("cef-conflict-closed", "the school is closed on the day of the PAF"),
    "matrix-late": declare("cef-conflict-matrix", "the matrix is posted too late"),
    "outside-15-to-30-july": declare(
        "cef-conflict-window", "the PAF is outside the preferred days, 15 to 30 July"
    ),
}


def row_of(found: Pair) -> dict[str, Any]:
    """A pair as data: days in ISO; what is against it, and what is to note, as codes."""
    return {
        "internship_from": str(found.internship.first),
        "internship_to": str(found.internship.last),
        "paf": str(found.paf.day),
        "matrix_by": str(found.paf.matrix_by),
        "conflicts": list(found.conflicts),
        "remarks": list(found.paf.remarks),
    }


def sentences(
    found: Sequence[Pair], year: int, first: date | None, paf: date | None, lang: str
) -> Iterator[str]:
    """What fits; where nothing does, the pair with the least against it. first, paf: the days that
    were asked for, None for any."""
    fits = [each for each in found if not each.conflicts]
    if first and paf:
        yield _dates(ONE_FITS, found[0], lang)
        if fits:
            yield sentence(NOTHING_AGAINST, lang)
        yield from _about(found[0], lang, with_matrix=True)
    elif fits:
        yield from _fits_told(fits, lang)
        if paf:
            yield from _about(fits[0], lang, with_matrix=True)
    elif found:
        best = min(found, key=_distance)
        if first is None:
            none_fits = sentence(NONE_FITS, lang, year=str(year))
            yield _dates(NO_INTERNSHIP, best, lang) if paf else none_fits
        yield _dates(NO_PAF if first else NEAREST, best, lang)
        yield from _about(best, lang, with_matrix=False)
    else:
        yield sentence(NONE_FITS, lang, year=str(year))


def _distance(pair: Pair) -> tuple[int, date, int]:
    """Few conflicts are near to fitting; then an early internship and a late PAF."""
    return len(pair.conflicts), pair.internship.first, -pair.paf.day.toordinal()


def _fits_told(fits: Sequence[Pair], lang: str) -> Iterator[str]:
    """One line an internship, with the days of the PAF that fit it."""
    for first in dict.fromkeys(each.internship.first for each in fits):
        own = [each for each in fits if each.internship.first == first]
        code = FITS if len(own) > 1 else ONE_FITS
        yield _dates(code, own[0], lang, until=own[-1].paf.day)


def _about(found: Pair, lang: str, *, with_matrix: bool) -> Iterator[str]:
    """The matrix, what is against a pair, and what is to note."""
    if with_matrix:
        yield sentence(MATRIX, lang, day=found.paf.matrix_by)
    for code, listed in ((AGAINST, found.conflicts), (REMARK, found.paf.remarks)):
        if listed:
            words = "; ".join(render(Message(CONFLICTS[each]), lang) for each in listed)
            yield sentence(code, lang, conflicts=words)


def _dates(code: str, found: Pair, lang: str, **more: Any) -> str:
    days: dict[str, Any] = {
        "first": found.internship.first,
        "last": found.internship.last,
        "paf": found.paf.day,
    }
    return sentence(code, lang, **days, **more)
