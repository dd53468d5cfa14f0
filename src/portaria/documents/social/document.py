"""The maxima as a page: the last ones, the chart, the table, the IAS with its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from portaria import __version__
from portaria.core.edition import Edition
from portaria.core.messages import declare, show
from portaria.core.rounding import TENTH, Rounding, round_to
from portaria.documents.citation import cite
from portaria.documents.report import Document, Figure, Section
from portaria.documents.sentence import sentence
from portaria.documents.social.series import ias_table, maxima_table, picture
from portaria.documents.social.words import meanings, money, percent
from portaria.regulations.social.series import Year

TITLE = declare("social-title", "Maximum prices of student services")
SUBTITLE = declare("social-subtitle", "Lei n.º 71/2017, from {first} to {last}")
MEAL_NOW = declare("social-figure-meal", "EUR a subsidised meal, {year}")
BED_NOW = declare("social-figure-bed", "EUR a month, bed of a grant holder, {year}")
IAS_NOW = declare("social-figure-ias", "EUR, the IAS of {year}")
GROWTH = declare("social-figure-growth", "since {year}: both prices follow the IAS")
OVERVIEW = declare("social-overview", "How they went")
LAW = declare(
    "social-law",
    "A subsidised meal costs at most {meal} of the IAS ({meal_clause}), a month in a residence of "
    "the social services at most {bed} for a grant holder ({bed_clause}). The IAS of a year makes "
    "the prices from {day} of that year on: the one of January changes nothing before.",
)
CENTS = declare(
    "social-cents-cut",
    "The maximum in cents is cut off, since it is a maximum; whether a price is over is decided "
    "by the exact share.",
)
MAXIMA, IAS = declare("social-maxima", "Every year"), declare("social-ias", "Where the IAS stands")
EXTRAS = declare(
    "social-no-extras",
    "Nothing may be charged on top but services that the student asked for ({clause}).",
)
FIGURES = declare("social-figures", "The last prices that are known")
CONTENTS = declare("social-contents", "Contents")
SKIP = declare("social-skip", "Skip to the text")
FILTER = declare("social-filter", "Show only the rows with:")
LEFT_OUT = declare("social-left-out", "The table is too long for pages.")
READINGS = declare(
    "social-readings",
    "Where the text leaves something open, these readings hold: {readings}. The program interprets "
    "the law and is not the law.",
)
ORIGIN = declare(
    "social-origin",
    "Made by Portaria {version} ({edition}, checked on {checked}). Prices after {last} are not "
    "known: their IAS is not.",
)


def document(
    years: Sequence[Year], edition: Edition, readings: Mapping[str, str], lang: str
) -> Document:
    """The page in a language; `years`: the series under the `readings`."""
    first, last = years[0], years[-1]
    extras = sentence(EXTRAS, lang, edition.clause("social-extras"))
    return Document(
        lang=lang,
        title=sentence(TITLE, lang),
        subtitle=sentence(SUBTITLE, lang, first=first.academic_year, last=last.academic_year),
        figures=figures(first, last, lang),
        sections=[
            Section(
                "overview",
                sentence(OVERVIEW, lang),
                [_law(years, edition, lang), extras],
                [picture(years, lang)],
            ),
            Section("maxima", sentence(MAXIMA, lang), _cents(readings, lang),
                    [maxima_table(years, lang)]),
            Section("ias", sentence(IAS, lang), [], [ias_table(years, lang)]),
        ],
        foot=_foot(last, edition, readings, lang),
        words={
            "figures": sentence(FIGURES, lang),
            "contents": sentence(CONTENTS, lang),
            "skip": sentence(SKIP, lang),
            "filter": sentence(FILTER, lang),
            "left_out": sentence(LEFT_OUT, lang),
        },
    )  # fmt: skip


def figures(first: Year, last: Year, lang: str) -> list[Figure]:
    """The last prices, their IAS, and how far they are from the first."""
    year = last.academic_year
    growth = round_to((last.ias.value / first.ias.value - 1) * 100, TENTH, Rounding.HALF_UP)
    return [
        Figure(money(last.meal.cents, lang), sentence(MEAL_NOW, lang, year=year)),
        Figure(money(last.bed.cents, lang), sentence(BED_NOW, lang, year=year)),
        Figure(money(last.ias.value, lang), sentence(IAS_NOW, lang, year=str(last.ias.year))),
        Figure(
            f"+{percent(Fraction(growth) / 100, lang)}",
            sentence(GROWTH, lang, year=first.academic_year),
        ),
    ]


def _law(years: Sequence[Year], edition: Edition, lang: str) -> str:
    meal, bed = years[-1].meal, years[-1].bed
    last = years[-1].span.valid_from
    return sentence(
        LAW,
        lang,
        meal=percent(meal.share, lang),
        bed=percent(bed.share, lang),
        meal_clause=cite(edition.clause("social-meal"), lang),
        bed_clause=cite(edition.clause("social-bed"), lang),
        day=_day_and_month(last, lang),
    )


def _day_and_month(day: date, lang: str) -> str:
    from babel.dates import format_skeleton

    return str(format_skeleton("MMMMd", day, locale=lang.replace("-", "_")))


def _cents(readings: Mapping[str, str], lang: str) -> list[str]:
    """Said only where it is so."""
    own = readings["rounding"] == "truncate" and readings["compared"] == "exact"
    return [sentence(CENTS, lang)] if own else []


def _foot(last: Year, edition: Edition, readings: Mapping[str, str], lang: str) -> list[str]:
    meant = "; ".join(meanings(readings, lang))
    checked = max(each.checked_on for each in edition.parameters.values())
    origin = sentence(
        ORIGIN,
        lang,
        version=__version__,
        edition=edition.title,
        checked=show(checked, lang),
        last=show(last.span.valid_until, lang),
    )
    return [sentence(READINGS, lang, readings=meant), origin]
