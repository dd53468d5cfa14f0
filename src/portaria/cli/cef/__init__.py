"""`portaria cef`: vocational courses, from absences and grades to certificates."""

from __future__ import annotations

import typer

from portaria.cli.cef.admission import admission
from portaria.cli.cef.assessment import mark, moments
from portaria.cli.cef.classes import check, evaluate
from portaria.cli.cef.dates import calendar
from portaria.cli.cef.documents import documents
from portaria.cli.cef.exams import arrival, jury, paf_absence
from portaria.cli.cef.generate import generate
from portaria.cli.cef.meetings import team, vote
from portaria.cli.cef.outlook import outlook
from portaria.cli.cef.questions import deadline, quorum
from portaria.cli.cef.results import explain, verify
from portaria.cli.cef.units import unit_grade, version
from portaria.cli.group import group
from portaria.cli.words import _


def build() -> typer.Typer:
    """The commands, with their help in the chosen language."""
    return group(
        _("Vocational courses (CEF): attendance, grades, certificates."),
        {
            check: _("Show every problem of the tables of a class."),
            evaluate: _("Attendance, grades and certificates on a day."),
            explain: _("Why the records of a student give what they give."),
            verify: _("Evaluate recorded inputs again and compare."),
            documents: _("Write the sheets, lists, minutes, plans and certificates."),
            outlook: _("Who is near a limit, what is due, what is missing."),
            calendar: _("Which dates of internship and PAF fit."),
            admission: _("Tell whether someone may enter."),
            deadline: _("Tell by when something is due."),
            quorum: _("Tell whether a meeting may decide."),
            team: _("Who votes in a meeting, who chairs it, who writes."),
            vote: _("Tell what a vote decides."),
            mark: _("The mark of recovery activities."),
            moments: _("When a course is assessed."),
            unit_grade: _("The grade of a unit, also with a second chance."),
            jury: _("Check a jury of the PAF and its points."),
            arrival: _("Tell whether a student may still enter the PAF."),
            paf_absence: _("Tell what follows an absence from the PAF."),
            version: _("Which version of the regulation was in force."),
            generate: _("A class, or many, of generated people."),
        },
    )
