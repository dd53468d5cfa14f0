"""The conditions of an institutional relocation that are not of one application (art. 55)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from portaria.core.edition import Edition
from portaria.core.rule import rule
from portaria.regulations.access.procedures.conditions import Checked
from portaria.regulations.access.procedures.phases import Phases
from portaria.regulations.access.procedures.seats import Seat, as_seat, leftover, not_opened

Row = dict[str, Any]
OF_INSTITUTIONS = ("relocation-institution-consents", "relocation-origin-consents")
"""The conditions that institutions meet by deciding."""


@dataclass(frozen=True)
class Request:
    """The programme; who goes where and who agrees (`Moves` with its source rows and the name of
    its file, None: not given yet).

    vacancies: seats free at targets as counted by their institutions, in place of those left over
    in the results. others: students enrolled there by other ways than the contest. last_phase:
    the office says that no further phase takes place.
    """

    programme: str
    moves: pl.DataFrame | None = None
    vacancies: pl.DataFrame | None = None
    others: int = 0
    last_phase: bool = False
    moves_file: str = "consents"


@rule("relocation-fewer-than-six")
def is_few(edition: Edition, enrolled: int, others: int = 0) -> bool:
    """Whether fewer than the text's number are enrolled in all, but somebody by the contest (55/1).

    enrolled: by the contest; others: by other ways.
    """
    return enrolled > 0 and enrolled + others < edition.value("relocation_enrolled_below")


def programmes_of_few(edition: Edition, phases: Phases) -> dict[str, int]:
    """The programmes in which few are enrolled, as far as the contest tells, with how many."""
    standing = phases.seats.filter(pl.col("stands"))
    counted = standing.group_by("programme").len().sort("programme")
    return {each: count for each, count in counted.iter_rows() if is_few(edition, count)}


def enrolled_in(phases: Phases, programme: str) -> list[Seat]:
    """The seats of those of the contest enrolled in a programme, by code."""
    here = phases.seats.filter((pl.col("programme") == programme) & pl.col("stands"))
    return [as_seat(row) for row in here.sort("candidate").iter_rows(named=True)]


@rule("relocation-after-last-phase", "relocation-fewer-than-six")
def check_phase_and_number(
    checked: Checked, phases: Phases, request: Request, enrolled: int
) -> None:
    """After the last phase, fewer than six enrolled in all, and somebody to relocate (55/1)."""
    parameters = checked.edition.parameters
    phases_of_text = parameters["phases"].value if "phases" in parameters else None
    ended = request.last_phase or phases.phase == phases_of_text
    detail = "stated" if request.last_phase else ""
    checked.add("relocation-after-last-phase", ended, {"phase": phases.phase}, detail)
    limit = checked.edition.value("relocation_enrolled_below")
    told = {"programme": request.programme, "enrolled": enrolled, "others": request.others}
    few = is_few(checked.edition, enrolled, request.others)
    detail = "" if enrolled else "nobody"
    checked.add("relocation-fewer-than-six", few, {**told, "limit": limit}, detail)


@rule("relocation-everyone")
def check_everyone(checked: Checked, students: Sequence[Seat], moves: dict[str, Row]) -> None:
    """Everybody placed and enrolled there is relocated, or nobody (55/2/e)."""
    without = tuple(seat.candidate for seat in students if seat.candidate not in moves)
    numbers = {"enrolled": len(students), "count": len(without)}
    checked.add("relocation-everyone", not without, {**numbers, "without": without})


@rule("relocation-seats")
def check_seats(checked: Checked, phases: Phases, request: Request, moves: dict[str, Row]) -> None:
    """A seat free at its target for each of them, after the last phase (55/2/a).

    Free are the seats left over in it, with those of the phase before that were never put up (51).
    """
    counted: dict[str, int] = {}
    if request.vacancies is not None:
        counted = dict(request.vacancies.select("programme", "seats").iter_rows())
    wanted = Counter(row["programme"] for row in moves.values())
    for programme, count in sorted(wanted.items()):
        told: dict[str, object] = {"programme": programme, "wanted": count}
        if programme in counted:
            free, detail = counted[programme], "counted"
        else:
            closed = not_opened(phases.latest, checked.edition, programme)
            free = leftover(phases.latest, programme) + closed
            detail = "not_opened" if closed else ""
            told |= {"not_opened": closed}
        checked.add("relocation-seats", count <= free, {**told, "free": free}, detail)


@rule(
    "relocation-student-consents",
    "relocation-institution-consents",
    "relocation-origin-consents",
)
def check_consents(checked: Checked, move: Row) -> None:
    """The student, the receiving institution and that of origin agree (55/2/c-d, 55/3, 55/4)."""
    who = {"candidate": move["candidate"], "programme": move["programme"]}
    for party in ("student", "institution"):
        checked.add(f"relocation-{party}-consents", bool(move[f"{party}_consents"]), who)
    origin = move["origin_consents"]
    detail = "starts" if origin is None else ""
    checked.add("relocation-origin-consents", origin is not False, who, detail)
