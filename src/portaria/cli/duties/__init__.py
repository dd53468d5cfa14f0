"""`portaria duties`: what an employer owes against harassment (Lei 73/2017)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer

from portaria.cli.answers import tell
from portaria.cli.arguments import DATES, AsJson, Lang, On, OnDay, Quiet, Readings, policy
from portaria.cli.duties.people import in_force, just_cause, protection, reparation, stands_at
from portaria.cli.group import group
from portaria.cli.words import _, language


def build() -> typer.Typer:
    """The commands, with their help in the chosen language."""
    return group(
        _("Duties of an employer against harassment (Lei 73/2017)."),
        {
            harassment: _("What an employer must do; whether a sanction is abusive."),
            offence: _("How grave a breach of a clause is."),
            protection: _("Whether who complained, or a witness, may be punished."),
            just_cause: _("Whether the worker may leave with just cause."),
            reparation: _("Damages, and who answers for a disease."),
            in_force: _("From when on the law holds."),
            stands_at: _("Where a clause of before the law stands now."),
        },
    )


def harassment(
    workers: Annotated[
        int | None, typer.Option(min=0, metavar=_("NUMBER"), help=_("How many workers it has."))
    ] = None,
    complaint_on: Annotated[
        datetime | None,
        typer.Option(formats=DATES, metavar=_("DATE"), help=_("Day of the complaint.")),
    ] = None,
    sanction_on: Annotated[
        datetime | None,
        typer.Option(formats=DATES, metavar=_("DATE"), help=_("Day of the dismissal or sanction.")),
    ] = None,
    sector: Annotated[
        str, typer.Option(metavar="private|public", help=_("A private or a public employer."))
    ] = "private",
    alleged: Annotated[
        bool, typer.Option("--alleged", help=_("The employer knows of alleged harassment."))
    ] = False,
    on: OnDay = None,
    reading: Readings = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """With both days, also whether the sanction is presumed abusive."""
    from portaria.documents.duties.sentences import told
    from portaria.regulations.duties.harassment import duties
    from portaria.regulations.duties.regulation import DUTIES

    rules = DUTIES.rule_set(policy(reading))
    complaint, sanction, day = (each and each.date() for each in (complaint_on, sanction_on, on))
    found = duties(workers, rules, sector, alleged, complaint, sanction, day)
    presumed = found.presumption
    row: dict[str, Any] = {
        "code_of_conduct_required": found.code_of_conduct_required,
        # Without something alleged it is not known: the duty stands, for when the employer learns.
        "disciplinary_procedure_required": found.disciplinary_procedure_required or None,
        "presumed_abusive": presumed and presumed.presumed_abusive,
        "presumption_ends_on": presumed and presumed.last_day,
        "clauses": found.clauses,
        "edition": rules.edition.name,
        "readings": rules.readings,
    }
    tell(row, told(found, (complaint, sanction), rules, language()), as_json, quiet)


def offence(
    clause: Annotated[
        str, typer.Argument(metavar=_("CLAUSE"), help=_("The clause, as CT 127/1/k."))
    ],
    on: On,
    reading: Readings = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Light, serious or very serious, and whether its publicity may be spared."""
    from portaria.documents.duties.sentences import offence_told
    from portaria.regulations.duties import offences
    from portaria.regulations.duties.regulation import DUTIES

    rules = DUTIES.rule_set(policy(reading))
    found = offences.offence(clause, on.date(), rules)
    row = asdict(found) | {"edition": rules.edition.name, "readings": rules.readings}
    tell(row, offence_told(clause, found, rules, language()), as_json, quiet)
