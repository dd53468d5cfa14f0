"""`portaria recruitment`: lists of candidates, hearings and final lists."""

from __future__ import annotations

import typer

from portaria.cli.group import group
from portaria.cli.recruitment.documents import documents
from portaria.cli.recruitment.generate import generate
from portaria.cli.recruitment.lists import check, list_
from portaria.cli.recruitment.questions import application, apply_by, requirements
from portaria.cli.words import _


def build() -> typer.Typer:
    """The commands, with their help in the chosen language."""
    return group(
        _("Recruitment: candidates, lists, hearings and ranking."),
        {
            check: _("Show every problem of the tables of a procedure."),
            list_: _("Both lists on a day, with who is on them."),
            documents: _("Write the notices and lists of a day."),
            apply_by: _("The last day to apply under Aviso 8072/2017."),
            application: _("Tell whether an application is in time."),
            requirements: _("Tell whether a candidate may be admitted."),
            generate: _("A procedure of generated people."),
        },
    )
