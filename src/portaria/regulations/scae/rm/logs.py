"""Views of the logs, whose columns only the mapping knows."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from portaria.regulations.scae.rm.base import COLIGADA, Source
from portaria.regulations.scae.rm.catalogue import PERIOD, offers, periods, with_left
from portaria.regulations.scae.rm.mapping import Log
from portaria.regulations.scae.rm.people import KEY
from portaria.regulations.scae.rm.values import (
    class_key,
    code,
    discipline_enrolment_key,
    enrolment_key,
)

COLUMNS = ("situation", "result")
ORDER = ["moment", "number", "rank", "to"]
"""Of movements of one enrolment; the last two are for logs whose rows have no number."""


def movements(source: Source) -> ir.Table:
    """The log of the period enrolments: a row for each change of situation or result (R06, R40).

    The class is of the branch of the enrolment: its applied matrix belongs to one branch. `seq`
    counts the movements of an enrolment in the order of their moments.
    """
    log = source.mapping.period_log
    table = source.log(log)
    known = periods(source).select(*PERIOD)
    table = table.inner_join(known, PERIOD).select(*table.columns)
    if log.class_:
        branches = source.table("SMATRICPL").select(*KEY, "CODFILIAL")
        table = with_left(table, branches, KEY, "enrolment")
        class_ = class_key(table, table.class_)
    else:
        class_ = ibis.null("string")
    table = table.mutate(key=enrolment_key(table), class_key=class_)
    changes = _changes(table, log, "situation", bool(log.situation_before))
    if log.result:
        changes = changes.union(_changes(table, log, "result", bool(log.result_before)))
    changes = _counted(changes)
    return changes.select(
        **{"enrolment": changes.key, "seq": changes.seq, "at": changes.moment},
        **{"column": changes.column, "from": changes.before, "to": changes["to"]},
        **{"class": changes.class_key},
    )


def discipline_movements(source: Source) -> ir.Table | None:
    """The log of the enrolments in disciplines, None where the mapping says there is none."""
    log = source.mapping.discipline_log
    if log is None:
        return None
    table = source.log(log)
    known = offers(source).select(COLIGADA, "IDTURMADISC")
    table = table.inner_join(known, [COLIGADA, "IDTURMADISC"]).select(*table.columns)
    table = table.mutate(key=discipline_enrolment_key(table), class_key=ibis.null("string"))
    changes = _changes(table, log, "situation", bool(log.situation_before))
    changes = _counted(changes)
    return changes.select(
        **{"discipline_enrolment": changes.key, "seq": changes.seq, "at": changes.moment},
        **{"from": changes.before, "to": changes["to"]},
    )


def _changes(table: ir.Table, log: Log, column: str, tells_before: bool) -> ir.Table:
    """The rows that hold a value of `column`, with the value before."""
    moment = table["at"] if table["at"].type().is_timestamp() else table["at"].cast("timestamp")
    rows = table.filter(table[column].notnull())
    rows = rows.select(
        "key", "class_key", column=ibis.literal(column), moment=moment,
        # Where one row changes both, the situation comes first.
        rank=ibis.literal(COLUMNS.index(column), "int64"),
        number=rows.number if log.number else ibis.literal(0, "int64"),
        to=code(rows[column]),
        given=code(rows[f"{column}_before"]) if tells_before else ibis.null("string"),
    )  # fmt: skip
    order = ibis.window(group_by="key", order_by=ORDER)
    before = rows.given if tells_before else rows["to"].lag().over(order)
    rows = rows.mutate(before=before)
    changed = rows["to"].notnull()
    if not log.keeps_unchanged:
        # Not against an empty text: on Oracle that is null, and every first row would go.
        changed = changed & (rows.before.isnull() | (rows.before != rows["to"]))
    rows = rows.filter(changed)
    return rows.select("key", "class_key", "column", "moment", "number", "rank", "to", "before")


def _counted(changes: ir.Table) -> ir.Table:
    order = ibis.window(group_by="key", order_by=ORDER)
    return changes.mutate(seq=(ibis.row_number().over(order) + 1).cast("int64"))
