"""Last grades in the general quota, and how they changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from portaria.core.messages import declare
from portaria.documents.access_report.demand import PROGRAMME
from portaria.documents.access_report.speech import Speech
from portaria.documents.access_report.subsystems import points_by_subsystem
from portaria.documents.drawing import Axis, scatter
from portaria.documents.report import Cell, Picture, Section, Table, text_row
from portaria.regulations.access.report import Compared, Report

TITLE = declare("report-grades", "Last grades")
TEXT = declare(
    "report-grades-text",
    "The last one placed in the general quota has a grade in {programmes} programmes: from {least} "
    "to {most}, half of them at {median} or above.",
)
NO_GRADES = declare("report-no-grades", "Nobody was placed in the general quota.")
AGAINST = declare(
    "report-against",
    "Against {label}, of {programmes} programmes with a last grade in both, {higher} rose and "
    "{lower} fell.",
)
ORDER = declare(
    "report-order",
    "The order of the programmes by last grade agrees with that one at {correlation} (rank "
    "correlation: 1 is the same order, 0 is none).",
)
BANDS_TABLE = declare("report-grade-bands", "Programmes by last grade")
BAND, NOW = declare("report-band", "Last grade"), declare("report-now", "Programmes")
BEFORE = declare("report-before", "Programmes in {label}")
BETWEEN = declare("report-grade-between", "{low} to {high}")
HIGHEST = declare("report-highest", "The highest last grades")
RISES = declare("report-rises", "The greatest rises")
FALLS = declare("report-falls", "The greatest falls")
GRADE = declare("report-last-grade", "Last grade")
FORMER = declare("report-former", "Former")
CHANGE = declare("report-change", "Change")
PICTURE = declare("report-grades-picture", "Last grades now and in {label}")
PICTURE_WORDS = declare(
    "report-grades-picture-words",
    "Points on two axes: the former last grade across, this one up; above the dashed line the "
    "grade rose ({higher} programmes), below it fell ({lower}).",
)
AXIS_BEFORE = declare("report-axis-before", "last grade in {label}")
AXIS_NOW = declare("report-axis-now", "last grade now")
POINT = declare("report-grade-point", "{programme}: {last}, formerly {former}")
BANDS = (
    (0, 950),
    (950, 1100),
    (1100, 1250),
    (1250, 1400),
    (1400, 1550),
    (1550, 1700),
    (1700, 2001),
)
LIMITS = (900, 2000)
SHOWN = 10


def last_grades(report: Report, speech: Speech) -> Section:
    """The last grades, and their change against the former contest where one is given."""
    rows, compared = report.programmes, report.compared
    known = rows.drop_nulls("last_grade")
    if known.is_empty():
        return Section("grades", speech.say(TITLE), [speech.say(NO_GRADES)])
    grades = known["last_grade"].sort()
    text = [
        speech.say(
            TEXT,
            programmes=known.height,
            least=speech.tenths(grades[0]),
            most=speech.tenths(grades[-1]),
            median=speech.tenths(grades[len(grades) // 2]),
        )
    ]
    highest = known.sort("last_grade", "programme", descending=[True, False])
    parts: list[Table | Picture] = [
        bands(rows, compared, speech),
        listed(HIGHEST, highest, compared, speech),
    ]
    if compared:
        text.append(_against(compared, speech))
    both = rows.drop_nulls("change")
    if compared and both.height > 1:
        words = speech.say(PICTURE_WORDS, higher=compared.higher, lower=compared.lower)
        caption = speech.say(PICTURE, label=compared.label)
        parts.insert(1, Picture(_scatter(both, compared.label, speech), words, caption, 80))
        up = both.filter(pl.col("change") > 0)
        down = both.filter(pl.col("change") < 0)
        up = up.sort("change", "programme", descending=[True, False])
        parts.append(listed(RISES, up, compared, speech))
        parts.append(listed(FALLS, down.sort("change", "programme"), compared, speech))
    return Section("grades", speech.say(TITLE), text, parts)


def _against(compared: Compared, speech: Speech) -> str:
    counts = {"higher": compared.higher, "lower": compared.lower}
    sentence = speech.say(AGAINST, label=compared.label, programmes=compared.programmes, **counts)
    if compared.correlation is None:
        return sentence
    shown = f"{compared.correlation:.2f}"
    value = shown if speech.lang == "en" else shown.replace(".", ",")
    return sentence + " " + speech.say(ORDER, correlation=value)


def bands(rows: pl.DataFrame, compared: Compared | None, speech: Speech) -> Table:
    """How many programmes have their last grade between which limits, now and before."""
    columns = [("last_grade", speech.say(NOW))]
    if compared:
        columns.append(("former_grade", speech.say(BEFORE, label=compared.label)))
    table = []
    for low, high in BANDS:
        counts = [int(rows[name].is_between(low, high - 1).sum()) for name, _words in columns]
        if not low and not any(counts):
            continue
        words = speech.say(BETWEEN, low=speech.tenths(low), high=speech.tenths(min(high - 1, 2000)))
        cells = [Cell(speech.number(count), count / rows.height) for count in counts]
        table.append(text_row(words, *cells))
    header = [speech.say(BAND), *(words for _name, words in columns)]
    return Table(speech.say(BANDS_TABLE), header, "l" + "r" * len(columns), table)


def listed(code: str, rows: pl.DataFrame, compared: Compared | None, speech: Speech) -> Table:
    """The first programmes of `rows` with their grades."""
    header = [speech.say(PROGRAMME), speech.say(GRADE)]
    table = [
        [speech.programme(row), speech.tenths(row["last_grade"])]
        + ([speech.tenths(row["former_grade"]), speech.change(row["change"])] if compared else [])
        for row in rows.head(SHOWN).iter_rows(named=True)
    ]
    if compared:
        header += [speech.say(FORMER), speech.say(CHANGE)]
    align = "lrrr" if compared else "lr"
    return Table(speech.say(code), header, align, [text_row(*row) for row in table])


def _scatter(rows: pl.DataFrame, label: str, speech: Speech) -> str:
    marks = [(value, speech.number(value // 10)) for value in range(1000, 2001, 200)]
    across = Axis(speech.say(AXIS_BEFORE, label=label), marks, *LIMITS)
    up = Axis(speech.say(AXIS_NOW), marks, *LIMITS)

    def words(row: Mapping[str, Any]) -> str:
        grades = {name: speech.tenths(row[f"{name}_grade"]) for name in ("last", "former")}
        return speech.say(POINT, programme=speech.programme(row), **grades)

    groups, points = points_by_subsystem(rows, "former_grade", "last_grade", words, speech)
    return scatter(points, across, up, groups, diagonal=True)
