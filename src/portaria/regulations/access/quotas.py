"""Seats of each quota and who is heard in it (arts. 10, 11, 16 to 19, 36/1).

A stage of a programme hears a candidate when she may take its seats: `heard` has one bit a stage
(in the order of `reasons.QUOTAS`), and `later` marks the stages where art. 11/2 puts her after
those of art. 11/1. A text may lack a quota: it then has no seats and hears nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import polars as pl

from portaria.core.edition import Edition
from portaria.core.rounding import divide_floor, divide_half_up
from portaria.core.rule import rule
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.grades import UNIT, graded_pairs
from portaria.regulations.access.parameters import quotas_of
from portaria.regulations.access.reasons import ORDERED_STAGES, QUOTAS, VALID_SET
from portaria.regulations.access.schemas import ISLANDS

SPECIAL = ("disability", "azores", "madeira", "emigrant", "military")
WHOLE = 100 * UNIT
"""A whole, in the units of an exact percentage."""
NO_SEATS = pl.lit(0, pl.Int64)
"""The size of a quota that the text does not have."""

ASKS_FOR = {
    "disability": "disability",
    "azores": "azores",
    "madeira": "madeira",
    "emigrant": "emigrant",
    "military": "military",
    "regional": "claims_regional",
    "vocational": "secondary_course",
    "additional": "has_final_grade",
}
"""By quota, the column of `candidates` without which it hears nobody."""


def quota_sizes(contest: Contest) -> pl.DataFrame:
    """The nominal seats of every quota: programme, seats and one column a stage up to general.

    Nominal sizes may add to more than the seats; a stage never takes more than what is left.
    """
    programmes = contest.tables["programmes"].select(
        "programme",
        "seats",
        "island_university",
        regional=pl.col("regional_share").to_physical(),
        vocational=pl.col("vocational_share").to_physical(),
    )
    sizes = programmes.with_columns(**special_quotas(contest.edition))
    sizes = sizes.with_columns(**preferences(contest.edition, contest.readings))
    return sizes.with_columns(general=general_quota()).select("programme", "seats", *ORDERED_STAGES)


@rule("special-quotas", "quota-rounding")
def special_quotas(edition: Edition) -> dict[str, pl.Expr]:
    """A share of the seats, rounded half up, at least one (10/2, 10/3).

    An island quota does not exist at the university of that island; there the preference does.
    """
    there = quotas_of(edition)
    sizes = dict.fromkeys(SPECIAL, NO_SEATS)
    for quota in (quota for quota in SPECIAL if quota in there):
        share = _units(edition.number(f"quota_{quota}"))
        least = edition.value("quota_disability_least" if quota == "disability" else "quota_least")
        size = pl.max_horizontal(_half_up(share), pl.lit(least))
        at_home = pl.col("island_university").eq_missing(pl.lit(quota))
        sizes[quota] = pl.when(at_home).then(0).otherwise(size) if quota in ISLANDS else size
    return sizes


@rule("preference-size")
def preferences(edition: Edition, readings: Mapping[str, str]) -> dict[str, pl.Expr]:
    """Shares of the seats with priority; how they round is the reading `preference_rounding`."""

    def share(units: pl.Expr) -> pl.Expr:
        if readings["preference_rounding"] == "half_up":
            return _half_up(units)
        return divide_floor(_seats() * units, _whole()).cast(pl.Int64)

    there = quotas_of(edition)
    sizes = {
        name: share(pl.col(name)) if name in there else NO_SEATS
        for name in ("regional", "vocational")
    }
    for island in ISLANDS:
        size = NO_SEATS
        if island in there:
            at_home = pl.col("island_university").eq_missing(pl.lit(island))
            whole = share(_units(edition.number(f"preference_{island}")))
            size = pl.when(at_home).then(whole).otherwise(0)
        sizes[f"{island}_preference"] = size
    return sizes


@rule("general-quota")
def general_quota() -> pl.Expr:
    """What the special quotas leave; the seats they do not use come back to it (10/6, 36/1/i)."""
    return (pl.col("seats") - pl.sum_horizontal(SPECIAL)).clip(lower_bound=0)


def _half_up(units: pl.Expr) -> pl.Expr:
    """A share of the seats to the nearest whole seat, a half up."""
    return divide_half_up(_seats() * units, _whole()).cast(pl.Int64)


def _seats() -> pl.Expr:
    return pl.col("seats").cast(pl.Int128)


def _whole() -> pl.Expr:
    return pl.lit(WHOLE, dtype=pl.Int128)


def _units(percent: Decimal) -> pl.Expr:
    """An exact percentage in the units of a decimal column."""
    return pl.lit(int(percent * UNIT), dtype=pl.Int128)


def heard(contest: Contest, options: pl.DataFrame) -> pl.DataFrame:
    """`options` (of `graded_options`) with `heard` and `later`, UInt16 with one bit a stage."""
    return form(contest, options).select(*options.columns, "heard", "later")


def form(contest: Contest, options: pl.DataFrame) -> pl.DataFrame:
    """`options` as the form is read, with everything that decides which stages hear them.

    Adds the candidate's grounds, the programme's preferences, in_area, in_vocational and
    azores_congeners, madeira_congeners (all demanded ones stand before), then `heard`, `later`.
    """
    tables = contest.tables
    people = tables["candidates"].select(
        "has_final_grade", "claims_regional", "area_recognised", "secondary_course",
        *ISLANDS, "emigrant", "military", "disability",
        year12="area", year11=pl.coalesce("area_year11", "area"),
    )  # fmt: skip
    people = people.with_columns(_nothing_asked(people.schema, contest.edition))
    courses = tables["programmes"].select(
        "island_university",
        has_regional=pl.col("regional_share") > 0,
        has_vocational=pl.col("vocational_share") > 0,
    )
    form = options.with_columns(
        *people.select(pl.all().gather(options["candidate_index"])),
        *courses.select(pl.all().gather(options["programme_index"])),
    )
    form = form.with_columns(
        in_area=_flags(form, _in_area(form, tables["regional_areas"])),
        in_vocational=_flags(form, _in_vocational(form, tables["vocational_courses"])),
        **{f"{island}_congeners": _congeners(contest, options, island) for island in ISLANDS},
    )
    stages = stages_heard(form_order_in_force(contest))
    return form.with_columns(heard=_bits(stages), later=_bits(stages_after()))


def _nothing_asked(people: pl.Schema, edition: Edition) -> list[pl.Expr]:
    """Blanks for the columns that ask for a quota which the text does not have."""
    columns = [ASKS_FOR[quota] for quota in ASKS_FOR.keys() - quotas_of(edition)]
    return [
        pl.lit(False if people[name] == pl.Boolean else None, people[name]).alias(name)
        for name in columns
    ]


def form_order_in_force(contest: Contest) -> str:
    """The reading; where nothing hangs on the order of the form a text has none."""
    return contest.readings.get("form_order", "as_written")


def _flags(form: pl.DataFrame, rows: pl.DataFrame) -> pl.Series:
    """True at the rows (column `row`) that were found."""
    flags = np.zeros(form.height, bool)
    flags[rows["row"].to_numpy()] = True
    return pl.Series(flags)


CONDITIONS = {
    ("azores_preference", "form_order"): "azores-university-first",
    ("madeira_preference", "form_order"): "madeira-university-first",
    ("regional", "form_order"): "regional-without-interruption",
    ("regional", "not_in_area"): "regional-area",
    ("azores", "congener_missing"): "azores-congeners",
    ("madeira", "congener_missing"): "madeira-congeners",
}
"""The rule behind each reason of `asked`."""


def breaks_sequence(quota: str, option: Mapping[str, Any], form_order: str) -> bool:
    """Whether an option (a row of `form`) is one that breaks the sequence a preference asks for."""
    if form_order == "valid_only" and option["reason"] is not None:
        return False
    if quota == "regional":
        return not option["in_area"]
    return bool(option["island_university"] != quota.removesuffix("_preference"))


def asked(option: Mapping[str, Any]) -> dict[str, str]:
    """The quotas and preferences a candidate asked for at an option (a row of `form`).

    Each with the reason why it does not hear her, or nothing: not_in_area, form_order (an option
    before it breaks the sequence), congener_missing.
    """
    quotas = {quota: "" for quota in ("disability", "emigrant", "military") if option[quota]}
    for island in ISLANDS:
        if option[island] is not None and option["island_university"] == island:
            quotas[f"{island}_preference"] = "form_order"
        elif option[island] is not None:
            quotas[island] = "congener_missing"
    if option["claims_regional"] and option["has_regional"]:
        quotas["regional"] = "form_order" if option["in_area"] else "not_in_area"
    if option["in_vocational"]:
        quotas["vocational"] = ""
    return {
        quota: "" if option["heard"] >> stage & 1 else quotas[quota]
        for stage, quota in enumerate(QUOTAS)
        if quota in quotas
    }


@rule(
    "stage-disability", "stage-emigrant", "stage-military", "stage-vocational", "stage-regional",
    "stage-azores", "stage-azores-preference", "stage-madeira", "stage-madeira-preference",
    "stage-general", "stage-additional",
)  # fmt: skip
def stages_heard(form_order: str) -> dict[str, pl.Expr]:
    """Which stages hear an option (arts. 9/2, 11, 13 to 19)."""
    stages = {
        "disability": pl.col("disability"),
        "emigrant": pl.col("emigrant"),
        "military": pl.col("military"),
        "regional": pl.col("claims_regional") & _from_the_first(pl.col("in_area"), form_order),
        "vocational": pl.col("in_vocational"),
        "general": pl.lit(True),
        "additional": pl.col("has_final_grade"),
    }
    for island in ISLANDS:
        at_home = pl.col("island_university").eq_missing(pl.lit(island))
        of_island = pl.col(island).is_not_null()
        stages[f"{island}_preference"] = of_island & _from_the_first(at_home, form_order)
        stages[island] = of_island & ~at_home & pl.col(f"{island}_congeners")
    return stages


@rule("islands-first-ground-first")
def stages_after() -> dict[str, pl.Expr]:
    """Where candidates under art. 11/2 stand after those under art. 11/1 (11/3)."""
    return {
        stage: (pl.col(island) == "art11.2").fill_null(False)
        for island in ISLANDS
        for stage in (island, f"{island}_preference")
    }


@rule("azores-university-first", "madeira-university-first", "regional-without-interruption")
def _from_the_first(condition: pl.Expr, form_order: str) -> pl.Expr:
    """True while `condition` holds for every option from the first (16, 17, 18/5/b).

    An invalid option counts as not written (21/6). Reading `as_written`: it keeps its place and
    breaks the sequence all the same; `valid_only`: it is passed over.
    """
    if form_order == "valid_only":
        condition = condition | pl.col("reason").is_not_null()
    # Rows stand in the order of the forms: count the breaks since the candidate's first row.
    breaks = (~condition).cast(pl.Int32)
    counted = breaks.cum_sum()
    candidate = pl.col("candidate_index")
    first = (candidate != candidate.shift()).fill_null(True)
    return counted == pl.when(first).then(counted - breaks).forward_fill()


@rule("regional-area")
def _in_area(form: pl.DataFrame, areas: pl.DataFrame) -> pl.DataFrame:
    """Rows whose candidate claims the preference and was at school in the area of influence.

    Both school areas, or the recognised one, are areas of the programme (18/5/c, 18/6, 18/7).
    """
    claims = form.with_row_index("row").filter(pl.col("claims_regional") & pl.col("has_regional"))

    def inside(rows: pl.DataFrame, name: str) -> pl.DataFrame:
        return rows.join(
            areas, left_on=["programme", name], right_on=["programme", "area"], how="semi"
        )

    schools = inside(inside(claims, "year12"), "year11")
    return pl.concat([schools.select("row"), inside(claims, "area_recognised").select("row")])


def _in_vocational(form: pl.DataFrame, courses: pl.DataFrame) -> pl.DataFrame:
    """Rows whose candidate has a secondary course that the programme prefers (19/1, 19/2)."""
    preferring = form.with_row_index("row").filter(pl.col("has_vocational"))
    return preferring.join(courses, on=["programme", "secondary_course"], how="semi")


def _congeners(contest: Contest, options: pl.DataFrame, island: str) -> pl.Series:
    """Whether every congener that can be demanded stands before the option in the form."""
    missing = missing_congeners(contest, options, island).select("candidate", "programme").unique()
    return (
        options.select("candidate", "programme")
        .join(missing.with_columns(missing=True), on=["candidate", "programme"], how="left",
              maintain_order="left")
        .select(pl.col("missing").is_null())
        .to_series()
    )  # fmt: skip


@rule("azores-congeners", "madeira-congeners")
def missing_congeners(contest: Contest, options: pl.DataFrame, island: str) -> pl.DataFrame:
    """candidate, programme, congener: those that should stand before an option (11/4 to 11/7).

    A congener is demanded where the candidate has a sufficient application grade there; lacking
    an exam, its minimum or the minimum grade exempts, a failed prerequisite alone does not.
    """
    programmes = contest.tables["programmes"]
    home = programmes.filter(pl.col("island_university") == island).select("programme")
    congeners = (
        contest.tables["congeners"]
        .select("programme", "congener")
        .join(home, left_on="congener", right_on="programme", how="semi")
    )
    of_island = pl.col(island).is_not_null() & pl.lit(island in quotas_of(contest.edition))
    people = contest.tables["candidates"].filter(of_island).select("candidate")
    asked = (
        options.select("candidate", "programme", "order")
        .join(people, on="candidate", how="semi")
        .join(congeners, on="programme")
    )
    if asked.is_empty():
        return asked.select("candidate", "programme", "congener")
    pairs = asked.select("candidate", programme="congener").unique()
    sufficient = (pl.col("state") == VALID_SET) & (pl.col("tenths") >= pl.col("min_tenths"))
    exams = contest.tables["exams"].join(pairs, on="candidate", how="semi")
    few = replace(contest, tables={**contest.tables, "exams": exams})
    graded = graded_pairs(few, pairs).filter(sufficient)
    demanded = graded.select("candidate", congener="programme")
    written = options.select("candidate", "reason", congener="programme", stands="order")
    if form_order_in_force(contest) == "valid_only":
        written = written.filter(pl.col("reason").is_null())
    return (
        asked.join(demanded, on=["candidate", "congener"], how="semi")
        .join(written, on=["candidate", "congener"], how="left")
        .filter(pl.col("stands").is_null() | (pl.col("stands") > pl.col("order")))
        .select("candidate", "programme", "congener")
        .sort("candidate", "programme", "congener")
    )


def _bits(stages: Mapping[str, pl.Expr]) -> pl.Expr:
    """Booleans by stage as one number, bit 0 being the first stage."""
    return pl.sum_horizontal(
        expression.cast(pl.UInt16) * (1 << QUOTAS.index(stage))
        for stage, expression in stages.items()
    ).cast(pl.UInt16)
