"""The whole report: its numbers, its sections in turn, and what stands at its foot."""

from __future__ import annotations

from portaria.core.messages import declare
from portaria.documents.access_report.demand import demand
from portaria.documents.access_report.grades import last_grades
from portaria.documents.access_report.overview import options, overview, quotas
from portaria.documents.access_report.places import every_programme, regions
from portaria.documents.access_report.seats import empty, opened
from portaria.documents.access_report.speech import Speech
from portaria.documents.access_words import readings_in_force
from portaria.documents.report import Document, Figure
from portaria.regulations.access.report import Report

TITLE = declare("report-title", "Report of the contest")
SUBTITLE = declare("report-subtitle", "{title}, phase {phase}")
FIGURES = declare("report-figures", "The contest in numbers")
CONTENTS = declare("report-contents", "Contents")
SKIP = declare("report-skip", "Skip to the text")
LEFT_OUT = declare(
    "report-left-out",
    "They are too many for pages: the report as HTML has the table, and so does seats.csv.",
)
FILTER = declare("report-filter", "Show only the rows with:")
CANDIDATES = declare("figure-candidates", "candidates")
PLACED = declare("figure-placed", "placed: {share} of the candidates")
FIRST = declare("figure-first", "of the placed in their first option")
THREE = declare("figure-three", "of the placed in one of the first three")
SEATS = declare("figure-seats", "seats in {programmes} programmes")
LEFT = declare("figure-left", "seats left over: {share}")
OPENED = declare("figure-opened", "seats opened beyond those fixed")
EMPTY = declare("figure-empty", "programmes without anybody placed")
ORIGIN = declare(
    "report-origin",
    "Made by Portaria {version} (rules {rules}) from the results whose placements.csv has the "
    "SHA-256 {digest}. Percentages are rounded to the tenth.",
)


def document(report: Report, lang: str | None = None) -> Document:
    """The report in `lang`, or in the language of the edition."""
    manifest = report.manifest
    speech = Speech(lang or manifest["language"])
    sections = [
        overview(report, speech),
        options(report, speech),
        demand(report, speech),
        last_grades(report, speech),
        quotas(report, speech),
        opened(report, speech),
        empty(report, speech),
        regions(report, speech),
        every_programme(report, speech),
    ]
    readings = readings_in_force(manifest["readings"], speech.lang)
    origin = speech.say(
        ORIGIN,
        version=manifest["version"],
        rules=manifest["rules_version"],
        digest=manifest["outputs"]["placements"]["sha256"],
    )
    return Document(
        lang=speech.lang,
        title=speech.say(TITLE),
        subtitle=speech.say(SUBTITLE, title=manifest["edition_title"], phase=manifest["phase"]),
        figures=figures(report, speech),
        sections=[section for section in sections if section],
        foot=[readings, origin],
        words={
            "figures": speech.say(FIGURES),
            "contents": speech.say(CONTENTS),
            "skip": speech.say(SKIP),
            "filter": speech.say(FILTER),
            "left_out": speech.say(LEFT_OUT),
        },
    )


def figures(report: Report, speech: Speech) -> list[Figure]:
    """The numbers that stand first."""
    told, number, percent = report.glance, speech.number, speech.percent
    three = sum(count for order, count in told.by_option.items() if order <= 3)
    programmes = report.programmes.height
    left = speech.say(LEFT, share=percent(told.leftover, told.seats))
    without = int((report.programmes["placed"] == 0).sum())
    return [
        Figure(number(told.candidates), speech.say(CANDIDATES)),
        Figure(
            number(told.placed), speech.say(PLACED, share=percent(told.placed, told.candidates))
        ),
        Figure(percent(told.by_option.get(1, 0), told.placed), speech.say(FIRST)),
        Figure(percent(three, told.placed), speech.say(THREE)),
        Figure(number(told.seats), speech.say(SEATS, programmes=programmes)),
        Figure(number(told.leftover), left),
        Figure(number(told.tie_extra + (told.additional or 0)), speech.say(OPENED)),
        Figure(number(without), speech.say(EMPTY)),
    ]
