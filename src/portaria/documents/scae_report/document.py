"""The whole summary of a load: its figures, its sections in turn, and what stands at its foot."""

from __future__ import annotations

from portaria.core.messages import declare
from portaria.documents.report import Document
from portaria.documents.scae_report.checklist import checklist
from portaria.documents.scae_report.found import found
from portaria.documents.scae_report.ledger import hours, reconciliation
from portaria.documents.scae_report.overview import figures, overview
from portaria.documents.scae_report.speech import Speech
from portaria.documents.scae_report.totals import levels, situations, units
from portaria.regulations.scae.report import Summary

TITLE = declare("scae-report-title", "Summary of the SCAE load")
SUBTITLES = {
    "final": declare("scae-report-subtitle", "{month}, state {state}: final load"),
    "preview": declare("scae-report-subtitle-preview", "{month}, state {state}: preview"),
}
SUBTITLES_OF_A_PART = {
    "final": declare(
        "scae-report-subtitle-part", "{month}, state {state}: part of the load, filtered"
    ),
    "preview": declare(
        "scae-report-subtitle-preview-part", "{month}, state {state}: part of a preview, filtered"
    ),
}
FIGURES = declare("scae-report-figures", "The load in numbers")
CONTENTS = declare("scae-report-contents", "In this summary")
SKIP = declare("scae-report-skip", "Go to the text")
FILTER = declare("scae-report-filter", "Show only the rows that have:")
LEFT_OUT = declare(
    "scae-report-left-out",
    "The table is too long for pages: the summary as HTML has it, and so have the CSV files of the "
    "results.",
)
READINGS = declare(
    "scae-report-readings",
    "Where the text leaves something open, this load follows these readings: {readings}. The "
    "program interprets the text and is not the rule.",
)
ORIGIN = declare(
    "scae-report-origin",
    "Made by Portaria {version} ({edition}; rules {rules}, mapping {mapping}) from the results "
    "whose load.csv has the SHA-256 {digest}. Percentages are rounded to the tenth.",
)


def document(summary: Summary, lang: str | None = None) -> Document:
    """The summary in `lang`, or in the language of the edition."""
    manifest = summary.manifest
    speech = Speech(lang or manifest["language"])
    sections = [
        overview(summary, speech),
        found(summary, speech),
        levels(summary, speech),
        situations(summary, speech),
        units(summary, speech),
        reconciliation(summary, speech),
        hours(summary, speech),
        checklist(summary, speech),
    ]
    subtitles = SUBTITLES_OF_A_PART if manifest["filters"] else SUBTITLES
    month = speech.month(manifest["month"])
    told = {"month": month[:1].upper() + month[1:], "state": manifest["state"]}
    return Document(
        lang=speech.lang,
        title=speech.say(TITLE),
        subtitle=speech.say(subtitles[manifest["status"]], **told),
        figures=figures(summary, speech),
        sections=[section for section in sections if section],
        foot=_foot(summary, speech),
        words={
            "figures": speech.say(FIGURES),
            "contents": speech.say(CONTENTS),
            "skip": speech.say(SKIP),
            "filter": speech.say(FILTER),
            "left_out": speech.say(LEFT_OUT),
        },
    )


def _foot(summary: Summary, speech: Speech) -> list[str]:
    """The readings as scae.toml names them, and where the summary comes from."""
    manifest = summary.manifest
    readings = "; ".join(f"{name} = {choice}" for name, choice in manifest["readings"].items())
    origin = speech.say(
        ORIGIN,
        version=manifest["version"],
        edition=manifest["edition_title"],
        rules=manifest["rules_version"],
        mapping=manifest["mapping_version"],
        digest=manifest["outputs"]["load"]["sha256"],
    )
    return [speech.say(READINGS, readings=readings), origin]
