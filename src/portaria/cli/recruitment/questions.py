"""Single questions of Aviso 8072/2017: until when to apply, whether an application holds."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer

from portaria.cli.answers import tell
from portaria.cli.arguments import DATES, MOMENTS, AsJson, Lang, Quiet, Readings
from portaria.cli.recruitment.lists import rules_of
from portaria.cli.service import Closure, Municipal, days_of
from portaria.cli.words import _, language


class Way(StrEnum):
    """How an application comes, as the rules name it."""

    hand = "hand"
    registered_post = "registered_post"
    other = "other"


Published = Annotated[
    datetime,
    typer.Option(
        "--published", formats=DATES, metavar=_("DATE"), help=_("Day the notice was published.")
    ),
]


def apply_by(
    published: Published,
    municipal: Municipal = None,
    closure: Closure = None,
    reading: Readings = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The last day, with every day passed over."""
    from portaria.documents.days import row_of, sentences
    from portaria.regulations.recruitment import days

    rules = rules_of(reading)
    calendar = days.calendar_of(days_of(municipal), days_of(closure), rules)
    found = days.apply_by(published.date(), calendar, rules)
    row = row_of(found) | {"clause": rules.clause("application-deadline")}
    tell(row, sentences(found, language()), as_json, quiet)


def application(
    published: Published,
    handed_in: Annotated[
        datetime,
        typer.Option(
            "--handed-in", formats=MOMENTS, metavar=_("YYYY-MM-DDTHH:MM"),
            help=_("Moment at the desk, or of the postmark."),
        ),
    ],
    way: Annotated[Way, typer.Option("--way", help=_("How it came."))],
    received_on: Annotated[
        datetime | None,
        typer.Option(
            "--received-on", formats=DATES, metavar=_("DATE"), help=_("Day the letter arrived.")
        ),
    ] = None,
    municipal: Municipal = None,
    closure: Closure = None,
    reading: Readings = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:  # fmt: skip
    """By hand within the hours of the desk, or by registered letter."""
    from portaria.documents.recruitment.application_answer import received_row, received_told
    from portaria.regulations.recruitment import days
    from portaria.regulations.recruitment.application import application as asked

    rules = rules_of(reading)
    calendar = days.calendar_of(days_of(municipal), days_of(closure), rules)
    arrived = received_on.date() if received_on else None
    found = asked(published.date(), handed_in, way.value, calendar, rules, arrived)
    tell(received_row(found), received_told(found, language()), as_json, quiet)


def requirements(
    areas: Annotated[
        int,
        typer.Option("--areas", metavar=_("NUMBER"), help=_("Areas of the post with experience.")),
    ],
    indefinite: Annotated[
        bool, typer.Option(help=_("Public employment for an indefinite term."))
    ] = True,
    active: Annotated[bool, typer.Option(help=_("In active service."))] = True,
    assistant: Annotated[bool, typer.Option(help=_("A technical assistant."))] = True,
    cv_current: Annotated[bool, typer.Option(help=_("The CV is up to date."))] = True,
    cv_dated: Annotated[bool, typer.Option(help=_("The CV is dated."))] = True,
    cv_signed: Annotated[bool, typer.Option(help=_("The CV is signed."))] = True,
    identity_copy: Annotated[
        bool, typer.Option(help=_("There is a copy of an identity document."))
    ] = True,
    late: Annotated[bool, typer.Option("--late", help=_("The application came late."))] = False,
    reading: Readings = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Every reason to exclude, each with its clause; the jury decides."""
    from portaria.documents.recruitment.application_answer import admission_row, admission_told
    from portaria.regulations.recruitment.requirements import Facts, admission

    facts = Facts(
        indefinite, active, assistant, areas, cv_current, cv_dated, cv_signed, identity_copy
    )
    found = admission(facts, rules_of(reading), late)
    tell(admission_row(found), admission_told(found, language()), as_json, quiet)
