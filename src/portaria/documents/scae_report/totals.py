"""Records by level and modality, by situation and by unit, beside those of the load before."""

from __future__ import annotations

from collections.abc import Sequence

from portaria.core.messages import declare
from portaria.documents.report import Picture, Section, Table
from portaria.documents.scae_report.bars import Bar, changes, pairs
from portaria.documents.scae_report.beside import Column, beside
from portaria.documents.scae_report.speech import Speech
from portaria.regulations.scae.report import Summary
from portaria.regulations.scae.report_counts import INSIDE, Total

LEVELS = declare("scae-report-levels", "By level and modality")
LEVELS_TABLE = declare("scae-report-levels-table", "Records by level of education and modality")
LEVEL = declare("scae-report-level", "Level")
MODALITY = declare("scae-report-modality", "Modality")
SITUATIONS = declare("scae-report-situations", "By situation")
SITUATIONS_TABLE = declare("scae-report-situations-table", "Records by situation in SCAE")
SITUATION = declare("scae-report-situation", "Situation")
SHARE = declare("scae-report-share", "Share")
EXITS_PICTURE = declare("scae-report-exits-picture", "Exits of the month by situation")
EXITS_WORDS = declare(
    "scae-report-exits-words",
    "A bar for each situation of exit, as long as it has records; the table has the numbers.",
)
EXITS_AGAINST_WORDS = declare(
    "scae-report-exits-against-words",
    "Two bars for each situation of exit, {now} and {before}, as long as they have records; the "
    "table has the numbers.",
)
UNITS = declare("scae-report-units", "By unit")
UNITS_TEXT = declare(
    "scae-report-units-text",
    "Units with more records than in {month}: {more}. With fewer: {fewer}. With as many: {same}.",
)
PER_STUDENT_TEXT = declare(
    "scae-report-per-student-text",
    "Hours per student: the student-hours of the unit over its students whose hours are known.",
)
UNITS_PICTURE = declare(
    "scae-report-units-picture", "Change of records by unit since {month}, the greatest first"
)
UNITS_WORDS = declare(
    "scae-report-units-words",
    "A bar for each of the units that changed most: to the right those that grew, to the left "
    "those that shrank; the table has every unit.",
)
UNITS_TABLE = declare("scae-report-units-table", "All units ({units})")
UNIT = declare("scae-report-unit", "Unit")
EXITS = declare("scae-report-exits", "Exits")
HOURS = declare("scae-report-hours-column", "Student-hours")
PER_STUDENT = declare("scae-report-per-student", "Hours per student")
BAR = declare("scae-report-bar", "{name}: {now}")
BAR_AGAINST = declare("scae-report-bar-against", "{name}: {now}; in {month}: {before}")

MOST_BARS = 12


def levels(summary: Summary, speech: Speech) -> Section:
    """Records, exits and hours by level and modality."""
    names: list[Column] = [
        (LEVEL, lambda row: speech.level(row.key[0])),
        (MODALITY, lambda row: speech.modality(*row.key)),
    ]
    caption, further = speech.say(LEVELS_TABLE), _exits_and_hours(speech)
    table = beside(caption, names, further, summary.by_level, summary, speech)
    return Section("levels", speech.say(LEVELS), [], [table])


def situations(summary: Summary, speech: Speech) -> Section:
    """Records by SCAE situation, exclusions last, and the exits as bars."""
    records = summary.whole.now.records

    def share(row: Total) -> str:
        return speech.percent(row.now.records, records)

    rows = summary.by_situation
    names: list[Column] = [(SITUATION, lambda row: speech.situation(*row.key))]
    caption = speech.say(SITUATIONS_TABLE)
    parts: list[Table | Picture] = [beside(caption, names, [(SHARE, share)], rows, summary, speech)]
    exits = [row for row in rows if row.key[0] == "UPSERT" and row.key[1] not in INSIDE]
    if exits:
        parts.insert(0, _exits_picture(exits, summary, speech))
    return Section("situations", speech.say(SITUATIONS), [], parts)


def units(summary: Summary, speech: Speech) -> Section:
    """Every unit, and those that changed most as bars."""
    text, parts = [], list[Table | Picture]()
    if summary.compared:
        changed = [(row, _difference(row)) for row in summary.by_unit]
        more, fewer = sum(1 for _, n in changed if n > 0), sum(1 for _, n in changed if n < 0)
        counts = {"more": more, "fewer": fewer, "same": len(changed) - more - fewer}
        text.append(speech.say(UNITS_TEXT, month=speech.month(summary.compared), **counts))
        if more + fewer > 1:
            parts.append(_units_picture([row for row, n in changed if n], summary, speech))
    text.append(speech.say(PER_STUDENT_TEXT))

    def per_student(row: Total) -> str:
        by_unit, whole = summary.per_student_by_unit, summary.per_student
        return speech.hours(by_unit.get(row.key[0]) if row.key else whole)

    further: list[Column] = [*_exits_and_hours(speech), (PER_STUDENT, per_student)]
    names: list[Column] = [(UNIT, lambda row: speech.unit(row.key[0]))]
    caption = speech.say(UNITS_TABLE, units=len(summary.by_unit))
    parts.append(beside(caption, names, further, summary.by_unit, summary, speech, long=True))
    return Section("units", speech.say(UNITS), text, parts)


def _exits_and_hours(speech: Speech) -> list[Column]:
    return [
        (EXITS, lambda row: speech.number(row.now.exits)),
        (HOURS, lambda row: speech.hours(row.now.hours)),
    ]


def _difference(row: Total) -> int:
    return row.now.records - (row.before.records if row.before else 0)


def _exits_picture(rows: Sequence[Total], summary: Summary, speech: Speech) -> Picture:
    """The situations of exit, this month and before."""
    now = speech.month(summary.manifest["month"])
    groups = [now, speech.month(summary.compared)] if summary.compared else [now]
    bars = []
    for row in rows:
        name = speech.situation(*row.key)
        numbers = [row.now.records, *([row.before.records] if row.before else [])]
        texts = [speech.number(number) for number in numbers]
        told = {"name": name, "now": texts[0], "before": texts[-1]}
        words = speech.say(BAR, name=name, now=texts[0])
        if summary.compared:
            words = speech.say(BAR_AGAINST, month=groups[1], **told)
        bars.append(Bar(name, numbers, " / ".join(texts), words))
    alt = speech.say(EXITS_WORDS)
    if summary.compared:
        alt = speech.say(EXITS_AGAINST_WORDS, now=now, before=groups[1])
    return Picture(pairs(bars, groups), alt, speech.say(EXITS_PICTURE), 80)


def _units_picture(rows: Sequence[Total], summary: Summary, speech: Speech) -> Picture:
    """The units whose records changed most, by how many."""
    month = speech.month(summary.compared)
    bars = []
    for row in sorted(rows, key=lambda r: (-abs(_difference(r)), r.key))[:MOST_BARS]:
        before = row.before.records if row.before else 0
        name, now = speech.unit(row.key[0]), row.now.records
        told = {"name": name, "now": speech.number(now), "before": speech.number(before)}
        words = speech.say(BAR_AGAINST, month=month, **told)
        change = speech.change(now, before)
        if before:
            change = f"{change} ({speech.growth(now, before)})"
        bars.append(Bar(name, [now - before], change, words))
    caption = speech.say(UNITS_PICTURE, month=month)
    return Picture(changes(bars), speech.say(UNITS_WORDS), caption, 80)
