"""`portaria scae`: the monthly load of a school network, from SGE to SCAE."""

from __future__ import annotations

import typer

from portaria.cli.group import group
from portaria.cli.scae.explain import explain, verify
from portaria.cli.scae.generate import generate
from portaria.cli.scae.loads import check, extract
from portaria.cli.scae.report import report
from portaria.cli.scae.rm import rm_inspect, rm_views
from portaria.cli.words import _


def build() -> typer.Typer:
    """The commands, with their help in the chosen language."""
    return group(
        _("The monthly load of a school network, from SGE to SCAE."),
        {
            check: _("Show what is wrong in a month, and where it is mended."),
            extract: _("Make the load of a month."),
            explain: _("Explain what became of a record."),
            verify: _("Decide again from the stored facts and compare."),
            report: _("Summarise a load for people to read, as HTML or PDF."),
            generate: _("Make a realistic school network."),
            rm_inspect: _("Read the dictionary of a TOTVS RM base and propose its mapping."),
            rm_views: _("Write the views that turn TOTVS RM into the source tables."),
        },
        "pt-BR",
    )
