"""The prices of a day as data."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from portaria.core.edition import Edition
from portaria.documents.social.words import plain
from portaria.regulations.social.model import JudgedExtra, Price, Prices
from portaria.regulations.social.years import academic_year


def row_of(found: Prices, edition: Edition) -> dict[str, Any]:
    """The answer as data: amounts as exact text in EUR, days in ISO, what there is not as None."""
    return {
        "edition": edition.name,
        "title": edition.title,
        "on": str(found.on),
        "ias": plain(found.ias.value),
        "ias_year": found.ias.year,
        "ias_source": found.ias.source,
        "ias_checked_on": str(found.ias.checked_on),
        "ias_confirmed": found.ias.confirmed,
        "prices_of": academic_year(found.span),
        "valid_from": str(found.span.valid_from),
        "valid_until": str(found.span.valid_until),
        **{name: _price_row(price) for name, price in found.prices.items()},
        "extras": [_extra_row(each) for each in found.extras],
        "breach": found.breach,
        "warnings": [{"code": each.code, "of": each.of} for each in found.warnings],
        "readings": dict(found.readings),
    }


def _price_row(price: Price) -> dict[str, Any]:
    most = price.maximum
    return {
        "exact": None if most is None else plain(most.exact),
        "max": None if most is None else plain(most.cents),
        "charged": _text(price.charged),
        "over": price.over,
        "over_by": _text(price.over_by),
        "limit": None if most is None else plain(most.limit),
        "applies": most is not None,
        "clause": price.clause,
    }


def _extra_row(each: JudgedExtra) -> dict[str, Any]:
    extra = each.extra
    return {
        "of": extra.of,
        "amount": plain(extra.amount),
        "voluntary": extra.voluntary,
        "breach": each.breach,
        "clause": each.clause,
    }


def _text(value: Fraction | None) -> str | None:
    return None if value is None else plain(value)
