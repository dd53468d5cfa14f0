"""Why a candidate was placed where she was: codes and exact numbers, no sentences.

Read from the result tables and the recorded inputs. The command line, JSON, pages and documents
all render this one object.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import polars as pl

from portaria.core.errors import InputError
from portaria.core.messages import Message, declare
from portaria.core.rounding import Rounding, round_to, without_zeros
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.explain.account import (
    Explanation,
    OptionExplained,
    SeatHeld,
    Terms,
)
from portaria.regulations.access.explain.hearings import (
    Form,
    hearings,
    last_placed,
    own_key,
    read_form,
    shortest_way,
)
from portaria.regulations.access.explain.terms import arithmetic, corrections, exam_sets
from portaria.regulations.access.folder import Results
from portaria.regulations.access.reasons import GRADE_BELOW_MINIMUM

UNKNOWN = declare("candidate-not-in-results", "the candidate {candidate} is not in these results")

Row = dict[str, Any]
SEAT_COLUMNS = ("seats", "placed", "tie_extra", "additional", "leftover")


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
        readings=readings_in_force(contest),
        result=row["result"],
        programme=row["programme"],
        option=_whole(row["option"]),
        quota=row["quota"],
        grade=_number(row["grade"]),
        reason=row["reason"],
        clause=row["clause"],
        options=options,
        corrections=corrections(contest.edition, (option.arithmetic for option in options)),
        held=_held(everyone, candidate) if contest.phase > 1 else None,
        single_quota=contest.phase > 1 or not contest.edition.has("special-quotas"),
    )


def readings_in_force(contest: Contest) -> dict[str, str]:
    """The readings that can have decided something: quotas and forms are read in phase 1 alone."""
    if contest.phase == 1:
        return dict(contest.readings)
    return {name: choice for name, choice in contest.readings.items() if name == "placement"}


def _held(contest: Contest, candidate: str) -> SeatHeld | None:
    """The seat that the candidate had when this phase began, where the text guarantees it."""
    if not contest.edition.has("placed-again"):
        return None
    from portaria.regulations.access.later.holders import former_seats

    mine = former_seats(contest).filter((pl.col("candidate") == candidate) & pl.col("stands"))
    if mine.is_empty():
        return None
    row = mine.row(0, named=True)
    at = pl.col("programme") == row["programme"]
    programme = contest.tables["programmes"].row(by_predicate=at, named=True)
    return SeatHeld(
        row["programme"],
        programme["course_name"] or "",
        programme["institution_name"] or programme["institution"] or "",
        row["phase"],
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
    form = read_form(contest)
    return tuple(
        _option(row, contest, person, placement, tables, form)
        for row in outcomes.iter_rows(named=True)
    )


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
    last = {line["quota"]: last_placed(line) for line in here["last_placed"].to_dicts()}
    sets = exam_sets(contest, row["programme"])
    # A further seat of art. 9/2 is out of reach for whoever has no final grade.
    general = (last.get("additional") if person["has_final_grade"] else None) or last.get("general")
    mine = own_key(row, here["rankings"])
    heard = hearings(row, seats, last, here["quota_lists"], form, contest, mine)
    lost = shortest_way(row, mine, general, heard)
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
        arithmetic=arithmetic(contest, person, programme, sets, row),
        grade=_number(row["grade"]),
        exam_part=_number(row["exam_part"]),
        rank=_whole(row["rank"]),
        ranked=here["rankings"].height,
        tied=here["rankings"].filter(pl.col("rank") == row["rank"]).height if row["rank"] else 0,
        without_final_grade=here["placements"]
        .filter((pl.col("result") == "placed") & ~pl.col("has_final_grade"))
        .height,
        last_placed=last.get(placement["quota"]) if row["outcome"] == "placed" else general,
        missing_tenths=lost.tenths if lost else _below_minimum(row, programme),
        lost=lost,
        hearings=heard,
        terms=_terms(contest, seats) if contest.phase > 1 else None,
    )


def _terms(contest: Contest, seats: Row) -> Terms:
    """The formula of the seats of a programme, from the result's own columns."""
    decided = contest.seats_decided
    rule = "opened-seats" if decided else "later-phase-seats"
    names = ("vs1", "vsm", "vl2", "ve", "vr", "base", "vl")
    terms = {name: int(seats[name]) for name in names}
    frees = contest.edition.has("freed-seats")
    return Terms(**terms, decided=decided, frees=frees, clause=contest.edition.clause(rule))


def _below_minimum(row: Row, programme: Row) -> int | None:
    """Tenths short of the minimum application grade, where that is what the option lacks."""
    if row["reason"] != GRADE_BELOW_MINIMUM:
        return None
    return round_to((programme["min_grade"] - Decimal(row["grade"])) * 10, 1, Rounding.CEILING)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _whole(text: str | None) -> int | None:
    return None if text is None else int(text)
