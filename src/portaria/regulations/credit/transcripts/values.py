"""Numbers, days, durations and countries as the formats write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache

from babel.core import get_global

from portaria.regulations.credit.transcripts.faults import (
    COMMA,
    NEGATIVE,
    NOT_A_DAY,
    NOT_A_NUMBER,
    Faults,
)

# Longer numbers than these are no credits, hours or percentages.
DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})")
WITH_COMMA = re.compile(r"[0-9]{1,9},[0-9]{1,9}")
DURATION = re.compile(
    r"P(?:(?P<days>[0-9]{1,4})D)?"
    r"(?:T(?:(?P<hours>[0-9]{1,6})H)?(?:(?P<minutes>[0-9]{1,6})M)?(?:(?P<seconds>[0-9]{1,6})S)?)?"
)
OBSOLETE = frozenset({"BUR", "ZAR", "DDR", "FXX", "TMP", "YMD"})
"""Codes of countries that are no more, which the table of Unicode still leads to their heirs."""


def decimal_of(text: str, faults: Faults, where: str, row: int | None = None) -> Fraction | None:
    """The exact number of a decimal with a point, not below zero; None with a fault otherwise."""
    text = text.strip()
    if DECIMAL.fullmatch(text):
        found = Fraction(text.rstrip("."))
        if found >= 0:
            return found
        faults.add(NEGATIVE, where, row, text)
    elif WITH_COMMA.fullmatch(text):
        faults.add(COMMA, where, row, text, meant=text.replace(",", "."))
    else:
        faults.add(NOT_A_NUMBER, where, row, text)
    return None


def day_of(text: str, faults: Faults, where: str, row: int | None = None) -> date | None:
    """The day of a date or a point in time, as written: a time zone does not move it."""
    text = text.strip()
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[TZ+-].{0,40})?", text):
            return date.fromisoformat(text[:10])
    except ValueError:
        pass
    faults.add(NOT_A_DAY, where, row, text)
    return None


def hours_of(duration: str) -> Fraction | None:
    """Hours of a duration (`PT60H`, `P1DT6H`); None where months or years leave it open.

    A day is 24 hours: to the standard `P1DT6H` and `PT30H` are one duration, and software that
    writes durations turns the second into the first.
    """
    found = DURATION.fullmatch(duration.strip())
    if found is None or not any(found.groups()):
        return None
    part = {name: int(number or 0) for name, number in found.groupdict().items()}
    seconds = part["hours"] * 3600 + part["minutes"] * 60 + part["seconds"]
    return Fraction(part["days"] * 86_400 + seconds, 3600)


@lru_cache(maxsize=1)
def _long_codes() -> Mapping[str, str]:
    """Two letters of a country by its three, from Unicode's table of aliases."""
    aliases = get_global("territory_aliases")
    return {
        long: short[0]
        for long, short in aliases.items()
        if len(long) == 3 and long.isalpha() and len(short) == 1 and long not in OBSOLETE
    }


def country_of(address: str) -> str | None:
    """`PT` of `http://publications.europa.eu/resource/authority/country/PRT`, or of `PRT`."""
    return _long_codes().get(address.strip().rsplit("/", 1)[-1].upper())


def long_country(short: str) -> str | None:
    """`PRT` of `PT`."""
    return next((long for long, code in _long_codes().items() if code == short), None)
