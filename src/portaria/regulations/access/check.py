"""What must hold across the tables of a contest: a list of checks with one signature.

Each check takes the edition and the tables and yields findings: the rows at fault, the column to
mend and the message, whose places are filled from the row. A check whose tables could not be read
stays silent: that fault is already reported.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from portaria.core.edition import Edition
from portaria.core.messages import declare
from portaria.core.problem import Problem
from portaria.core.rule import rule
from portaria.regulations.access.findings import (
    UNKNOWN_PROGRAMME,
    Check,
    Finding,
    Tables,
    problems_of,
    strangers,
)
from portaria.regulations.access.later import check as later
from portaria.tables.folder import Folder
from portaria.tables.parse import REPEATED_KEY
from portaria.tables.schema import SOURCE_ROW

UNKNOWN_CANDIDATE = declare(
    "unknown-candidate", "the candidate {value} is not in the table candidates: correct the code"
)
TOO_MANY_OPTIONS = declare(
    "too-many-options", "candidate {candidate} writes {count} options; at most {limit} are allowed"
)
REPEATED_OPTION = declare(
    "repeated-option",
    "candidate {candidate} writes the programme {programme} more than once: keep one",
)
ORDER_GAP = declare(
    "order-gap",
    "the options of candidate {candidate} are numbered {orders}: number them 1, 2, 3 without gaps",
)
NO_EXAM_SET = declare(
    "no-exam-set", "programme {programme} has no set of entrance exams: add it to exam_sets"
)
TOO_MANY_EXAMS = declare(
    "too-many-exams",
    "set {set} of programme {programme} has {count} exams; at most {limit} are allowed",
)
WEIGHTS_NOT_100 = declare(
    "weights-not-100",
    "programme {programme}, set {set}: the weights add to {total}, not to 100",
)
WEIGHT_DECIMALS = declare("weight-decimals", "a weight has at most two decimals")
PREREQUISITE_WEIGHT = declare(
    "prerequisite-weight", "a prerequisite of selection or documentary has no weight: write 0"
)
PREREQUISITE_KIND = declare(
    "prerequisite-kind",
    "prerequisite and prerequisite_kind go together: fill both or leave both empty",
)
PREREQUISITE_GRADE = declare(
    "prerequisite-grade",
    "programme {programme} ranks by the prerequisite {group}, which candidate {candidate} passed: "
    "its grade is missing, so that option counts as not written",
)
SHARE_LIMIT = declare("share-above-limit", "the share is above the {limit} % the text allows")
NO_SECONDARY = declare(
    "no-secondary-grade",
    "the candidate has no secondary grade: fill secondary, or two_cycle_a and two_cycle_b",
)
HALF_TWO_CYCLE = declare(
    "half-two-cycle", "two_cycle_a and two_cycle_b go together: fill both or leave both empty"
)
TWO_SECONDARIES = declare(
    "two-secondary-grades",
    "the candidate has a secondary grade and two-cycle grades: the two-cycle formula is used",
)
REPEATED_EXAM = declare(
    "repeated-exam", "candidate {candidate} has the exam {exam} more than once: keep one"
)
CONGENER_NOT_ISLAND = declare(
    "congener-not-island", "the congener {value} is not a programme of an island university"
)


def check(edition: Edition, phase: int, folder: Folder) -> list[Problem]:
    """Every problem across the tables, each with its clause where one asks for it.

    A cell that could not be read is reported already: what follows from it is not.
    """
    unread = {(p.file, p.row, p.column) for p in folder.problems if p.code != REPEATED_KEY}
    checks = CHECKS | (FIRST_PHASE if phase == 1 else later.CHECKS)
    found = (
        problem
        for each, tables in checks.items()
        if tables <= folder.readable
        for finding in each(edition, folder.frames)
        if finding.table in folder.readable
        for problem in problems_of(edition, folder.file(finding.table), finding)
    )
    return [p for p in found if (p.file, p.row, p.column) not in unread]


def references(edition: Edition, tables: Tables) -> Iterator[Finding]:
    """Every programme and candidate named in a table stands in its own table."""
    for table, column in (
        ("exam_sets", "programme"),
        ("regional_areas", "programme"),
        ("vocational_courses", "programme"),
        ("congeners", "programme"),
        ("congeners", "congener"),
        ("options", "programme"),
        ("exams", "programme"),
    ):
        unknown = strangers(tables[table], column, tables["programmes"]["programme"])
        yield Finding(table, unknown, column, UNKNOWN_PROGRAMME)


def people(edition: Edition, tables: Tables) -> Iterator[Finding]:
    """Every candidate who writes options is one of the contest."""
    unknown = strangers(tables["options"], "candidate", tables["candidates"]["candidate"])
    yield Finding("options", unknown, "candidate", UNKNOWN_CANDIDATE)


def registers(edition: Edition, tables: Tables) -> Iterator[Finding]:
    """Exams and tests of somebody else may be a slip; a later phase has the register of all."""
    for table in ("exams", "prerequisites"):
        unknown = strangers(tables[table], "candidate", tables["candidates"]["candidate"])
        yield Finding(table, unknown, "candidate", UNKNOWN_CANDIDATE, severity="warning")


@rule("option-limit")
def options_of_a_candidate(edition: Edition, tables: Tables) -> Iterator[Finding]:
    """Different options, numbered without gaps, and no more than the text allows."""
    options = tables["options"].drop_nulls(["candidate", "order", "programme"])
    # Where the text sets no limit, nobody writes more than are written in all.
    limit = edition.value("most_options") if edition.has("most_options") else options.height
    forms = options.group_by("candidate").agg(
        pl.len().alias("count"),
        pl.col("order").sort().alias("orders"),
        pl.col("order").n_unique().alias("distinct"),
        pl.col("order").max().alias("last"),
        pl.col(SOURCE_ROW).max(),
    )
    counts, last, distinct = pl.col("count"), pl.col("last"), pl.col("distinct")
    # A repeated order is reported as a repeated key already.
    gaps = forms.filter((distinct == counts) & (last > counts))
    repeated = options.filter(pl.struct("candidate", "programme").is_duplicated())
    for rows, column, code in (
        (forms.filter(counts > limit), "candidate", TOO_MANY_OPTIONS),
        (gaps, "order", ORDER_GAP),
        (repeated, "programme", REPEATED_OPTION),
    ):
        yield Finding("options", rows, column, code, "option-limit", {"limit": limit})


def exam_sets(edition: Edition, tables: Tables) -> Iterator[Finding]:
    """Every programme has a set; the weights of each set add to 100; at most three exams."""
    programmes, sets = tables["programmes"], tables["exam_sets"]
    without = programmes.join(sets, on="programme", how="anti", maintain_order="left")
    yield Finding("programmes", without, "programme", NO_EXAM_SET, "exams-taken")
    weights = (
        sets.group_by("programme", "set")
        .agg(
            pl.col("weight").sum().alias("exams"),
            pl.col("weight").has_nulls().alias("unread"),
            pl.len().alias("count"),
            pl.col(SOURCE_ROW).min(),
        )
        .join(programmes.drop(SOURCE_ROW), on="programme")
        .with_columns(total=pl.col("exams") + pl.col("w_secondary") + pl.col("w_prerequisite"))
        .sort(SOURCE_ROW)
    )
    wrong = weights.filter(~pl.col("unread") & (pl.col("total") != 100))
    yield Finding("exam_sets", wrong, "weight", WEIGHTS_NOT_100, "application-grade")
    limit = edition.value("most_exams_in_set")
    many = weights.filter(pl.col("count") > limit)
    yield Finding("exam_sets", many, "exam", TOO_MANY_EXAMS, "application-grade", {"limit": limit})


def weight_decimals(edition: Edition, tables: Tables) -> Iterator[Finding]:
    """Weights have at most two decimals, so that grades stay exact in fixed places."""
    columns = (("programmes", "w_secondary"), ("programmes", "w_prerequisite"))
    for table, name in (*columns, ("exam_sets", "weight")):
        long = tables[table].filter(pl.col(name) != pl.col(name).round(2))
        yield Finding(table, long, name, WEIGHT_DECIMALS)


def prerequisites(edition: Edition, tables: Tables) -> Iterator[Finding]:
    """Group and kind go together; only ranking prerequisites weigh, and those need grades."""
    programmes = tables["programmes"]
    kind, group = pl.col("prerequisite_kind"), pl.col("prerequisite")
    halves = programmes.filter(kind.is_null() != group.is_null())
    yield Finding("programmes", halves, "prerequisite", PREREQUISITE_KIND)
    ranks = kind.is_in(["ranking", "both"]).fill_null(False)
    clause = "application-grade-with-prerequisite"
    weighing = programmes.filter(~ranks & (pl.col("w_prerequisite") > 0))
    yield Finding("programmes", weighing, "w_prerequisite", PREREQUISITE_WEIGHT, clause)
    wanted = tables["options"].select("candidate", "programme")
    blank = (
        tables["prerequisites"]
        .filter(pl.col("passed") & pl.col("grade").is_null())
        .join(programmes.filter(ranks).select("programme", group=group), on="group")
        .join(wanted, on=["candidate", "programme"])
    )
    yield Finding("prerequisites", blank, "grade", PREREQUISITE_GRADE, clause, severity="warning")


@rule("regional-share-limit", "vocational-share-limit")
def shares(edition: Edition, tables: Tables) -> Iterator[Finding]:
    """Regional and vocational preferences stay within the shares of the text."""
    for name in ("regional", "vocational"):
        if not edition.has(f"{name}-share-limit"):
            continue
        limit = edition.number(f"{name}_share_limit")
        above = tables["programmes"].filter(pl.col(f"{name}_share") > limit)
        rule_id, params = f"{name}-share-limit", {"limit": limit}
        yield Finding("programmes", above, f"{name}_share", SHARE_LIMIT, rule_id, params)


def secondary_grades(edition: Edition, tables: Tables) -> Iterator[Finding]:
    """Every candidate has a secondary grade, of one kind; whoever is excluded may lack it."""
    candidates = tables["candidates"]
    a, b = pl.col("two_cycle_a").is_not_null(), pl.col("two_cycle_b").is_not_null()
    plain = pl.col("secondary").is_not_null()
    two_cycles = "secondary-grade-two-cycles"
    none = candidates.filter(~plain & ~a & ~b & pl.col("excluded").is_null())
    yield Finding("candidates", none, "secondary", NO_SECONDARY, "secondary-grade")
    half = candidates.filter(a != b)
    yield Finding("candidates", half, "two_cycle_b", HALF_TWO_CYCLE, two_cycles)
    both = candidates.filter(plain & a & b)
    yield Finding("candidates", both, "secondary", TWO_SECONDARIES, two_cycles, severity="warning")


def repeated_exams(edition: Edition, tables: Tables) -> Iterator[Finding]:
    """An exam counts once for a candidate, everywhere or at one programme."""
    exams = tables["exams"].drop_nulls(["candidate", "exam"])
    repeated = exams.filter(pl.struct("candidate", "exam", "programme").is_duplicated())
    yield Finding("exams", repeated, "exam", REPEATED_EXAM)


def congeners(edition: Edition, tables: Tables) -> Iterator[Finding]:
    """A congener is a programme of an island university."""
    programmes = tables["programmes"]
    on_islands = programmes.filter(pl.col("island_university").is_not_null())
    known = tables["congeners"].join(
        programmes, left_on="congener", right_on="programme", how="semi"
    )
    unknown = strangers(known, "congener", on_islands["programme"])
    yield Finding("congeners", unknown, "congener", CONGENER_NOT_ISLAND)


# Each check with the tables it needs; where one of them could not be read, it stays silent.
CHECKS: dict[Check, frozenset[str]] = {
    references: frozenset({"programmes"}),
    people: frozenset({"candidates"}),
    options_of_a_candidate: frozenset({"options"}),
    exam_sets: frozenset({"programmes", "exam_sets"}),
    weight_decimals: frozenset({"programmes", "exam_sets"}),
    prerequisites: frozenset({"programmes", "prerequisites", "options"}),
    shares: frozenset({"programmes"}),
    secondary_grades: frozenset({"candidates"}),
    repeated_exams: frozenset({"exams"}),
    congeners: frozenset({"programmes", "congeners"}),
}

FIRST_PHASE: dict[Check, frozenset[str]] = {registers: frozenset({"candidates"})}
