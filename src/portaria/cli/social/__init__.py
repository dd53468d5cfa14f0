"""`portaria social`: maximum prices of meals and beds by Lei 71/2017."""

from __future__ import annotations

import typer

from portaria.cli.group import group
from portaria.cli.social.prices import prices
from portaria.cli.social.series import series
from portaria.cli.words import _


def build() -> typer.Typer:
    """The commands, with their help in the chosen language."""
    return group(
        _("Maximum prices of meals and beds in student services."),
        {
            prices: _("The maxima on a day, and whether a charge is over."),
            series: _("The maxima of every known year, as table and chart."),
        },
    )
