"""Why a candidate was placed where she was: codes and exact numbers, no sentences.

Read from the result tables and the recorded inputs. The command line, JSON, pages and documents
all render this one object.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from math import ceil
from typing import Any

import polars as pl

from portaria.core.errors import InputError
from portaria.core.messages import Message, declare
from portaria.regulations.access import grades, quotas
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.folder import Results
from portaria.regulations.access.reasons import GRADE_BELOW_MINIMUM, OUTRANKED
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
class Hearing:
    """A quota or preference the candidate asked for at an option.

    heard with rank among `of`; or the reason why not: not_in_area, form_order (`because`: the
    order of the first option that breaks the sequence) or congener_missing (`because`: the codes
    of the programmes that should stand before).
    """

    quota: str
    clause: str
    seats: int
    rank: int | None = None
    of: int | None = None
    last_placed: LastPlaced | None = None
    why_not: str = ""
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class OptionExplained:
    """One option of the form and everything that decided it."""

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
    last_placed: LastPlaced | None
    missing_tenths: int | None
    lost_on: str
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


def explain(results: Results, candidate: str) -> Explanation:
    """Explain one candidate; InputError where the results do not name her."""
    placed = results.table("placements", pl.col("candidate") == candidate)
    if placed.is_empty():
        raise InputError(Message(UNKNOWN, {"candidate": candidate}))
    row = placed.row(0, named=True)
    contest = only(results.inputs(), candidate)
    person = contest.tables["candidates"].row(0, named=True)
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
        options=_options(results, contest, person, row),
    )


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
    results: Results, contest: Contest, person: Row, placement: Row
) -> tuple[OptionExplained, ...]:
    candidate = person["candidate"]
    outcomes = results.table("options_outcome", pl.col("candidate") == candidate)
    wanted = outcomes["programme"].implode()
    tables = {
        name: results.table(name, pl.col("programme").is_in(wanted))
        for name in ("rankings", "seats", "last_placed", "quota_lists")
    }
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
    seats = tables["seats"].row(by_predicate=at, named=True)
    ranking = tables["rankings"].filter(at)
    last = {line["quota"]: _last(line) for line in tables["last_placed"].filter(at).to_dicts()}
    sets = _sets(contest, person["candidate"], row["programme"])
    # A further seat of art. 9/2 is out of reach for whoever has no final grade.
    general = (last.get("additional") if person["has_final_grade"] else None) or last.get("general")
    grade, exam_set = _number(row["grade"]), _whole(row["exam_set"])
    arithmetic = None
    if exam_set is not None:
        chosen = next(each for each in sets if each.number == exam_set)
        arithmetic = _arithmetic(contest, person, programme, chosen)
    outranked = row["reason"] == OUTRANKED
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
        min_exam=_plain(programme["min_exam"]),
        min_grade=_plain(programme["min_grade"]),
        prerequisite=programme["prerequisite"],
        prerequisite_kind=programme["prerequisite_kind"],
        sets=sets,
        exam_set=exam_set,
        arithmetic=arithmetic,
        grade=grade,
        exam_part=_number(row["exam_part"]),
        rank=_whole(row["rank"]),
        ranked=ranking.height,
        tied=ranking.filter(pl.col("rank") == row["rank"]).height if row["rank"] else 0,
        last_placed=last.get(placement["quota"]) if row["outcome"] == "placed" else general,
        missing_tenths=_missing(row, grade, general, programme),
        lost_on=_lost_on(row["candidate"], ranking, general) if outranked else "",
        hearings=_hearings(row, seats, last, tables["quota_lists"].filter(at), form, contest),
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
        exam = Exam(row["exam"], _plain(row["weight"]), grade, foreign)
        sets.setdefault(row["set"], []).append(exam)
    return tuple(ExamSet(number, tuple(members)) for number, members in sets.items())


def _arithmetic(contest: Contest, person: Row, programme: Row, chosen: ExamSet) -> Arithmetic:
    secondary = _secondary(contest, person, programme)
    r = None
    if programme["w_prerequisite"]:
        passed = contest.tables["prerequisites"].filter(
            pl.col("group") == programme["prerequisite"]
        )
        r = _plain(passed["grade"][0])
    total = secondary.value * programme["w_secondary"] + (r or 0) * programme["w_prerequisite"]
    total += sum((exam.grade or 0) * exam.weight for exam in chosen.exams)
    return Arithmetic(
        secondary=secondary,
        w_secondary=_plain(programme["w_secondary"]),
        exams=chosen.exams,
        prerequisite=r,
        w_prerequisite=_plain(programme["w_prerequisite"]),
        total=_plain(total.scaleb(-2)),
    )


def _secondary(contest: Contest, person: Row, programme: Row) -> SecondaryGrade:
    if programme["sport"] and person["secondary_with_pe"] is not None:
        return SecondaryGrade("with_pe", _plain(person["secondary_with_pe"]))
    a, b = person["two_cycle_a"], person["two_cycle_b"]
    if a is not None and b is not None:
        weights = [Decimal(contest.edition.value(f"two_cycle_{cycle}_weight")) for cycle in "ab"]
        value = (a * weights[0] + b * weights[1]) * 10
        return SecondaryGrade("two_cycles", _plain(value), _plain(a), _plain(b), *weights)
    return SecondaryGrade("one_cycle", _plain(person["secondary"]))


def _missing(
    row: Row, grade: Decimal | None, last: LastPlaced | None, programme: Row
) -> int | None:
    """Tenths short of the last placed, or of the minimum grade; 0: a tie-break decided."""
    if grade is None:
        return None
    if row["reason"] == GRADE_BELOW_MINIMUM:
        least: Decimal = programme["min_grade"]
        return ceil((least - grade) * 10)
    if row["reason"] == OUTRANKED and last is not None:
        return int((last.grade - grade) * 10)
    return None


def _lost_on(candidate: str, ranking: pl.DataFrame, last: LastPlaced | None) -> str:
    """The part of the key in which the last placed was better."""
    if last is None:
        return "seats"
    mine = ranking.row(by_predicate=pl.col("candidate") == candidate, named=True)
    for part in ("grade", "exam_part", "tie_1", "tie_2"):
        if Decimal(mine[part]) != getattr(last, part):
            return part
    return ""


def _hearings(
    row: Row,
    seats: Row,
    last: Mapping[str, LastPlaced],
    lists: pl.DataFrame,
    form: Form,
    contest: Contest,
) -> tuple[Hearing, ...]:
    if row["outcome"] == "ineligible":
        return ()
    order = int(row["order"])
    hearings = []
    for quota, why_not in quotas.asked(form.options[order]).items():
        stage = f"stage-{quota.replace('_', '-')}"
        rule = quotas.CONDITIONS.get((quota, why_not), stage)
        members = lists.filter(pl.col("quota") == quota)
        mine = members.filter(pl.col("candidate") == row["candidate"])
        hearings.append(
            Hearing(
                quota,
                contest.edition.clause(rule),
                int(seats[quota]),
                rank=None if mine.is_empty() else int(mine["rank"][0]),
                of=None if mine.is_empty() else members.height,
                last_placed=last.get(quota),
                why_not=why_not,
                because=_because(quota, why_not, order, row["programme"], form),
            )
        )
    return tuple(hearings)


def _because(quota: str, why_not: str, order: int, programme: str, form: Form) -> tuple[str, ...]:
    if why_not == "form_order":
        before = (each for each in sorted(form.options) if each <= order)
        broken = (each for each in before if quotas.breaks_sequence(quota, form.options[each]))
        return (str(next(broken)),)
    if why_not == "congener_missing":
        missing = form.congeners[quota].filter(pl.col("programme") == programme)
        return tuple(missing["congener"])
    return ()


def _last(row: Row) -> LastPlaced:
    numbers = {name: Decimal(row[name]) for name in ("grade", "exam_part", "tie_1", "tie_2")}
    return LastPlaced(quota=row["quota"], **numbers)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _whole(text: str | None) -> int | None:
    return None if text is None else int(text)


def _plain(value: Decimal) -> Decimal:
    """Without the zeros of its fixed scale: 60, not 60.000 and not 6E+1."""
    return (
        Decimal(format(value, "f").rstrip("0").rstrip(".")) if "." in format(value, "f") else value
    )


def as_json(explanation: Explanation) -> dict[str, Any]:
    """The same object as plain JSON values; exact numbers as text, so that none is lost."""
    return asdict(explanation, dict_factory=_json_values)


def _json_values(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in pairs}
