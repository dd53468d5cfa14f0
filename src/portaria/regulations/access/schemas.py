"""The tables of a contest, as people write them. Columns are a contract: add, never rename."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import dataframely as dy

from portaria.core.rule import rule
from portaria.regulations.access.reasons import HELD, QUOTAS
from portaria.tables.folder import TableSpec
from portaria.tables.schema import OPTIONAL, Table, decimal, flag

ISLANDS = ("azores", "madeira")
ISLAND_GROUNDS = ("art11.1", "art11.2")
ZERO_IF_BLANK: dict[str, Any] = {"blank": Decimal(0)}


@rule("omitted-means-none")
def claim() -> dy.Bool:
    """A box of the form: left empty, it claims nothing (25/2, 25/4)."""
    return flag()


class Programmes(Table):
    """A course at an institution, with its seats, weights, minima and preferences."""

    programme = dy.String(primary_key=True)
    institution = dy.String(nullable=True)
    institution_name = dy.String(nullable=True)
    course_name = dy.String(nullable=True)
    subsystem = dy.Enum(["university", "polytechnic"], nullable=True)
    island_university = dy.Enum(ISLANDS, nullable=True)
    seats = dy.Integer(min=0, max=1_000_000)
    w_secondary = decimal(min=0, max=100)
    w_prerequisite = decimal(min=0, max=100, metadata=ZERO_IF_BLANK)
    min_exam = decimal(min=0, max=200)
    min_grade = decimal(min=0, max=200)
    prerequisite = dy.String(nullable=True)
    prerequisite_kind = dy.Enum(["selection", "ranking", "both", "documentary"], nullable=True)
    sport = flag()
    regional_share = decimal(min=0, max=100, metadata=ZERO_IF_BLANK)
    vocational_share = decimal(min=0, max=100, metadata=ZERO_IF_BLANK)
    district = dy.String(nullable=True, metadata=OPTIONAL)


class ExamSets(Table):
    """The alternative sets of entrance exams of a programme; `set` numbers them."""

    programme = dy.String(primary_key=True)
    set = dy.Integer(primary_key=True, min=0)
    exam = dy.String(primary_key=True)
    weight = decimal(min=0, max=100)


class RegionalAreas(Table):
    """The areas whose schools give regional preference at a programme."""

    programme = dy.String(primary_key=True)
    area = dy.String(primary_key=True)


class VocationalCourses(Table):
    """The secondary courses that give vocational preference at a programme."""

    programme = dy.String(primary_key=True)
    secondary_course = dy.String(primary_key=True)


class Congeners(Table):
    """Programmes of an island university equivalent to a programme elsewhere."""

    programme = dy.String(primary_key=True)
    congener = dy.String(primary_key=True)


class Candidates(Table):
    """A person of the contest, with the facts proven about her."""

    candidate = dy.String(primary_key=True)
    name = dy.String(nullable=True)
    civil_id = dy.String(nullable=True)
    secondary = decimal(nullable=True, min=0, max=200)
    secondary_with_pe = decimal(nullable=True, min=0, max=200)
    two_cycle_a = decimal(nullable=True, min=0, max=20, metadata={"places": 12})
    two_cycle_b = decimal(nullable=True, min=0, max=20, metadata={"places": 12})
    has_final_grade = dy.Bool()
    area = dy.String(nullable=True)
    area_year11 = dy.String(nullable=True, metadata=OPTIONAL)
    area_recognised = dy.String(nullable=True, metadata=OPTIONAL)
    secondary_course = dy.String(nullable=True)
    claims_regional = claim()
    azores = dy.Enum(ISLAND_GROUNDS, nullable=True)
    madeira = dy.Enum(ISLAND_GROUNDS, nullable=True)
    emigrant = claim()
    military = claim()
    disability = claim()
    excluded = dy.String(nullable=True, metadata=OPTIONAL)


class Exams(Table):
    """An exam taken. With `programme` filled, a foreign exam accepted there and nowhere else."""

    candidate = dy.String()
    exam = dy.String()
    programme = dy.String(nullable=True, metadata=OPTIONAL)
    grade = dy.Integer(min=0, max=200)


class Prerequisites(Table):
    """The result of a prerequisite test; `grade` where the test ranks."""

    candidate = dy.String(primary_key=True)
    group = dy.String(primary_key=True)
    passed = dy.Bool()
    grade = decimal(nullable=True, min=0, max=200)


class Options(Table):
    """What a candidate wrote in the form; order 1 is the most wanted."""

    candidate = dy.String(primary_key=True)
    order = dy.Integer(primary_key=True, min=1)
    programme = dy.String()


class Enrolments(Table):
    """Who enrolled in the seat of the phase before; an absent row is not enrolled.

    `programme`: where an exchange or a rectification moved her.
    """

    candidate = dy.String(primary_key=True)
    enrolled = dy.Bool()
    programme = dy.String(nullable=True, metadata=OPTIONAL)
    cancelled = dy.Bool(metadata={"blank": False, **OPTIONAL})


class Adjustments(Table):
    """Seats freed (`vl2`) and used (`vr`) by rectifications between the phases (57/1)."""

    programme = dy.String(primary_key=True)
    vl2 = dy.Integer(min=0, max=1_000_000, metadata={"blank": 0, **OPTIONAL})
    vr = dy.Integer(min=0, max=1_000_000, metadata={"blank": 0, **OPTIONAL})


class Opened(Table):
    """The programmes opened in phase 3 with the seats decided (46/2)."""

    programme = dy.String(primary_key=True)
    seats = dy.Integer(min=0, max=1_000_000)


class PreviousPlacements(Table):
    """The placements of the phase before, as its results tell them."""

    candidate = dy.String(primary_key=True)
    result = dy.Enum(["placed", "not_placed", "excluded"])
    programme = dy.String(nullable=True)
    quota = dy.Enum([*QUOTAS, HELD], nullable=True)


class PreviousSeats(Table):
    """The seats of the phase before, as its results tell them."""

    programme = dy.String(primary_key=True)
    tie_extra = dy.Integer(min=0, max=1_000_000)
    leftover = dy.Integer(min=0, max=1_000_000)


class PreviousHolders(Table):
    """Everyone with a seat after the phase before."""

    candidate = dy.String(primary_key=True)
    programme = dy.String()
    phase = dy.Integer(min=1, max=99)
    quota = dy.Enum(QUOTAS)


TABLES = {
    "programmes": TableSpec(Programmes),
    "exam_sets": TableSpec(ExamSets),
    "regional_areas": TableSpec(RegionalAreas, required=False),
    "vocational_courses": TableSpec(VocationalCourses, required=False),
    "congeners": TableSpec(Congeners, required=False),
    "candidates": TableSpec(Candidates),
    "exams": TableSpec(Exams),
    "prerequisites": TableSpec(Prerequisites, required=False),
    "options": TableSpec(Options),
}


def later_tables(decided: bool) -> dict[str, TableSpec]:
    """What a later phase adds to the tables of a contest; `opened` where its seats are decided."""
    return {
        "enrolments": TableSpec(Enrolments),
        "adjustments": TableSpec(Adjustments, required=False),
        "opened": TableSpec(Opened, required=decided),
    }


PREVIOUS = "previous"
PREVIOUS_TABLES = {
    "placements": TableSpec(PreviousPlacements),
    "seats": TableSpec(PreviousSeats),
    "holders": TableSpec(PreviousHolders),
}
"""What they read from the results of the phase before, in the folder `previous`."""


def previous_tables(phase: int) -> dict[str, TableSpec]:
    """Those of a contest in `phase`: after phase 1 the placements say who holds a seat."""
    if phase > 2:
        return PREVIOUS_TABLES
    return PREVIOUS_TABLES | {"holders": TableSpec(PreviousHolders, required=False)}


def tables_of(phase: int) -> dict[str, TableSpec]:
    """Every table of a contest in a phase; those of the phase before are named `previous_…`."""
    if phase == 1:
        return dict(TABLES)
    before = {f"{PREVIOUS}_{name}": spec for name, spec in PREVIOUS_TABLES.items()}
    return TABLES | later_tables(decided=False) | before
