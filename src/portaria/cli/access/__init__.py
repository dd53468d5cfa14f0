"""`portaria access`: contests for places in higher education."""

from __future__ import annotations

import typer

from portaria.cli.access.contests import check, compare_readings, generate, place
from portaria.cli.access.phases import next_, year
from portaria.cli.access.plan import plan
from portaria.cli.access.procedures import complaint, exchange, exclude, rectify, relocate
from portaria.cli.access.results import explain, report, verify
from portaria.cli.access.seat_limits import seat_limits
from portaria.cli.access.simulate import simulate
from portaria.cli.group import group
from portaria.cli.words import _


def build() -> typer.Typer:
    """The commands, with their help in the chosen language."""
    return group(
        _("Contests for places in higher education."),
        {
            check: _("Show every problem of the tables."),
            place: _("Place the candidates and write the results."),
            explain: _("Explain one candidate's result."),
            verify: _("Place again and compare."),
            compare_readings: _("Tell who differs under other readings."),
            report: _("Make a report for people to read, as HTML or PDF."),
            next_: _("Prepare the next phase from a result."),
            simulate: _("Say what a change would do, and how it varies."),
            plan: _("Tell which programmes some grades reach."),
            seat_limits: _("Judge the seats of the special contests."),
            generate: _("Make a realistic contest."),
            year: _("Run a realistic year of three phases."),
            exchange: _("Check an exchange of seats between two placed candidates."),
            relocate: _("Check the relocation of everybody enrolled in a programme."),
            rectify: _("Rectify the result of one candidate."),
            exclude: _("Exclude a candidate after the results."),
            complaint: _("Check a complaint: terms, and what the record gives."),
        },
    )
