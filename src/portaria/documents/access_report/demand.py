"""Demand against seats: how many wrote each programme first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from portaria.core.messages import declare
from portaria.documents.access_report.speech import Speech
from portaria.documents.access_report.subsystems import points_by_subsystem
from portaria.documents.drawing import Axis, scatter
from portaria.documents.report import Cell, Picture, Section, Table, text_row
from portaria.regulations.access.report import Report

TITLE = declare("report-demand", "Demand and seats")
TEXT = declare(
    "report-demand-text",
    "In {more} of {programmes} programmes more candidates wrote it as their first option "
    "than it has seats; in {fewer} they were fewer than half the seats, and in {none} there were "
    "none.",
)
BANDS_TABLE = declare(
    "report-demand-bands", "Programmes by candidates in first option for each seat"
)
RATIO, NUMBER = (
    declare("report-ratio", "First options for each seat"),
    declare("report-programmes", "Programmes"),
)
SEATS, LEFT = declare("report-seats", "Seats"), declare("report-leftover", "Left over")
BAND_NONE = declare("report-band-none", "none")
BAND_BETWEEN = declare("report-band-between", "{low} to {high}")
BAND_OVER = declare("report-band-over", "{low} or more")
MOST_TABLE = declare("report-most-wanted", "The most wanted: first options for each seat")
PROGRAMME, FIRST = (
    declare("report-programme", "Programme"),
    declare("report-first", "First options"),
)
PICTURE = declare("report-demand-picture", "Seats and first options of every programme")
PICTURE_WORDS = declare(
    "report-demand-picture-words",
    "Points on two axes: seats across, first options up; above the dashed line there are more "
    "candidates in first option than seats ({more} of {programmes} programmes).",
)
AXIS_SEATS = declare("report-axis-seats", "seats")
AXIS_FIRST = declare("report-axis-first", "candidates in first option")
POINT = declare("report-demand-point", "{programme}: seats {seats}, first options {first}")

BANDS = ((0, 5), (5, 10), (10, 20), (20, 40), (40, 0))
"""Tenths of a candidate for each seat, from and below; 0 is no limit."""
SHOWN = 10
NONE = 0.5
"""Where no first option lies on a scale of powers of ten."""
MARKS = (1, 3, 10, 30, 100, 300, 1000, 3000, 10_000)


def demand(report: Report, speech: Speech) -> Section:
    """How first options stand against seats, by programme."""
    rows = report.programmes.filter(pl.col("seats") > 0)
    more = int((rows["first"] > rows["seats"]).sum())
    counts = {
        "more": more,
        "programmes": rows.height,
        "fewer": int((2 * rows["first"] < rows["seats"]).sum()),
        "none": int((rows["first"] == 0).sum()),
    }
    parts: list[Table | Picture] = [bands(rows, speech)]
    if rows.height > 1:
        words = speech.say(PICTURE_WORDS, more=more, programmes=rows.height)
        caption = speech.say(PICTURE)
        parts.append(Picture(_scatter(rows, speech), words, caption, 80))
    parts.append(most_wanted(rows, speech))
    return Section("demand", speech.say(TITLE), [speech.say(TEXT, **counts)], parts)


def bands(rows: pl.DataFrame, speech: Speech) -> Table:
    """Programmes by first options for each seat."""
    ratio = 10 * pl.col("first")
    cut = [(speech.say(BAND_NONE), rows.filter(pl.col("first") == 0))]
    for low, high in BANDS:
        of_band = pl.col("first") > 0
        of_band &= ratio >= low * pl.col("seats")
        if high:
            of_band &= ratio < high * pl.col("seats")
            words = speech.say(BAND_BETWEEN, low=speech.tenths(low), high=speech.tenths(high))
        else:
            words = speech.say(BAND_OVER, low=speech.tenths(low))
        cut.append((words, rows.filter(of_band)))
    table = [
        text_row(
            words,
            Cell(speech.number(band.height), band.height / max(1, rows.height)),
            speech.number(int(band["seats"].sum())),
            speech.number(int(band["leftover"].sum())),
        )
        for words, band in cut
    ]
    header = [speech.say(code) for code in (RATIO, NUMBER, SEATS, LEFT)]
    return Table(speech.say(BANDS_TABLE), header, "lrrr", table)


def most_wanted(rows: pl.DataFrame, speech: Speech) -> Table:
    """The programmes with most first options for each seat."""
    ratio = pl.col("first") * 1_000_000 // pl.col("seats")
    top = rows.sort(ratio, "programme", descending=[True, False]).head(SHOWN)
    most = max((row["first"] / row["seats"] for row in top.iter_rows(named=True)), default=1) or 1
    table = [
        text_row(
            speech.programme(row),
            speech.number(row["seats"]),
            speech.number(row["first"]),
            Cell(
                speech.tenths(round(10 * row["first"] / row["seats"])),
                row["first"] / row["seats"] / most,
            ),
        )
        for row in top.iter_rows(named=True)
    ]
    header = [speech.say(code) for code in (PROGRAMME, SEATS, FIRST, RATIO)]
    return Table(speech.say(MOST_TABLE), header, "lrrr", table)


def _scatter(rows: pl.DataFrame, speech: Speech) -> str:
    """Seats and first options, both by powers of ten; no first option lies on the lowest line."""
    marks = [(mark, speech.number(mark)) for mark in MARKS]
    least = max(mark for mark in MARKS if mark <= min(rows["seats"]))
    x = Axis(speech.say(AXIS_SEATS), marks, least, _edge(rows["seats"]), powers=True)
    y = Axis(speech.say(AXIS_FIRST), [(NONE, "0"), *marks], NONE, _edge(rows["first"]), powers=True)

    def words(row: Mapping[str, Any]) -> str:
        counts = {"seats": row["seats"], "first": row["first"]}
        return speech.say(POINT, programme=speech.programme(row), **counts)

    groups, points = points_by_subsystem(rows, "seats", "first", words, speech)
    return scatter(points, x, y, groups, diagonal=True)


def _edge(counts: pl.Series) -> int:
    """The first mark that no count exceeds."""
    most = max(10, *counts)
    return next((mark for mark in MARKS if mark >= most), most)
