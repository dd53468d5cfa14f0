"""The few figures, and in a few words what the load is."""

from __future__ import annotations

from portaria.core.messages import declare
from portaria.documents.report import Figure, Section
from portaria.documents.scae_report.names import FILTER_NAMES
from portaria.documents.scae_report.speech import Speech
from portaria.regulations.scae.report import Summary
from portaria.regulations.scae.report_counts import Total

TITLE = declare("scae-report-overview", "In a few words")
NO_RECORDS = declare(
    "scae-report-no-records", "The load of {month}, state {state}, has no record to send."
)
RECORDS = declare(
    "scae-report-records",
    "The load of {month}, state {state}, sends {count} record to SCAE.",
    "The load of {month}, state {state}, sends {count} records to SCAE.",
)
NOTHING_WITHHELD = declare("scae-report-nothing-withheld", "Nothing of the month was withheld.")
WITHHELD = declare(
    "scae-report-withheld",
    "{count} record of the month was withheld and is not in it.",
    "{count} records of the month were withheld and are not in it.",
)
FINAL = declare("scae-report-final", "It is final: the month was over when it was made.")
PREVIEW = declare(
    "scae-report-preview",
    "It is a preview: the month was not over when it was made, and what is typed until its last "
    "day is still missing.",
)
UNFILTERED = declare("scae-report-unfiltered", "It is whole: no filter was set.")
FILTERED = declare(
    "scae-report-filtered",
    "It is only a part, filtered by {filters}: it is compared with no other load, and is no load "
    "of the month to send.",
)
COMPARED = declare("scae-report-compared", "Every comparison here is with the load of {month}.")
NOT_COMPARED = declare(
    "scae-report-not-compared", "There is nothing to compare with: the ledger knows no load before."
)
NOT_THE_MONTH_BEFORE = declare(
    "scae-report-not-the-month-before",
    "Attention: that is not the month just before; no load of it stands in the ledger.",
)
GONE = declare(
    "scae-report-units-gone",
    "Attention: {count} unit of that load has no record in this one.",
    "Attention: {count} units of that load have no record in this one.",
)

RECORD_FIGURE = (
    declare("scae-figure-record", "record in the load"),
    declare("scae-figure-records", "records in the load"),
)
STUDENT_FIGURE = (
    declare("scae-figure-student", "student inside"),
    declare("scae-figure-students", "students inside"),
)
EXIT_FIGURE = (
    declare("scae-figure-exit", "exit this month"),
    declare("scae-figure-exits", "exits this month"),
)
EXCLUSION_FIGURE = (
    declare("scae-figure-exclusion", "exclusion"),
    declare("scae-figure-exclusions", "exclusions"),
)
HOURS_FIGURE = declare("scae-figure-hours", "student-hours")
WITHHELD_FIGURE = (
    declare("scae-figure-withheld-one", "record withheld"),
    declare("scae-figure-withheld", "records withheld"),
)
ERROR_FIGURE = (
    declare("scae-figure-error", "error found"),
    declare("scae-figure-errors", "errors found"),
)
WARNING_FIGURE = (
    declare("scae-figure-warning", "warning"),
    declare("scae-figure-warnings", "warnings"),
)
BEFORE = declare("scae-figure-before", "{words} ({before} in {month})")
WITH_INFO = declare("scae-figure-with-info", "{words} (and {infos} for information)")


def figures(summary: Summary, speech: Speech) -> list[Figure]:
    """The numbers that stand first, with those of the load compared with."""
    now, before = summary.whole.now, summary.whole.before
    found = found_by_severity(summary)

    def figure(count: int, words: tuple[str, str], former: int | None = None) -> Figure:
        said = speech.say(words[count != 1])
        told = "" if former is None else speech.number(former)
        return Figure(speech.number(count), _with_before(said, told, summary, speech))

    hours = speech.whole_hours(before.hours) if before else ""
    told = _with_before(speech.say(HOURS_FIGURE), hours, summary, speech)
    warnings = figure(found["warning"], WARNING_FIGURE)
    if found["info"]:
        infos = speech.number(found["info"])
        words = speech.say(WITH_INFO, words=warnings.words, infos=infos)
        warnings = Figure(warnings.number, words)
    return [
        figure(now.records, RECORD_FIGURE, before.records if before else None),
        figure(summary.students_inside, STUDENT_FIGURE),
        figure(now.exits, EXIT_FIGURE, before.exits if before else None),
        figure(now.exclusions, EXCLUSION_FIGURE, before.exclusions if before else None),
        Figure(speech.whole_hours(now.hours), told),
        figure(summary.withheld + summary.uncomputed, WITHHELD_FIGURE),
        figure(found["error"], ERROR_FIGURE),
        warnings,
    ]


def found_by_severity(summary: Summary) -> dict[str, int]:
    """Findings by severity."""
    counts = {"error": 0, "warning": 0, "info": 0}
    for finding in summary.findings:
        counts[finding.severity] += finding.count
    return counts


def _with_before(words: str, before: str, summary: Summary, speech: Speech) -> str:
    if not before:
        return words
    month = speech.month(summary.compared, short=True)
    return speech.say(BEFORE, words=words, before=before, month=month)


def overview(summary: Summary, speech: Speech) -> Section:
    """The load in sentences: month, state, whether it is whole, what it is compared with."""
    manifest = summary.manifest
    what = {"month": speech.month(manifest["month"]), "state": manifest["state"]}
    sent = [
        speech.count(NO_RECORDS, RECORDS, summary.whole.now.records, **what),
        speech.count(NOTHING_WITHHELD, WITHHELD, summary.withheld + summary.uncomputed),
    ]
    state = [
        speech.say(FINAL if manifest["status"] == "final" else PREVIEW),
        _part(summary, speech),
    ]
    paragraphs = [" ".join(sent), " ".join(state)]
    if not manifest["filters"]:
        paragraphs.append(" ".join(_against(summary, speech)))
    return Section("overview", speech.say(TITLE), paragraphs)


def _part(summary: Summary, speech: Speech) -> str:
    """Whole, or what it was filtered by."""
    filters = summary.manifest["filters"]
    if not filters:
        return speech.say(UNFILTERED)
    named = (
        speech.say(FILTER_NAMES[name], value=_filter_value(name, value, speech))
        for name, value in filters.items()
    )
    return speech.say(FILTERED, filters=", ".join(named))


def _filter_value(name: str, value: str, speech: Speech) -> str:
    return speech.level(value) if name == "level" else value


def _against(summary: Summary, speech: Speech) -> list[str]:
    """What the load is compared with, and what that comparison should alarm."""
    if not summary.compared:
        return [speech.say(NOT_COMPARED)]
    told = [speech.say(COMPARED, month=speech.month(summary.compared))]
    if summary.compared != month_before(summary.manifest["month"]):
        told.append(speech.say(NOT_THE_MONTH_BEFORE))
    gone = sum(1 for unit in summary.by_unit if _gone(unit))
    if gone:
        told.append(speech.say(GONE, count=gone))
    return told


def _gone(unit: Total) -> bool:
    return unit.before is not None and unit.before.records > 0 and unit.now.records == 0


def month_before(month: str) -> str:
    """`2024-01` to `2023-12`."""
    year, number = (int(part) for part in month.split("-"))
    return f"{year}-{number - 1:02}" if number > 1 else f"{year - 1}-12"
