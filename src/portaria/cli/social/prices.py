"""`social prices`: the maxima on a day, and whether what is charged is over."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

import typer

from portaria.cli.answers import exact_of, tell
from portaria.cli.arguments import AsJson, Lang, On, Quiet, Readings, policy
from portaria.cli.faults import Faults
from portaria.cli.words import _, language
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare

if TYPE_CHECKING:
    from portaria.regulations.social.model import Extra

NO_AMOUNT = declare(
    "social-no-amount", "{option} needs an amount in EUR, such as 3.20 or 84,08, not {given}"
)
TOO_LITTLE = declare("social-option-below-zero", "{option}: no price is below zero, as {given} is")
NO_EXTRA = declare("social-no-extra", "{option} is written as meal:0.10 or bed:5, not {given}")
OTHER_PRICE = declare(
    "social-option-of-other", "{option}: an extra is of meal or bed, not of {given}"
)

Extras = Annotated[
    list[str] | None,
    typer.Option(
        "--extra",
        metavar=_("PRICE:AMOUNT"),
        help=_("Charged on top of meal or bed; may be repeated."),
    ),
]
Optional = Annotated[
    list[str] | None,
    typer.Option(
        "--optional-extra",
        metavar=_("PRICE:AMOUNT"),
        help=_("The same, asked for by the student; may be repeated."),
    ),
]


def prices(
    on: On,
    charged_meal: Annotated[
        str | None, typer.Option(metavar=_("AMOUNT"), help=_("Price charged for a meal, in EUR."))
    ] = None,
    charged_bed: Annotated[
        str | None,
        typer.Option(metavar=_("AMOUNT"), help=_("Price charged for a bed a month, in EUR.")),
    ] = None,
    extra: Extras = None,
    optional_extra: Optional = None,
    unsubsidised: Annotated[
        bool, typer.Option("--unsubsidised", help=_("The meal is not a subsidised one."))
    ] = False,
    no_grant: Annotated[
        bool, typer.Option("--no-grant", help=_("The bed is not a grant holder's."))
    ] = False,
    elsewhere: Annotated[
        bool,
        typer.Option("--elsewhere", help=_("The bed is in no residence of the social services.")),
    ] = False,
    must_hold: Annotated[
        bool, typer.Option("--check", help=_("Exit 1 where a price or an extra is not allowed."))
    ] = False,
    reading: Readings = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> int:
    """Exact and in cents; refused before the law and where the IAS is not known."""
    from portaria.documents.social.answer import sentences
    from portaria.documents.social.row import row_of
    from portaria.regulations.social import prices as engine
    from portaria.regulations.social.model import BED, MEAL, Asked
    from portaria.regulations.social.regulation import SOCIAL
    from portaria.regulations.social.years import span_of

    faults = Faults()
    rules = faults.of(lambda: SOCIAL.rule_set(policy(reading)))
    faults.of(span_of, on.date(), rules or SOCIAL.rule_set())
    told = {MEAL: (charged_meal, "--charged-meal"), BED: (charged_bed, "--charged-bed")}
    charged = {
        name: faults.of(_price, given, option)
        for name, (given, option) in told.items()
        if given is not None
    }
    extras = [*_extras(extra, "--extra", faults)]
    extras += _extras(optional_extra, "--optional-extra", faults)
    faults.refuse()
    assert rules is not None, "what is refused is told"
    asked = Asked(
        on.date(),
        {name: amount for name, amount in charged.items() if amount is not None},
        tuple(extras),
        not unsubsidised,
        not no_grant,
        not elsewhere,
    )
    found = engine.prices(asked, rules)
    clause = rules.clause("social-extras")
    answer = sentences(found, clause, rules.changed, language())
    tell(row_of(found, rules.edition), answer, as_json, quiet)
    return int(must_hold and found.breach)


def _price(text: str, option: str) -> Fraction:
    """An amount with a point or a comma; UsageError where it is none, or below zero."""
    said = {"option": option, "given": text}
    found = exact_of(text, Message(NO_AMOUNT, said), option, fractions=False)
    if found < 0:
        raise UsageError(Message(TOO_LITTLE, said))
    return found


def _extras(given: list[str] | None, option: str, faults: Faults) -> Iterator[Extra]:
    """`meal:0.10` as extras; one that is not so written is a fault, or two."""
    from portaria.regulations.social.model import PRICES, Extra

    for each in given or ():
        of, colon, text = each.partition(":")
        name = of.strip()
        if not colon:
            faults.add([Message(NO_EXTRA, {"option": option, "given": each})])
            continue
        if name not in PRICES:
            faults.add([Message(OTHER_PRICE, {"option": option, "given": name})])
        amount = faults.of(_price, text.strip(), option)
        if amount is not None:
            yield Extra(name, amount, option == "--optional-extra")
