"""`portaria qualifica`: hours of Centros Qualifica by Despacho 6261-B/2017."""

from __future__ import annotations

import typer

from portaria.cli.group import group
from portaria.cli.qualifica.hours import hours
from portaria.cli.qualifica.table import table
from portaria.cli.qualifica.team import coordinator, recruitment, share, staffing, technicians
from portaria.cli.words import _


def build() -> typer.Typer:
    """The commands, with their help in the chosen language."""
    return group(
        _("Weekly hours of Centros Qualifica."),
        {
            hours: _("The hours of a school, with the arithmetic."),
            table: _("The hours of many schools, from table to table."),
            share: _("Whether hours shared out are within the credit."),
            coordinator: _("Whether someone may be the coordinator."),
            staffing: _("How much of a teacher's time belongs at the centre."),
            recruitment: _("Where the next teacher comes from."),
            technicians: _("Whether ORVC technicians may be hired."),
        },
    )
