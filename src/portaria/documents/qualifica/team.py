"""Who works at a centre, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portaria.core.edition import Edition
from portaria.core.messages import declare
from portaria.documents.numbers import amount
from portaria.documents.qualifica.words import corrections_told, say
from portaria.regulations.qualifica.team import Shared, Source, Staffing

LEFT = declare("qualifica-left", "Hours left of the credit: {left} ({clause}).")
OVER = declare("qualifica-over", "Hours beyond the credit: {over}; that is not allowed ({clause}).")
WANTED = declare(
    "qualifica-wanted", "Preferably {wanted} hours a week or more at the centre ({clause})."
)
LESS = declare("qualifica-less", "These are fewer: it is a preference, not a limit.")
SOURCES = {
    "none": declare("qualifica-from-none", "Nobody: there is no effective need ({clause})."),
    "credit": declare(
        "qualifica-from-credit",
        "A career teacher of the school: the credit can be used ({clause}).",
    ),
    "career": declare(
        "qualifica-from-career",
        "A career teacher of the school: one is left, though the credit cannot be used ({clause}).",
    ),
    "reserve": declare("qualifica-from-reserve", "The reserve of recruitment ({clause})."),
    "school": declare("qualifica-from-school", "School hiring ({clause})."),
}
MAY_DESIGNATE = declare("qualifica-may-designate", "May be designated ({clause}).")
MAY_HIRE = declare("qualifica-may-hire", "They may be hired ({clause}).")
CONDITIONS = {
    "not-a-career-teacher": declare(
        "qualifica-not-career", "The coordinator is a career teacher ({clause})."
    ),
    "serves-elsewhere": declare(
        "qualifica-elsewhere", "The coordinator serves at the school that promotes ({clause})."
    ),
    "is-a-director": declare(
        "qualifica-director", "The director of a school is not the coordinator ({clause})."
    ),
    "without-the-profile": declare(
        "qualifica-profile",
        "The coordinator has the profile of Portaria 232/2016, art. 7/5 ({clause}).",
    ),
    "promoters-only": declare(
        "qualifica-promoters-only", "Only a promoter hires ORVC technicians ({clause})."
    ),
    "more-than-two": declare("qualifica-more-than-two", "Two technicians at most ({clause})."),
    "two-or-three-years": declare(
        "qualifica-two-or-three-years", "For two or three school years ({clause})."
    ),
}
SECOND = ("is-a-director", "two-or-three-years")
"""Conditions that stand in the second of the clauses of their rule."""


def shared_told(found: Shared, lang: str) -> Iterator[str]:
    """What is left, or beyond."""
    code = OVER if found.over else LEFT
    yield say(code, lang, found.clause, left=found.left, over=found.over)


def staffing_told(found: Staffing, lang: str) -> Iterator[str]:
    """The hours wanted, and whether these are fewer."""
    yield say(WANTED, lang, found.clause, wanted=amount(found.wanted, lang))
    if found.warnings:
        yield say(LESS, lang)


def source_told(found: Source, edition: Edition, lang: str) -> Iterator[str]:
    """Where the next teacher comes from, with the wrong reference where it matters."""
    source = "credit" if found.credit_usable else found.source
    yield say(SOURCES[source], lang, found.clause)
    yield from corrections_told(edition, (found.clause,), lang)


def conditions_told(
    missing: Sequence[str], rule_id: str, edition: Edition, lang: str
) -> Iterator[str]:
    """Every condition that is not met, or that all are."""
    first, second = (each.name for each in edition.cites[rule_id])
    if not missing:
        code = MAY_DESIGNATE if rule_id == "qualifica-coordinator" else MAY_HIRE
        yield say(code, lang, first)
    for code in missing:
        yield say(CONDITIONS[code], lang, second if code in SECOND else first)
