"""The indexante dos apoios sociais by calendar year: dated data, never guessed."""

import tomllib
from fractions import Fraction
from pathlib import Path

ROWS = tomllib.loads(Path(__file__).with_name("ias.toml").read_text(encoding="utf-8"))["ias"]
VALUES = {year: Fraction(row["value"]) for row in ROWS for year in row["years"]}


def ias_of(year: int) -> Fraction:
    """EUR a month. ValueError for a year whose value is not known."""
    if year not in VALUES:
        raise ValueError(f"the IAS of {year} is not known; known: {min(VALUES)} to {max(VALUES)}")
    return VALUES[year]
