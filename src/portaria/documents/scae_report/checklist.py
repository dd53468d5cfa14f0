"""Before closing the year: the classes with students whose result is not typed."""

from __future__ import annotations

from portaria.core.messages import declare
from portaria.documents.report import Cell, Section, Table, text_row
from portaria.documents.scae_report.speech import Speech
from portaria.documents.scae_report.totals import UNIT
from portaria.regulations.scae.report import Summary

TITLE = declare("scae-report-checklist", "Before closing the year: results not typed")
NONE_PENDING = declare(
    "scae-report-nothing-pending",
    "Every student of a class that ends in the year has a result: the year can be closed.",
)
PENDING = declare(
    "scae-report-pending",
    "{count} result is still to be typed.",
    "{count} results are still to be typed.",
)
CLASSES = declare("scae-report-pending-classes", "{count} class waits.", "{count} classes wait.")
LATE = declare(
    "scae-report-late",
    "What is typed after the last day of the year goes in the load of January, with records of "
    "this year: two loads and more critiques.",
)
BY_UNIT = declare("scae-report-pending-by-unit", "Results not typed, by unit")
BY_CLASS = declare("scae-report-pending-by-class", "Results not typed, by class")
CLASS = declare("scae-report-class", "Class")
STUDENTS = declare("scae-report-class-students", "Students of the class")
UNIT_STUDENTS = declare("scae-report-unit-students", "Students of these classes")
WAITING = declare("scae-report-unit-classes", "Classes")
RESULTS = declare("scae-report-pending-column", "Without a result")

FEW = 20
"""Up to so many rows a table stands open."""


def checklist(summary: Summary, speech: Speech) -> Section | None:
    """The list of December; nothing in another month."""
    if summary.checklist is None:
        return None
    title, lines = speech.say(TITLE), summary.checklist
    if not lines:
        return Section("checklist", title, [speech.say(NONE_PENDING)])
    pending = sum(line.pending for line in lines)
    told = [speech.say(PENDING, count=pending), speech.say(CLASSES, count=len(lines))]
    text = [" ".join((*told, speech.say(LATE)))]
    parts = [_by_class(summary, speech)]
    if len({line.unit for line in lines}) > 1:
        parts.insert(0, _by_unit(summary, speech))
    return Section("checklist", title, text, parts)


def _by_unit(summary: Summary, speech: Speech) -> Table:
    """The units with most to type first."""
    sums: dict[str, list[int]] = {}
    for line in summary.checklist or ():
        counts = sums.setdefault(line.unit, [0, 0, 0])
        for place, count in enumerate((1, line.students, line.pending)):
            counts[place] += count
    ordered = sorted(sums.items(), key=lambda item: (-item[1][2], item[0]))
    rows = [
        text_row(
            speech.unit(unit),
            speech.number(classes),
            speech.number(students),
            _pending(pending, students, len(ordered) > FEW, speech),
        )
        for unit, (classes, students, pending) in ordered
    ]
    header = [speech.say(code) for code in (UNIT, WAITING, UNIT_STUDENTS, RESULTS)]
    return Table(speech.say(BY_UNIT), header, "lrrr", rows, len(rows) > FEW)


def _by_class(summary: Summary, speech: Speech) -> Table:
    lines = summary.checklist or ()
    long = len(lines) > FEW
    rows = [
        text_row(
            speech.unit(line.unit),
            line.class_,
            speech.number(line.students),
            _pending(line.pending, line.students, long, speech),
        )
        for line in lines
    ]
    header = [speech.say(code) for code in (UNIT, CLASS, STUDENTS, RESULTS)]
    return Table(speech.say(BY_CLASS), header, "llrr", rows, long)


def _pending(pending: int, students: int, long: bool, speech: Speech) -> Cell:
    """With a bar of the share of the students; a long table has no room for bars."""
    share = None if long or not students else pending / students
    return Cell(speech.number(pending), share)
