"""What was withheld and what was found, by code: errors first, then warnings, then the rest."""

from __future__ import annotations

from portaria.core.messages import declare
from portaria.documents.report import Section, Table, text_row
from portaria.documents.scae_report.overview import NOTHING_WITHHELD, WITHHELD
from portaria.documents.scae_report.speech import NONE, Speech
from portaria.documents.scae_words import FINDING_MEANINGS
from portaria.regulations.scae.report import Summary
from portaria.regulations.scae.report_counts import FindingCount

TITLE = declare("scae-report-findings", "What was withheld and why")
UNCOMPUTED = declare(
    "scae-report-uncomputed",
    "For {uncomputed} of them not even a record could be computed, because of a fault in the "
    "source; the others stand in withheld.csv.",
)
NO_FINDINGS = declare("scae-report-no-findings", "Nothing was found to mend.")
TWICE = declare(
    "scae-report-withheld-twice",
    "A record withheld for two codes counts in both. An error on hours or on a discipline "
    "withholds no record. Each finding, with its row and screen, is in findings.csv.",
)
CAPTIONS = {
    "error": declare("scae-report-errors", "Errors: mend them and make the load again"),
    "warning": declare("scae-report-warnings", "Warnings: sent all the same, worth a look"),
    "info": declare("scae-report-infos", "For information"),
}
CODE = declare("scae-report-code", "Critique")
MEANING = declare("scae-report-meaning", "What it means")
SCREEN = declare("scae-report-screen", "Where to mend it")
EXAMPLES = declare("scae-report-examples", "Examples")
FINDINGS = declare("scae-report-count", "Findings")
KEPT_OUT = declare("scae-report-kept-out", "Withheld")

LONGEST = 24


def found(summary: Summary, speech: Speech) -> Section:
    """Counts by code; never the list itself, which may have hundreds of thousands of rows."""
    withheld = speech.count(NOTHING_WITHHELD, WITHHELD, summary.withheld + summary.uncomputed)
    if summary.uncomputed:
        withheld += " " + speech.say(UNCOMPUTED, uncomputed=summary.uncomputed)
    closing = speech.say(TWICE if summary.findings else NO_FINDINGS)
    parts = []
    for severity, caption in CAPTIONS.items():
        rows = [finding for finding in summary.findings if finding.severity == severity]
        if rows:
            parts.append(_table(rows, speech.say(caption), severity == "error", speech))
    return Section("findings", speech.say(TITLE), [withheld, closing], parts)


def _table(rows: list[FindingCount], caption: str, errors: bool, speech: Speech) -> Table:
    """Only errors withhold. Counts come before the words: a phone shows the first columns."""
    codes = (CODE, FINDINGS, *((KEPT_OUT,) if errors else ()), MEANING, SCREEN, EXAMPLES)
    table = [
        text_row(
            row.code,
            speech.number(row.count),
            *((speech.number(row.kept_out),) if errors else ()),
            speech.say(FINDING_MEANINGS[row.code]) if row.code in FINDING_MEANINGS else NONE,
            "; ".join(row.screens) or NONE,
            ", ".join(_cut(example) for example in row.examples) or NONE,
        )
        for row in rows
    ]
    header = [speech.say(code) for code in codes]
    return Table(caption, header, "l" + "r" * (len(codes) - 4) + "lll", table)


def _cut(example: str) -> str:
    return example if len(example) <= LONGEST else example[: LONGEST - 1] + "…"
