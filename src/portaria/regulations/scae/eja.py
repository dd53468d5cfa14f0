"""EJA counts by the reference enrolment: one record a course cycle (R14, R15, R28-R30, R39)."""

from __future__ import annotations

import polars as pl

from portaria.core.rule import rule
from portaria.regulations.scae.candidates import described
from portaria.regulations.scae.members import members
from portaria.regulations.scae.population import (
    DELETE,
    ERROR,
    NOTHING,
    UPSERT,
    Steps,
    begun,
    cancelled,
    cancelled_in_time,
    class_open,
    decide,
    faults,
    in_scope,
    moved_steps,
)
from portaria.regulations.scae.references import (
    BAD_REFERENCE,
    NO_REFERENCE,
    is_old,
    references,
)
from portaria.regulations.scae.run import Run
from portaria.regulations.scae.series import every_series
from portaria.regulations.scae.situations import (
    ACTIVE,
    APPROVED,
    ENROLLED,
    EXIT,
    RESULTS,
    SUSPENDED,
    group_of,
    mapped,
)

ORDER = ("order_date", "order_start", "enrolment")


def courses(run: Run) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The candidates of the EJA courses, decided; and `root`, `enrolment` of what lives in each.

    An enrolment with a reference that cannot be used is a candidate of its own, withheld where it
    might have been sent; one that others name is of their course, and withheld with it (R15).
    """
    people = references(members(run), run)
    faulty = (pl.col("fault") != "") | (pl.col("undated") & (pl.col("root") != pl.col("enrolment")))
    named = people.filter(~faulty)["root"]
    by_itself = faulty & ~pl.col("enrolment").is_in(named.implode())
    grouped = people.filter(~by_itself)
    alone = _faulty(people.filter(by_itself), run)
    living = grouped.filter(_lives(run))
    cycles = _cycles(grouped, living, run)
    decided = pl.concat([alone, cycles], how="diagonal")
    return decided, living.select("root", "enrolment")


def _lives(run: Run) -> pl.Expr:
    """R07, R08: neither hidden nor cancelled, and there already."""
    out = [*run.settings.hidden, *run.settings.cancelled, ""]
    return ~pl.col("code").is_in(out)


def _candidates(roots: pl.DataFrame, acting: pl.DataFrame, run: Run) -> pl.DataFrame:
    """A candidate a root, its situation that of the acting enrolment (columns `root`, member)."""
    told = acting.select(
        "root", acting="enrolment", acting_class="member_class", code="code", held="held",
        last_at="last_at", last_column="last_column", last_row="last_row",
        previous_at="previous_at", logged="logged", override="mobility_override",
        acting_row="source_row",
    )  # fmt: skip
    rows = roots.join(told, on="root").with_columns(
        kind=pl.lit("P"), superseded=pl.lit(False), eja=pl.lit(True),
        true_month=pl.lit(None, pl.Date),
    )  # fmt: skip
    return described(rows, run)


def _roots(run: Run, names: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """The reference enrolments themselves, in the first class of the course (R14)."""
    rows = run.facts["enrolments"].join(names, left_on="enrolment", right_on="root", how="semi")
    first = people.select("enrolment", "first_class", "recognised")
    return rows.join(first, on="enrolment", how="left").select(
        root="enrolment", source="enrolment", student="student",
        **{"class": pl.coalesce("first_class", "class", pl.lit(""))},
        since="enrolled_on", base_date="enrolled_on", recognised="recognised",
        reference="reference", course="course", row="source_row",
    )  # fmt: skip


@rule("reference-enrolment")
def _faulty(people: pl.DataFrame, run: Run) -> pl.DataFrame:
    """R15: enrolments without a usable reference, each decided as if it stood alone."""
    alone = people.with_columns(root="enrolment")
    rows = decide(_candidates(_roots(run, alone.select("root"), alone), alone, run), run)
    return _withheld(rows.join(alone.select("root", "fault"), on="root", how="left"), run)


def _withheld(rows: pl.DataFrame, run: Run) -> pl.DataFrame:
    """Candidates whose reference has a `fault`, withheld where they might have been sent."""
    sent = pl.col("outcome").is_in([UPSERT, DELETE])
    if run.reading("fault_scope") == "always":
        sent = sent | pl.col("reason").is_in(["ended", "silent"])
    withheld = sent & (pl.col("fault") != "")
    rows = rows.with_columns(
        outcome=pl.when(withheld).then(pl.lit(ERROR)).otherwise("outcome"),
        reason=pl.when(withheld).then("fault").otherwise("reason"),
    )
    for code in (NO_REFERENCE, BAD_REFERENCE):
        found = rows.filter((pl.col("outcome") == ERROR) & (pl.col("reason") == code))
        run.findings.add(code, found, "enrolments", "reference", pl.col("reference"))
    return rows


def _cycles(grouped: pl.DataFrame, living: pl.DataFrame, run: Run) -> pl.DataFrame:
    """R14, R39: one candidate a course; the latest enrolment alive says where the student is."""
    # R39: while a class of the course goes on with the student in it, an exit elsewhere is none.
    # Where all have left, the last to leave says when.
    latest = grouped.with_columns(lives=_lives(run), inside=_inside(run), gone=_gone(run))
    all_gone = pl.col("gone").filter("lives").all().over("root")
    latest = latest.with_columns(gone_at=pl.when(all_gone).then("last_at")).sort(
        "root", "lives", "inside", "gone_at", *ORDER
    )
    acting = latest.unique("root", keep="last", maintain_order=True)
    dead = acting.filter(~pl.col("lives")).select("root")
    own = _last_cancellations(grouped, dead, run)
    acting = pl.concat(
        [acting.drop("lives", "inside", "gone", "gone_at").join(own, on="root", how="anti"), own]
    )
    roots = _roots(run, acting.select("root"), grouped)
    rows = _candidates(roots, acting, run).join(
        dead.with_columns(dead=pl.lit(True)), on="root", how="left"
    )
    rows = rows.with_columns(pl.col("dead").fill_null(False))
    gone = _decide_dead(rows.filter("dead"), own, run)
    alive = _decide_living(rows.filter(~pl.col("dead")), living, run)
    decided = pl.concat([gone, alive], how="diagonal")
    _keep_cancelled(decided, grouped, run)
    # R15: the reference itself must say so, by its own field, unless it is an old enrolment.
    blank = pl.col("reference").is_null() & ~is_old(run, "base_date")
    fault = pl.when(blank).then(pl.lit(NO_REFERENCE)).otherwise(pl.lit(""))
    decided = _withheld(decided.with_columns(fault=fault), run)
    sent = pl.col("outcome").is_in([UPSERT, DELETE]) & pl.col("reference").is_null()
    run.findings.add("I-EJA-GRANDFATHER", decided.filter(sent), "enrolments", "reference")
    return decided


def _inside(run: Run) -> pl.Expr:
    """Active, in a class of the course that has started and not ended."""
    situation = mapped(pl.col("code"), pl.col("member_level"), run.settings, run.state)
    started = run.known(pl.col("member_start"))
    return group_of(situation, ACTIVE) & started & class_open(run, "member_end")


def _gone(run: Run) -> pl.Expr:
    """Left without a result."""
    situation = mapped(pl.col("code"), pl.col("member_level"), run.settings, run.state)
    return group_of(situation, EXIT) & ~group_of(situation, RESULTS)


def _last_cancellations(grouped: pl.DataFrame, dead: pl.DataFrame, run: Run) -> pl.DataFrame:
    """R08: of the courses where nothing lives and the reference itself is cancelled, the
    cancellation of the month that left nothing: the reference's, or a later one."""
    gone = grouped.join(dead, on="root", how="semi").filter(cancelled(run))
    own = gone.filter(pl.col("enrolment") == pl.col("root")).select("root")
    now = gone.join(own, on="root", how="semi").filter(run.within(pl.col("last_at")))
    return now.sort("root", "last_at", *ORDER).unique("root", keep="last", maintain_order=True)


def _decide_dead(rows: pl.DataFrame, own: pl.DataFrame, run: Run) -> pl.DataFrame:
    """R08: the exclusion only where the reference itself is cancelled and nothing else lives."""
    speaks = pl.col("root").is_in(own["root"].implode())
    steps = Steps()
    steps.add(NOTHING, "hidden", ~speaks)
    faults(steps, run)
    steps.add(NOTHING, "hidden", ~begun(run))
    steps.add(DELETE, "cancelled", cancelled_in_time(run))
    steps.add(NOTHING, "hidden", pl.lit(True))
    return rows.with_columns(steps.outcome(), steps.reason())


@rule("reference-enrolled", "recognition-reference")
def _decide_living(rows: pl.DataFrame, living: pl.DataFrame, run: Run) -> pl.DataFrame:
    """R28, R39: Aprovado when every series is; else what the latest enrolment says, one series
    approved alone leaving the student Matriculado. R04 looks at every class of the course."""
    clean = pl.col("level").is_not_null() & pl.col("base_date").is_not_null()
    clean = clean & pl.col("start").is_not_null() & begun(run)
    rows = _with_finals(rows, living, clean, run)
    rows = rows.join(_running(living, run), on="root", how="left").with_columns(
        pl.col("running", "coming").fill_null(False)
    )
    active = group_of(pl.col("situation"), ACTIVE)
    suspended = group_of(pl.col("situation"), SUSPENDED)
    course_open = pl.col("running") | pl.col("coming")
    steps = Steps()
    faults(steps, run, course_open)
    steps.add(NOTHING, "not_begun", ~begun(run))
    unmapped = pl.col("situation").is_null()
    steps.add(ERROR, "E-SIT-UNMAPPED", unmapped & in_scope(run, course_open))
    steps.add(NOTHING, "unmapped", unmapped)
    steps.add(UPSERT, "active", active & pl.col("running"))
    steps.add(UPSERT, "gap", active & pl.col("coming"))
    steps.add(NOTHING, "ended", active)
    moved_steps(steps, run, suspended, "acting_end")
    decided = rows.with_columns(steps.outcome(), steps.reason())
    gaps = decided.filter(pl.col("reason") == "gap")
    run.findings.add("W-EJA-GAP", gaps, "classes", "start", pl.col("next_start"), "")
    return decided


def _with_finals(
    rows: pl.DataFrame, living: pl.DataFrame, clean: pl.Expr, run: Run
) -> pl.DataFrame:
    """The rows with their SCAE situation, those with every series approved acted for by the
    enrolment of the last one."""
    courses = rows.filter(clean).select("root", course=pl.coalesce("course", "class_course"))
    finals, lacking = every_series(living, courses, run)
    told = rows.join(lacking, on="root").with_columns(source=pl.col("root"))
    run.findings.add("W-EJA-SERIES-MISSING", told, "course_series", "series", pl.col("missing"), "")
    acting = living.join(finals, left_on=["root", "enrolment"], right_on=["root", "final"])
    kept = rows.drop("situation").join(finals, on="root", how="anti")
    ended = rows.join(finals, on="root", how="semi").select(
        "root",
        "source",
        "student",
        "class",
        "since",
        "base_date",
        "recognised",
        "reference",
        "course",
        "row",
        "dead",
    )
    done = (
        _candidates(ended, acting, run)
        .drop("true_month")
        .join(finals.select("root", "true_month"), on="root")
    )
    # One series approved alone leaves the student Matriculado (R28).
    code = pl.col("code").replace(APPROVED, ENROLLED)
    kept = kept.with_columns(situation=mapped(code, pl.col("level"), run.settings, run.state))
    return pl.concat([kept, done], how="diagonal")


def _running(living: pl.DataFrame, run: Run) -> pl.DataFrame:
    """root; `running`: a class of the course goes on; `coming`, `next_start`: one starts later."""
    started = run.known(pl.col("member_start"))
    coming = pl.col("member_start").is_not_null() & ~started
    return living.group_by("root").agg(
        running=(started & class_open(run, "member_end")).any(),
        coming=coming.any(),
        next_start=pl.col("member_start").filter(coming).min(),
    )


@rule("cancelled-excluded")
def _keep_cancelled(decided: pl.DataFrame, grouped: pl.DataFrame, run: Run) -> None:
    """R08: a cancellation that would exclude alone, in a course that goes on."""
    gone = grouped.filter(cancelled(run) & run.within(pl.col("last_at")))
    moved = pl.col("last_at").dt.truncate("1mo").dt.date()
    gone = gone.filter(moved >= pl.col("member_start").dt.truncate("1mo"))
    told = gone.select("root", member="enrolment").join(
        decided.select("root", "record", "source", "outcome", "row"), on="root"
    )
    kept = told.filter(~pl.col("outcome").is_in([DELETE, ERROR]))
    run.findings.add("W-EJA-CANC-KEPT", kept, "enrolments", "situation", pl.col("member"))
