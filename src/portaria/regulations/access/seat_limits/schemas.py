"""The tables of seats, as people write them. Columns are a contract: add, never rename."""

from __future__ import annotations

import dataframely as dy

from portaria.tables.schema import OPTIONAL, Table, flag

KINDS = ("public", "private")
OUTSIDE = ("open_university", "joint_tutelage", "not_initial")
"""Why a row stands outside the order: the institution, its ministry, or the kind of cycle."""

MODALITIES = (
    "over23", "specialisation_diploma", "professional_diploma", "other_degree",
    "change_of_programme",
)  # fmt: skip
"""The ways in that share the seats: four special contests and the change of programme."""
ELSEWHERE = ("general", "international")
MOST = 1_000_000


def seats(nullable: bool = False, optional: bool = False) -> dy.Integer:
    """A count of seats; blank where `nullable`, the whole column missing where `optional`."""
    return dy.Integer(
        min=0, max=MOST, nullable=nullable, metadata=OPTIONAL if optional else None
    )  # fmt: skip


def proof() -> dy.Bool:
    """Whether the institution proved a condition of the increase; blank where nobody says."""
    return dy.Bool(nullable=True, metadata=OPTIONAL)


class Seats(Table):
    """A programme with its general seats and those it wants for the special contests.

    `special_seats` are all modalities together, `over23_seats` those of them for over-23s.
    """

    programme = dy.String(primary_key=True)
    institution = dy.String()
    kind = dy.Enum(KINDS)
    general_seats = seats()
    special_seats = seats()
    over23_seats = seats()
    outside_scope = dy.Enum(OUTSIDE, nullable=True, metadata=OPTIONAL)


class SeatsByShare(Seats):
    """Where the maximum is a share of the general seats, which leftovers and orders increase.

    `authorised_seats` is the total that the director-general's order allows, where it says one.
    """

    leftover_seats = seats(nullable=True)
    authorised_increase = flag()
    authorised_seats = seats(nullable=True, optional=True)
    leftovers_insufficient = proof()
    more_candidates = proof()
    resources_exist = proof()


class SeatsByAdmissions(Seats):
    """Where the maximum is what the admissions limit (LMA) leaves."""

    lma = seats()
    special_regime_seats = seats()
    leftover_seats = seats(nullable=True, optional=True)
    authorised_increase = dy.Bool(nullable=True, metadata=OPTIONAL)


class Movements(Table):
    """Seats that nobody filled, and where an institution would like to use them."""

    programme = dy.String()
    modality = dy.Enum(MODALITIES)
    unfilled = seats()
    to_programme = dy.String()
    to_modality = dy.Enum([*MODALITIES, *ELSEWHERE])
    seats = dy.Integer(min=1, max=MOST)


TABLES: dict[str, type[Seats]] = {"general_seats": SeatsByShare, "lma": SeatsByAdmissions}
"""The table of seats by what an edition measures by."""
