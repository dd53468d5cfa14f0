"""What `scae check` and `scae extract` print: findings by code, the load in a few lines."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from portaria.cli.show import console, printable, write_rows
from portaria.cli.words import _, language
from portaria.core.messages import Message, declare, render
from portaria.documents.scae_report.names import EXCLUSION, SITUATION_NAMES
from portaria.documents.scae_words import FINDING_MEANINGS

if TYPE_CHECKING:
    import polars as pl

    from portaria.regulations.scae.results import Made

MOST_SHOWN = 30
STYLES = {"error": "bold", "warning": "", "info": "dim"}

COUNTS = declare(
    "scae-counts", "Errors: {errors}. Warnings: {warnings}. Information: {information}."
)
MORE = declare(
    "scae-findings-more",
    "{count} more error is not shown: findings.csv, or --out, has all of them.",
    "{count} more errors are not shown: findings.csv, or --out, has all of them.",
)
SENT = declare("scae-sent", "{count} record in the load.", "{count} records in the load.")
WITHHELD = declare(
    "scae-withheld",
    "{count} record is withheld by errors.",
    "{count} records are withheld by errors.",
)
AND_OTHERS = declare("scae-and-others", "{record} and {count} other", "{record} and {count} others")
PENDING = declare(
    "scae-pending",
    "Results not typed yet, by class (students, without result): type them before the last load "
    "of the year.",
)
PREVIEW = declare("scae-preview", "The month is not over: this load is a preview.")
SYMBOLIC = declare(
    "scae-symbolic-codes",
    "scae.toml gives no codes for Pré-Matrícula, Negada, Dependência and Cancelado: records with "
    "such a situation are withheld as unmapped.",
)


def show_findings(found: pl.DataFrame, lang: str) -> None:
    """Codes with their number and meaning; then the errors row by row, the first thirty."""
    import polars as pl
    from rich.table import Table

    out = console()
    if found.is_empty():
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(_("code"), no_wrap=True)
    table.add_column(_("number"), justify="right", no_wrap=True)
    table.add_column(_("meaning"), overflow="fold", ratio=1)
    counted = found.group_by("severity", "code", maintain_order=True).agg(n=pl.len())
    for severity, code, number in counted.iter_rows():
        words = render(Message(FINDING_MEANINGS[code]), lang)
        table.add_row(code, f"{number}", words, style=STYLES[severity])
    out.print(table)
    wrong = _together(found.filter(severity="error"))
    if not wrong.is_empty():
        out.print()
        out.print(_error_rows(wrong.head(MOST_SHOWN)))
    if wrong.height > MOST_SHOWN:
        out.print(render(Message(MORE, {"count": wrong.height - MOST_SHOWN}), language()))
    numbers = dict(found.group_by("severity").len().iter_rows())
    params = {
        "errors": numbers.get("error", 0), "warnings": numbers.get("warning", 0),
        "information": numbers.get("info", 0),
    }  # fmt: skip
    out.print(render(Message(COUNTS, params), language()))


def _together(errors: pl.DataFrame) -> pl.DataFrame:
    """One line a fault: a class without a start withholds all its students, and is mended once."""
    import polars as pl

    same = ("code", "table", "row", "message", "screen")
    # Without a row it is not known to be one fault.
    alone = pl.when(pl.col("row").is_null()).then("record")
    lines = errors.with_columns(alone=alone).group_by(*same, "alone", maintain_order=True)
    return lines.agg(record=pl.col("record").first(), count=pl.len())


def _error_rows(rows: pl.DataFrame) -> object:
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(_("record"), overflow="fold", max_width=26)
    table.add_column(_("table"), overflow="fold", max_width=21)
    table.add_column(_("row"), justify="right", no_wrap=True)
    table.add_column(_("problem"), overflow="fold", ratio=1)
    for line in rows.iter_rows(named=True):
        row = "" if line["row"] is None else str(line["row"])
        words = f"{line['message']} ({line['screen']})"
        who = line["record"] or "–"
        if line["count"] > 1:
            who = render(
                Message(AND_OTHERS, {"record": who, "count": line["count"] - 1}), language()
            )
        table.add_row(*(escape(printable(cell)) for cell in (who, line["table"], row, words)))
    return table


def write_findings(found: pl.DataFrame, path: Path) -> None:
    """Every finding as CSV."""
    write_rows(path, found.columns, found.rows())


def show_check(made: Made, found: pl.DataFrame) -> None:
    """What is wrong; in December also the results that are not typed yet (R58)."""
    if made.run.settings.symbolic:
        console().print(render(Message(SYMBOLIC), language()))
    show_findings(found, made.lang)
    show_checklist(made.load.checklist)


def show_checklist(lines: pl.DataFrame) -> None:
    """The classes with pending results, the first thirty."""
    from rich.table import Table

    if lines.is_empty():
        return
    out = console()
    out.print()
    out.print(render(Message(PENDING), language()))
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in (_("class"), _("unit"), _("students"), _("without result")):
        table.add_column(heading)
    for row in lines.head(MOST_SHOWN).iter_rows():
        table.add_row(*(printable(str(cell or "")) for cell in row))
    out.print(table)
    if lines.height > MOST_SHOWN:
        out.print("…")


def show_load(made: Made, tables: Mapping[str, pl.DataFrame]) -> None:
    """The load by situation, what is withheld, the findings by code."""
    import polars as pl
    from rich.table import Table

    out, lang = console(), language()
    load = tables["load"]
    if made.run.status == "preview":
        out.print(render(Message(PREVIEW), lang))
    if made.run.settings.symbolic:
        out.print(render(Message(SYMBOLIC), lang))
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(_("SCAE situation"))
    table.add_column(_("records"), justify="right")
    counted = load.group_by("operation", "situation").agg(n=pl.len())
    for operation, situation, number in counted.sort("operation", "situation").iter_rows():
        name = EXCLUSION if operation == "DELETE" else SITUATION_NAMES[str(situation)]
        label = f"{'' if situation is None else situation} {render(Message(name), lang)}".strip()
        table.add_row(label, f"{number}")
    out.print(table)
    out.print(render(Message(SENT, {"count": load.height}), lang))
    held = made.load.candidates.filter(outcome="error").height
    if held:
        out.print(render(Message(WITHHELD, {"count": held}), lang))
    out.print()
    show_findings(tables["findings"], lang)
    show_checklist(tables["checklist"])
