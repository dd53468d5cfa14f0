"""The table of schools, as people write it. Columns are a contract: add, never rename."""

from __future__ import annotations

import dataframely as dy

from portaria.regulations.qualifica.model import ROLES
from portaria.tables.schema import OPTIONAL, Table, decimal

MOST = 1_000_000


def percent(least: int, most: int, optional: bool = True) -> dy.Decimal:
    """Percentage points; the whole column may be missing where optional."""
    return decimal(nullable=True, min=least, max=most, metadata=OPTIONAL if optional else None)


def told() -> dy.Bool:
    """A fact that somebody states, or nobody does."""
    return dy.Bool(nullable=True, metadata=OPTIONAL)


class Schools(Table):
    """A school a row. The need is `points_above` or the two percentages with their `nuts`; the
    performance is a percentage or the two counts behind it."""

    school = dy.String()
    centre = dy.String(nullable=True, metadata=OPTIONAL)
    role = dy.Enum(ROLES)
    points_above = percent(-100, 100)
    region_percent = percent(0, 100)
    nation_percent = percent(0, 100)
    nuts = dy.Integer(nullable=True, metadata=OPTIONAL)
    performance = percent(0, MOST)
    registered = dy.Integer(nullable=True, min=0, max=MOST, metadata=OPTIONAL)
    expected = dy.Integer(nullable=True, min=1, max=MOST, metadata=OPTIONAL)
    proportion = decimal(nullable=True, min=0, max=1, metadata=OPTIONAL)
    authorised_on = dy.Date(nullable=True, metadata=OPTIONAL)
    could_apply = told()
    applied = told()
