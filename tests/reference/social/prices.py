"""Articles 2 to 5: what a meal and a bed may cost at most on a day, and whether a price is over.

An answer has `ias`, `meal` and `bed`, each `exact`, `max` (in cents), `charged`, `over`, `over_by`
and `clause`; `ias_year`, `valid_from` and `valid_until` of these prices; `extras` with what was
given of each and `breach`; `breach` of the whole; `warnings`; `readings`. Amounts are EUR.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from reference.reading import Reading, chosen

from .ias import ias_of

Row = dict[str, Any]

ONE = timedelta(days=1)
FIRST_DAY = date(2017, 9, 1)  # art. 5
MEAL, BED = Fraction(63, 10000), Fraction(175, 1000)
CLAUSE = {"meal": "Lei-71 2", "bed": "Lei-71 3"}
FREE = {"applies": False, "exact": None, "max": None, "over": None, "over_by": None, "limit": None}
READINGS = {
    "rounding": Reading(
        "Lei-71 2",
        ("truncate", "half_up"),
        "a share of the IAS is no whole cent: cut off, since it is a maximum, or rounded",
    ),
    "compared": Reading(
        "Lei-71 2",
        ("exact", "max"),
        "a charged price is over the exact share, or over the maximum in cents",
    ),
    "update": Reading(
        "Lei-71 2",
        ("october", "september"),
        "the new prices hold from 1 October, or from the start of the academic year",
    ),
    "first_month": Reading(
        "Lei-71 5",
        ("ias_2017", "ias_2016"),
        "September 2017, before the first update: the IAS of its own year, or of the year that"
        " the update of October 2016 would have taken",
    ),
    "extras": Reading(
        "Lei-71 4",
        ("any", "total"),
        "what nobody asked for is a breach whatever the sum, or only with a sum over the maximum",
    ),
}


def prices(
    on: date,
    charged_meal: Fraction | None = None,
    charged_bed: Fraction | None = None,
    extras: Iterable[Mapping[str, Any]] = (),
    grant_holder: bool = True,
    subsidised: bool = True,
    residence: bool = True,
    policy: Mapping[str, str] | None = None,
) -> Row:
    """`extras`: rows of `of` (meal, bed), `amount` and `voluntary`. Art. 2 is for a subsidised
    meal, art. 3 for a grant holder in a residence of the social services: any other has no
    maximum (`applies` False). ValueError before the law and after the last IAS that is known."""
    readings = chosen(READINGS, policy)
    year = price_year(on, readings)
    ias = ias_of(year)
    _refuse_below_zero(charged_meal, charged_bed)
    meal = _price("meal", ias * MEAL, charged_meal, readings)
    bed = _price("bed", ias * BED, charged_bed, readings)
    found = {
        "meal": meal if subsidised else meal | FREE,
        "bed": bed if grant_holder and residence else bed | FREE,
    }
    rows = [_extra(extra, found, readings) for extra in extras]
    if readings["extras"] == "total":
        _by_the_sum(rows, found)
    over = [name for name, price in found.items() if price["over"]]
    breach = bool(over) or any(row["breach"] for row in rows)
    return {
        "ias": ias,
        **found,
        "ias_year": year,
        **_span(on, readings),
        "extras": rows,
        "breach": breach,
        "warnings": [f"lawful-only-if-voluntary:{name}" for name in over],
        "readings": readings,
    }


def price_year(on: date, readings: Mapping[str, str]) -> int:
    """The calendar year whose IAS makes the prices of a day."""
    if on < FIRST_DAY:
        raise ValueError(f"Lei 71/2017 is in force from {FIRST_DAY}; {on} is before")
    if on < date(2017, 10, 1):
        return 2017 if readings["first_month"] == "ias_2017" else 2016
    update = 10 if readings["update"] == "october" else 9
    return on.year if on.month >= update else on.year - 1


def _span(on: date, readings: Mapping[str, str]) -> Row:
    """The days on which these prices hold, found day by day."""
    year, first, last = price_year(on, readings), on, on
    while first > FIRST_DAY and price_year(first - ONE, readings) == year:
        first -= ONE
    while price_year(last + ONE, readings) == year:
        last += ONE
    return {"valid_from": first, "valid_until": last}


def _price(
    name: str, share: Fraction, charged: Fraction | None, readings: Mapping[str, str]
) -> Row:
    half = Fraction(1, 2) if readings["rounding"] == "half_up" else 0
    cents = Fraction((share * 100 + half).__floor__(), 100)
    limit = share if readings["compared"] == "exact" else cents
    over_by = None if charged is None else max(charged - limit, Fraction(0))
    return {
        "exact": share,
        "max": cents,
        "charged": charged,
        "over": None if over_by is None else over_by > 0,
        "over_by": over_by,
        "clause": CLAUSE[name],
        "applies": True,
        "limit": limit,
    }


def _extra(extra: Mapping[str, Any], found: Mapping[str, Row], readings: Mapping[str, str]) -> Row:
    """Art. 4: nothing on top, unless the student asked for it."""
    if extra["of"] not in found:
        raise ValueError(f"an extra is of {sorted(found)}, not of {extra['of']!r}")
    _refuse_below_zero(extra["amount"])
    breach = not extra["voluntary"] and extra["amount"] > 0 and found[extra["of"]]["applies"]
    return {**extra, "breach": breach, "clause": "Lei-71 4"}


def _by_the_sum(rows: list[Row], found: Mapping[str, Row]) -> None:
    """The other reading: a compulsory extra is a part of the price."""
    for name, price in found.items():
        forced = [row for row in rows if row["of"] == name and row["breach"]]
        total = (price["charged"] or 0) + sum(row["amount"] for row in forced)
        for row in forced:
            row["breach"] = total > price["limit"]


def _refuse_below_zero(*amounts: Fraction | None) -> None:
    for amount in amounts:
        if amount is not None and amount < 0:
            raise ValueError(f"a price is not below zero: {amount}")
