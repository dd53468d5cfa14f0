"""The prices of a day in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portaria.core.messages import declare
from portaria.documents.sentence import sentence
from portaria.documents.social.words import money, percent, readings_told
from portaria.regulations.social.model import BED, MEAL, Price, Prices
from portaria.regulations.social.prices import ONLY_IF_VOLUNTARY, SUM_WITHOUT_PRICE

INDENT = "   "

SPAN = declare(
    "social-span", "Prices from {first} to {last}, by the IAS of {year}: {ias} EUR ({source})."
)
NOT_CONFIRMED = declare("social-not-confirmed", "This IAS was not seen in print.")
MOST = {
    MEAL: declare(
        "social-meal-most",
        "Subsidised meal: {most} EUR at most; {share} of the IAS is exactly {exact} ({clause}).",
    ),
    BED: declare(
        "social-bed-most",
        "Residence, a month, grant holder: {most} EUR at most; {share} of the IAS is exactly "
        "{exact} ({clause}).",
    ),
}
NO_MAXIMUM = {
    MEAL: declare("social-meal-free", "Meal that is not subsidised: no maximum ({clause})."),
    BED: declare(
        "social-bed-free",
        "Bed of others than grant holders, or elsewhere than in a residence of the social "
        "services: no maximum ({clause}).",
    ),
}
WITHIN = declare("social-within", "Charged {charged} EUR: not over.")
OVER = declare("social-over", "Charged {charged} EUR: over by {over_by} EUR.")
FREE = declare("social-charged-free", "Charged {charged} EUR: not compared.")
EXTRAS = {
    (MEAL, True): declare(
        "social-extra-meal-breach",
        "{amount} EUR on top of the meal, which the student did not ask for: not allowed "
        "({clause}).",
    ),
    (MEAL, False): declare(
        "social-extra-meal-fine", "{amount} EUR on top of the meal: allowed ({clause})."
    ),
    (BED, True): declare(
        "social-extra-bed-breach",
        "{amount} EUR on top of the bed, which the student did not ask for: not allowed "
        "({clause}).",
    ),
    (BED, False): declare(
        "social-extra-bed-fine", "{amount} EUR on top of the bed: allowed ({clause})."
    ),
}
WARNINGS = {
    (ONLY_IF_VOLUNTARY, MEAL): declare(
        "social-voluntary-meal",
        "The meal may cost more than its maximum only for services that the student asked for "
        "({clause}).",
    ),
    (ONLY_IF_VOLUNTARY, BED): declare(
        "social-voluntary-bed",
        "The bed may cost more than its maximum only for services that the student asked for "
        "({clause}).",
    ),
    (SUM_WITHOUT_PRICE, MEAL): declare(
        "social-sum-meal", "The price of the meal is not given: only what comes on top was added."
    ),
    (SUM_WITHOUT_PRICE, BED): declare(
        "social-sum-bed", "The price of the bed is not given: only what comes on top was added."
    ),
}


def sentences(
    found: Prices, rule_clause: str, changed: Mapping[str, str], lang: str
) -> Iterator[str]:
    """The maxima, what is charged beside them, the extras, what to look at, other readings.

    rule_clause: of the extras; changed: the readings that are not the edition's own.
    """
    span, ias = found.span, found.ias
    yield sentence(
        SPAN,
        lang,
        first=span.valid_from,
        last=span.valid_until,
        year=str(ias.year),
        ias=money(ias.value, lang),
        source=ias.source,
    )
    if not ias.confirmed:
        yield sentence(NOT_CONFIRMED, lang)
    for price in found.prices.values():
        yield from _told(price, lang)
    for each in found.extras:
        code = EXTRAS[each.extra.of, each.breach]
        yield sentence(code, lang, each.clause, amount=money(each.extra.amount, lang))
    for warned in found.warnings:
        yield sentence(WARNINGS[warned.code, warned.of], lang, rule_clause)
    yield from readings_told(changed, lang)


def _told(price: Price, lang: str) -> Iterator[str]:
    most = price.maximum
    charged = {} if price.charged is None else {"charged": money(price.charged, lang)}
    if most is None:
        yield sentence(NO_MAXIMUM[price.name], lang, price.clause)
        if charged:
            yield INDENT + sentence(FREE, lang, **charged)
        return
    amounts = {"most": money(most.cents, lang), "exact": money(most.exact, lang)}
    yield sentence(MOST[price.name], lang, price.clause, **amounts, share=percent(most.share, lang))
    if price.over_by is not None:
        code = OVER if price.over else WITHIN
        yield INDENT + sentence(code, lang, **charged, over_by=money(price.over_by, lang))
