"""What the commands print: problems as a table, summaries, letters, progress."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from portaria.cli.words import _, asked_language, language
from portaria.core.errors import MachineError, UsageError
from portaria.core.messages import Message, declare, render
from portaria.core.problem import Problem, errors, in_reading_order

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from portaria.documents.access_letter import Block
    from portaria.documents.report import Table

MOST_SHOWN = 50
LEAST_TEXT, GAP = 12, 2
"""Columns of the terminal: what a column of text keeps, and what stands between two."""
PROBLEM_COLUMNS = (
    "severity", "file", "sheet", "row", "column", "value", "code", "message", "clause",
)  # fmt: skip

COUNT = declare("problem-count", "Errors: {errors}. Warnings: {warnings}.")
MORE = declare(
    "problems-more",
    "{count} more is not shown; --problems FILE writes all of them.",
    "{count} more are not shown; --problems FILE writes all of them.",
)
STAGE_NAMES = {
    "read": declare("stage-read", "Reading the tables"),
    "grades": declare("stage-grades", "Application grades"),
    "quotas": declare("stage-quotas", "Quotas and preferences"),
    "ranking": declare("stage-ranking", "Ranking"),
    "placement": declare("stage-placement", "Placement"),
    "scae-facts": declare("scae-stage-facts", "Asking the source"),
    "scae-rules": declare("scae-stage-rules", "Applying the rules"),
    "write": declare("stage-write", "Writing the results"),
    "replications": declare("stage-replications", "Replications"),
    "report": declare("stage-report", "Making the report"),
    "people": declare("stage-people", "Generating people"),
    "options": declare("stage-options", "Generating options"),
}


def console(stderr: bool = False) -> Console:
    """A terminal that writes plain text when its output goes to a file."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=False, emoji=False)


def show_problems(problems: Sequence[Problem], lang: str) -> None:
    """Problems as a table on standard error, the first fifty, then how many there are."""
    from rich.table import Table

    ordered = in_reading_order(problems)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(_("file"), overflow="fold", max_width=24)
    table.add_column(_("row"), justify="right", no_wrap=True)
    table.add_column(_("column"), overflow="fold", max_width=19)
    table.add_column(_("value"), overflow="fold", max_width=14)
    table.add_column(_("problem"), overflow="fold", ratio=1)
    for problem in ordered[:MOST_SHOWN]:
        where = f"{problem.file} [{problem.sheet}]" if problem.sheet else problem.file
        words = render(problem.message, lang) + (f" [{problem.clause}]" if problem.clause else "")
        if problem.severity == "warning":
            words = _("warning:") + " " + words
        row = "" if problem.row is None else str(problem.row)
        cells = (where, row, problem.column, problem.value or "", words)
        table.add_row(*map(_literal, cells), style=None if problem.severity == "error" else "dim")
    out = console(stderr=True)
    out.print(table)
    if len(ordered) > MOST_SHOWN:
        out.print(render(Message(MORE, {"count": len(ordered) - MOST_SHOWN}), lang))
    wrong = len(errors(ordered))
    numbers = {"errors": wrong, "warnings": len(ordered) - wrong}
    out.print(render(Message(COUNT, numbers), lang))


def _literal(text: str) -> str:
    """Text of a user's file without meaning to the terminal or to Rich."""
    from rich.markup import escape

    return escape(printable(text))


def printable(text: str) -> str:
    """Text of a user's file without meaning to the terminal; a no-break space is our own."""
    return "".join(c if c.isprintable() or c == "\u00a0" else "�" for c in text)


def table_text(table: Table) -> str:
    """A table for the terminal, its caption above it where it has one.

    Numbers and short words are never broken, and the words of their heading stand one a line; text
    is folded, down to LEAST_TEXT columns. A terminal too narrow for that breaks the lines itself.
    """
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(box=None, pad_edge=False, header_style="bold")
    least = GAP * (len(table.header) - 1)
    for number, heading in enumerate(table.header):
        right = table.align[number] == "r"
        width, whole = _width([row[number].text for row in table.rows], heading, right)
        least += width
        words = heading.replace(" ", "\n") if whole else heading
        side: Literal["left", "right"] = "right" if right else "left"
        grid.add_column(Text(words), justify=side, no_wrap=whole, overflow="fold")
    for row in table.rows:
        grid.add_row(*(Text(printable(cell.text)) for cell in row))
    out = console()
    out.width = max(out.width, least)
    with out.capture() as shown:
        if table.caption:
            out.print(table.caption, style="bold", markup=False)
        out.print(grid)
    return shown.get()


def _width(cells: Sequence[str], heading: str, right: bool) -> tuple[int, bool]:
    """The least columns of the terminal for cells and their heading; whether none is broken."""
    from rich.cells import cell_len

    longest = max(map(cell_len, (*map(printable, cells), *heading.split(" "))))
    if right or (longest <= LEAST_TEXT and not any(" " in cell for cell in cells)):
        return longest, True
    return LEAST_TEXT, False


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows as CSV, whole or not at all; over an earlier file with this header, and over no other.

    UsageError where the file is another or cannot be written there.
    """
    from portaria.tables.result import write_file

    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    try:
        write_file(path, text.getvalue().encode(), replace=True)
    except MachineError as error:
        raise UsageError(error.message) from error


def write_problems(problems: Sequence[Problem], path: Path, lang: str) -> None:
    """Every problem as CSV, `severity, file, sheet, row, column, value, code, message, clause`."""
    rows = []
    for p in in_reading_order(problems):
        words = render(p.message, lang)
        row = "" if p.row is None else p.row
        cells = (p.file, p.sheet, row, p.column, p.value or "", p.code, words, p.clause)
        rows.append((p.severity, *map(_harmless, cells)))
    write_rows(path, PROBLEM_COLUMNS, rows)


def _harmless(cell: object) -> object:
    """A quote keeps a spreadsheet from running what was refused as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in tuple("=+-@") else cell


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """A progress line on standard error, for people only: none when quiet or not a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<28}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def report(stage: str, done: int, total: int) -> None:
            words = (
                render(Message(STAGE_NAMES[stage]), language()) if stage in STAGE_NAMES else stage
            )
            bar.update(task, description=words, completed=done, total=total)

        yield report


def show_letter(blocks: Sequence[Block]) -> None:
    """A letter, wrapped to the terminal and never wider than 88 columns."""
    import textwrap

    from rich.text import Text

    styles = {"title": "bold underline", "heading": "bold", "text": "", "detail": ""}
    out = console()
    width = min(out.width, 88)
    for number, block in enumerate(blocks):
        if number and block.kind != "detail":
            out.print()
        indent = "   " if block.kind == "detail" else ""
        for line in textwrap.wrap(
            block.text,
            width,
            initial_indent=indent,
            subsequent_indent=indent,
            break_on_hyphens=False,
        ):
            out.print(Text(line, style=styles[block.kind]), soft_wrap=True)


def letter_language() -> str | None:
    """An official text keeps its edition's language unless another was asked for."""
    return asked_language()
