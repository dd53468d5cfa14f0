"""The dated rule sets: the caps of 3/1 and 3/2 as published, and with what the law added in 2018.

A year outside the known dates is refused, never guessed.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

ORIGINS = ("degree", "ctesp", "single_units", "non_degree", "cet", "other", "experience")
LETTER = {origin: f"3/1/{letter}" for origin, letter in zip(ORIGINS, "abcdefg", strict=True)}
HIGHER_EDUCATION = frozenset(ORIGINS[:4])
COMBINED = frozenset(ORIGINS[3:])
CYCLES = ("licenciatura", "mestrado", "ctesp", "cet", "postgraduate")
NAMED_COURSES = ("cet", "licenciatura", "mestrado")

HALF, THIRD, QUARTER = Fraction(1, 2), Fraction(1, 3), Fraction(1, 4)


@dataclass(frozen=True)
class Edition:
    """`shares`: what of the cycle's credits each origin may give, None for no cap.
    `long_experience`: share and clause in a CTeSP after more than `long_years` years."""

    name: str
    valid_from: date
    valid_until: date
    shares: dict[str, Fraction | None]
    combined: Fraction
    second_cap: dict[str, Fraction]
    long_experience: tuple[Fraction, str] | None = None
    long_years: int = 5


SHARES: dict[str, Fraction | None] = {
    "degree": None, "ctesp": HALF, "single_units": HALF, "non_degree": HALF,
    "cet": THIRD, "other": THIRD, "experience": THIRD,
}  # fmt: skip
SECOND = {"licenciatura": THIRD, "mestrado": QUARTER}

EDITIONS = {
    edition.name: edition
    for edition in (
        Edition("438-2017", date(2017, 8, 16), date(2018, 8, 16), SHARES, 2 * THIRD, SECOND),
        Edition(
            **{"name": "438-2017-law-2018", "shares": SHARES, "combined": 2 * THIRD},
            **{"valid_from": date(2018, 8, 17), "valid_until": date(2027, 8, 31)},
            second_cap=SECOND,
            long_experience=(HALF, "DL 74/2006 45/1/g"),
        ),
    )
}


def edition_on(year_start: date) -> Edition | None:
    """The rule set of a year by its first day, None where none is known (art. 19/1)."""
    for edition in EDITIONS.values():
        if edition.valid_from <= year_start <= edition.valid_until:
            return edition
    return None
