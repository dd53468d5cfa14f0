"""`duties protection`, `just-cause`, `reparation`: what follows for people; `in-force` and
`stands-at`: the law itself."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from portaria.cli.answers import tell
from portaria.cli.arguments import DATES, AsJson, Lang, On, Quiet
from portaria.cli.words import _, language


def protection(
    who: Annotated[
        str, typer.Option(metavar="complainant|witness", help=_("Who would be punished."))
    ],
    intent: Annotated[
        bool, typer.Option("--intent", help=_("Acted with intent to deceive."))
    ] = False,
    outside: Annotated[
        bool, typer.Option("--outside", help=_("For something that is not in the file."))
    ] = False,
    final: Annotated[
        bool, typer.Option("--final", help=_("The final decision of the case is there."))
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Only for what is in the file of a case of harassment, until its final decision."""
    from portaria.documents.duties.sentences import protection_told
    from portaria.regulations.duties import sanctions
    from portaria.regulations.duties.regulation import DUTIES

    found = sanctions.protection(who, intent, DUTIES.rule_set(), not outside, final)
    tell(asdict(found), protection_told(found, language()), as_json, quiet)


def just_cause(
    by: Annotated[
        str,
        typer.Option(
            metavar="employer|representative|colleague|other", help=_("Whose harassment it is.")
        ),
    ],
    reported: Annotated[
        bool, typer.Option("--reported", help=_("Reported to the labour inspection."))
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Harassment by the employer or who stands for it, once it is reported."""
    from portaria.documents.duties.sentences import just_cause_told
    from portaria.regulations.duties import offences
    from portaria.regulations.duties.regulation import DUTIES

    found, clause = offences.just_cause(by, reported, DUTIES.rule_set())
    row = {"just_cause": found, "clause": clause}
    tell(row, just_cause_told(found, clause, language()), as_json, quiet)


def reparation(
    disease: Annotated[
        bool, typer.Option("--disease", help=_("A disease comes of the harassment."))
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Damages in any case."""
    from portaria.documents.duties.sentences import reparation_told
    from portaria.regulations.duties import offences
    from portaria.regulations.duties.regulation import DUTIES

    rules = DUTIES.rule_set()
    found = offences.reparation(disease, rules)
    tell(asdict(found), reparation_told(found, rules, language()), as_json, quiet)


def in_force(
    published: Annotated[
        datetime | None,
        typer.Option(
            formats=DATES, metavar=_("DATE"), help=_("Day of publication, if not 16 August 2017.")
        ),
    ] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The first day of the law, and the day by which the government regulates the rest."""
    from portaria.documents.duties.sentences import in_force_told
    from portaria.regulations.duties import dates
    from portaria.regulations.duties.regulation import DUTIES

    rules = DUTIES.rule_set()
    day = published.date() if published else dates.published(rules)
    first, due = dates.in_force_from(day), dates.regulation_due(day)
    row = {"published": day, "in_force_from": first, "regulation_due": due}
    tell(row, in_force_told(first, due, rules, language()), as_json, quiet)


def stands_at(
    clause: Annotated[
        str, typer.Argument(metavar=_("CLAUSE"), help=_("The clause, as LTFP 4/1/d."))
    ],
    on: On,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The law put new letters and numbers before older ones."""
    from portaria.documents.duties.sentences import stands_told
    from portaria.regulations.duties import moved
    from portaria.regulations.duties.regulation import DUTIES

    place, by = moved.stands_at(clause, on.date(), DUTIES.rule_set())
    row = {"clause": clause, "stands_at": place, "moved_by": by}
    tell(row, stands_told(clause, place, by, language()), as_json, quiet)
