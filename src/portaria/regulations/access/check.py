"""What must hold across the tables of a contest: a list of checks with one signature.

Each check takes the edition and the tables and yields findings: the rows at fault, the column to
mend and the message, whose places are filled from the row. A check whose tables could not be read
stays silent: that fault is already reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import polars as pl

from portaria.core.edition import Edition
from portaria.core.messages import Message, declare, places
from portaria.core.problem import Problem, Severity
from portaria.core.rounding import without_zeros
from portaria.core.rule import rule
from portaria.regulations.access.later.holders import won
from portaria.tables.folder import Folder
from portaria.tables.parse import REPEATED_KEY
from portaria.tables.raw import cut
from portaria.tables.schema import SOURCE_ROW

UNKNOWN_PROGRAMME = declare(
    "unknown-programme", "the programme {value} is not in the table programmes: correct the code"
)
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

NO_LONGER_THERE = declare(
    "programme-no-longer-there",
    "the programme {value} had seats in the phase before and is not in the table programmes: its "
    "{leftover} left over are put up by nobody",
)
PLACED_WHERE = declare(
    "placed-without-seat", "a placed candidate has a programme and a quota: fill both"
)
NOBODYS_ENROLMENT = declare(
    "enrolment-of-nobody",
    "candidate {value} is in no result of the phase before: is the code right, or did a "
    "rectification place somebody who had none?",
)
RECTIFIED_NOT_COUNTED = declare(
    "rectified-not-counted",
    "rectifications placed {count} at {value}, and vr says {vr}: the seats that they use count "
    "there",
)
NOT_IN_PREVIOUS = declare(
    "programme-not-in-previous",
    "the programme {value} has no row in the seats of the phase before: add it there with zeros",
)
ENROLLED_WITHOUT_SEAT = declare(
    "enrolled-without-seat",
    "candidate {value} is enrolled but had no seat: write in programme where a rectification "
    "placed her",
)
FREED_NOT_COUNTED = declare(
    "freed-seats-not-counted",
    "this text does not put up seats freed by rectifications: leave vl2 empty",
)

Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class Finding:
    """Rows of a table with the same fault.

    `rows` keep `SOURCE_ROW` and hold the columns that the message of `code` names; `params` are
    the places that are the same for all. `rule` gives the clause that asks for it.
    """

    table: str
    rows: pl.DataFrame
    column: str
    code: str
    rule: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = "error"


Check = Callable[[Edition, Tables], Iterator[Finding]]


def check(edition: Edition, phase: int, folder: Folder) -> list[Problem]:
    """Every problem across the tables, each with its clause where one asks for it.

    A cell that could not be read is reported already: what follows from it is not.
    """
    unread = {(p.file, p.row, p.column) for p in folder.problems if p.code != REPEATED_KEY}
    checks = CHECKS if phase == 1 else LATER_CHECKS
    found = (
        problem
        for each, tables in checks.items()
        if tables <= folder.readable
        for finding in each(edition, folder.frames)
        if finding.table in folder.readable
        for problem in problems_of(edition, folder.file(finding.table), finding)
    )
    return [p for p in found if (p.file, p.row, p.column) not in unread]


def problems_of(edition: Edition, file: str, finding: Finding) -> Iterator[Problem]:
    """One problem a row, its message filled from the row."""
    clause = edition.clause(finding.rule) if finding.rule else ""
    names = places(finding.code)
    for row in finding.rows.iter_rows(named=True):
        filled = {**row, "value": row.get(finding.column), **finding.params}
        message = Message(finding.code, {name: _shown(filled[name]) for name in names})
        value = row.get(finding.column)
        shown = None if value is None else cut(value)
        yield Problem(
            file, message, "", row[SOURCE_ROW], finding.column, shown, clause, finding.severity
        )


def _shown(value: object) -> object:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return without_zeros(value) if isinstance(value, Decimal) else value


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
        strangers = _strangers(tables[table], column, tables["programmes"]["programme"])
        yield Finding(table, strangers, column, UNKNOWN_PROGRAMME)


def people(edition: Edition, tables: Tables) -> Iterator[Finding]:
    """Every candidate who writes options is one of the contest."""
    strangers = _strangers(tables["options"], "candidate", tables["candidates"]["candidate"])
    yield Finding("options", strangers, "candidate", UNKNOWN_CANDIDATE)


def registers(edition: Edition, tables: Tables) -> Iterator[Finding]:
    """Exams and tests of somebody else may be a slip; a later phase has the register of all."""
    for table in ("exams", "prerequisites"):
        strangers = _strangers(tables[table], "candidate", tables["candidates"]["candidate"])
        yield Finding(table, strangers, "candidate", UNKNOWN_CANDIDATE, severity="warning")


def _strangers(table: pl.DataFrame, column: str, known: pl.Series) -> pl.DataFrame:
    named = table.filter(pl.col(column).is_not_null())
    return named.join(
        known.to_frame("known"), left_on=column, right_on="known", how="anti",
        maintain_order="left",
    )  # fmt: skip


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
    strangers = _strangers(known, "congener", on_islands["programme"])
    yield Finding("congeners", strangers, "congener", CONGENER_NOT_ISLAND)


# Each check with the tables it needs; where one of them could not be read, it stays silent.
CHECKS: dict[Check, frozenset[str]] = {
    references: frozenset({"programmes"}),
    people: frozenset({"candidates"}),
    registers: frozenset({"candidates"}),
    options_of_a_candidate: frozenset({"options"}),
    exam_sets: frozenset({"programmes", "exam_sets"}),
    weight_decimals: frozenset({"programmes", "exam_sets"}),
    prerequisites: frozenset({"programmes", "prerequisites", "options"}),
    shares: frozenset({"programmes"}),
    secondary_grades: frozenset({"candidates"}),
    repeated_exams: frozenset({"exams"}),
    congeners: frozenset({"programmes", "congeners"}),
}


def later_references(edition: Edition, tables: Tables) -> Iterator[Finding]:
    """Every programme that the tables of a later phase name is one of the contest."""
    known = tables["programmes"]["programme"]
    named = ("enrolments", "adjustments", "opened", "previous_holders", "previous_placements")
    for table in named:
        strangers = _strangers(tables[table], "programme", known)
        yield Finding(table, strangers, "programme", UNKNOWN_PROGRAMME)
    without = tables["programmes"].join(
        tables["previous_seats"], on="programme", how="anti", maintain_order="left"
    )
    yield Finding("programmes", without, "programme", NOT_IN_PREVIOUS)
    gone = _strangers(tables["previous_seats"], "programme", known)
    yield Finding("previous_seats", gone, "programme", NO_LONGER_THERE, severity="warning")


def previous_results(edition: Edition, tables: Tables) -> Iterator[Finding]:
    """Whoever was placed has a programme and a quota."""
    placed = tables["previous_placements"].filter(pl.col("result") == "placed")
    for column in ("programme", "quota"):
        blank = placed.filter(pl.col(column).is_null())
        yield Finding("previous_placements", blank, column, PLACED_WHERE)


def adjustments(edition: Edition, tables: Tables) -> Iterator[Finding]:
    """No seats freed by rectifications where the formula has no such term (211-B 29/2)."""
    if not edition.has("rectified-seats-freed"):
        some = tables["adjustments"].filter(pl.col("vl2") > 0)
        yield Finding("adjustments", some, "vl2", FREED_NOT_COUNTED, "later-phase-seats")


def enrolments(edition: Edition, tables: Tables) -> Iterator[Finding]:
    """Whoever is enrolled had a seat, or a rectification says where."""
    rows, seats = tables["enrolments"], won(tables)["candidate"]
    nowhere = rows.filter(pl.col("enrolled").fill_null(False) & pl.col("programme").is_null())
    without = _strangers(nowhere, "candidate", seats)
    yield Finding("enrolments", without, "candidate", ENROLLED_WITHOUT_SEAT)
    # Rectifications place people who had no seat, even some who had no result (57/1).
    rectified = _strangers(rows.drop_nulls("programme"), "candidate", seats)
    unknown = _strangers(rectified, "candidate", tables["previous_placements"]["candidate"])
    yield Finding("enrolments", unknown, "candidate", NOBODYS_ENROLMENT, severity="warning")
    # Each uses a seat, which VR takes off (42/1).
    counts = rectified.group_by("programme").agg(pl.len().alias("count"), pl.col(SOURCE_ROW).min())
    told = counts.join(tables["adjustments"].select("programme", "vr"), "programme", "left")
    more = told.with_columns(pl.col("vr").fill_null(0)).filter(pl.col("count") > pl.col("vr"))
    yield Finding("enrolments", more, "programme", RECTIFIED_NOT_COUNTED, severity="warning")


LATER_CHECKS: dict[Check, frozenset[str]] = {
    **{each: tables for each, tables in CHECKS.items() if each is not registers},
    later_references: frozenset(
        {
            "programmes", "enrolments", "adjustments", "opened", "previous_holders",
            "previous_placements", "previous_seats",
        }
    ),
    previous_results: frozenset({"previous_placements"}),
    adjustments: frozenset({"adjustments"}),
    enrolments: frozenset(
        {"enrolments", "adjustments", "previous_holders", "previous_placements"}
    ),
}  # fmt: skip
"""Those of phases 2 and 3."""
