"""The maxima of every known year: as data, as tables, as a drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from portaria.core.edition import Edition
from portaria.core.messages import declare, show
from portaria.documents.numbers import in_figures
from portaria.documents.report import Cell, Picture, Table, text_row
from portaria.documents.sentence import sentence
from portaria.documents.social.chart import Line, Step, chart
from portaria.documents.social.words import money, plain
from portaria.regulations.social.model import BED, MEAL, Maximum
from portaria.regulations.social.series import Year

CAPTION = declare("social-series", "Maximum prices by academic year, in EUR")
HEAD = {
    "year": declare("social-head-year", "Academic year"),
    "first": declare("social-head-first", "From"),
    "last": declare("social-head-last", "Until"),
    "ias": declare("social-head-ias", "IAS"),
    "meal": declare("social-head-meal", "Meal"),
    "bed": declare("social-head-bed", "Bed, a month"),
    "meal_exact": declare("social-head-meal-exact", "Meal, exact"),
    "bed_exact": declare("social-head-bed-exact", "Bed, exact"),
}
SHORT = {
    "bed": declare("social-short-bed", "Bed"),
    "bed_exact": declare("social-short-bed-exact", "Bed exact"),
}
"""The headings of a terminal of 80 columns, where they differ."""
EXACT = {MEAL: 6, BED: 5}
"""Decimals of an exact share of an IAS in whole cents, so that they stand below one another."""
COLUMNS = ("year", "first", "last", "ias", "meal", "meal_exact", "bed", "bed_exact")
IAS_CAPTION = declare("social-ias-table", "The IAS behind them, in EUR a month")
IAS_HEAD = {
    "year": declare("social-ias-head-year", "Calendar year"),
    "value": declare("social-ias-head-value", "Value"),
    "source": declare("social-ias-head-source", "Source"),
    "checked": declare("social-ias-head-checked", "Checked on"),
}
PICTURE = declare("social-picture", "Maximum prices, in EUR, as they hold")
PICTURE_WORDS = declare(
    "social-picture-words",
    "Two lines in steps, one a price, from {first} to {last}. The meal goes from {meal_first} to "
    "{meal_last} EUR, the bed from {bed_first} to {bed_last}. The table has every number.",
)
TITLES = {
    MEAL: declare("social-line-meal", "Subsidised meal (EUR)"),
    BED: declare("social-line-bed", "Residence, a month, grant holder (EUR)"),
}
STEP = declare("social-step", "{year}: {amount} EUR, from {first} to {last}")
WIDE = 100


def row_of(years: Sequence[Year], edition: Edition, readings: Mapping[str, str]) -> dict[str, Any]:
    """The series as data: amounts as exact text, days in ISO."""
    return {
        "edition": edition.name,
        "title": edition.title,
        "readings": dict(readings),
        "series": [
            {
                "academic_year": each.academic_year,
                "valid_from": str(each.span.valid_from),
                "valid_until": str(each.span.valid_until),
                "ias": plain(each.ias.value),
                "ias_year": each.ias.year,
                "ias_source": each.ias.source,
                "ias_checked_on": str(each.ias.checked_on),
                "ias_confirmed": each.ias.confirmed,
                "meal": _maximum(each.meal),
                "bed": _maximum(each.bed),
            }
            for each in years
        ],
    }


def _maximum(most: Maximum) -> dict[str, Any]:
    return {"exact": plain(most.exact), "max": plain(most.cents), "clause": most.clause}


def maxima_table(years: Sequence[Year], lang: str, short: bool = False) -> Table:
    """One row a span of prices; short: with the headings of a narrow terminal."""
    rows = [
        text_row(
            each.academic_year,
            in_figures(each.span.valid_from, lang),
            in_figures(each.span.valid_until, lang),
            money(each.ias.value, lang),
            money(each.meal.cents, lang),
            money(each.meal.exact, lang, EXACT[MEAL]),
            money(each.bed.cents, lang),
            money(each.bed.exact, lang, EXACT[BED]),
        )
        for each in years
    ]
    heads = HEAD | SHORT if short else HEAD
    header = [sentence(heads[name], lang) for name in COLUMNS]
    return Table(sentence(CAPTION, lang), header, "lll" + "r" * 5, rows)


def ias_table(years: Sequence[Year], lang: str) -> Table:
    """One row a calendar year whose IAS makes prices."""
    known = {each.ias.year: each.ias for each in years}
    rows = [
        [Cell(str(ias.year)), Cell(money(ias.value, lang)), Cell(ias.source),
         Cell(in_figures(ias.checked_on, lang))]
        for ias in known.values()
    ]  # fmt: skip
    header = [sentence(code, lang) for code in IAS_HEAD.values()]
    return Table(sentence(IAS_CAPTION, lang), header, "lrlr", rows)


def drawing(years: Sequence[Year], lang: str) -> str:
    """The two lines as SVG."""
    lines = []
    for name, title in TITLES.items():
        steps = [_step(each, each.meal if name == MEAL else each.bed, lang) for each in years]
        lines.append(Line(sentence(title, lang), steps))
    return chart(lines, lang)


def picture(years: Sequence[Year], lang: str) -> Picture:
    """The drawing with its caption and the words that stand for it."""
    first, last = years[0], years[-1]
    words = sentence(
        PICTURE_WORDS,
        lang,
        first=first.academic_year,
        last=last.academic_year,
        meal_first=money(first.meal.cents, lang),
        meal_last=money(last.meal.cents, lang),
        bed_first=money(first.bed.cents, lang),
        bed_last=money(last.bed.cents, lang),
    )
    return Picture(drawing(years, lang), words, sentence(PICTURE, lang), WIDE)


def _step(year: Year, most: Maximum, lang: str) -> Step:
    span, amount = year.span, money(most.cents, lang)
    words = sentence(
        STEP,
        lang,
        year=year.academic_year,
        amount=amount,
        first=show(span.valid_from, lang),
        last=show(span.valid_until, lang),
    )
    return Step(span.valid_from, span.valid_until, most.cents, year.academic_year, amount, words)
