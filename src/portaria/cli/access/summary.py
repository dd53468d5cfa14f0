"""The summary a person reads after a placement."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from portaria.cli.show import console
from portaria.cli.words import _, language
from portaria.core.messages import render, show
from portaria.core.rounding import TENTH, Rounding, round_to
from portaria.documents.access_words import quota_name
from portaria.regulations.access.glance import Glance
from portaria.regulations.access.reasons import ADDITIONAL, GENERAL, QUOTAS


def show_summary(told: Glance) -> None:
    """Print totals, options, seats, quotas and the hardest programmes."""
    from rich.table import Table

    lang, out = language(), console()
    totals = Table(box=None, show_header=False, pad_edge=False)
    totals.add_column()
    totals.add_column(justify="right")
    totals.add_column(justify="right")
    for words, count, of in _lines(told):
        totals.add_row(words, show(count, lang), show_percent(count, of, lang) if of else "")
    out.print()
    title = told.title
    if told.phase > 1:
        title += ", " + _("phase {phase}").format(phase=told.phase)
    out.print(title, style="bold")
    out.print(totals)
    special = [q for q in told.by_quota if q not in (QUOTAS[GENERAL], QUOTAS[ADDITIONAL])]
    if special:
        out.print()
        names = (f"{render(quota_name(q), lang)} {show(told.by_quota[q], lang)}" for q in special)
        out.print(_("Placed by quotas and preferences:") + " " + ", ".join(names) + ".")
    _show_hardest(told, lang)


def _lines(told: Glance) -> Iterator[tuple[str, int, int]]:
    """Words, count, and the whole of which the count is a share (0: none is shown)."""
    yield _("candidates"), told.candidates, 0
    yield _("placed"), told.placed, told.candidates
    for order, count in told.by_option.items():
        yield "   " + _("in option {order}").format(order=order), count, told.placed
    yield _("not placed"), told.not_placed, told.candidates
    if told.kept:
        yield "   " + _("who keep the seat held"), told.kept, told.candidates
    yield _("excluded"), told.excluded, told.candidates
    yield _("seats"), told.seats, 0
    if told.phase > 1 and told.freed:
        yield "   " + _("freed by holders placed again"), told.freed, told.seats
    yield _("left over"), told.leftover, told.seats
    yield _("opened by ties"), told.tie_extra, 0
    if told.additional is not None:
        yield _("further seats (art. 9/2)"), told.additional, 0


def show_percent(count: int, of: int, lang: str) -> str:
    """A share with one decimal, for people to read; no decision rests on it."""
    return f"{show(round_to(Fraction(100 * count, of), TENTH, Rounding.HALF_UP), lang)} %"


def _show_hardest(told: Glance, lang: str) -> None:
    from rich.markup import escape
    from rich.table import Table

    if not told.hardest:
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(_("last placed"), justify="right")
    table.add_column(_("hardest programmes"))
    for hard in told.hardest:
        where = ", ".join(filter(None, (hard.course, hard.institution)))
        table.add_row(show(hard.last_grade, lang), escape(f"{where} ({hard.programme})".strip()))
    out = console()
    out.print()
    out.print(table)
