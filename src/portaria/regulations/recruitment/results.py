"""What is answered of a procedure, as tables and as JSON."""

from __future__ import annotations

from typing import Any

from portaria.core.messages import Message, declare, render
from portaria.core.numbers import written
from portaria.regulations.recruitment.evaluate import Evaluation
from portaria.regulations.recruitment.model import ADMISSION, EVALUATION
from portaria.regulations.recruitment.ranking import Ranked
from portaria.regulations.recruitment.states import ListState
from portaria.regulations.recruitment.warnings import RULES

BELOW = declare("recruitment-below-minimum", "below the minimum of {criterion}")

Row = dict[str, Any]
COLUMNS: dict[str, tuple[str, ...]] = {
    "lists": (
        "list", "state", "published", "title", "hearing_until", "law_until", "alternative",
        "final_from", "blocks",
    ),
    "admission": ("candidate", "name", "result", "reason", "clause"),
    "ranking": (
        "candidate", "name", "result", "exact", "score", "rank", "selected", "reason",
        "reason_code", "clause",
    ),
    "exclusions": ("list", "candidate", "name", "reason", "reason_code", "clause"),
    "warnings": ("code", "list", "candidate", "clause"),
}  # fmt: skip
PUBLIC: dict[str, tuple[str, ...]] = {
    ADMISSION: ("name", "result"),
    EVALUATION: ("name", "result", "rank", "score"),
}
"""The lists that anybody may see: no other table may be published."""


def rows_of(found: Evaluation) -> dict[str, list[Row]]:
    """The tables by name, as COLUMNS; exact numbers and days as text, what there is not None."""
    admission = [_row(each, COLUMNS["admission"]) for each in found.admission]
    ranking = [_ranked(found, each) for each in found.ranking]
    excluded = ((ADMISSION, admission), (EVALUATION, ranking))
    return {
        "lists": [_state(each) for each in found.lists],
        "admission": admission,
        "ranking": ranking,
        "exclusions": [
            {"list": name} | {key: row.get(key) for key in COLUMNS["exclusions"][1:]}
            for name, rows in excluded
            for row in rows
            if row["result"] == "excluded"
        ],
        "warnings": [
            {
                "code": each.code,
                "list": each.list,
                "candidate": each.candidate or None,
                "clause": found.rules.clause(RULES[each.code]),
            }
            for each in found.warnings
        ],
    }


def public_lists(found: Evaluation) -> dict[str, list[Row]]:
    """The public lists by name, as PUBLIC."""
    return {name: [*map(_exact_as_text, found.public(name))] for name in PUBLIC}


def as_json(found: Evaluation) -> Row:
    """The whole answer: the tables, the public lists under `public`, deadlines and readings."""
    other = found.apply_by.alternative_last_day
    return {
        "process": found.procedure.notice.process,
        "on": str(found.on),
        "application_deadline": str(found.apply_by.last_day),
        "application_deadline_alternative": other and str(other),
        **rows_of(found),
        "public": public_lists(found),
        "readings": dict(found.rules.readings),
    }


def below_minimum(criterion: str, lang: str) -> str:
    """Why somebody is out who failed in one method."""
    return render(Message(BELOW, {"criterion": criterion}), lang)


def _state(each: ListState) -> Row:
    hearing = each.hearing
    days = {
        "published": each.published,
        "title": each.title,
        "hearing_until": hearing.until,
        "law_until": hearing.law_until,
        "alternative": hearing.alternative,
        "final_from": each.final_from,
    }
    row = {name: None if day is None else str(day) for name, day in days.items()}
    return {"list": each.list, "state": each.state, **row, "blocks": [*each.blocks]}


def _ranked(found: Evaluation, each: Ranked) -> Row:
    """Data are one in every language, so the words of a reason are those of the edition."""
    lang = found.rules.edition.language
    reason = None if each.failed is None else below_minimum(each.failed, lang)
    return _row(each, COLUMNS["ranking"], reason=reason)


def _row(each: Any, columns: tuple[str, ...], **values: Any) -> Row:
    return _exact_as_text(
        {name: values[name] if name in values else getattr(each, name) for name in columns}
    )


def _exact_as_text(row: Row) -> Row:
    exact = {name: written(row[name]) for name in ("exact", "score") if row.get(name) is not None}
    return row | exact
