"""How amounts, shares and readings of student prices are written."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from portaria.core.messages import declare
from portaria.core.numbers import written
from portaria.documents.sentence import sentence

READING = declare("social-reading", "By another reading, {words}.")
WORDS = {
    ("rounding", "truncate"): declare(
        "social-reading-truncate", "a maximum in cents is cut off, not rounded"
    ),
    ("rounding", "half_up"): declare("social-reading-half-up", "a maximum in cents is rounded"),
    ("compared", "exact"): declare(
        "social-reading-exact", "a price is over where it passes the exact share"
    ),
    ("compared", "max"): declare(
        "social-reading-max", "a price is over where it passes the maximum in cents"
    ),
    ("update", "october"): declare(
        "social-reading-october", "the IAS of a year makes the prices from 1 October on"
    ),
    ("update", "september"): declare(
        "social-reading-september", "the IAS of a year makes the prices from 1 September on"
    ),
    ("first_month", "ias_2017"): declare(
        "social-reading-ias-2017", "the prices of September 2017 follow the IAS of 2017"
    ),
    ("first_month", "ias_2016"): declare(
        "social-reading-ias-2016", "the prices of September 2017 follow the IAS of 2016"
    ),
    ("extras", "any"): declare(
        "social-reading-any", "nothing may be charged on top that the student did not ask for"
    ),
    ("extras", "total"): declare(
        "social-reading-total",
        "what the student did not ask for counts towards the price, and the sum is compared",
    ),
}
"""What a choice of a reading means, to stand in a sentence."""


def plain(value: Fraction) -> str:
    """An amount for programs: with a point and two decimals at least, `3.20`, `84.07525`."""
    text = written(value)
    if "/" in text:
        return text
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals.ljust(2, '0')}"


def money(value: Fraction, lang: str, places: int = 2) -> str:
    """The same for people: `3,20` in Portuguese; with `places` decimals at least."""
    text = plain(value)
    if "." in text:
        whole, _, decimals = text.partition(".")
        text = f"{whole}.{decimals.ljust(places, '0')}"
    return text if lang == "en" else text.replace(".", ",")


def percent(share: Fraction, lang: str) -> str:
    """`0,63 %` for 0.0063."""
    text = written(share * 100)
    return text + "%" if lang == "en" else text.replace(".", ",") + "\u00a0%"


def meanings(readings: Mapping[str, str], lang: str) -> list[str]:
    """What each reading means as it was chosen, to stand in a sentence."""
    return [sentence(WORDS[chosen], lang) for chosen in readings.items()]


def readings_told(changed: Mapping[str, str], lang: str) -> list[str]:
    """A sentence for each reading that is not the edition's own."""
    return [sentence(READING, lang, words=words) for words in meanings(changed, lang)]
