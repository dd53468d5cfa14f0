"""The neutral tables as views over RM: unbound, to be compiled, or of a connection, to be run."""

from __future__ import annotations

from typing import Any

import ibis.expr.types as ir

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem, set_of
from portaria.regulations.scae.rm import catalogue, logs, people, series
from portaria.regulations.scae.rm.base import Source
from portaria.regulations.scae.rm.mapping import RmMapping

VIEWS_FIRST = declare(
    "scae-rm-oracle",
    "on Oracle the views are made first: write them with portaria scae rm-views --dialect oracle, "
    "have them created, and read the base without --rm",
)

MAKERS = {
    "classes": catalogue.classes,
    "enrolments": people.enrolments,
    "movements": logs.movements,
    "class_disciplines": catalogue.class_disciplines,
    "discipline_enrolments": people.discipline_enrolments,
    "discipline_movements": logs.discipline_movements,
    "lessons": catalogue.lessons,
    "course_series": series.course_series,
    "municipalities": catalogue.municipalities,
}


def views(mapping: RmMapping) -> dict[str, ir.Table]:
    """Every neutral table that the mapping allows, as an expression over no base."""
    return _made(Source(mapping))


def tables(connection: Any, mapping: RmMapping) -> tuple[dict[str, ir.Table], list[Problem]]:
    """The views over a base, and each table or column of the mapping that it lacks.

    With a problem the expressions are not fit to be run. UsageError on Oracle: what Ibis writes
    there for a text of several parts is understood by its newest version alone, while `script`
    mends it.
    """
    if connection.name == "oracle":
        raise UsageError(Message(VIEWS_FIRST))
    source = Source(mapping, connection)
    made = _made(source)
    return made, set_of(source.problems)


def _made(source: Source) -> dict[str, ir.Table]:
    made = {name: make(source) for name, make in MAKERS.items()}
    return {name: table for name, table in made.items() if table is not None}
