"""What became of the records sent before, and the hours of those sent now."""

from __future__ import annotations

from portaria.core.messages import declare
from portaria.documents.report import Section, Table, text_row
from portaria.documents.scae_report.names import (
    EXPLANATION_MEANINGS,
    EXPLANATION_NAMES,
    HOURS_MEANINGS,
    HOURS_NAMES,
    NEW_MEANS,
    NEW_NAME,
)
from portaria.documents.scae_report.overview import NOT_COMPARED
from portaria.documents.scae_report.speech import Speech
from portaria.documents.scae_report.totals import HOURS, LEVEL, MODALITY
from portaria.regulations.scae.report import Summary

TITLE = declare("scae-report-reconciliation", "What became of the records sent before")
FILTER_ONLY = declare(
    "scae-report-no-reconciliation", "A filtered load is not compared with the ones before."
)
CLOSED = declare(
    "scae-report-closed",
    "Every record that was open in {month} is in this load or has its explanation here; one a row "
    "in reconciliation.csv.",
)
OPEN_IN_SCAE = declare(
    "scae-report-open-in-scae",
    "Attention: {count} record stays open in SCAE and is not sent this month (orphan or hidden).",
    "Attention: {count} records stay open in SCAE and are not sent this month (orphan or hidden).",
)
TABLE = declare("scae-report-reconciliation-table", "Records by explanation")
EXPLANATION = declare("scae-report-explanation", "Explanation")
MEANING = declare("scae-report-explanation-meaning", "What it means, record by record")
COUNT = declare("scae-report-explanation-count", "Number of records")

HOURS_TITLE = declare("scae-report-hours", "Student-hours")
HOURS_TEXT = declare(
    "scae-report-hours-text",
    "The load has {hours} student-hours: {per_student} for each student whose hours are known.",
)
NO_HOURS = declare("scae-report-no-hours", "The hours of no student are known.")
HOURS_AGAINST = declare(
    "scae-report-hours-against", "In {month} it had {before}: the change is {change} ({growth})."
)
INCOMPLETE = declare(
    "scae-report-hours-incomplete",
    "Students with partial hours: {partial}. With blank hours: {blank}.",
)
HOURS_TABLE = declare("scae-report-hours-table", "Records and students by how their hours stand")
STATE = declare("scae-report-hours-state", "Hours")
STATE_MEANING = declare("scae-report-hours-state-meaning", "Why")
STATE_RECORDS = declare("scae-report-hours-records", "Records (without exclusions)")
STUDENTS = declare("scae-report-students", "Students")
BY_LEVEL = declare("scae-report-hours-by-level", "Student-hours by level of education and modality")
DIFFERENCE = declare("scae-report-hours-difference", "Difference in hours")
SHARE = declare("scae-report-hours-growth", "Difference in %")


def reconciliation(summary: Summary, speech: Speech) -> Section:
    """Six explanations with their words, and the records that are new."""
    title = speech.say(TITLE)
    counts = summary.reconciliation
    if counts is None:
        why = FILTER_ONLY if summary.manifest["filters"] else NOT_COMPARED
        return Section("reconciliation", title, [speech.say(why)])
    text = [speech.say(CLOSED, month=speech.month(summary.compared))]
    lost = counts["orphan"] + counts["hidden"]
    if lost:
        text.append(speech.say(OPEN_IN_SCAE, count=lost))
    rows = [
        text_row(
            speech.say(EXPLANATION_NAMES[name]),
            speech.say(EXPLANATION_MEANINGS[name]),
            speech.number(count),
        )
        for name, count in counts.items()
    ]
    rows.append(text_row(speech.say(NEW_NAME), speech.say(NEW_MEANS), speech.number(summary.new)))
    header = [speech.say(code) for code in (EXPLANATION, MEANING, COUNT)]
    return Section("reconciliation", title, text, [Table(speech.say(TABLE), header, "llr", rows)])


def hours(summary: Summary, speech: Speech) -> Section:
    """The total with its change, and how many students have hours that say less than all."""
    now, before = summary.whole.now.hours, summary.whole.before
    if summary.per_student is None:
        text = speech.say(NO_HOURS)
    else:
        each = speech.hours(summary.per_student)
        text = speech.say(HOURS_TEXT, hours=speech.hours(now), per_student=each)
    if before is not None:
        numbers = {
            "before": speech.hours(before.hours),
            "change": speech.change_of_hours(now, before.hours),
            "growth": speech.growth(now, before.hours),
        }
        text += " " + speech.say(HOURS_AGAINST, month=speech.month(summary.compared), **numbers)
    counts = {name: summary.hours[name].students for name in ("partial", "blank")}
    parts = [_states(summary, speech)]
    if before is not None:
        parts.append(_by_level(summary, speech))
    paragraphs = [text, speech.say(INCOMPLETE, **counts)]
    return Section("hours", speech.say(HOURS_TITLE), paragraphs, parts)


def _states(summary: Summary, speech: Speech) -> Table:
    rows = [
        text_row(
            speech.say(HOURS_NAMES[state]),
            speech.say(HOURS_MEANINGS[state]),
            speech.number(count.records),
            speech.number(count.students),
        )
        for state, count in summary.hours.items()
    ]
    header = [speech.say(code) for code in (STATE, STATE_MEANING, STATE_RECORDS, STUDENTS)]
    return Table(speech.say(HOURS_TABLE), header, "llrr", rows)


def _by_level(summary: Summary, speech: Speech) -> Table:
    """Hours of this load and of the one before, by level and modality."""
    rows = []
    for row in summary.by_level:
        now, before = row.now.hours, row.before.hours if row.before else row.now.hours
        rows.append(
            text_row(
                speech.level(row.key[0]),
                speech.modality(*row.key),
                speech.hours(now),
                speech.hours(before),
                speech.change_of_hours(now, before),
                speech.growth(now, before),
            )
        )
    header = [speech.say(code) for code in (LEVEL, MODALITY, HOURS)]
    header += [
        speech.month(summary.compared, short=True),
        speech.say(DIFFERENCE),
        speech.say(SHARE),
    ]
    return Table(speech.say(BY_LEVEL), header, "llrrrr", rows)
