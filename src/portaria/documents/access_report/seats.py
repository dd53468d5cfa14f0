"""Where seats were opened, and where they stayed empty."""

from __future__ import annotations

import polars as pl

from portaria.core.messages import declare
from portaria.documents.access_report.demand import PROGRAMME, SEATS
from portaria.documents.access_report.overview import COUNT
from portaria.documents.access_report.speech import Speech
from portaria.documents.report import Cell, Section, Table, text_row
from portaria.regulations.access.report import Report

OPENED = declare("report-opened", "Where seats were opened")
OPENED_TEXT = declare(
    "report-opened-text",
    "Seats were opened beyond those fixed in {programmes} programmes: {ties} by ties and "
    "{additional} because of candidates placed without a final grade.",
)
OPENED_BY_TIES = declare(
    "report-opened-by-ties",
    "Seats were opened beyond those fixed in {programmes} programmes: {ties} by ties.",
)
NOT_OPENED = declare("report-not-opened", "No seat was opened beyond those fixed.")
OPENED_TABLE = declare("report-opened-table", "Programmes where seats were opened")
BY_TIES, FURTHER = declare("report-by-ties", "By ties"), declare("report-further", "Further seats")
MORE = declare(
    "report-more",
    "The table shows the {shown} where most were opened.",
)
EMPTY = declare("report-empty", "Where seats stayed empty")
EMPTY_TEXT = declare(
    "report-empty-text",
    "Seats are left over in {programmes} of {all} programmes; in {empty} nobody was placed, and in "
    "{half} fewer than half the seats were taken.",
)
NOT_EMPTY = declare("report-not-empty", "No seat is left over.")
WITHOUT_TABLE = declare("report-without-table", "Programmes without anybody placed")
LEFT_TABLE = declare("report-left-table", "Programmes with most seats left over")
LEFT = declare("report-left-seats", "Left over")
SHOWN = 20


def opened(report: Report, speech: Speech) -> Section:
    """The programmes with seats beyond those fixed, the most first."""
    beyond = pl.col("tie_extra") + pl.col("additional")
    rows = report.programmes.filter(beyond > 0)
    if rows.is_empty():
        return Section("opened", speech.say(OPENED), [speech.say(NOT_OPENED)])
    counts = {"ties": report.glance.tie_extra, "additional": report.glance.additional}
    told = OPENED_TEXT if report.additional_clause else OPENED_BY_TIES
    text = [speech.say(told, programmes=rows.height, **counts)]
    if rows.height > SHOWN:
        text.append(speech.say(MORE, shown=SHOWN))
    names = ("seats", "placed", "tie_extra", "additional")
    top = rows.sort(beyond, "programme", descending=[True, False]).head(SHOWN)
    table = [
        text_row(speech.programme(row), *(speech.number(row[name]) for name in names))
        for row in top.iter_rows(named=True)
    ]
    header = [speech.say(code) for code in (PROGRAMME, SEATS, COUNT, BY_TIES, FURTHER)]
    part = Table(speech.say(OPENED_TABLE), header, "lrrrr", table)
    return Section("opened", speech.say(OPENED), text, [part])


def empty(report: Report, speech: Speech) -> Section:
    """Programmes left empty or nearly so."""
    rows = report.programmes.filter(pl.col("leftover") > 0)
    without = report.programmes.filter((pl.col("placed") == 0) & (pl.col("seats") > 0))
    if rows.is_empty():
        return Section("empty", speech.say(EMPTY), [speech.say(NOT_EMPTY)])
    text = speech.say(
        EMPTY_TEXT,
        programmes=rows.height,
        all=report.programmes.height,
        empty=without.height,
        half=int((2 * rows["leftover"] > rows["seats"]).sum()),
    )
    parts = []
    if without.height:
        header = [speech.say(code) for code in (PROGRAMME, SEATS)]
        table = [
            text_row(speech.programme(row), speech.number(row["seats"]))
            for row in without.iter_rows(named=True)
        ]
        parts.append(Table(speech.say(WITHOUT_TABLE), header, "lr", table))
    top = rows.sort("leftover", "programme", descending=[True, False]).head(SHOWN)
    header = [speech.say(code) for code in (PROGRAMME, SEATS, COUNT, LEFT)]
    table = [
        text_row(
            speech.programme(row),
            speech.number(row["seats"]),
            speech.number(row["placed"]),
            Cell(speech.number(row["leftover"]), row["leftover"] / row["seats"]),
        )
        for row in top.iter_rows(named=True)
    ]
    parts.append(Table(speech.say(LEFT_TABLE), header, "lrrr", table))
    return Section("empty", speech.say(EMPTY), [text], parts)
