"""What the single questions of a course have in common: the school's cut-offs, a refusal."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from portaria.cli.words import _
from portaria.core.errors import UsageError
from portaria.core.messages import declare

NO_ANSWER = declare("cef-no-answer", "There is no answer: correct the errors above.")

Cutoffs = Annotated[
    str | None,
    typer.Option(
        metavar=_("PERCENTS"),
        help=_("Percents from which levels 2 to 5 begin, if not 20,50,70,90."),
    ),
]


def cutoffs_of(given: str | None) -> tuple[int, ...]:
    """The cut-offs, `20,50,70,90`; UsageError where they are none."""
    from portaria.regulations.cef.settings import parse_settings

    own: dict[str, Any] = {}
    if given is not None:
        parts = [each.strip() for each in given.split(",")]
        plain = all(each.isascii() and each.isdigit() and len(each) <= 3 for each in parts)
        own["level_cutoffs"] = [int(each) for each in parts] if plain else parts
    settings, problems = parse_settings(own, classes=True)
    if settings is None:
        raise UsageError(problems[0].message)
    return settings.cutoffs
