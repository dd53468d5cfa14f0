"""The calendar of a contest: each step with its hours in Lisbon and, beside them, in the Azores."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from portaria.core.messages import declare
from portaria.documents.access_papers import parts
from portaria.documents.access_papers.model import Contest, Signature
from portaria.documents.access_papers.moments import told as moment_of
from portaria.documents.access_papers.paper import PREPARED, Paper
from portaria.documents.citation import cite

TITLE = declare("calendar-paper-title", "Calendar of the contest")
HEADER = tuple(
    declare(f"calendar-paper-{name}", english)
    for name, english in (
        ("step", "Step"),
        ("lisbon", "Mainland and Madeira"),
        ("azores", "Azores"),
        ("clause", "Clause"),
    )
)
FROM_TO = declare("calendar-paper-from-to", "From {start} to {end}")
ONLY_FROM = declare("calendar-paper-from", "From {start}")
ONLY_TO = declare("calendar-paper-to", "Until {end}")
EMPTY = declare("calendar-paper-empty", "No step is fixed yet.")
HOURS = declare(
    "calendar-paper-hours",
    "The hours are fixed in Lisbon time; beside each stands the same moment by the clocks of the "
    "Azores. A step without hours lasts whole days.",
)
NONE = "–"


@dataclass(frozen=True)
class Step:
    """One step: its name in the office's words; when it opens and closes, as whole days or aware
    moments; the clause that fixes it, as rules name it."""

    name: str
    opens: date | datetime | None = None
    closes: date | datetime | None = None
    clause: str = ""


@dataclass(frozen=True)
class Calendar:
    """The steps of one phase in the order they are to be printed."""

    contest: Contest
    steps: tuple[Step, ...]
    signature: Signature | None = None
    clause: str = ""


def calendar_paper(given: Calendar, lang: str) -> bytes:
    """The PDF/A; ConfigurationError for a moment without a zone."""
    paper = Paper(given.contest, lang, clause=given.clause)
    rows = [
        (
            step.name,
            _span(paper, step, azores=False),
            _span(paper, step, azores=True),
            cite(step.clause, lang) if step.clause else NONE,
        )
        for step in given.steps
    ]
    header = [paper.say(code) for code in HEADER]
    table = parts.table(header, ("1.1fr", "1.2fr", "1.2fr", "30mm"), rows, "llll")
    made = [table if rows else parts.text(paper.say(EMPTY)), *paper.signed(given.signature)]
    return paper.page(paper.say(TITLE), made, [paper.say(HOURS), paper.say(PREPARED)])


def _span(paper: Paper, step: Step, azores: bool) -> str:
    """From when to when; whole days are the same on every clock, so they stand once."""
    whole = not any(isinstance(when, datetime) for when in (step.opens, step.closes))
    if azores and whole:
        return NONE

    def told(when: date | datetime) -> str:
        if not isinstance(when, datetime):
            return paper.day(when)
        return moment_of(when, paper.lang, azores)

    if step.opens is None:
        return NONE if step.closes is None else paper.say(ONLY_TO, end=told(step.closes))
    if step.closes is None:
        return paper.say(ONLY_FROM, start=told(step.opens))
    if step.opens == step.closes:
        return told(step.opens)
    return paper.say(FROM_TO, start=told(step.opens), end=told(step.closes))
