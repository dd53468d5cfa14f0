"""Both lists of a procedure on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from portaria.cli.show import printable, table_text
from portaria.cli.words import _, language
from portaria.core.messages import Message, render

if TYPE_CHECKING:
    from portaria.regulations.recruitment.evaluate import Evaluation


def show_lists(found: Evaluation) -> None:
    """Each list in sentences, with the table of who is excluded and that of the ranking."""
    from portaria.documents.recruitment.list_answer import opening, told

    lang = language()
    typer.echo("\n".join(map(printable, opening(found, lang))))
    for name in ("admission", "evaluation"):
        typer.echo("\n" + "\n".join(map(printable, told(found, name, lang))))
        _exclusions(found, lang) if name == "admission" else _ranking(found, lang)


def _exclusions(found: Evaluation, lang: str) -> None:
    from portaria.documents.recruitment.citing import cited

    rows = [
        (row.name, row.reason or "", cited(row.clause or "", lang))
        for row in found.admission
        if row.result == "excluded"
    ]
    if rows:
        typer.echo()
        _table((_("excluded"), _("reason"), _("clause")), rows, "lll")


def _ranking(found: Evaluation, lang: str) -> None:
    from portaria.documents.recruitment.citing import cited
    from portaria.documents.recruitment.words import RESULTS, score_words
    from portaria.regulations.recruitment.results import below_minimum

    marks = {True: _("within the posts"), None: _("tied at the last post"), False: ""}
    rows = []
    for row in found.ranking:
        note = marks[row.selected]
        if row.result != "ranked":
            note = render(Message(RESULTS[row.result]), lang)
        if row.failed is not None:
            why = below_minimum(row.failed, lang)
            note = f"{note}: {why} [{cited(row.clause or '', lang)}]"
        rank = "" if row.rank is None else str(row.rank)
        rows.append((rank, row.name, score_words(row.score, lang), note))
    if rows:
        typer.echo()
        _table((_("rank"), _("name"), _("score"), ""), rows, "rlrl")


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]], align: str) -> None:
    from portaria.documents.report import Table, text_row

    table = Table("", header, align, [text_row(*row) for row in rows])
    typer.echo(table_text(table), nl=False)
