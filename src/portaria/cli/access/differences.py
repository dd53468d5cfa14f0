"""Who differs under which reading, as a table for people and as CSV for programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from portaria.cli.show import console, write_rows
from portaria.cli.words import _, language
from portaria.core.messages import Message, declare, render
from portaria.documents.access_words import (
    RESULT_NAMES,
    WHY_DIFFERENT,
    quota_name,
    reading_name,
)
from portaria.documents.citation import cite
from portaria.regulations.access.compare import Difference, Fate, other_choices
from portaria.regulations.access.contest import Contest

if TYPE_CHECKING:
    from rich.table import Table

SHOWN = 10
NOTHING_TO_COMPARE = declare(
    "readings-nothing-to-compare", "No other reading of the text touches this contest."
)
NOBODY = declare("readings-nobody-differs", "{reading}: nobody would fare differently.")
SOME = declare(
    "readings-some-differ",
    "{reading}: {count} candidate would fare differently.",
    "{reading}: {count} candidates would fare differently.",
)
MORE = declare(
    "differences-more",
    "{count} more is not shown; --out FILE writes all of them.",
    "{count} more are not shown; --out FILE writes all of them.",
)
COLUMNS = (
    "reading", "choice", "candidate", "result", "programme", "quota",
    "other_result", "other_programme", "other_quota", "why", "because", "clause",
)  # fmt: skip


def show_differences(differences: Sequence[Difference], contest: Contest) -> None:
    """For each reading, how many would fare differently and the first ten of them."""
    lang, out = language(), console()
    others = other_choices(contest)
    if not others:
        out.print(render(Message(NOTHING_TO_COMPARE), lang))
    for name, choice in others:
        found = [d for d in differences if (d.reading, d.choice) == (name, choice)]
        params = {"reading": reading_name(name, choice), "count": len(found)}
        clause = cite(contest.edition.readings[name].clause, lang)
        told = render(Message(SOME if found else NOBODY, params), lang)
        out.print(f"{told.removesuffix('.')} ({clause}).", style="bold")
        if found:
            out.print(_table(found[:SHOWN], lang))
        if len(found) > SHOWN:
            out.print(render(Message(MORE, {"count": len(found) - SHOWN}), lang))
        out.print()


def _table(differences: Sequence[Difference], lang: str) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in (_("candidate"), _("now"), _("otherwise"), _("why")):
        table.add_column(heading, overflow="fold")
    for d in differences:
        why = render(Message(WHY_DIFFERENT[d.why]), lang)
        changed = "; ".join(f"{code}, {render(quota_name(q), lang)}" for code, q in d.because)
        why = f"{why}: {changed}" if changed else why
        table.add_row(d.candidate, _fate(d.in_force, lang), _fate(d.otherwise, lang), why)
    return table


def _fate(fate: Fate, lang: str) -> str:
    if fate.programme is None:
        return render(Message(RESULT_NAMES[fate.result]), lang)
    return f"{fate.programme}, {render(quota_name(fate.quota or 'general'), lang)}"


def write_differences(differences: Sequence[Difference], path: Path) -> None:
    """All of them as CSV."""
    rows = [
        (
            *(d.reading, d.choice, d.candidate),
            *(d.in_force.result, d.in_force.programme, d.in_force.quota),
            *(d.otherwise.result, d.otherwise.programme, d.otherwise.quota),
            d.why,
            "; ".join(" ".join(each) for each in d.because),
            d.clause,
        )
        for d in differences
    ]
    write_rows(path, COLUMNS, rows)
