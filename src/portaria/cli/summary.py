"""The summary a person reads after a placement: who was placed, where seats are, what was hard."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from portaria.cli.show import console
from portaria.cli.words import _, language
from portaria.core.messages import show
from portaria.documents.access_words import quota_name
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.reasons import QUOTAS

HARDEST = 5


def show_summary(tables: Mapping[str, pl.DataFrame], contest: Contest) -> None:
    """Print totals, options, quotas, seats and the hardest programmes."""
    from rich.table import Table

    lang = language()
    placements, seats = tables["placements"], tables["seats"]
    placed = placements.filter(pl.col("result") == "placed")
    out = console()
    out.print()
    out.print(f"[bold]{contest.edition.title}[/bold]")
    totals = Table(box=None, show_header=False, pad_edge=False)
    totals.add_column()
    totals.add_column(justify="right")
    totals.add_column(justify="right")
    everyone = placements.height

    def line(words: str, count: int, of: int | None = None) -> None:
        share = "" if not of else f"{show_percent(count, of, lang)}"
        totals.add_row(words, show(count, lang), share)

    line(_("candidates"), everyone)
    line(_("placed"), placed.height, everyone)
    for order, count in placed.group_by("option").len().sort("option").iter_rows():
        line("   " + _("in option {order}").format(order=order), count, placed.height)
    line(_("not placed"), placements.filter(pl.col("result") == "not_placed").height, everyone)
    line(_("excluded"), placements.filter(pl.col("result") == "excluded").height, everyone)
    sums = {
        name: int(seats[name].sum()) for name in ("seats", "leftover", "tie_extra", "additional")
    }
    line(_("seats"), sums["seats"])
    line(_("left over"), sums["leftover"], sums["seats"])
    line(_("opened by ties"), sums["tie_extra"])
    line(_("further seats (art. 9/2)"), sums["additional"])
    out.print(totals)
    used = dict(placed.group_by("quota").len().iter_rows())
    special = [q for q in QUOTAS[:-2] if used.get(q)]
    if special:
        out.print()
        names = (f"{_quota(q, lang)} {show(used[q], lang)}" for q in special)
        out.print(_("Placed by quotas and preferences:") + " " + ", ".join(names) + ".")
    _hardest(tables, contest, lang)


def _quota(quota: str, lang: str) -> str:
    from portaria.core.messages import render

    return render(quota_name(quota), lang)


def show_percent(count: int, of: int, lang: str) -> str:
    """A share with one decimal, for people to read; no decision rests on it."""
    from decimal import Decimal

    tenths = (count * 2000 + of) // (of * 2)
    return f"{show(Decimal(tenths).scaleb(-1), lang)} %"


def _hardest(tables: Mapping[str, pl.DataFrame], contest: Contest, lang: str) -> None:
    from rich.table import Table

    names = contest.tables["programmes"].select("programme", "course_name", "institution_name")
    hardest = (
        tables["last_placed"]
        .filter(pl.col("quota") == "general")
        .with_columns(points=pl.col("grade").str.replace(".", "", literal=True).cast(pl.Int64))
        .sort("points", "programme", descending=[True, False])
        .head(HARDEST)
        .join(names, on="programme", how="left", maintain_order="left")
    )
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(_("last placed"), justify="right")
    table.add_column(_("hardest programmes"))
    for row in hardest.iter_rows(named=True):
        grade = row["grade"] if lang == "en" else row["grade"].replace(".", ",")
        where = ", ".join(filter(None, (row["course_name"], row["institution_name"])))
        table.add_row(grade, f"{where} ({row['programme']})")
    out = console()
    out.print()
    out.print(table)
