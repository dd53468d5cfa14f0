"""Why a candidate was placed where she was: codes and exact numbers, no sentences.

Read from the result tables and the recorded inputs. The command line, JSON, pages and documents
all render this one object.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl

from portaria.core.edition import Correction
from portaria.core.errors import ConfigurationError, InputError
from portaria.core.messages import Message, declare, exact_decimal
from portaria.core.rounding import TENTH, Rounding, round_to, without_zeros
from portaria.regulations.access import grades, quotas
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.folder import Results
from portaria.regulations.access.reasons import GRADE_BELOW_MINIMUM, OUTRANKED, QUOTAS
from portaria.regulations.access.schemas import ISLANDS

UNKNOWN = declare("candidate-not-in-results", "the candidate {candidate} is not in these results")

Row = dict[str, Any]


@dataclass(frozen=True)
class Exam:
    """One exam of a set: what it weighs, and the grade (None: not taken)."""

    exam: str
    weight: Decimal
    grade: int | None
    foreign: bool = False


@dataclass(frozen=True)
class ExamSet:
    """One of the alternative sets of a programme, with the candidate's grades."""

    number: int
    exams: tuple[Exam, ...]


@dataclass(frozen=True)
class SecondaryGrade:
    """S at a programme. kind: one_cycle, two_cycles, with_pe; the rest only for two cycles."""

    kind: str
    value: Decimal
    a: Decimal | None = None
    b: Decimal | None = None
    w_a: Decimal | None = None
    w_b: Decimal | None = None


@dataclass(frozen=True)
class Arithmetic:
    """The terms of an application grade: sum of value times percent, before rounding."""

    secondary: SecondaryGrade
    w_secondary: Decimal
    exams: tuple[Exam, ...]
    prerequisite: Decimal | None
    w_prerequisite: Decimal
    total: Decimal


@dataclass(frozen=True)
class LastPlaced:
    """The key of the last one placed in a quota of a programme."""

    quota: str
    grade: Decimal
    exam_part: Decimal
    tie_1: Decimal
    tie_2: Decimal


@dataclass(frozen=True)
class Distance:
    """How far the last placed in a quota stands from the candidate.

    tenths short of the application grade; 0 where a later part of the key decided, which `part`
    names (exam_part, tie_1, tie_2), or `ground` where art. 11/3 puts her after all of art. 11/1.
    """

    quota: str
    tenths: int
    part: str


@dataclass(frozen=True)
class Hearing:
    """A quota or preference the candidate asked for at an option.

    heard with rank among `of`; or the reason why not: not_in_area, form_order (`because`: the
    order of the first option that breaks the sequence) or congener_missing (`because`: the codes
    of the programmes that should stand before). after_first_ground: heard after those of 11/1.
    """

    quota: str
    clause: str
    seats: int
    rank: int | None = None
    of: int | None = None
    last_placed: LastPlaced | None = None
    distance: Distance | None = None
    after_first_ground: bool = False
    why_not: str = ""
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class OptionExplained:
    """One option of the form and everything that decided it.

    without_final_grade: those placed here who have none, whom art. 9/2 matches with further seats.
    last_placed: in the candidate's quota, or in the general list. lost: the shortest way that was
    missing to a seat, in the general list or in a quota; missing_tenths its tenths, or those
    missing to the minimum grade.
    """

    order: int
    programme: str
    institution: str
    course: str
    outcome: str
    quota: str | None
    reason: str
    clause: str
    seats: int
    placed: int
    tie_extra: int
    additional: int
    leftover: int
    min_exam: Decimal
    min_grade: Decimal
    prerequisite: str | None
    prerequisite_kind: str | None
    sets: tuple[ExamSet, ...]
    exam_set: int | None
    arithmetic: Arithmetic | None
    grade: Decimal | None
    exam_part: Decimal | None
    rank: int | None
    ranked: int
    tied: int
    without_final_grade: int
    last_placed: LastPlaced | None
    missing_tenths: int | None
    lost: Distance | None
    hearings: tuple[Hearing, ...]


@dataclass(frozen=True)
class Explanation:
    """A candidate's result and the account of each option."""

    candidate: str
    name: str | None
    edition: str
    edition_title: str
    language: str
    phase: int
    readings: Mapping[str, str]
    result: str
    programme: str | None
    option: int | None
    quota: str | None
    grade: Decimal | None
    reason: str
    clause: str
    options: tuple[OptionExplained, ...]
    corrections: tuple[Correction, ...] = ()


def explain(results: Results, candidate: str) -> Explanation:
    """Explain one candidate; InputError where the results do not name her."""
    placed = results.table("placements", pl.col("candidate") == candidate)
    if placed.is_empty():
        raise InputError(Message(UNKNOWN, {"candidate": candidate}))
    row = placed.row(0, named=True)
    everyone = results.inputs()
    contest = only(everyone, candidate)
    person = contest.tables["candidates"].row(0, named=True)
    options = _options(results, everyone, contest, person, row)
    return Explanation(
        candidate=candidate,
        name=person["name"],
        edition=contest.edition.name,
        edition_title=contest.edition.title,
        language=contest.edition.language,
        phase=contest.phase,
        readings=contest.readings,
        result=row["result"],
        programme=row["programme"],
        option=_whole(row["option"]),
        quota=row["quota"],
        grade=_number(row["grade"]),
        reason=row["reason"],
        clause=row["clause"],
        options=options,
        corrections=_corrections(contest, options),
    )


def _corrections(contest: Contest, options: tuple[OptionExplained, ...]) -> tuple[Correction, ...]:
    """Corrections of the text that this account rests on."""
    two_cycles = any(
        option.arithmetic and option.arithmetic.secondary.kind == "two_cycles" for option in options
    )
    clause = contest.edition.clause("secondary-grade-two-cycles")
    return tuple(c for c in contest.edition.corrections if two_cycles and c.where == clause)


def only(contest: Contest, candidate: str) -> Contest:
    """The contest with this candidate alone (and every programme)."""
    tables = {
        name: frame.filter(pl.col("candidate") == candidate)
        if "candidate" in frame.columns
        else frame
        for name, frame in contest.tables.items()
    }
    return replace(contest, tables=tables)


def _options(
    results: Results, everyone: Contest, contest: Contest, person: Row, placement: Row
) -> tuple[OptionExplained, ...]:
    candidate = person["candidate"]
    outcomes = results.table("options_outcome", pl.col("candidate") == candidate)
    wanted = outcomes["programme"].implode()
    tables = {
        name: results.table(name, pl.col("programme").is_in(wanted))
        for name in ("rankings", "seats", "last_placed", "quota_lists", "placements")
    }
    final = everyone.tables["candidates"].select("candidate", "has_final_grade")
    tables["placements"] = tables["placements"].join(final, on="candidate", how="left")
    form = _form(contest)
    return tuple(
        _option(row, contest, person, placement, tables, form)
        for row in outcomes.iter_rows(named=True)
    )


@dataclass(frozen=True)
class Form:
    """A candidate's form as `quotas.form` reads it, by order, and the congeners that it lacks."""

    options: Mapping[int, Row]
    congeners: Mapping[str, pl.DataFrame]


def _form(contest: Contest) -> Form:
    graded = grades.graded_options(contest)
    options = {row["order"]: row for row in quotas.form(contest, graded).iter_rows(named=True)}
    missing = {island: quotas.missing_congeners(contest, graded, island) for island in ISLANDS}
    return Form(options, missing)


def _option(
    row: Row,
    contest: Contest,
    person: Row,
    placement: Row,
    tables: Mapping[str, pl.DataFrame],
    form: Form,
) -> OptionExplained:
    at = pl.col("programme") == row["programme"]
    programme = contest.tables["programmes"].row(by_predicate=at, named=True)
    here = {name: frame.filter(at) for name, frame in tables.items()}
    seats = here["seats"].row(0, named=True)
    last = {line["quota"]: _last(line) for line in here["last_placed"].to_dicts()}
    sets = _sets(contest, person["candidate"], row["programme"])
    # A further seat of art. 9/2 is out of reach for whoever has no final grade.
    general = (last.get("additional") if person["has_final_grade"] else None) or last.get("general")
    mine = _own_key(row, here["rankings"])
    hearings = _hearings(row, seats, last, here["quota_lists"], form, contest, mine)
    lost = _lost(row, mine, general, hearings)
    return OptionExplained(
        order=int(row["order"]),
        programme=row["programme"],
        institution=programme["institution_name"] or programme["institution"] or "",
        course=programme["course_name"] or "",
        outcome=row["outcome"],
        quota=placement["quota"] if row["outcome"] == "placed" else None,
        reason=row["reason"],
        clause=row["clause"],
        **{name: int(seats[name]) for name in SEAT_COLUMNS},
        min_exam=without_zeros(programme["min_exam"]),
        min_grade=without_zeros(programme["min_grade"]),
        prerequisite=programme["prerequisite"],
        prerequisite_kind=programme["prerequisite_kind"],
        sets=sets,
        exam_set=_whole(row["exam_set"]),
        arithmetic=_arithmetic(contest, person, programme, sets, row),
        grade=_number(row["grade"]),
        exam_part=_number(row["exam_part"]),
        rank=_whole(row["rank"]),
        ranked=here["rankings"].height,
        tied=here["rankings"].filter(pl.col("rank") == row["rank"]).height if row["rank"] else 0,
        without_final_grade=here["placements"].filter(~pl.col("has_final_grade")).height,
        last_placed=last.get(placement["quota"]) if row["outcome"] == "placed" else general,
        missing_tenths=lost.tenths if lost else _below_minimum(row, programme),
        lost=lost,
        hearings=hearings,
    )


SEAT_COLUMNS = ("seats", "placed", "tie_extra", "additional", "leftover")


def _sets(contest: Contest, candidate: str, programme: str) -> tuple[ExamSet, ...]:
    exams: dict[str, tuple[int, bool]] = {}
    taken = contest.tables["exams"].sort("programme", nulls_last=False)
    for row in taken.iter_rows(named=True):
        if row["programme"] in (None, programme):  # the foreign one comes last and stays
            exams[row["exam"]] = (row["grade"], row["programme"] is not None)
    sets: dict[int, list[Exam]] = {}
    rows = contest.tables["exam_sets"].filter(pl.col("programme") == programme)
    for row in rows.sort("set", "exam").iter_rows(named=True):
        grade, foreign = exams.get(row["exam"], (None, False))
        exam = Exam(row["exam"], without_zeros(row["weight"]), grade, foreign)
        sets.setdefault(row["set"], []).append(exam)
    return tuple(ExamSet(number, tuple(members)) for number, members in sets.items())


def _arithmetic(
    contest: Contest, person: Row, programme: Row, sets: tuple[ExamSet, ...], row: Row
) -> Arithmetic | None:
    """The terms of the grade; they must round to the grade that was decided."""
    if row["exam_set"] is None:
        return None
    chosen = next(each for each in sets if each.number == int(row["exam_set"]))
    secondary = _secondary(contest, person, programme)
    r = None
    if programme["w_prerequisite"]:
        group = pl.col("group") == programme["prerequisite"]
        r = without_zeros(contest.tables["prerequisites"].filter(group)["grade"][0])
    total = Fraction(secondary.value) * Fraction(programme["w_secondary"])
    total += Fraction(r or 0) * Fraction(programme["w_prerequisite"])
    total += sum(Fraction(exam.grade or 0) * Fraction(exam.weight) for exam in chosen.exams)
    total /= 100
    if round_to(total, TENTH, Rounding.HALF_UP) != Decimal(row["grade"]):
        raise ConfigurationError(
            f"{row['candidate']} at {row['programme']}: the terms give {total}, not {row['grade']}"
        )
    return Arithmetic(
        secondary=secondary,
        w_secondary=without_zeros(programme["w_secondary"]),
        exams=chosen.exams,
        prerequisite=r,
        w_prerequisite=without_zeros(programme["w_prerequisite"]),
        total=exact_decimal(total),
    )


def _secondary(contest: Contest, person: Row, programme: Row) -> SecondaryGrade:
    if programme["sport"] and person["secondary_with_pe"] is not None:
        return SecondaryGrade("with_pe", without_zeros(person["secondary_with_pe"]))
    a, b = person["two_cycle_a"], person["two_cycle_b"]
    if a is not None and b is not None:
        weights = [contest.edition.number(f"two_cycle_{cycle}_weight") for cycle in "ab"]
        value = exact_decimal(
            (Fraction(a) * Fraction(weights[0]) + Fraction(b) * Fraction(weights[1])) * 10
        )
        return SecondaryGrade("two_cycles", value, without_zeros(a), without_zeros(b), *weights)
    return SecondaryGrade("one_cycle", without_zeros(person["secondary"]))


def _below_minimum(row: Row, programme: Row) -> int | None:
    """Tenths short of the minimum application grade, where that is what the option lacks."""
    if row["reason"] != GRADE_BELOW_MINIMUM:
        return None
    return round_to((programme["min_grade"] - Decimal(row["grade"])) * 10, 1, Rounding.CEILING)


def _own_key(row: Row, ranking: pl.DataFrame) -> LastPlaced | None:
    """The candidate's own key at a programme, None where she is not ranked."""
    if row["rank"] is None:
        return None
    own = ranking.row(by_predicate=pl.col("candidate") == row["candidate"], named=True)
    return _last(own | {"quota": ""})


def _distance(mine: LastPlaced, last: LastPlaced, later: bool) -> Distance:
    """How far `mine` stands behind the last placed of a quota."""
    tenths = int((last.grade - mine.grade) * 10)
    parts = ("exam_part", "tie_1", "tie_2")
    behind = next((p for p in parts if getattr(mine, p) != getattr(last, p)), "")
    if tenths < 0 or (tenths == 0 and behind and getattr(mine, behind) > getattr(last, behind)):
        # Better, and yet behind: only those heard later can be.
        return Distance(last.quota, 0, "ground" if later else "")
    return Distance(
        last.quota, tenths, "grade" if tenths else behind or ("ground" if later else "")
    )


def _lost(
    row: Row, mine: LastPlaced | None, general: LastPlaced | None, hearings: tuple[Hearing, ...]
) -> Distance | None:
    """The shortest way missing to a seat at an option that was outranked."""
    if row["reason"] != OUTRANKED or mine is None:
        return None
    ways = [hearing.distance for hearing in hearings if hearing.distance]
    if general is not None:
        ways.append(_distance(mine, general, later=False))
    return min(ways, key=lambda way: way.tenths, default=None)


def _hearings(
    row: Row,
    seats: Row,
    last: Mapping[str, LastPlaced],
    lists: pl.DataFrame,
    form: Form,
    contest: Contest,
    own: LastPlaced | None,
) -> tuple[Hearing, ...]:
    if row["outcome"] == "ineligible":
        return ()
    order = int(row["order"])
    hearings = []
    for quota, why_not in quotas.asked(form.options[order]).items():
        stage = f"stage-{quota.replace('_', '-')}"
        rule = quotas.CONDITIONS.get((quota, why_not), stage)
        members = lists.filter(pl.col("quota") == quota)
        later = bool(form.options[order]["later"] >> QUOTAS.index(quota) & 1)
        distance = None
        if row["reason"] == OUTRANKED and own and not why_not and quota in last:
            distance = _distance(own, last[quota], later)
        mine = members.filter(pl.col("candidate") == row["candidate"])
        hearings.append(
            Hearing(
                quota,
                contest.edition.clause(rule),
                int(seats[quota]),
                rank=None if mine.is_empty() else int(mine["rank"][0]),
                of=None if mine.is_empty() else members.height,
                last_placed=last.get(quota),
                distance=distance,
                after_first_ground=later,
                why_not=why_not,
                because=_because(quota, why_not, row, form, contest.readings["form_order"]),
            )
        )
    return tuple(hearings)


def _because(quota: str, why_not: str, row: Row, form: Form, form_order: str) -> tuple[str, ...]:
    if why_not == "form_order":
        first = next(
            order
            for order, option in sorted(form.options.items())
            if quotas.breaks_sequence(quota, option, form_order)
        )
        return (str(first),)
    if why_not == "congener_missing":
        missing = form.congeners[quota].filter(pl.col("programme") == row["programme"])
        return tuple(missing["congener"])
    return ()


def _last(row: Row) -> LastPlaced:
    numbers = {name: Decimal(row[name]) for name in ("grade", "exam_part", "tie_1", "tie_2")}
    return LastPlaced(quota=row["quota"], **numbers)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _whole(text: str | None) -> int | None:
    return None if text is None else int(text)


def as_json(explanation: Explanation) -> dict[str, Any]:
    """The same object as plain JSON values; exact numbers as text, so that none is lost."""
    return asdict(explanation, dict_factory=_json_values)


def _json_values(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in pairs}
