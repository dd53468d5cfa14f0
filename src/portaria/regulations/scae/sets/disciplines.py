"""Discipline enrolments as of the month, their hours, and the disciplines of EJA courses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir
import polars as pl

from portaria.core.rule import rule
from portaria.regulations.scae.month import Month
from portaria.regulations.scae.sets.log import known, latest, numbered, picked

KEY = "discipline_enrolment"
ENROLLED = ("2",)
ENROLLED_CONTINUING = ("39", "66")
REACHED = ("9", "72")
TYPES = ("P", "S", "D")
NEVER_TAKEN = ("", "14", "72")
"""Nothing, Dispensado, Competência Certificada: no lesson is attended."""

HOURS = {
    "isolated": pl.Boolean, "holder": pl.String, "offer_class": pl.String, "rows": pl.Int64,
    "enrolled": pl.Int64, "typed": pl.Int64, "planned": pl.Int64, "minutes": pl.Int64,
    "unknown": pl.Int64,
}  # fmt: skip
"""By record holder (the enrolment, or the isolated one itself) and class of the discipline: how
many disciplines, how many enrolled in, of those with a class type, of those with a plan; minutes of
the month; of those with a type, how many nobody knows of."""

UNTYPED = {
    "isolated": pl.Boolean, "holder": pl.String, "offer_class": pl.String,
    "discipline": pl.String, "offer_row": pl.Int64,
}  # fmt: skip
"""The disciplines that R48 drops: enrolled in, without a class type."""

FIRST_LESSONS = {"class": pl.String, "first_lesson": pl.Date}

OUTSIDE = {
    "record": pl.String, "holder": pl.String, "offer_class": pl.String, "outside": pl.Int64,
}  # fmt: skip

REPORTABLE = {
    "enrolment": pl.String, "discipline_enrolment": pl.String, "enrolled_on": pl.Date,
    "offer_class": pl.String, "discipline": pl.String, "scae_code": pl.String,
    "code": pl.String, "reached": pl.Boolean, "offer_row": pl.Int64, "row": pl.Int64,
}  # fmt: skip


def discipline_standings(
    rows: ir.Table, log: ir.Table, month: Month, late: ir.Table | None = None
) -> ir.Table:
    """`rows` with `code`, `code_before` (the month), `heard_…`, `last_at`, `last_row`, `logged`.

    log: the movements, of these rows or of more; late: `late_class`, `late_result` of results
    typed early that wait for their month (R25, other reading), `rows` then having `offer_class`.
    """
    events = numbered(log, KEY)
    done = known(events, month)
    if late is not None:
        events = events.inner_join(rows.select(KEY, "offer_class"), KEY)
        events = events.left_join(
            late, [events.offer_class == late.late_class, events["to"] == late.late_result]
        )
        done = known(events, month) & events.late_class.isnull()
    now = done & (events["at"] >= ibis.timestamp(month.first.isoformat()))
    events = events.mutate(
        done=done,
        now=now,
        **{"from": events["from"].fill_null(""), "to": events["to"].fill_null("")},
    )
    n, to = events.n, events["to"]
    picks = events.group_by(KEY).agg(
        last=latest(events.done & events.changes, n),
        before=latest(events.done & ~events.now, n),
        first=n.min(),
        heard_enrolled=(events.now & to.isin(ENROLLED)).ifelse(1, 0).max().cast("int64"),
        heard_continuing=(events.now & to.isin(ENROLLED_CONTINUING))
        .ifelse(1, 0)
        .max()
        .cast("int64"),
    )
    values = {
        "last_to": ("last", "to"), "last_at": ("last", "at"), "last_row": ("last", "source_row"),
        "before_to": ("before", "to"), "first_from": ("first", "from"),
    }  # fmt: skip
    told = picked(events, picks, [KEY], values)
    joined = rows.left_join(told, KEY, rname="{name}_told").drop(f"{KEY}_told")
    given = joined.situation.fill_null("")
    return joined.mutate(
        logged=joined.first_from.notnull(),
        code=ibis.coalesce(joined.last_to, joined.first_from, given),
        code_before=ibis.coalesce(joined.before_to, joined.first_from, given),
        heard_enrolled=joined.heard_enrolled.fill_null(0),
        heard_continuing=joined.heard_continuing.fill_null(0),
    )


def begun_rows(tables: Mapping[str, ir.Table], month: Month) -> ir.Table:
    """Discipline enrolments made by the month's end, with what their class offers."""
    offers = tables["class_disciplines"]
    offered = offers.select(
        "class_discipline", offer_class=offers["class"].fill_null(""), discipline=offers.discipline,
        scae_code=offers.scae_code, offer_row=offers.source_row,
    )  # fmt: skip
    joined = _begun(tables, month).left_join(offered, "class_discipline", rname="{name}_told")
    return joined.drop("class_discipline_told").mutate(
        offer_class=joined.offer_class.fill_null(""),
        discipline=ibis.coalesce(joined.discipline, joined.class_discipline),
    )


def _begun(tables: Mapping[str, ir.Table], month: Month) -> ir.Table:
    rows = tables["discipline_enrolments"]
    day = ibis.date(month.following.first.isoformat())
    return rows.filter((rows.enrolled_on < day) | rows.enrolled_on.isnull())


@rule("student-hours", "class-type", "hours-until-exit")
def counted(
    tables: Mapping[str, ir.Table],
    month: Month,
    readings: Mapping[str, str],
    out: Sequence[str] = (),
    typed: bool | None = None,
) -> ir.Table:
    """R46-R49: every discipline enrolment with `taken` (enrolled in the month), `has_type`,
    `planned` (lessons exist, in any month) and `minutes` (of the month's lessons).

    `unknown`: without a log and in another situation today, with lessons in the month: nobody
    knows whether it was taken then. out: the codes that say that it was not (R07, R08); typed: only
    those with a class type, or without; all of them where it is None.
    """
    offered = _offered(tables, month)
    if typed is not None:
        offered = offered.filter(offered.has_type if typed else ~offered.has_type)
    slim = _begun(tables, month).select(
        KEY, "isolated", "class_discipline", "situation",
        holder=ibis._.isolated.ifelse(ibis._.discipline_enrolment, ibis._.enrolment),
    )  # fmt: skip
    rows = slim.left_join(offered, "class_discipline", rname="{name}_offer")
    if typed is not None:
        rows = rows.filter(rows.class_discipline_offer.notnull())
    log = tables["discipline_movements"]
    if typed is not None:
        log = log.semi_join(rows, KEY)
    told = discipline_standings(rows.drop("class_discipline_offer"), log, month)
    told = told.mutate(taken=_taken(told, readings), has_type=told.has_type.fill_null(False))
    unknown = ~told.logged & ~told.taken & (told.minutes.fill_null(0) > 0)
    return told.mutate(
        unknown=unknown & ~told.code.isin([*out, *NEVER_TAKEN]),
        offer_class=told.offer_class.fill_null(""),
        discipline=ibis.coalesce(told.discipline, told.class_discipline),
        planned=told.planned.fill_null(0),
        minutes=told.minutes.fill_null(0),
    )


def _taken(rows: ir.Table, readings: Mapping[str, str]) -> ir.BooleanValue:
    """Enrolled on some day of the month, or on its last (a reading), by the codes of the level of
    the discipline's class."""
    any_day = readings["hours_discipline"] == "any_day"

    def among(codes: tuple[str, ...], heard: ir.Column) -> ir.BooleanValue:
        end = rows.code.isin(codes)
        return end | rows.code_before.isin(codes) | (heard == 1) if any_day else end

    enrolled = among(ENROLLED, rows.heard_enrolled)
    if readings["hours_situations"] == "only_2":
        return enrolled
    continuing = (rows.level == "continuing").fill_null(False)
    return continuing.ifelse(among(ENROLLED_CONTINUING, rows.heard_continuing), enrolled)


def _offered(tables: Mapping[str, ir.Table], month: Month) -> ir.Table:
    """The class disciplines with what the hours need of each: level, type, plan, minutes."""
    offers, classes = tables["class_disciplines"], tables["classes"]
    joined = offers.left_join(classes, "class", rname="{name}_of").left_join(
        lesson_minutes(tables["lessons"], month), "class_discipline", rname="{name}_plan"
    )
    return joined.select(
        "class_discipline", "level", "planned", "minutes",
        offer_class=joined["class"].fill_null(""), discipline=joined.discipline,
        has_type=joined.type.isin(TYPES).fill_null(False), offer_row=joined.source_row,
    )  # fmt: skip


def lesson_minutes(lessons: ir.Table, month: Month) -> ir.Table:
    """class_discipline, `planned` (lessons of any month), `minutes` (of the month)."""
    day = lessons["date"]
    within = (day >= ibis.date(month.first.isoformat())) & (
        day < ibis.date(month.following.first.isoformat())
    )
    return lessons.group_by("class_discipline").agg(
        planned=lessons.count(), minutes=within.ifelse(lessons.minutes, 0).sum().cast("int64")
    )


def first_lessons(tables: Mapping[str, ir.Table]) -> ir.Table:
    """class and the day of its first lesson; columns `FIRST_LESSONS` (R52, other reading)."""
    lessons, offers = tables["lessons"], tables["class_disciplines"]
    days = lessons.inner_join(offers.select("class_discipline", "class"), "class_discipline")
    return days.group_by("class").agg(first_lesson=days["date"].min())


def outside(rows: ir.Table, lessons: ir.Table, month: Month, windows: ir.Table) -> ir.Table:
    """Of the disciplines of `counted`, the minutes of the month outside the days of each record.

    windows: record, isolated, holder, entry, leaving; columns out `OUTSIDE`.
    """
    typed = rows.filter(rows.taken & rows.has_type)
    mine = typed.select("isolated", "holder", "offer_class", "class_discipline").inner_join(
        windows, ["isolated", "holder"]
    )
    day = lessons["date"]
    within = (day >= ibis.date(month.first.isoformat())) & (
        day < ibis.date(month.following.first.isoformat())
    )
    met = mine.inner_join(lessons.filter(within), "class_discipline")
    beyond = met.filter((met["date"] < met.entry) | (met["date"] > met.leaving))
    return beyond.group_by(["record", "holder", "offer_class"]).agg(
        outside=beyond.minutes.sum().cast("int64")
    )


def hours(rows: ir.Table) -> ir.Table:
    """The sums of `counted` by record holder and class of the discipline, columns `HOURS`."""
    typed = rows.taken & rows.has_type
    return rows.group_by(["isolated", "holder", "offer_class"]).agg(
        rows=rows.count(),
        enrolled=rows.taken.ifelse(1, 0).sum().cast("int64"),
        typed=typed.ifelse(1, 0).sum().cast("int64"),
        planned=(typed & (rows.planned > 0)).ifelse(1, 0).sum().cast("int64"),
        minutes=typed.ifelse(rows.minutes, 0).sum().cast("int64"),
        unknown=(rows.unknown & rows.has_type).ifelse(1, 0).sum().cast("int64"),
    )


def untyped(rows: ir.Table) -> ir.Table:
    """The disciplines of `counted` that are dropped, columns `UNTYPED`."""
    return rows.filter(rows.taken).select(*UNTYPED)


@rule("disciplines-when")
def reportable(
    tables: Mapping[str, ir.Table], month: Month, courses: ir.Table, moved: ir.Table
) -> ir.Table:
    """R42: of the enrolments in `courses`, the disciplines that reached Aprovado or Competência
    Certificada in the month, and all of those of the enrolments in `moved`; columns `REPORTABLE`.
    """
    rows = begun_rows(tables, month)
    rows = rows.filter(~rows.isolated).semi_join(courses, "enrolment")
    log = tables["discipline_movements"].semi_join(rows, KEY)
    told = discipline_standings(rows, log, month)
    now = told.last_at >= ibis.timestamp(month.first.isoformat())
    told = told.mutate(reached=(told.code.isin(REACHED) & now).fill_null(False))
    joined = told.left_join(moved.select("enrolment", moved_with=moved.enrolment), "enrolment")
    wanted = joined.filter(joined.reached | joined.moved_with.notnull())
    return wanted.mutate(row=wanted.source_row).select(*REPORTABLE)
