"""One row an enrolment and class in which it stayed, with its situation as of the month.

An enrolment that never changed class (nearly all) has one stay, numbered 0. Where the log tells of
other classes (R12), each run of movements in one class is a stay, and the class of the row is the
last one, with movements or without.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import polars as pl

from portaria.core.rule import rule
from portaria.regulations.scae.month import Month
from portaria.regulations.scae.sets.log import NOWHERE, earliest, known, latest, numbered, picked
from portaria.regulations.scae.situations import (
    CLASS_TRANSFER,
    ENROLLED,
    IN_PROCESS,
    RECOGNITION,
    TRANSFERS,
)

UNKNOWN = "\x1f"
"""A class that neither the log nor the row can tell."""

KEYS = ["enrolment", "stay"]

STAYS = {
    "enrolment": pl.String, "stay": pl.Int64, "stay_class": pl.String, "since": pl.Date,
    "begins_situation": pl.String, "begins_result": pl.String, "earlier_result": pl.String,
    "final_result": pl.String,
    "last_to": pl.String, "last_at": pl.Datetime("us"), "last_column": pl.String,
    "last_row": pl.Int64, "situation_then": pl.String, "result_then": pl.String,
    "recognised_last": pl.Date, "recognised_first": pl.Date, "recognition_seen": pl.Int64,
    "end_at": pl.Datetime("us"),
}  # fmt: skip
"""`begins_…`: what each column held before the first movement of the stay, null where no movement
of it follows; `earlier_result`: what the last result before the stay had put there;
`final_result`: the last of the stay itself, known or to come; `…_then`: what the last movement of
the column by the month's end put there; `last_…`: the last movement of all by then; null where
there is none. `end_at`: the last movement of the stay, known or to come."""

CLASS_STAYS = {
    "enrolment": pl.String, "stay": pl.Int64, "stay_class": pl.String, "since": pl.Date,
    "end_at": pl.Datetime("us"),
}  # fmt: skip

PREVIOUS = {"enrolment": pl.String, "stay": pl.Int64, "previous_at": pl.Datetime("us")}


def stays(
    enrolments: ir.Table,
    movements: ir.Table,
    month: Month,
    reported: ir.Table,
    late: ir.Table | None,
) -> ir.Table:
    """The stays of every enrolment with movements, columns `STAYS`.

    enrolments: enrolment, class, enrolled_on, eja (whether it counts by its reference, R14);
    movements: as the source has them; reported: enrolment and `reported`, the class that the
    ledger holds open, of those with a class transfer whose class the log does not tell; late:
    `late_class`, `late_result` of results typed early that wait for their month (R25, other
    reading).
    """
    return _standings(_whole_eja(_done(_staying(enrolments, movements, reported), month, late)))


def class_stays(enrolments: ir.Table, movements: ir.Table, reported: ir.Table) -> ir.Table:
    """Every class of the EJA enrolments that changed class; columns `CLASS_STAYS`."""
    events = _staying(enrolments.filter(enrolments.eja), movements, reported)
    return events.group_by(KEYS).agg(
        stay_class=events.stay_class.max(), since=events.since.max(), end_at=events["at"].max()
    )


def previous(
    enrolments: ir.Table,
    movements: ir.Table,
    month: Month,
    reported: ir.Table,
    late: ir.Table | None,
) -> ir.Table:
    """The moment of the movement before the last of each stay, columns `PREVIOUS` (R27).

    It is asked of few: of the enrolments whose mobility date was corrected.
    """
    events = _whole_eja(_done(_staying(enrolments, movements, reported), month, late))
    events = events.filter(events.done)
    lasts = events.group_by(KEYS).agg(last=events.n.max())
    # Whatever class it was in: an exit after a transfer follows the transfer.
    earlier = lasts.inner_join(events.select("enrolment", "n", "at"), "enrolment")
    earlier = earlier.filter(earlier.n < earlier["last"])
    # Movements are numbered by time, so the latest moment is that of the last number.
    return earlier.group_by(KEYS).agg(previous_at=earlier["at"].max())


def _staying(enrolments: ir.Table, movements: ir.Table, reported: ir.Table) -> ir.Table:
    """The movements with their number, stay and class."""
    rows = enrolments.select(
        "enrolment",
        "eja",
        "enrolled_on",
        row_class=enrolments["class"].fill_null(""),
        row_situation=enrolments.situation.fill_null(""),
    )
    events = movements.inner_join(rows, "enrolment")
    events = events.left_join(reported, "enrolment", rname="{name}_ledger").drop("enrolment_ledger")
    # In EJA the course is one record, whatever class the ledger knows (R14).
    events = events.mutate(reported=events.eja.ifelse(ibis.null("string"), events.reported))
    events = numbered(events, "enrolment")
    moved = _moved(events)
    alone = events.anti_join(moved, "enrolment")
    typed = alone.column == "result"
    alone = alone.mutate(
        stay=ibis.literal(0, "int64"),
        stay_class=alone.row_class,
        since=alone.enrolled_on,
        next_situation=typed.ifelse(ibis.null("int64"), alone.n),
        next_result=typed.ifelse(alone.n, ibis.null("int64")),
        result_before=ibis.literal(NOWHERE, "int64"),
    )
    travelled = _travelled(events.semi_join(moved, "enrolment"))
    return alone.union(travelled.select(*alone.columns))


def _moved(events: ir.Table) -> ir.Table:
    """The enrolments that were in another class than the one of their row, or may have been: a
    class transfer without class is looked at closer."""
    elsewhere = events["class"].notnull() & (events["class"] != events.row_class)
    unsaid = events["class"].isnull() & events["to"].isin(list(TRANSFERS)) & ~events.eja
    return events.filter(elsewhere | unsaid).select("enrolment").distinct()


@rule("one-record-a-class")
def _travelled(events: ir.Table) -> ir.Table:
    """R12: each movement with the class it happened in.

    A movement without class is of the class of the next one that has one, or of the row. A class
    transfer without class is of a class that cannot be derived, and so is what went before it,
    where the ledger knows another class than that, or where the next movement (or the row) begins
    from another situation: the student is in the new class, and the old one was overwritten.
    """
    onward = ibis.window(group_by="enrolment", order_by="n", rows=(0, None))
    told = events.mutate(told=events["class"].count().over(onward))
    told = told.mutate(
        following=(told.told == 0).ifelse(
            told.row_class, told["class"].max().over(ibis.window(group_by=["enrolment", "told"]))
        )
    )
    after = ibis.window(group_by="enrolment", order_by="n", rows=(1, None))
    told = told.mutate(
        next_n=(told.column == "situation").ifelse(told.n, ibis.null("int64")).min().over(after)
    )
    nexts = told.select("enrolment", next_n=told.n, next_from=told["from"].fill_null(""))
    told = told.left_join(nexts, ["enrolment", "next_n"], rname="{name}_next")
    told = told.drop("enrolment_next", "next_n_next").mutate(
        then=lambda t: t.next_n.isnull().ifelse(t.row_situation, t.next_from)
    )
    unsaid = told["class"].isnull() & told["to"].isin(list(TRANSFERS)) & ~told.eja
    elsewhere = (told.reported.notnull() & (told.reported != told.following)).fill_null(False)
    lost = (unsaid & (elsewhere | (told.then != told["to"]))).fill_null(False)
    anchored = told.mutate(anchor=lost.ifelse(UNKNOWN, told["class"]))
    anchored = anchored.mutate(held=anchored.anchor.count().over(onward))
    classed = anchored.mutate(
        stay_class=(anchored.held == 0).ifelse(
            anchored.row_class,
            anchored.anchor.max().over(ibis.window(group_by=["enrolment", "held"])),
        )
    )
    order = ibis.window(group_by="enrolment", order_by="n")
    classed = classed.mutate(
        class_before=classed.stay_class.lag().over(order),
        at_before=classed["at"].lag().over(order),
        to_before=classed["to"].lag().over(order),
        next_situation=earliest(classed.column == "situation", classed.n).over(onward),
        next_result=earliest(classed.column == "result", classed.n).over(onward),
        result_before=latest(classed.column == "result", classed.n)
        .over(ibis.window(group_by="enrolment", order_by="n", rows=(None, -1)))
        .fill_null(NOWHERE),
    )
    changed = (classed.n > 0) & (classed.stay_class != classed.class_before)
    left = classed.to_before.isin(list(TRANSFERS)).fill_null(False)
    day = left.ifelse(classed.at_before, classed["at"]).date()
    classed = classed.mutate(
        change=changed.ifelse(1, 0),
        since=(classed.n == 0).ifelse(classed.enrolled_on, changed.ifelse(day, ibis.null("date"))),
    )
    onto = ibis.window(group_by="enrolment", order_by="n", rows=(None, 0))
    return classed.mutate(stay=classed.change.sum().over(onto).cast("int64"))


@rule("class-transfer-kept", "in-process-kept")
def _done(events: ir.Table, month: Month, late: ir.Table | None) -> ir.Table:
    """The movements with `heard`: known by the month's end, and `done`: known and counted.

    A movement to where the movement before had led already changes nothing and is not counted.
    R29, R30: in EJA, Transferência de Turma and Em Processo are no movements.
    """
    heard = known(events, month)
    done = heard
    if late is not None:
        events = events.left_join(
            late, [events.stay_class == late.late_class, events["to"] == late.late_result]
        )
        heard = known(events, month)
        done = heard & events.late_class.isnull()
    silent = (events.eja & events["to"].isin([CLASS_TRANSFER, IN_PROCESS])).fill_null(False)
    return events.mutate(
        done=done & ~silent & events.changes,
        heard=heard,
        **{"from": events["from"].fill_null(""), "to": events["to"].fill_null("")},
    )


def _whole_eja(events: ir.Table) -> ir.Table:
    """In EJA the class of a movement is not looked at: the course is one record (R14, R29)."""
    return events.mutate(stay=events.eja.ifelse(ibis.literal(0, "int64"), events.stay))


def _standings(events: ir.Table) -> ir.Table:
    """R06, R50: the last movement by the end of the month, and what each column held then."""
    n, done, typed = events.n, events.done, events.column == "result"
    from_recognition, day = events["from"] == RECOGNITION, events["at"].date()
    recognised = events.heard & ~typed & from_recognition & (events["to"] == ENROLLED)
    touched = events.heard & (from_recognition | (events["to"] == RECOGNITION))
    picks = events.group_by(KEYS).agg(
        last=latest(done, n),
        last_situation=latest(done & ~typed, n),
        last_result=latest(done & typed, n),
        next_situation=events.next_situation.min(),
        next_result=events.next_result.min(),
        result_before=events.result_before.min(),
        last_typed=latest(typed, n),
        end=n.max(),
        stay_class=events.stay_class.max(),
        since=events.since.max(),
        recognised_last=recognised.ifelse(day, ibis.null("date")).max(),
        recognised_first=recognised.ifelse(day, ibis.null("date")).min(),
        recognition_seen=touched.ifelse(1, 0).max().cast("int64"),
    )
    values = {
        "last_to": ("last", "to"), "last_at": ("last", "at"),
        "last_column": ("last", "column"), "last_row": ("last", "source_row"),
        "situation_then": ("last_situation", "to"), "result_then": ("last_result", "to"),
        "begins_situation": ("next_situation", "from"),
        "begins_result": ("next_result", "from"), "earlier_result": ("result_before", "to"),
        "final_result": ("last_typed", "to"),
        "end_at": ("end", "at"),
    }  # fmt: skip
    return picked(events, picks, KEYS, values)
