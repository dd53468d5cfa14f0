"""The hours of many schools: as data, as a table, summed up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from portaria.core.messages import declare
from portaria.core.rule_set import RuleSet
from portaria.documents.numbers import in_figures
from portaria.documents.qualifica.arithmetic import arithmetic
from portaria.documents.qualifica.row import row_of
from portaria.documents.qualifica.words import corrections_row, say
from portaria.documents.report import Table, text_row
from portaria.regulations.qualifica.model import Hours
from portaria.regulations.qualifica.table import Answered

CAPTION = declare("qualifica-table", "Weekly hours by school")
HEAD = {
    "school": declare("qualifica-head-school", "School"),
    "role": declare("qualifica-head-role", "Role"),
    "hours": declare("qualifica-head-hours", "Hours"),
    "how": declare("qualifica-head-how", "How"),
}
ROLES = {
    "promoter": declare("qualifica-role-promoter", "promoter"),
    "partner": declare("qualifica-role-partner", "partner"),
}
SUMMARY = declare(
    "qualifica-summary",
    "Schools: {schools}. Hours in all: {hours}. New centres: {new}. Excluded: {excluded}. "
    "Partners without a proportion: {whole}.",
)
NEW = declare("qualifica-how-new", "new centre, until {day}")
EXCLUDED = declare("qualifica-how-excluded", "excluded ({clause})")


def rows_of(rows: Sequence[Answered], on: date | None, rules: RuleSet) -> dict[str, Any]:
    """Every school as data, and the hours in all."""
    edition = rules.edition
    shared = ("edition", "title", "readings", "corrections")
    return {
        "edition": edition.name,
        "title": edition.title,
        "on": on and str(on),
        "hours": sum(each.found.hours for each in rows),
        "schools": [
            {
                "school": each.school,
                "centre": each.centre or None,
                **{k: v for k, v in row_of(each.found, edition).items() if k not in shared},
            }
            for each in rows
        ],
        "readings": dict(rules.readings),
        "corrections": corrections_row(edition),
    }


def summary(rows: Sequence[Answered], lang: str) -> str:
    """How many of what, in a sentence."""
    found = [each.found for each in rows]
    return say(
        SUMMARY,
        lang,
        schools=len(rows),
        hours=sum(each.hours for each in found),
        new=sum(each.new_until is not None for each in found),
        excluded=sum(each.excluded for each in found),
        whole=sum(bool(each.most) and each.proportion is None for each in found),
    )


def hours_table(rows: Sequence[Answered], rules: RuleSet, lang: str) -> Table:
    """One row a school, in the order of the table given."""
    cells = [
        text_row(
            each.school,
            say(ROLES[each.found.role], lang),
            str(each.found.hours),
            _how(each.found, rules, lang),
        )
        for each in rows
    ]
    return Table(say(CAPTION, lang), [say(code, lang) for code in HEAD.values()], "llrl", cells)


def _how(found: Hours, rules: RuleSet, lang: str) -> str:
    if found.excluded:
        return say(EXCLUDED, lang, rules.clause("qualifica-excluded"))
    if found.new_until is not None:
        return say(NEW, lang, day=in_figures(found.new_until, lang))
    return arithmetic(found, lang)
