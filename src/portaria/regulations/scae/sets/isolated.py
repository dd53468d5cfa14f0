"""Isolated enrolments of continuing education, and the period enrolments that they follow."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import ibis
import ibis.expr.types as ir
import polars as pl

from portaria.core.rule import rule
from portaria.regulations.scae.month import Month
from portaria.regulations.scae.sets.disciplines import begun_rows, discipline_standings
from portaria.regulations.scae.sets.log import earliest, latest, numbered, picked

ISOLATED = {
    "discipline_enrolment": pl.String, "student": pl.String, "class_discipline": pl.String,
    "enrolled_on": pl.Date, "changed_on": pl.Date, "offer_class": pl.String, "code": pl.String,
    "last_at": pl.Datetime("us"), "last_row": pl.Int64, "logged": pl.Boolean, "row": pl.Int64,
}  # fmt: skip

PARENTS = {
    "isolated": pl.String, "enrolment": pl.String, "class": pl.String, "situation": pl.String,
    "result": pl.String, "logged": pl.Boolean, "last_to": pl.String, "situation_then": pl.String,
    "result_then": pl.String, "begins_situation": pl.String, "begins_result": pl.String,
}  # fmt: skip
"""By isolated enrolment: the period enrolments of R55, as they stood at the end of its day."""


@rule("isolated-record", "isolated-class")
def isolated(
    tables: Mapping[str, ir.Table], month: Month, late: ir.Table | None = None
) -> ir.Table:
    """R16, R17: one row an isolated enrolment, in the class of its discipline; `ISOLATED`."""
    rows = begun_rows(tables, month)
    rows = rows.filter(rows.isolated)
    log = tables["discipline_movements"].semi_join(rows, "discipline_enrolment")
    told = discipline_standings(rows, log, month, late)
    return told.mutate(row=told.source_row).select(*ISOLATED)


@rule("isolated-complements")
def parents(tables: Mapping[str, ir.Table], month: Month) -> ir.Table:
    """R55: the enrolments of the same student, period, course and series; columns `PARENTS`."""
    pairs = _pairs(tables, month)
    events = tables["movements"].semi_join(pairs, "enrolment")
    events = events.mutate(
        **{"from": events["from"].fill_null(""), "to": events["to"].fill_null("")}
    )
    events = numbered(events, "enrolment")
    days = events.inner_join(pairs.select("enrolment", "isolated", "day"), "enrolment")
    n, typed = days.n, days.column == "result"
    by_then = (days["at"].date() <= days.day).fill_null(False)
    picks = days.group_by(["enrolment", "isolated"]).agg(
        last=latest(by_then, n),
        last_situation=latest(by_then & ~typed, n),
        last_result=latest(by_then & typed, n),
        next_situation=earliest(~typed, n),
        next_result=earliest(typed, n),
        end=n.max(),
    )
    values = {
        "last_to": ("last", "to"), "situation_then": ("last_situation", "to"),
        "result_then": ("last_result", "to"), "begins_situation": ("next_situation", "from"),
        "begins_result": ("next_result", "from"), "end_to": ("end", "to"),
    }  # fmt: skip
    told = picked(events, picks, ["enrolment", "isolated"], values)
    joined = pairs.left_join(told, ["enrolment", "isolated"], rname="{name}_told")
    return joined.mutate(logged=joined.end_to.notnull()).select(*PARENTS)


def _pairs(tables: Mapping[str, ir.Table], month: Month) -> ir.Table:
    """isolated, enrolment, class, situation, result, day: every match of R55."""
    rows, offers = tables["discipline_enrolments"], tables["class_disciplines"]
    classes, enrolments = tables["classes"], tables["enrolments"]
    end = ibis.date(month.following.first.isoformat())
    alone = rows.filter(rows.isolated & ((rows.enrolled_on < end) | rows.enrolled_on.isnull()))
    placed = alone.select(
        "class_discipline", student=alone.student.fill_null(""),
        isolated=alone.discipline_enrolment, day=alone.enrolled_on,
    ).inner_join(offers.select("class_discipline", "class"), "class_discipline")  # fmt: skip
    joined = placed.inner_join(classes.select("class", *MATCHED), "class")
    actions = joined.select("isolated", "day", "student", *MATCHED).mutate(pair_key=_key)
    actions = actions.select("isolated", "day", "pair_key")
    made = enrolments.filter((enrolments.enrolled_on < end) | enrolments.enrolled_on.isnull())
    known = made.left_join(classes, "class", rname="{name}_class").select(
        "enrolment", "student", "class", "situation", "result", "period",
        course=lambda t: ibis.coalesce(t.course, t.course_class),
        series=lambda t: ibis.coalesce(t.series, t.series_class),
    )  # fmt: skip
    candidates = known.mutate(pair_key=_key).drop("student", *MATCHED)
    pairs = actions.inner_join(candidates, "pair_key")
    return pairs.select("isolated", "day", "enrolment", "class", "situation", "result")


def _key(rows: ir.Table) -> ir.Column:
    """Student, period, course and series as one text: compared one by one, an engine may begin
    with the course, which is the same for very many."""
    parts = [rows[name].fill_null("") for name in ("student", *MATCHED)]
    return reduce(lambda left, right: left + "\x1f" + right, parts)


MATCHED = ("period", "course", "series")
