"""`portaria credit`: credit recognition by Regulamento 438/2017."""

from __future__ import annotations

import typer

from portaria.cli.credit.questions import convert_grade, ects, re_entry, scale
from portaria.cli.credit.requests import assess, documents
from portaria.cli.credit.transcripts import record, transcript
from portaria.cli.group import group
from portaria.cli.words import _


def build() -> typer.Typer:
    """The commands, with their help in the chosen language."""
    return group(
        _("Recognition of credits in higher education."),
        {
            assess: _("Say what a request may be granted."),
            documents: _("Write the opinion form, the decision and the notice."),
            transcript: _("Read an ELMO or Europass transcript as items of a request."),
            record: _("Write what was decided as ELMO or Europass."),
            convert_grade: _("Convert one grade."),
            ects: _("Turn hours, or periods without ECTS, into credits."),
            re_entry: _("Tell how many credits are left after re-entry."),
            scale: _("Make the ECTS scale of a distribution of grades."),
        },
    )
