"""What a student, a family or a course director reads of one student's records, and why.

It only tells what `explain` gives: nothing is decided or computed here.
"""

from __future__ import annotations

from collections.abc import Iterator

from portaria.core.messages import declare, render
from portaria.documents.access_letter import Block
from portaria.documents.cef.account.attendance import (
    attendance_lines,
    exclusion_lines,
    measure_lines,
)
from portaria.documents.cef.account.grades import grade_lines, practice_lines
from portaria.documents.cef.account.outcome import outcome_blocks
from portaria.documents.cef.account.telling import Telling
from portaria.regulations.cef.explain import Explanation

ATTENDANCE = declare("cef-told-attendance", "Attendance")
MEASURES = declare("cef-told-measures", "Recovery measures")
EXCLUSIONS = declare("cef-told-exclusions", "Exclusions")
GRADES = declare("cef-told-grades", "Grades")
PRACTICE = declare("cef-told-practice", "Internship and final assessment (PAF)")
NOTES = declare("cef-told-notes", "To note")
TEXT = declare("cef-told-text", "The text and its readings")
EDITION = declare("cef-told-edition", "By the {edition}; in brackets, its article and paragraph.")
USUAL = declare(
    "cef-told-usual",
    "Where the text leaves something open, the usual readings of the edition were followed.",
)
OTHER = declare(
    "cef-told-other",
    "Where the text leaves something open, these readings were asked for: {readings}.",
)
CLOSING = declare(
    "cef-told-closing",
    "The program counts, people decide: it interprets the text and does not replace it.",
)


def account_letter(told: Explanation, lang: str | None = None) -> list[Block]:
    """The whole account in words, in `lang` or in the language of the edition."""
    return list(_blocks(Telling(told, lang)))


def _blocks(telling: Telling) -> Iterator[Block]:
    yield from outcome_blocks(telling)
    for title, lines in (
        (ATTENDANCE, attendance_lines(telling)),
        (MEASURES, measure_lines(telling)),
        (EXCLUSIONS, exclusion_lines(telling)),
        (GRADES, grade_lines(telling)),
        (PRACTICE, practice_lines(telling)),
        (NOTES, _notes(telling)),
        (TEXT, _text(telling)),
    ):
        if found := list(lines):
            yield Block("heading", telling.say(title))
            yield from (Block("detail", line) for line in found)


def _notes(telling: Telling) -> Iterator[str]:
    """What a person must look at, as the warnings of an evaluation say it."""
    for warning in telling.told.warnings:
        sentence = render(warning, telling.lang)
        yield sentence[:1].upper() + sentence[1:].removesuffix(".") + "."


def _text(telling: Telling) -> Iterator[str]:
    told = telling.told
    yield telling.say(EDITION, edition=told.title)
    if told.changed_readings:
        chosen = (f"{name}={choice}" for name, choice in told.changed_readings.items())
        yield telling.say(OTHER, readings=", ".join(chosen))
    else:
        yield telling.say(USUAL)
    yield telling.say(CLOSING)
