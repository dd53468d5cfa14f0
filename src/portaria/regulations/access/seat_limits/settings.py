"""Which order holds in an academic year, and the registers and editions that come with it."""

from __future__ import annotations

from decimal import InvalidOperation
from functools import cache
from importlib.resources import files

from portaria.core.clause import Text, load_texts
from portaria.core.edition import Edition, load_edition
from portaria.core.errors import ConfigurationError, UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule import rules_of
from portaria.regulations.access.seat_limits import movement, rules
from portaria.regulations.access.seat_limits.schemas import TABLES

PACKAGE = "portaria.regulations.access.seat_limits"
MODULES = (rules, movement)
"""Importing them registers their rules."""

OWN_PARAMETERS = frozenset({"special_share", "over23_share", "outside_institution"})
BASES = {
    "general_seats": rules_of(PACKAGE) | OWN_PARAMETERS,
    "lma": frozenset({"seat-limits-maximum", "seat-limits-over23-minimum", "over23_share"}),
}
"""The rules and parameters of an order, by what it measures by; it stands without the others."""

READINGS = {
    "general_seats": {
        "maximum_rounding": ("floor", "half_up"),
        "minimum_rounding": ("ceiling", "half_up"),
    },
    "lma": {"minimum_rounding": ("ceiling", "half_up")},
}

UNKNOWN_YEAR = declare(
    "seat-limits-unknown-year",
    "the limits of the academic year {year} are not known and are not guessed; known: {known}",
)


@cache
def texts() -> dict[str, Text]:
    """The clause registers of the orders on seats, by name."""
    return load_texts(__package__)


@cache
def editions() -> dict[int, Edition]:
    """Every edition by the year in which its academic year begins."""
    folder = files(__package__) / "editions"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    loaded = [_load(name) for name in names]
    return {edition.value("academic_year"): edition for edition in loaded}


def find_edition(year: int) -> Edition:
    """The edition of an academic year; UsageError, with those known, where there is none."""
    if year not in editions():
        known = ", ".join(f"{known} ({academic(known)})" for known in sorted(editions()))
        raise UsageError(Message(UNKNOWN_YEAR, {"year": academic(year), "known": known}))
    return editions()[year]


def academic(year: int) -> str:
    """`2017-2018` for the academic year that begins in 2017."""
    return f"{year}-{year + 1}"


def _load(name: str) -> Edition:
    source = files(__package__) / "editions" / name
    return _checked(load_edition(source, texts(), rules_of(PACKAGE)))


def _checked(edition: Edition) -> Edition:
    """ConfigurationError, by name, where the basis, a share, a rule or a reading is unfit."""
    basis = edition.value("basis")
    if basis not in TABLES:
        raise _unfit(edition, f"the basis {basis!r} is not one of {sorted(TABLES)}")
    if strangers := sorted(edition.without ^ (BASES["general_seats"] - BASES[basis])):
        raise _unfit(edition, f"it must be without what its basis does not have: {strangers}")
    for name in sorted(name for name in BASES[basis] if name.endswith("_share")):
        try:
            fits = 0 <= edition.number(name) <= 100
        except (KeyError, InvalidOperation):
            fits = False
        if not fits:
            raise _unfit(edition, f"{name} is no percentage")
    choices = {name: reading.choices for name, reading in edition.readings.items()}
    if set(choices) != set(READINGS[basis]):
        raise _unfit(edition, f"the readings {sorted(choices)} do not fit")
    for name, words in READINGS[basis].items():
        if unknown := sorted(set(choices[name]) - set(words)):
            raise _unfit(edition, f"{name} cannot be {unknown}")
    return edition


def _unfit(edition: Edition, detail: str) -> ConfigurationError:
    return ConfigurationError(f"edition {edition.name}: {detail}")
