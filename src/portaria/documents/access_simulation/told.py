"""How a simulation is told: sections with a table each, figures and programmes in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portaria.core.messages import declare, show
from portaria.core.rounding import without_zeros
from portaria.documents.access_report.speech import NONE, Speech

SHOWN = 10
"""How many rows of a long table are shown; --out writes all of them."""

FIGURES = {
    "candidates": declare("simulate-figure-candidates", "candidates"),
    "placed": declare("simulate-figure-placed", "placed"),
    "option": declare("simulate-figure-option", "in option {order}"),
    "not_placed": declare("simulate-figure-not-placed", "not placed"),
    "excluded": declare("simulate-figure-excluded", "excluded"),
    "seats": declare("simulate-figure-seats", "seats"),
    "leftover": declare("simulate-figure-leftover", "left over"),
    "tie_extra": declare("simulate-figure-tie-extra", "opened by ties"),
    "additional": declare("simulate-figure-additional", "further seats (art. 9/2)"),
    "full": declare("simulate-figure-full", "programmes that fill"),
    "better": declare("simulate-figure-better", "better off"),
    "worse": declare("simulate-figure-worse", "worse off"),
}
TOTALS = declare("simulate-totals", "The whole contest")
SHOWN_OF = declare(
    "simulate-shown-of",
    "{count} row is not shown; --out writes all of them.",
    "{count} rows are not shown; --out writes all of them.",
)

HEADINGS = {
    "programme": declare("simulate-column-programme", "programme"),
    "what": declare("simulate-column-what", "what"),
    "now": declare("simulate-column-now", "now"),
    "changed": declare("simulate-column-changed", "with the change"),
    "difference": declare("simulate-column-difference", "difference"),
    "placed": FIGURES["placed"],
    "last": declare("simulate-column-last", "last grade"),
    "entered": declare("simulate-column-entered", "enter"),
    "left": declare("simulate-column-left", "leave"),
    "group": declare("simulate-column-group", "group"),
    "better": FIGURES["better"],
    "worse": FIGURES["worse"],
    "fills": declare("simulate-column-fills", "fills"),
    "": "",
}

Rows = Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Section:
    """A heading, sentences, then a table (none where it has no columns) and a note under it."""

    heading: str
    sentences: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: Rows = ()
    note: str = ""


class Told(Speech):
    """Words and numbers of a simulation in one language."""

    def section(
        self, heading: str, columns: Sequence[str], rows: Rows, most: int = SHOWN
    ) -> Section:
        """A table with its first `most` rows, and how many more there are."""
        more = len(rows) - most
        note = self.say(SHOWN_OF, count=more) if more > 0 else ""
        heads = tuple(self.say(HEADINGS[name]) if name else "" for name in columns)
        return Section(self.say(heading), (), heads, rows[:most], note)

    def value(self, value: int | Decimal) -> str:
        return show(without_zeros(value) if isinstance(value, Decimal) else value, self.lang)

    def figure(self, name: str) -> str:
        what, _, order = name.partition("_")
        if what == "option":
            return self.say(FIGURES["option"], order=int(order))
        return self.say(FIGURES[name])

    def signed(self, value: int) -> str:
        return f"+{self.number(value)}" if value > 0 else self.number(value).replace("-", "−")

    def named(self, row: Mapping[str, Any]) -> str:
        names = {"course": row["course_name"], "institution": row["institution_name"]}
        return self.programme({"programme": row["programme"], **names})

    def ends(self, row: Mapping[str, Any], name: str) -> str:
        before, after = (row[f"{name}_{when}"] for when in ("before", "after"))
        if before == after:
            return self.cell(before)
        return f"{self.cell(before)} → {self.cell(after)}"

    def cell(self, value: object) -> str:
        if value is None:
            return NONE
        shown = show(Decimal(value) if isinstance(value, str) else value, self.lang)
        return shown.replace("-", "−")
