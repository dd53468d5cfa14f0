"""The log of movements as it stood at the end of the month (R06, R40, R50)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_

import ibis
import ibis.expr.types as ir

from portaria.core.rule import rule
from portaria.regulations.scae.month import Month

NOWHERE = -1
"""The number of a movement that is not."""


@rule("log-not-edited")
def numbered(events: ir.Table, key: str) -> ir.Table:
    """The movements with `n`, their number from 0 in the log of `key`: by time, then by `seq`; and
    `changes`, false for one that leads where the one before had led already.

    R51: the log is taken as it is; a wrong movement and its correction are two rows.
    """
    order = ibis.window(group_by=key, order_by=["at", "seq"])
    to = events["to"].fill_null("")
    before = ibis.coalesce(to.lag().over(order), events["from"], "")
    return events.mutate(n=ibis.row_number().over(order).cast("int64"), changes=to != before)


@rule("situation-as-of-month")
def known(events: ir.Table, month: Month) -> ir.BooleanValue:
    """Movements up to the last minute of the month; what came later is not looked at (R06)."""
    return events["at"] < ibis.timestamp(month.following.first.isoformat())


def latest(condition: ir.BooleanValue, n: ir.Column) -> ir.Column:
    """The number of the last movement that meets a condition, `NOWHERE` where none does."""
    return condition.ifelse(n, NOWHERE).max()


def earliest(condition: ir.BooleanValue, n: ir.Column) -> ir.Column:
    """The number of the first movement that meets a condition, null where none does."""
    return condition.ifelse(n, ibis.null("int64")).min()


def picked(
    events: ir.Table, picks: ir.Table, keys: list[str], wanted: Mapping[str, tuple[str, str]]
) -> ir.Table:
    """`picks` with the values of the movements that it names by number.

    keys: of `picks`, the first of them the key of the log. wanted: {column out: (column of `picks`
    with the number, column of `events`)}; one of the numbers is of a movement that there is. One
    join and one pass: a movement is met by its number, and no two of a log share one.
    """
    numbers = list(dict.fromkeys(number for number, _ in wanted.values()))
    named = picks.rename({f"number_of_{name}": name for name in numbers})
    values = dict.fromkeys(column for _, column in wanted.values())
    key = keys[0]
    log = events.select(key, "n", **{f"value_{name}": events[name] for name in values})
    joined = named.inner_join(log, key)
    rows = joined.filter(reduce(or_, (joined.n == joined[f"number_of_{name}"] for name in numbers)))
    found = {
        out: (rows.n == rows[f"number_of_{number}"])
        .ifelse(rows[f"value_{column}"], ibis.null(rows[f"value_{column}"].type()))
        .max()
        for out, (number, column) in wanted.items()
    }
    carried = [name for name in picks.columns if name not in {*keys, *numbers}]
    return rows.group_by(keys).agg(**{name: rows[name].max() for name in carried}, **found)
