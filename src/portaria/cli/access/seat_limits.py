"""`access seat-limits`: the most seats of the special contests, the fewest for over-23s."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portaria.cli.access.arguments import Lang, ProblemsFile, Quiet, Replace
from portaria.cli.arguments import AsJson, Readings, policy
from portaria.cli.reading import settle
from portaria.cli.show import console, letter_language, show_letter
from portaria.cli.words import _
from portaria.core.messages import Message, declare, exact_decimal, render

if TYPE_CHECKING:
    from portaria.core.edition import Edition
    from portaria.core.problem import Problem
    from portaria.documents.report import Table
    from portaria.regulations.access.seat_limits.outcome import Movement, Programme, SeatLimits

    Read = tuple[list[Programme] | None, list[Movement] | None, list[Problem]]

INPUT_WRONG = declare(
    "seat-limits-input-wrong", "The seats cannot be judged: correct the errors above."
)
MORE = declare(
    "seat-limits-more",
    "{count} more is not shown; --out FILE writes all of them.",
    "{count} more are not shown; --out FILE writes all of them.",
)
MOST_SHOWN = 50
OUT_COLUMNS = (
    "programme", "institution", "kind", "general_seats", "lma", "special_regime_seats", "exact",
    "maximum", "leftovers", "authorised", "cap", "special_seats", "over23_seats", "over_by",
    "code", "clause",
)  # fmt: skip


def seat_limits(
    table: Annotated[
        Path,
        typer.Argument(exists=True, dir_okay=False, metavar=_("TABLE"), help=_("Table of seats.")),
    ],
    year: Annotated[
        int,
        typer.Option(
            "--year", metavar=_("YEAR"), help=_("Year in which the academic year begins.")
        ),
    ] = 2017,
    movements: Annotated[
        Path | None,
        typer.Option(
            "--movements",
            exists=True,
            dir_okay=False,
            metavar=_("FILE"),
            help=_("Unfilled seats, and where they are wanted."),
        ),
    ] = None,
    reading: Readings = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar=_("FILE"), dir_okay=False, help=_("Write the caps as CSV.")),
    ] = None,
    replace: Replace = False,
    must_hold: Annotated[
        bool, typer.Option("--check", help=_("Exit 1 where a limit is not kept."))
    ] = False,
    as_json: AsJson = False,
    problems: ProblemsFile = None,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> int:
    """The answer as tables and sentences, or the same object as JSON."""
    from portaria.regulations.access.seat_limits import answer, outcome
    from portaria.regulations.access.seat_limits.settings import find_edition

    if out:
        from portaria.tables.result import check_file

        check_file(out, replace)
    chosen = policy(reading)
    edition = find_edition(year)
    rows, wanted, found = _read(table, movements, edition)
    settle(found, problems, quiet, INPUT_WRONG)
    assert rows is not None, "tables that cannot be read have an error"
    assert wanted is not None, "tables that cannot be read have an error"
    told = answer.answer(edition, rows, chosen, wanted)
    if out:
        from portaria.tables.result import write_file

        write_file(out, caps_csv(told), replace)
    if as_json and not quiet:
        typer.echo(json.dumps(outcome.as_json(told), ensure_ascii=False, indent=1))
    elif not quiet:
        _show(told)
    return int(must_hold and bool(told.breaches))


def _read(table: Path, movements: Path | None, edition: Edition) -> Read:
    """Rows, movements and problems; rows or movements are None where they have errors."""
    from portaria.regulations.access.seat_limits.reading import read_movements, read_seats

    rows, found = read_seats(table, edition)
    if movements is None:
        return rows, [], found
    wanted, more = read_movements(movements, rows)
    return rows, wanted, [*found, *more]


def caps_csv(told: SeatLimits) -> bytes:
    """The caps as canonical CSV, in the order of the table given."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(OUT_COLUMNS)
    for each in told.caps:
        cells = {name: getattr(each, name) for name in OUT_COLUMNS}
        cells["exact"] = format(exact_decimal(each.exact), "f")
        writer.writerow(["" if value is None else value for value in cells.values()])
    return text.getvalue().encode()


def _show(told: SeatLimits) -> None:
    from portaria.documents.access_seat_limits import sentences, tables

    lang = letter_language() or told.language
    show_letter(sentences.opening(told, lang))
    for table in (tables.caps_table(told, lang), tables.minima_table(told, lang)):
        if table.rows:
            _show_table(table, lang)
    console().print()
    show_letter([*sentences.findings(told, lang), *sentences.closing(told, lang)])


def _show_table(table: Table, lang: str) -> None:
    from rich.markup import escape
    from rich.table import Table as RichTable

    out = console()
    shown = RichTable(box=None, pad_edge=False, header_style="bold", title_justify="left")
    for heading, side in zip(table.header, table.align, strict=True):
        shown.add_column(heading, justify="right" if side == "r" else "left", overflow="fold")
    for row in table.rows[:MOST_SHOWN]:
        shown.add_row(*(escape(cell.text) for cell in row))
    out.print()
    out.print(table.caption, style="bold")
    out.print(shown)
    if len(table.rows) > MOST_SHOWN:
        out.print(render(Message(MORE, {"count": len(table.rows) - MOST_SHOWN}), lang))
