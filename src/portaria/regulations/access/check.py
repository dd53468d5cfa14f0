"""What must hold across the tables of a contest: a list of checks with one signature.

Each check takes the edition and the folder and yields problems with the file and row to mend.
A check whose tables could not be read stays silent: that fault is already reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import polars as pl

from portaria.core.edition import Edition
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem, Severity
from portaria.core.rounding import without_zeros
from portaria.core.rule import rule
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

Check = Callable[[Edition, Folder], Iterator[Problem]]


def check(edition: Edition, folder: Folder) -> list[Problem]:
    """Every problem across the tables, each with its clause where one asks for it.

    A cell that could not be read is reported already: what follows from it is not.
    """
    unread = {(p.file, p.row, p.column) for p in folder.problems if p.code != REPEATED_KEY}
    found = (
        problem
        for each, tables in CHECKS.items()
        if tables <= folder.readable
        for problem in each(edition, folder)
    )
    return [p for p in found if (p.file, p.row, p.column) not in unread]


def _problems(
    folder: Folder,
    table: str,
    rows: pl.DataFrame,
    column: str,
    message: Callable[[dict[str, Any]], Message],
    clause: str = "",
    severity: Severity = "error",
) -> Iterator[Problem]:
    """One problem a row of `rows` (which keep `source_row`), its message made from the row."""
    for row in rows.iter_rows(named=True):
        value = row.get(column)
        shown = None if value is None else cut(value)
        yield Problem(
            folder.file(table), message(row), "", row[SOURCE_ROW], column, shown, clause, severity
        )


def references(edition: Edition, folder: Folder) -> Iterator[Problem]:
    """Every programme and candidate named in a table stands in its own table."""
    keys: list[tuple[str, str, str, str, Severity]] = [
        ("exam_sets", "programme", "programmes", UNKNOWN_PROGRAMME, "error"),
        ("regional_areas", "programme", "programmes", UNKNOWN_PROGRAMME, "error"),
        ("vocational_courses", "programme", "programmes", UNKNOWN_PROGRAMME, "error"),
        ("congeners", "programme", "programmes", UNKNOWN_PROGRAMME, "error"),
        ("congeners", "congener", "programmes", UNKNOWN_PROGRAMME, "error"),
        ("options", "programme", "programmes", UNKNOWN_PROGRAMME, "error"),
        ("exams", "programme", "programmes", UNKNOWN_PROGRAMME, "error"),
        ("options", "candidate", "candidates", UNKNOWN_CANDIDATE, "error"),
        # Exams and prerequisites may come from a register wider than this contest.
        ("exams", "candidate", "candidates", UNKNOWN_CANDIDATE, "warning"),
        ("prerequisites", "candidate", "candidates", UNKNOWN_CANDIDATE, "warning"),
    ]
    for table, column, other, code, severity in keys:
        if not {table, other} <= folder.readable:
            continue
        known = folder.frames[other].select(other.removesuffix("s"))
        named = folder.frames[table].filter(pl.col(column).is_not_null())
        strangers = named.join(known, left_on=column, right_on=known.columns[0], how="anti")
        yield from _problems(
            folder,
            table,
            strangers.sort(SOURCE_ROW),
            column,
            lambda row, column=column, code=code: Message(code, {"value": str(row[column])}),  # type: ignore[misc]
            severity=severity,
        )


@rule("option-limit")
def options_of_a_candidate(edition: Edition, folder: Folder) -> Iterator[Problem]:
    """At most six different options, numbered without gaps."""
    options = folder.frames["options"].drop_nulls(["candidate", "order", "programme"])
    clause, limit = edition.clause("option-limit"), edition.value("most_options")
    forms = options.group_by("candidate").agg(
        pl.len().alias("count"),
        pl.col("order").sort().alias("orders"),
        pl.col("order").n_unique().alias("distinct"),
        pl.col("order").max().alias("last"),
        pl.col(SOURCE_ROW).max(),
    )
    yield from _problems(
        folder,
        "options",
        forms.filter(pl.col("count") > limit),
        "candidate",
        lambda row: Message(
            TOO_MANY_OPTIONS,
            {"candidate": row["candidate"], "count": row["count"], "limit": limit},
        ),
        clause,
    )
    # A repeated order is reported as a repeated key already.
    gaps = forms.filter(
        (pl.col("distinct") == pl.col("count")) & (pl.col("last") > pl.col("count"))
    )
    yield from _problems(
        folder,
        "options",
        gaps,
        "order",
        lambda row: Message(
            ORDER_GAP,
            {
                "candidate": row["candidate"],
                "orders": ", ".join(map(str, row["orders"])),
            },
        ),
        clause,
    )
    repeated = options.filter(pl.struct("candidate", "programme").is_duplicated())
    yield from _problems(
        folder,
        "options",
        repeated,
        "programme",
        lambda row: Message(
            REPEATED_OPTION, {"candidate": row["candidate"], "programme": row["programme"]}
        ),
        clause,
    )


def exam_sets(edition: Edition, folder: Folder) -> Iterator[Problem]:
    """Every programme has a set; the weights of each set add to 100; at most three exams."""
    programmes, sets = folder.frames["programmes"], folder.frames["exam_sets"]
    clause = edition.clause("application-grade")
    yield from _problems(
        folder,
        "programmes",
        programmes.join(sets, on="programme", how="anti"),
        "programme",
        lambda row: Message(NO_EXAM_SET, {"programme": row["programme"]}),
        edition.clause("exams-taken"),
    )
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
    yield from _problems(
        folder,
        "exam_sets",
        weights.filter(~pl.col("unread") & (pl.col("total") != 100)),
        "weight",
        lambda row: Message(
            WEIGHTS_NOT_100,
            {
                "programme": row["programme"],
                "set": str(row["set"]),
                "total": without_zeros(row["total"]),
            },
        ),
        clause,
    )
    limit = edition.value("most_exams_in_set")
    yield from _problems(
        folder,
        "exam_sets",
        weights.filter(pl.col("count") > limit),
        "exam",
        lambda row: Message(
            TOO_MANY_EXAMS,
            {
                "programme": row["programme"],
                "set": str(row["set"]),
                "count": row["count"],
                "limit": limit,
            },
        ),
        clause,
    )


def weight_decimals(edition: Edition, folder: Folder) -> Iterator[Problem]:
    """Weights have at most two decimals, so that grades stay exact in fixed places."""
    columns = {"programmes": ("w_secondary", "w_prerequisite"), "exam_sets": ("weight",)}
    for table, names in columns.items():
        for name in names:
            long = folder.frames[table].filter(pl.col(name) != pl.col(name).round(2))
            yield from _problems(folder, table, long, name, lambda row: Message(WEIGHT_DECIMALS))


def prerequisites(edition: Edition, folder: Folder) -> Iterator[Problem]:
    """Group and kind go together; only ranking prerequisites weigh, and those need grades."""
    programmes = folder.frames["programmes"]
    kind, group = pl.col("prerequisite_kind"), pl.col("prerequisite")
    halves = programmes.filter(kind.is_null() != group.is_null())
    yield from _problems(
        folder, "programmes", halves, "prerequisite", lambda row: Message(PREREQUISITE_KIND)
    )
    ranks = kind.is_in(["ranking", "both"]).fill_null(False)
    clause = edition.clause("application-grade-with-prerequisite")
    weighing = programmes.filter(~ranks & (pl.col("w_prerequisite") > 0))
    yield from _problems(
        folder,
        "programmes",
        weighing,
        "w_prerequisite",
        lambda row: Message(PREREQUISITE_WEIGHT),
        clause,
    )
    blank = (
        folder.frames["prerequisites"]
        .filter(pl.col("passed") & pl.col("grade").is_null())
        .join(programmes.filter(ranks).select("programme", group=group), on="group")
        .join(
            folder.frames["options"].select("candidate", "programme"), on=["candidate", "programme"]
        )
    )
    yield from _problems(
        folder,
        "prerequisites",
        blank,
        "grade",
        lambda row: Message(
            PREREQUISITE_GRADE, {key: row[key] for key in ("programme", "group", "candidate")}
        ),
        clause,
        "warning",
    )


def shares(edition: Edition, folder: Folder) -> Iterator[Problem]:
    """Regional and vocational preferences stay within the shares of the text."""
    for name in ("regional", "vocational"):
        limit = edition.number(f"{name}_share_limit")
        above = folder.frames["programmes"].filter(pl.col(f"{name}_share") > limit)
        yield from _problems(
            folder,
            "programmes",
            above,
            f"{name}_share",
            lambda row, limit=limit: Message(SHARE_LIMIT, {"limit": limit}),  # type: ignore[misc]
            edition.parameters[f"{name}_share_limit"].clause,
        )


def secondary_grades(edition: Edition, folder: Folder) -> Iterator[Problem]:
    """Every candidate has a secondary grade, of one kind."""
    candidates = folder.frames["candidates"]
    a, b = pl.col("two_cycle_a").is_not_null(), pl.col("two_cycle_b").is_not_null()
    plain = pl.col("secondary").is_not_null()
    clause = edition.clause("secondary-grade")
    two_cycles = edition.clause("secondary-grade-two-cycles")
    found = "candidates", "secondary"
    none = candidates.filter(~plain & ~a & ~b & pl.col("excluded").is_null())
    yield from _problems(
        folder, found[0], none, found[1], lambda row: Message(NO_SECONDARY), clause
    )
    half = candidates.filter(a != b)
    yield from _problems(
        folder, found[0], half, "two_cycle_b", lambda row: Message(HALF_TWO_CYCLE), two_cycles
    )
    both = candidates.filter(plain & a & b)
    yield from _problems(
        folder,
        found[0],
        both,
        found[1],
        lambda row: Message(TWO_SECONDARIES),
        two_cycles,
        "warning",
    )


def repeated_exams(edition: Edition, folder: Folder) -> Iterator[Problem]:
    """An exam counts once for a candidate, everywhere or at one programme."""
    exams = folder.frames["exams"].drop_nulls(["candidate", "exam"])
    repeated = exams.filter(pl.struct("candidate", "exam", "programme").is_duplicated())
    yield from _problems(
        folder,
        "exams",
        repeated,
        "exam",
        lambda row: Message(REPEATED_EXAM, {"candidate": row["candidate"], "exam": row["exam"]}),
    )


def congeners(edition: Edition, folder: Folder) -> Iterator[Problem]:
    """A congener is a programme of an island university."""
    islands = folder.frames["programmes"].filter(pl.col("island_university").is_not_null())
    known = folder.frames["congeners"].join(
        folder.frames["programmes"], left_on="congener", right_on="programme", how="semi"
    )
    strangers = known.join(islands, left_on="congener", right_on="programme", how="anti")
    yield from _problems(
        folder,
        "congeners",
        strangers,
        "congener",
        lambda row: Message(CONGENER_NOT_ISLAND, {"value": row["congener"]}),
    )


# Each check with the tables it needs; where one of them could not be read, it stays silent.
CHECKS: dict[Check, frozenset[str]] = {
    references: frozenset(),
    options_of_a_candidate: frozenset({"options"}),
    exam_sets: frozenset({"programmes", "exam_sets"}),
    weight_decimals: frozenset({"programmes", "exam_sets"}),
    prerequisites: frozenset({"programmes", "prerequisites", "options"}),
    shares: frozenset({"programmes"}),
    secondary_grades: frozenset({"candidates"}),
    repeated_exams: frozenset({"exams"}),
    congeners: frozenset({"programmes", "congeners"}),
}
