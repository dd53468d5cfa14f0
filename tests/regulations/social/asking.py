"""The engine asked as the reference is, answering in its shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from portaria.regulations.social import ias
from portaria.regulations.social.model import Asked, Extra, Price
from portaria.regulations.social.prices import ONLY_IF_VOLUNTARY
from portaria.regulations.social.prices import prices as engine
from portaria.regulations.social.regulation import SOCIAL

Row = dict[str, Any]


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
    charged = {"meal": charged_meal, "bed": charged_bed}
    asked = Asked(
        on,
        {name: Fraction(amount) for name, amount in charged.items() if amount is not None},
        tuple(Extra(each["of"], Fraction(each["amount"]), each["voluntary"]) for each in extras),
        subsidised,
        grant_holder,
        residence,
    )
    found = engine(asked, SOCIAL.rule_set(policy or {}))
    told = [each for each in found.warnings if each.code == ONLY_IF_VOLUNTARY]
    return {
        "ias": found.ias.value,
        "ias_year": found.span.ias_year,
        "valid_from": found.span.valid_from,
        "valid_until": found.span.valid_until,
        **{name: price_row(price) for name, price in found.prices.items()},
        "extras": [
            {
                "of": each.extra.of,
                "amount": each.extra.amount,
                "voluntary": each.extra.voluntary,
                "breach": each.breach,
                "clause": f"Lei-{each.clause}",
            }
            for each in found.extras
        ],
        "breach": found.breach,
        "warnings": [f"{each.code}:{each.of}" for each in told],
        "readings": dict(found.readings),
    }


def price_row(price: Price) -> Row:
    most = price.maximum
    return {
        "exact": most and most.exact,
        "max": most and most.cents,
        "limit": most and most.limit,
        "charged": price.charged,
        "over": price.over,
        "over_by": price.over_by,
        "applies": most is not None,
        "clause": f"Lei-{price.clause}",
    }


def ias_of(year: int) -> Fraction:
    return ias.ias_of(year).value
