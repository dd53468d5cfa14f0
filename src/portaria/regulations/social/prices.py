"""What a meal and a bed may cost at most on a day, and whether a price is over (arts. 2 to 4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rounding import Rounding, round_to
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.social.ias import Ias, ias_of
from portaria.regulations.social.model import (
    BED,
    MEAL,
    PRICES,
    Asked,
    Extra,
    JudgedExtra,
    Maximum,
    Price,
    Prices,
    Warned,
)
from portaria.regulations.social.years import span_of

CENT = Fraction(1, 100)
ONLY_IF_VOLUNTARY = "lawful-only-if-voluntary"
SUM_WITHOUT_PRICE = "sum-without-price"

BELOW_ZERO = declare("social-below-zero", "a price is not below zero: {amount}")
UNKNOWN_PRICE = declare("social-unknown-price", "an extra is of meal or bed, not of {given}")


def prices(asked: Asked, rules: RuleSet) -> Prices:
    """The maxima of a day and what is charged beside them; UsageError before the law, after the
    last IAS that is known, and for an amount or an extra that cannot be."""
    _check(asked)
    span = span_of(asked.on, rules)
    ias = ias_of(span.ias_year)
    set_by_law = {
        MEAL: meal(ias, rules) if asked.subsidised else None,
        BED: bed(ias, rules) if asked.grant_holder and asked.residence else None,
    }
    found = {
        name: Price(name, rules.clause(f"social-{name}"), maximum, asked.charged.get(name))
        for name, maximum in set_by_law.items()
    }
    extras = tuple(judge(each, asked, found, rules) for each in asked.extras)
    warnings = (*_over(found), *_sums(extras, found, rules))
    return Prices(asked.on, ias, span, found, extras, warnings, rules.readings)


@rule("social-meal")
def meal(ias: Ias, rules: RuleSet) -> Maximum:
    """A subsidised meal, art. 2."""
    return _maximum(ias, rules.share("meal_share"), rules.clause("social-meal"), rules)


@rule("social-bed")
def bed(ias: Ias, rules: RuleSet) -> Maximum:
    """A month in a residence, for a grant holder, art. 3."""
    return _maximum(ias, rules.share("bed_share"), rules.clause("social-bed"), rules)


def _maximum(ias: Ias, share: Fraction, clause: str, rules: RuleSet) -> Maximum:
    exact = ias.value * share
    cents = in_cents(exact, rules)
    return Maximum(exact, cents, limit(exact, cents, rules), share, clause)


@rule("social-cents")
def in_cents(exact: Fraction, rules: RuleSet) -> Fraction:
    """A maximum that can be charged: cut off, so that it never passes the exact share."""
    cut = rules.takes("rounding", "truncate")
    return round_to(exact, CENT, Rounding.TRUNCATE if cut else Rounding.HALF_UP)


@rule("social-charged")
def limit(exact: Fraction, cents: Fraction, rules: RuleSet) -> Fraction:
    """What a charged price may not pass."""
    return exact if rules.takes("compared", "exact") else cents


@rule("social-extras")
def judge(extra: Extra, asked: Asked, found: Mapping[str, Price], rules: RuleSet) -> JudgedExtra:
    """Art. 4: nothing on top of a price of the law, unless the student asked for it."""
    price = found[extra.of]
    breach = forced(extra) and price.maximum is not None
    if breach and rules.takes("extras", "total"):
        assert price.maximum is not None
        together = sum(each.amount for each in asked.extras if each.of == extra.of and forced(each))
        breach = (price.charged or 0) + together > price.maximum.limit
    return JudgedExtra(extra, breach, rules.clause("social-extras"))


def forced(extra: Extra) -> bool:
    """Whether something is asked for that the student did not want."""
    return not extra.voluntary and extra.amount > 0


def _over(found: Mapping[str, Price]) -> Iterator[Warned]:
    """Above the maximum is lawful only for a service that the student asked for (art. 4)."""
    yield from (Warned(ONLY_IF_VOLUNTARY, name) for name in PRICES if found[name].over)


def _sums(
    extras: tuple[JudgedExtra, ...], found: Mapping[str, Price], rules: RuleSet
) -> Iterator[Warned]:
    """Where the sum decides and no price is given, it was taken as nothing."""
    if rules.takes("extras", "total"):
        for name in PRICES:
            price = found[name]
            told = any(each.extra.of == name and forced(each.extra) for each in extras)
            if told and price.charged is None and price.maximum is not None:
                yield Warned(SUM_WITHOUT_PRICE, name)


def _check(asked: Asked) -> None:
    for extra in asked.extras:
        if extra.of not in PRICES:
            raise UsageError(Message(UNKNOWN_PRICE, {"given": extra.of}))
    for amount in (*asked.charged.values(), *(extra.amount for extra in asked.extras)):
        if amount < 0:
            raise UsageError(Message(BELOW_ZERO, {"amount": amount}))
