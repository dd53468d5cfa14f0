"""A base of RM as a source of a load."""

from __future__ import annotations

from dataclasses import replace

from portaria.core.errors import UsageError
from portaria.core.messages import Message
from portaria.regulations.scae.rm.mapping import RmMapping
from portaria.regulations.scae.rm.views import VIEWS_FIRST, tables
from portaria.regulations.scae.schemas import TABLES
from portaria.tables.address import server
from portaria.tables.database import Database, from_tables


def open_rm(address: str, mapping: RmMapping) -> Database:
    """The neutral tables of a base, checked; where it lacks what the mapping names, only that.

    MachineError where the server does not answer; UsageError on Oracle (see `views.tables`).
    """
    if address.startswith("oracle"):
        raise UsageError(Message(VIEWS_FIRST))
    connection = server(address)
    found, problems = tables(connection, mapping)
    if not problems:
        return from_tables(connection, found, TABLES)
    nothing = {name: replace(spec, required=False) for name, spec in TABLES.items()}
    database = from_tables(connection, {}, nothing)
    database.problems = problems
    return database
