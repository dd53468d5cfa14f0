"""`qualifica` on the team: shares, coordinator, time at the centre, recruiting, technicians."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from portaria.cli.answers import tell
from portaria.cli.arguments import AsJson, Lang, Quiet
from portaria.cli.faults import Faults
from portaria.cli.qualifica.figures import number
from portaria.cli.words import _, language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portaria.core.rule_set import RuleSet


def share(
    credit: Annotated[int, typer.Argument(min=0, metavar=_("CREDIT"), help=_("Hours in all."))],
    parts: Annotated[
        list[int], typer.Argument(metavar=_("HOURS"), help=_("Hours given to each teacher."))
    ],
    role: Annotated[
        str | None,
        typer.Option(
            metavar="promoter|partner",
            help=_("Whose credit; else a partner's up to 44 hours, a promoter's above."),
        ),
    ] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """What is left of the credit, or beyond it."""
    from portaria.documents.qualifica.team import shared_told
    from portaria.regulations.qualifica.team import distribution

    found = distribution(credit, parts, _rules(), role)
    row = asdict(found)
    tell(row, shared_told(found, language()), as_json, quiet)


def coordinator(
    not_career: Annotated[
        bool, typer.Option("--not-career", help=_("Not a career teacher."))
    ] = False,
    elsewhere: Annotated[
        bool, typer.Option("--elsewhere", help=_("Serves at another school."))
    ] = False,
    director: Annotated[
        bool, typer.Option("--director", help=_("Is the director of a school."))
    ] = False,
    no_profile: Annotated[
        bool, typer.Option("--no-profile", help=_("Lacks the profile of Portaria 232/2016."))
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Every condition that is not met."""
    from portaria.regulations.qualifica import team

    missing = team.coordinator(not not_career, not elsewhere, director, not no_profile)
    _conditions(missing, "qualifica-coordinator", as_json, quiet)


def staffing(
    normal_hours: Annotated[
        str, typer.Option(metavar=_("NUMBER"), help=_("Working time of the teacher, a week."))
    ],
    centre_hours: Annotated[
        str, typer.Option(metavar=_("NUMBER"), help=_("Hours of these at the centre."))
    ],
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The hours wanted, and a warning where these are fewer."""
    from portaria.documents.qualifica.team import staffing_told
    from portaria.regulations.qualifica import team

    faults = Faults()
    normal = number(normal_hours, "--normal-hours", faults)
    centre = number(centre_hours, "--centre-hours", faults)
    faults.refuse()
    assert normal is not None, "the option is required"
    assert centre is not None, "the option is required"
    found = team.staffing(normal, centre, _rules())
    row = {"wanted": found.wanted, "warnings": found.warnings, "clause": found.clause}
    tell(row, staffing_told(found, language()), as_json, quiet)


def recruitment(
    credit_unusable: Annotated[
        bool, typer.Option("--credit-unusable", help=_("The credit cannot be used."))
    ] = False,
    no_career: Annotated[
        bool, typer.Option("--no-career", help=_("No career teacher is left."))
    ] = False,
    no_reserve: Annotated[
        bool, typer.Option("--no-reserve", help=_("The reserve of recruitment is used up."))
    ] = False,
    no_need: Annotated[
        bool, typer.Option("--no-need", help=_("There is no effective need."))
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Career teachers, then the reserve, then school hiring."""
    from portaria.documents.qualifica.team import source_told
    from portaria.documents.qualifica.words import corrections_row
    from portaria.regulations.qualifica import team

    rules = _rules()
    usable, career, reserve = not credit_unusable, not no_career, not no_reserve
    found = team.recruit_from(usable, career, reserve, not no_need, rules)
    row = {
        "source": found.source,
        "clause": found.clause,
        "corrections": corrections_row(rules.edition),
    }
    tell(row, source_told(found, rules.edition, language()), as_json, quiet)


def technicians(
    count: Annotated[
        int, typer.Option("--number", min=1, metavar=_("NUMBER"), help=_("How many."))
    ],
    years: Annotated[int, typer.Option(min=1, metavar=_("NUMBER"), help=_("School years."))],
    partner: Annotated[
        bool, typer.Option("--partner", help=_("The school is only a partner."))
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Every condition that is not met."""
    from portaria.regulations.qualifica import team

    role = "partner" if partner else "promoter"
    missing = team.technicians(role, count, years, _rules())
    _conditions(missing, "qualifica-technicians", as_json, quiet)


def _conditions(missing: Sequence[str], rule_id: str, as_json: bool, quiet: bool) -> None:
    from portaria.documents.qualifica.team import conditions_told

    edition = _rules().edition
    row: dict[str, Any] = {
        "allowed": not missing,
        "missing": list(missing),
        "clauses": [each.name for each in edition.cites[rule_id]],
    }
    tell(row, conditions_told(missing, rule_id, edition, language()), as_json, quiet)


def _rules() -> RuleSet:
    from portaria.regulations.qualifica.regulation import QUALIFICA

    return QUALIFICA.rule_set()
