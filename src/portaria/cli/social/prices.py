"""`social prices`: the maxima on a day, and whether what is charged is over."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

import typer

from portaria.cli.answers import tell
from portaria.cli.arguments import AsJson, Lang, On, Quiet, Readings, policy
from portaria.cli.words import _, language
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.numbers import exact

if TYPE_CHECKING:
    from portaria.regulations.social.model import Extra

NO_AMOUNT = declare(
    "social-no-amount", "{option} needs an amount in EUR, such as 3.20 or 84,08, not {given}"
)
NO_EXTRA = declare("social-no-extra", "{option} is written as meal:0.10 or bed:5, not {given}")

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

    rules = SOCIAL.rule_set(policy(reading))
    charged = {
        name: amount_of(given, option)
        for name, given, option in (
            (MEAL, charged_meal, "--charged-meal"),
            (BED, charged_bed, "--charged-bed"),
        )
        if given is not None
    }
    extras = [*_extras(extra, "--extra"), *_extras(optional_extra, "--optional-extra")]
    asked = Asked(on.date(), charged, tuple(extras), not unsubsidised, not no_grant, not elsewhere)
    found = engine.prices(asked, rules)
    clause = rules.clause("social-extras")
    told = sentences(found, clause, rules.changed, language())
    tell(row_of(found, rules.edition), told, as_json, quiet)
    return int(must_hold and found.breach)


def amount_of(text: str, option: str) -> Fraction:
    """An amount with a point or a comma; UsageError where it is none."""
    found = exact(text.strip().replace(",", "."))
    if found is None or "/" in text:
        raise UsageError(Message(NO_AMOUNT, {"option": option, "given": text}))
    return found


def _extras(given: list[str] | None, option: str) -> list[Extra]:
    """`meal:0.10` as extras; UsageError where one is not so written."""
    from portaria.regulations.social.model import Extra

    found = []
    for each in given or ():
        price, colon, amount = each.partition(":")
        if not colon:
            raise UsageError(Message(NO_EXTRA, {"option": option, "given": each}))
        voluntary = option == "--optional-extra"
        found.append(Extra(price.strip(), amount_of(amount, option), voluntary))
    return found
