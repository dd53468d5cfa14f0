"""The tables of the answer about seats: caps of programmes, minima of institutions."""

from __future__ import annotations

from portaria.core.messages import Message, declare, render, show
from portaria.documents.report import Table, text_row
from portaria.regulations.access.seat_limits.outcome import Cap, Minimum, SeatLimits

CAPS = declare("seat-limits-caps", "The most special seats of each programme")
MINIMA = declare("seat-limits-minima", "The fewest over-23 seats of each institution")
HEAD = {
    "programme": declare("seat-limits-head-programme", "Code"),
    "institution": declare("seat-limits-head-institution", "Institution"),
    "general": declare("seat-limits-head-general", "General"),
    "lma": declare("seat-limits-head-lma", "Admissions limit"),
    "special_regime": declare("seat-limits-head-special-regime", "Special regimes"),
    "exact": declare("seat-limits-head-exact", "Exact"),
    "maximum": declare("seat-limits-head-maximum", "Maximum"),
    "increase": declare("seat-limits-head-increase", "Increase"),
    "cap": declare("seat-limits-head-cap", "At most"),
    "asked": declare("seat-limits-head-asked", "Asked"),
    "over": declare("seat-limits-head-over", "Over"),
    "minimum": declare("seat-limits-head-minimum", "At least"),
    "over23": declare("seat-limits-head-over23", "Over-23"),
    "short": declare("seat-limits-head-short", "Missing"),
    "room": declare("seat-limits-head-room", "Room"),
}
COLUMNS = {
    "general_seats": ("programme", "institution", "general", "exact", "maximum", "increase", "cap",
                      "asked", "over"),
    "lma": ("programme", "institution", "lma", "general", "special_regime", "cap", "asked",
            "over"),
}  # fmt: skip
MINIMA_COLUMNS = ("institution", "{of}", "exact", "minimum", "over23", "short", "room")


def caps_table(answer: SeatLimits, lang: str) -> Table:
    """The caps, one row a programme, in the order of the table given."""
    columns = COLUMNS[answer.basis]
    rows = [
        text_row(*(_blank_zero(name, _cell(each, name, lang)) for name in columns))
        for each in answer.caps
    ]
    header = [render(Message(HEAD[name]), lang) for name in columns]
    return Table(render(Message(CAPS), lang), header, "ll" + "r" * (len(columns) - 2), rows)


def _cell(each: Cap, name: str, lang: str) -> str:
    values: dict[str, object] = {
        "programme": each.programme,
        "institution": each.institution,
        "general": each.general_seats,
        "lma": each.lma,
        "special_regime": each.special_regime_seats,
        "exact": each.exact,
        "maximum": each.maximum,
        "increase": each.leftovers + each.authorised,
        "cap": each.cap,
        "asked": each.special_seats,
        "over": each.over_by,
    }
    return show(values[name], lang)


def _blank_zero(name: str, cell: str) -> str:
    """What was exceeded or added stands out when its zeros do not."""
    return "" if name in ("increase", "over", "short") and cell == "0" else cell


def minima_table(answer: SeatLimits, lang: str) -> Table:
    """The minima, one row an institution, with what there is room for."""
    base = "lma" if answer.basis == "lma" else "general"
    columns = [base if name == "{of}" else name for name in MINIMA_COLUMNS]
    rows = [text_row(*_minimum(each, lang)) for each in answer.minima]
    header = [render(Message(HEAD[name]), lang) for name in columns]
    return Table(render(Message(MINIMA), lang), header, "l" + "r" * 6, rows)


def _minimum(each: Minimum, lang: str) -> list[str]:
    numbers = (each.of, each.exact, each.minimum, each.over23_seats)
    short = _blank_zero("short", show(each.short_by, lang))
    return [
        each.institution,
        *(show(n, lang) for n in numbers),
        short,
        show(each.sum_of_caps, lang),
    ]
