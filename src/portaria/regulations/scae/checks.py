"""Checks of a computed record (R08, R34, R40, R52-R54, R58, R60, R61) and of the keys (K4)."""

from __future__ import annotations

from functools import reduce
from operator import or_

import polars as pl

from portaria.core.rule import rule
from portaria.regulations.scae.population import DELETE, NOTHING, UPSERT
from portaria.regulations.scae.run import Run
from portaria.regulations.scae.situations import (
    ACTIVE,
    EVADED,
    EXIT,
    PARANA,
    RESULTS,
    group_of,
    mapped,
)

MEANT = {
    "general": {"30": "transf", "32": "reclass", "45": "falec"},
    PARANA: {"30": "falec", "32": "transf", "45": "falec"},
}
"""A word that the catalogue's name of a code must hold."""

NATURAL = ("unit", "period", "sent_class", "student", "kind", "key_rest")


@rule("situations-parana")
def situation_names(run: Run) -> None:
    """R34: 30 and 32 change their meaning in Paraná; the names of the catalogue tell."""
    words = MEANT[PARANA if run.state == PARANA else "general"]
    names = run.settings.situation_names
    wrong = [
        f"{code} {names[code]}"
        for code, word in words.items()
        if code in names and word not in names[code].lower()
    ]
    rows = pl.DataFrame({"value": wrong}, schema={"value": pl.String}).with_columns(
        record=pl.lit(""), source=pl.lit("")
    )
    run.findings.add("W-SIT-NAME", rows, "situations", "name", pl.col("value"), "")


def strays(run: Run) -> None:
    """Rows that name something that is not there are told: no join loses them in silence."""
    found = run.facts["strays"].with_columns(record=pl.lit(""), source=pl.lit(""))
    for (table, name), rows in found.group_by("table", "field", maintain_order=True):
        run.findings.add("W-STRAY", rows, str(table), str(name), pl.col("value"))


def no_log(rows: pl.DataFrame, run: Run) -> None:
    """R06: without a log the situation of today counts for every month."""
    told = ~pl.col("logged") & pl.col("outcome").is_in([UPSERT, DELETE])
    if run.reading("nolog") == "unexplained":
        told = told & ~(group_of(pl.col("situation"), ACTIVE) & (pl.col("outcome") == UPSERT))
    run.findings.add("I-NOLOG", rows.filter(told), "enrolments", "enrolment", None, "acting_row")


@rule("origins-change")
def other_states(rows: pl.DataFrame, run: Run) -> pl.Expr:
    """R34: the situations are those of the state of the load; a class elsewhere has others."""
    state = pl.col("state")
    other = (state.is_not_null() & (state.str.to_uppercase() != run.state)).fill_null(False)
    run.findings.add("E-STATE", rows.filter(other), "classes", "state", state, "class_row")
    return other


@rule("cancelled-or-dropout")
def cancelled_after_start(rows: pl.DataFrame, run: Run) -> None:
    """R52: after the first day of class an interruption should be Desistente."""
    first = pl.col("start")
    if run.reading("first_class_day") == "first_lesson":
        days = run.facts["first_lessons"]
        rows = rows.join(days, on="class", how="left")
        first = pl.coalesce("first_lesson", "start")
    day = pl.col("last_at").dt.date()
    run.findings.add(
        "W-CANC-AFTER-START", rows.filter(day > first), "movements", "at", day, "last_row"
    )


def upsert_checks(rows: pl.DataFrame, run: Run) -> pl.DataFrame:
    """Upserts with `blocked` where a check withholds them."""
    blocks = [pl.col("blocked"), pl.col("orphaned"), other_states(rows, run)]
    soft = [exit_then_result(rows, run), before_effective(rows, run)]
    if run.reading("computed_errors") == "withheld":
        blocks += soft
    evaded_early(rows, run)
    rows = dependency_flags(rows, run)
    blocks += [required(rows, run), municipality(rows, run)]
    return rows.with_columns(blocked=reduce(or_, blocks))


@rule("situation-as-of-month")
def exit_then_result(rows: pl.DataFrame, run: Run) -> pl.Expr:
    """R40: a result typed on a student whose situation says that he had already left."""
    left = mapped(pl.col("held"), pl.col("level"), run.settings, run.state)
    gone = group_of(left, EXIT) & ~group_of(left, RESULTS)
    typed = (pl.col("last_column") == "result").fill_null(False) & pl.col("last_at").is_not_null()
    clash = typed & group_of(pl.col("situation"), RESULTS) & gone
    run.findings.add(
        "E-EXIT-THEN-RESULT",
        rows.filter(clash),
        "enrolments",
        "situation",
        pl.col("held"),
        "acting_row",
    )
    return clash


def before_effective(rows: pl.DataFrame, run: Run) -> pl.Expr:
    """K6: a mobility before the enrolment took effect."""
    wrong = (pl.col("mobility_date") < pl.col("effective_date")).fill_null(False)
    run.findings.add(
        "E-MOB-BEFORE-EFET", rows.filter(wrong), "enrolments", "mobility_date",
        pl.col("mobility_date"),
        "acting_row",
    )  # fmt: skip
    return wrong


@rule("evaded-at-closing")
def evaded_early(rows: pl.DataFrame, run: Run) -> None:
    """R53: Evadido is meant for the closing of the class."""
    days = (pl.col("acting_end") - pl.col("last_at").dt.date()).dt.total_days()
    early = (pl.col("situation") == EVADED) & pl.col("mobility_date").is_not_null()
    early = early & (days > run.settings.evaded_early_days)
    run.findings.add("I-EVADIDO-EARLY", rows.filter(early), "movements", "at", days, "last_row")


def dependency_flags(rows: pl.DataFrame, run: Run) -> pl.DataFrame:
    """R54: only the situation hides a dependency; a flag alone is a warning."""
    name = run.settings.dependency_field
    told = run.facts["enrolments"].filter(
        pl.col("complements").str.contains(f'"{name}"', literal=True)
    )
    flags = told.select(
        acting="enrolment",
        flagged=pl.col("complements").str.json_path_match(f"$['{name}']") == "true",
    )
    joined = rows.join(flags, on="acting", how="left", maintain_order="left")
    flagged = joined.filter((pl.col("kind") == "P") & pl.col("flagged"))
    run.findings.add("W-DEP-FLAG", flagged, "enrolments", name, None, "acting_row")
    return joined.drop("flagged")


@rule("required-fields")
def required(rows: pl.DataFrame, run: Run) -> pl.Expr:
    """R60: the fields that the configuration requires of the level, from the period enrolment."""
    missing = pl.lit(False)
    for level, names in run.settings.required.items():
        for name in names:
            if f"own_{name}" in rows.columns:
                value = pl.col(f"own_{name}").cast(pl.String)
            else:
                value = pl.col("own_complements").str.json_path_match(f"$['{name}']")
            blank = value.is_null() | (value.str.strip_chars() == "")
            wrong = (pl.col("level") == level) & pl.col("own_enrolment").is_not_null() & blank
            run.findings.add("E-REQ", rows.filter(wrong), "enrolments", name, None, "own_row")
            missing = missing | wrong.fill_null(False)
    return missing


@rule("municipality-codes")
def municipality(rows: pl.DataFrame, run: Run) -> pl.Expr:
    """R61: a code that the support table does not hold; without the table codes are not checked."""
    if not run.facts.municipalities_given:
        return pl.lit(False)
    known = run.facts["municipalities"]["municipality"].implode()
    code = pl.col("own_municipality")
    wrong = (code.is_not_null() & ~code.is_in(known)).fill_null(False)
    run.findings.add("E-MUN", rows.filter(wrong), "enrolments", "municipality", code, "own_row")
    return wrong


@rule("one-record-a-class")
def one_key(rows: pl.DataFrame, run: Run) -> pl.DataFrame:
    """K4: no key twice in a file. Of several records of one key none is sent; an exclusion beside a
    record of the same key is not sent either, it would erase it (R08)."""
    if run.reading("record_key") == "source":
        return rows
    upserts = (pl.col("outcome") == UPSERT).sum().over(NATURAL)
    rows = rows.with_columns(same_key=upserts)
    erased = (pl.col("outcome") == DELETE) & (pl.col("same_key") > 0)
    twice = (pl.col("outcome") == UPSERT) & (pl.col("same_key") > 1)
    key = pl.concat_str([pl.col(name).fill_null("") for name in NATURAL], separator=":")
    run.findings.add("E-KEY-TWICE", rows.filter(twice), "enrolments", "enrolment", key)
    return rows.with_columns(
        outcome=pl.when(erased).then(pl.lit(NOTHING)).otherwise("outcome"),
        reason=pl.when(erased).then(pl.lit("re_enrolled")).otherwise("reason"),
        blocked=pl.col("blocked") | twice,
    ).drop("same_key")


@rule("results-in-year")
def checklist(rows: pl.DataFrame, run: Run) -> pl.DataFrame:
    """R58: in December, the classes ending in the year whose students lack a result."""
    columns = {"class": pl.String, "unit": pl.String, "students": pl.Int64, "pending": pl.Int64}
    if run.month.number != 12:
        return pl.DataFrame(schema=columns)
    # EJA: a series approved is a result typed, though the course goes on as Matriculado.
    told = mapped(pl.col("code"), pl.col("level"), run.settings, run.state)
    waiting = group_of(told, ACTIVE)
    ends = (pl.col("acting_end").dt.year() == run.month.year).fill_null(False)
    counted = rows.filter(ends & ~pl.col("superseded") & (waiting | group_of(told, RESULTS)))
    lines = counted.group_by(pl.col("acting_class").alias("class")).agg(
        students=pl.len().cast(pl.Int64), pending=waiting.sum().cast(pl.Int64)
    )
    units = run.facts["classes"].select("class", "unit")
    open_ = lines.filter(pl.col("pending") > 0).join(units, on="class", how="left")
    return open_.select(*columns).sort("class")
