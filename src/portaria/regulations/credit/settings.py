"""Which rule set holds for a year, and the registers and editions that come with it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files

from portaria.core.clause import Text, load_texts
from portaria.core.edition import Edition, load_edition
from portaria.core.errors import ConfigurationError, UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule import rule, rules_of
from portaria.regulations.credit import rules
from portaria.regulations.credit.choices import CHOICES

REGULATION = "438"
BASE = "438-2017"
"""The regulation as published; the others say what has changed since."""
LAW_ONLY = frozenset({"origin-long-experience", "share_long_experience", "long_experience_years"})

UNKNOWN_EDITION = declare("credit-unknown-edition", "the edition {name} is unknown; known: {known}")


@cache
def texts() -> dict[str, Text]:
    """The clause registers, by name: the regulation first."""
    return load_texts(__package__)


@cache
def editions() -> dict[str, Edition]:
    """Every edition by name, in the order of their dates."""
    folder = files(__package__) / "editions"
    base = folder / f"{BASE}.toml"
    claimed = rules_of(rules.PACKAGE)
    loaded = [load_edition(base, texts(), claimed)]
    loaded += [
        load_edition(file, texts(), claimed, base)
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".toml") and file.name != base.name
    ]
    return {edition.name: _checked(edition) for edition in loaded}


@rule("validity")
def edition_on(year_start: date) -> Edition | None:
    """The rule set of a year by its first day; None where none is known (19/1)."""
    for edition in editions().values():
        known = edition.parameters["share_combined"]
        if known.valid_from <= year_start <= known.valid_until:
            return edition
    return None


def find_edition(name: str) -> Edition:
    """An edition by name; UsageError, with those known, where there is none."""
    if name not in editions():
        raise UsageError(Message(UNKNOWN_EDITION, {"name": name, "known": ", ".join(editions())}))
    return editions()[name]


def known_years() -> tuple[date, date]:
    """The first and the last day on which a known year may start."""
    found = [edition.parameters["share_combined"] for edition in editions().values()]
    return min(p.valid_from for p in found), max(p.valid_until for p in found)


def share(edition: Edition, name: str) -> Fraction:
    """A share of the edition, exact."""
    return Fraction(edition.value(name))


def _checked(edition: Edition) -> Edition:
    """ConfigurationError, by name, where a share or a reading is unfit."""
    for name, parameter in edition.parameters.items():
        if name.startswith(("share_", "second_share_")) and not 0 < Fraction(parameter.value) <= 1:
            raise ConfigurationError(f"edition {edition.name}: {name} is no share")
    choices = {name: reading.choices for name, reading in edition.readings.items()}
    wrong = {n for n in {*choices, *CHOICES} if {*choices.get(n, ())} != {*CHOICES.get(n, ())}}
    if wrong or edition.without - LAW_ONLY:
        raise ConfigurationError(
            f"edition {edition.name}: the readings {sorted(wrong)} or what it is without do not fit"
        )
    return edition
