"""The later phases of the national contest, slowly and plainly, from arts. 41 to 50.

One quota, no preferences. What is new is VL: the seats that holders leave because this very phase
places them elsewhere. It is found here by going round: suppose how many seats are left in every
programme, place with so many, count the holders who left, suppose that, until both agree.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from .contest import (
    ADDITIONAL,
    GENERAL,
    STAGES,
    Candidate,
    Contest,
    Row,
    Tables,
    code,
    flag,
    read_contest,
    text,
    whole,
)
from .grades import Score, assess, ranking
from .placement import Held, Outcome, candidate_optimal
from .placement import Seats as Counts  # a number by programme
from .quotas import Market
from .results import last_placed

HELD = "held"
# Each reading with its default first; `place_later` says what they mean.
READINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "vl": ("greatest", "least"),
        "one_seat": ("before_vl", "exactly", "at_least"),
        "own_programme": ("ends_list", "ordinary"),
        "cancelled_seat": ("lapses", "vsm"),
        "moved_seat": ("exchanged", "ordinary", "as_placed"),
        "excluded_holder": ("keeps", "loses"),
        "further_without_seats": ("never", "while_counted"),
    }
)


@dataclass(frozen=True)
class Seat:
    """What somebody won in an earlier phase, where she has it now; `stands`: she holds it."""

    programme: str
    phase: int
    quota: str
    enrolled: bool
    cancelled: bool

    @property
    def stands(self) -> bool:
        """Arts. 52/6, 56/3: without enrolment, or with it cancelled, nothing is held."""
        return self.enrolled and not self.cancelled


@dataclass(frozen=True)
class Terms:
    """The formula of art. 42/1 without VL in one programme; in phase 3 VS2, VSM2, VE2 of 47/1.

    `base` is what VL is added to, `least` and `most` bound the sum.
    """

    vs1: int
    vsm: int
    vl2: int
    ve: int
    vr: int
    base: int
    least: int = 0
    most: int | None = None

    @property
    def takes_part(self) -> bool:
        return self.most != 0

    def put_up(self, vl: int) -> int:
        """Arts. 42/1-2, 47/1-2: the seats put up when `vl` are freed; never below zero."""
        seats = max(self.least, self.base + vl)
        return seats if self.most is None else min(self.most, seats)


@dataclass
class LaterOutcome(Outcome):
    """An outcome with the seats freed (VL) and put up, by programme."""

    freed: Counts = field(default_factory=dict)
    put_up: Counts = field(default_factory=dict)


def place_later(
    tables: Tables,
    previous: Tables,
    phase: int,
    policy: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, list[Any]]:
    """Place phase 2 or 3: the contract's tables and those of the phase before in, results out.

    `tables`: this phase's tables with enrolments, adjustments and, in phase 3, opened.
    `previous`: placements, seats (tie_extra, leftover) and holders; in phase 2 holders may be
    missing. Rows in no order; absent tables and columns are empty.
    `policy`, where the text leaves a choice; the first is the default:
    - vl (42/1): `greatest` lets holders who want each other's seats change them; `least` frees
      a seat only when its holder is placed without counting on seats not yet freed.
    - one_seat (42/2): `before_vl` is 1 + VL, `exactly` is 1, `at_least` is max(1, formula).
    - own_programme (45/1): in the form of a holder it `ends_list`, or is an `ordinary` option
      where she stands against the others and behind which she may be placed.
    - cancelled_seat (42/1): an enrolment made and cancelled is not one never made, so its seat
      `lapses`; or counts in `vsm`.
    - moved_seat (54, 57): whether the seat of a holder moved is one of art. 9/2: those who
      `exchanged` also exchange that, and one rectified has an `ordinary` seat; or every moved
      seat is `ordinary`; or it stays `as_placed`.
    - excluded_holder (56): one excluded in this phase `keeps` the former seat or `loses` it.
    - further_without_seats (9/2): where no seat is put up nobody gets a further one, `never`; or
      only the count is zero there, so that one may stay when the counts go in circles.

    Gives `placements`, `seats`, `last_placed` and `holders` of the contract without reason and
    clause, and `additional_rounds` and `seat_too_many` as in phase 1.
    """
    if phase not in (2, 3):
        raise ValueError(f"phase must be 2 or 3, not {phase!r}")
    readings = _readings(policy)
    contest = read_contest(tables)
    seats = former_seats(tables, previous, phase, readings["moved_seat"])
    terms = seat_terms(contest, tables, previous, seats, phase, readings)
    market = build_later_market(contest, terms, seats, readings["own_programme"])
    outcome = place_phase(market, terms, seats, readings)
    return {
        "placements": _placements(contest, market, seats, outcome),
        "seats": _seats(terms, outcome),
        "last_placed": last_placed(market, outcome),
        "holders": _holders(contest, seats, outcome, phase, readings["excluded_holder"]),
        "additional_rounds": [dict(sorted(further.items())) for further in outcome.rounds],
        "seat_too_many": outcome.seat_too_many,
    }


def _readings(policy: Mapping[str, str]) -> dict[str, str]:
    for name, value in policy.items():
        if name not in READINGS:
            raise ValueError(f"unknown policy {name!r}; allowed: {sorted(READINGS)}")
        if value not in READINGS[name]:
            raise ValueError(f"{name} must be one of {READINGS[name]}, not {value!r}")
    return {name: allowed[0] for name, allowed in READINGS.items()} | dict(policy)


# --- who has a seat from before ----------------------------------------------------------------


def former_seats(
    tables: Tables, previous: Tables, phase: int, moved_seat: str = "exchanged"
) -> dict[str, Seat]:
    """Arts. 42/1, 47, 54, 57: candidate to the seat won before, enrolled or not, where it is now.

    Somebody without one whom a rectification placed (57/3/a) has it in the phase before this.
    """
    rows = {code(row, "candidate"): row for row in tables.get("enrolments", [])}
    won = _won(previous, phase)
    seats: dict[str, Seat] = {}
    for who in won.keys() | rows.keys():
        row = rows.get(who, {})
        to = text(row, "programme")
        enrolled, cancelled = flag(row, "enrolled"), flag(row, "cancelled")
        if who not in won:
            if to is not None:
                seats[who] = Seat(to, phase - 1, GENERAL, enrolled, cancelled)
            elif enrolled:
                raise ValueError(f"{who} is enrolled without a seat or a programme")
            continue
        seat = replace(won[who], enrolled=enrolled, cancelled=cancelled)
        if to is not None and to != seat.programme:
            quota = _quota_after_move(who, won, rows, moved_seat)
            seat = replace(seat, programme=to, quota=quota)
        seats[who] = seat
    return seats


def _won(previous: Tables, phase: int) -> dict[str, Seat]:
    """The seats of the table of holders; after phase 1 the placements say the same."""
    if "holders" in previous:
        rows = previous["holders"]
    elif phase == 2:
        rows = [{**r, "phase": 1} for r in previous["placements"] if r["result"] == "placed"]
    else:
        raise ValueError("phase 3 needs the holders of phase 2")
    return {
        code(row, "candidate"): Seat(
            code(row, "programme"), whole(row, "phase"), code(row, "quota"), False, False
        )
        for row in rows
    }


def _quota_after_move(who: str, won: Mapping[str, Seat], rows: Mapping[str, Row], how: str) -> str:
    """Whose seat it is that a moved holder sits on: in an exchange that of the one who came the
    other way (both enrolled then, 54/1, whatever came later); several between the same two
    programmes pair by code."""
    if how == "as_placed":
        return won[who].quota
    if how == "exchanged":
        ways = {
            c: (won[c].programme, text(row, "programme"))
            for c, row in sorted(rows.items())
            if c in won
        }
        if who in ways:
            there = [c for c in ways if ways[c] == ways[who]]
            back = [c for c in ways if ways[c] == ways[who][::-1]]
            if there.index(who) < len(back):
                return won[back[there.index(who)]].quota
    return GENERAL


# --- the seats put up --------------------------------------------------------------------------


def seat_terms(
    contest: Contest,
    tables: Tables,
    previous: Tables,
    seats: Mapping[str, Seat],
    phase: int,
    readings: Mapping[str, str],
) -> dict[str, Terms]:
    """Arts. 42/1-2, 47/1-3: everything but VL, for every programme of the contest."""
    before = {code(row, "programme"): row for row in previous.get("seats", [])}
    adjusted = {code(row, "programme"): row for row in tables.get("adjustments", [])}
    opened = {code(row, "programme"): whole(row, "seats") for row in tables.get("opened", [])}
    terms: dict[str, Terms] = {}
    for p in contest.programmes:
        vs1, ve = (_count(before.get(p, {}), name) for name in ("leftover", "tie_extra"))
        vl2, vr = (_count(adjusted.get(p, {}), name) for name in ("vl2", "vr"))
        vsm = _not_taken_up(seats, p, phase - 1, readings["cancelled_seat"])
        formula = vs1 + vsm + vl2 - ve - vr
        terms[p] = Terms(vs1, vsm, vl2, ve, vr, base=formula)
        if phase == 3:  # 46/2, 47/1: decided by the institution; 47/2: VL only where it is open
            most = None if p in opened else 0
            terms[p] = replace(terms[p], base=opened.get(p, 0), most=most)
        elif vs1 > 0 and formula <= 0:
            terms[p] = _one_seat(terms[p], readings["one_seat"])
    return terms


def _count(row: Row, column: str) -> int:
    return 0 if row.get(column) is None else whole(row, column)


def _not_taken_up(seats: Mapping[str, Seat], programme: str, phase: int, cancelled: str) -> int:
    """VSM: seats of the phase before without enrolment; those of art. 9/2 are left out."""
    count = 0
    for seat in seats.values():
        missing = not seat.enrolled or (seat.cancelled and cancelled == "vsm")
        here = seat.programme == programme and seat.phase == phase
        count += here and missing and seat.quota != ADDITIONAL
    return count


def _one_seat(terms: Terms, reading: str) -> Terms:
    """Art. 42/2: seats were left over, and without VL the formula gives none."""
    if reading == "before_vl":
        return replace(terms, base=1)
    if reading == "exactly":
        return replace(terms, base=1, least=1, most=1)
    return replace(terms, least=1)


# --- who wants what ----------------------------------------------------------------------------


def build_later_market(
    contest: Contest, terms: Mapping[str, Terms], seats: Mapping[str, Seat], own_programme: str
) -> Market:
    """Arts. 7, 35, 44, 45, 49: one quota, and further seats for those with a final grade.

    `lists` are the options that would take a holder away from her seat. The numbers of seats are
    for the placement to fill in.
    """
    lists: dict[str, list[str]] = {}
    scores: dict[str, dict[str, Score]] = {p: {} for p in contest.programmes}
    for c in contest.candidates.values():
        if c.excluded is not None:
            continue
        form = _form(c, seats.get(c.code), own_programme)
        lists[c.code] = []
        for p in form:
            assessment = assess(c, contest.programmes[p])
            if terms[p].takes_part and assessment.valid and assessment.score is not None:
                lists[c.code].append(p)
                scores[p][c.code] = assessment.score
    ranks = {p: ranking(scores[p]) for p in scores}
    without = {c for c in lists if not contest.candidates[c].has_final_grade}
    heard = {
        p: {
            c: dict.fromkeys((GENERAL,) if c in without else (GENERAL, ADDITIONAL), (0, rank))
            for c, rank in ranks[p].items()
        }
        for p in ranks
    }
    none = {p: dict.fromkeys(STAGES, 0) for p in contest.programmes}
    return Market(dict.fromkeys(terms, 0), none, lists, heard, scores, ranks, without)


def _form(candidate: Candidate, seat: Seat | None, own_programme: str) -> list[str]:
    """Art. 45/1: a holder keeps her seat unless placed, so what she wrote from her own programme
    on is no better than staying."""
    form = candidate.form
    if seat is not None and seat.stands and own_programme == "ends_list":
        return form[: form.index(seat.programme)] if seat.programme in form else form
    return form


# --- the placement -----------------------------------------------------------------------------


def freed_by(
    leaving: set[str], terms: Mapping[str, Terms], seats: Mapping[str, Seat]
) -> dict[str, int]:
    """VL when these candidates are placed: a seat each, but for seats of art. 9/2."""
    freed = dict.fromkeys(terms, 0)
    for c in leaving & seats.keys():
        p = seats[c].programme
        free = seats[c].stands and seats[c].quota != ADDITIONAL
        if free and p in terms and terms[p].takes_part:
            freed[p] += 1
    return freed


def place_with_vl(
    market: Market,
    terms: Mapping[str, Terms],
    seats: Mapping[str, Seat],
    further: Counts,
    readings: Mapping[str, str],
) -> tuple[Held, Counts, Counts]:
    """Arts. 42/1, 45/2, 47/2: who is placed, seats freed and seats put up, in agreement.

    More seats leave no candidate worse off, so no holder who left stays: from the most that could
    be freed the supposed VL only falls, to the greatest number that comes true everywhere at
    once; from none it only rises, to the least.
    """
    able = {c for c, options in market.lists.items() if options}
    freed = freed_by(able if readings["vl"] == "greatest" else set(), terms, seats)
    while True:
        put_up = {p: terms[p].put_up(freed[p]) for p in terms}
        allowed = dict(further)
        if readings["further_without_seats"] == "never":
            allowed = {p: number for p, number in further.items() if put_up[p] > 0}
        held = candidate_optimal(replace(market, seats=put_up), allowed)
        came_true = freed_by(set(held), terms, seats)
        if came_true == freed:
            return held, freed, put_up
        freed = came_true


def without_final_grade(market: Market, held: Held, put_up: Counts) -> Counts:
    """Art. 9/2: those without final grade placed in this phase where seats were put up and all
    are filled."""
    counts: Counts = {}
    for p, size in put_up.items():
        here = {c: quota for c, (at, quota) in held.items() if at == p}
        filled = sum(1 for quota in here.values() if quota != ADDITIONAL)
        count = len(here.keys() & market.without_final_grade)
        if 0 < size <= filled and count > 0:
            counts[p] = count
    return counts


def place_phase(
    market: Market,
    terms: Mapping[str, Terms],
    seats: Mapping[str, Seat],
    readings: Mapping[str, str],
) -> LaterOutcome:
    """Arts. 9/2, 44/1, 49/1: the further seats of this phase stand around VL as they stand around
    the placement in phase 1, with the same rule for counts that go in circles."""
    rounds: list[Counts] = [{}]
    counted: list[Counts] = []
    growing = False
    while True:
        further = rounds[-1]
        held, freed, put_up = place_with_vl(market, terms, seats, further, readings)
        counts = without_final_grade(market, held, put_up)
        exceeded = [p for p in counts if counts[p] > further.get(p, 0)]
        if counts == further or (growing and not exceeded):
            break
        growing = growing or counts in counted
        counted.append(counts)
        if growing:
            either = further.keys() | counts.keys()
            counts = {p: max(further.get(p, 0), counts.get(p, 0)) for p in either}
        rounds.append(counts)
    too_many = sorted(p for p in further if further[p] > counts.get(p, 0))
    return LaterOutcome(held, rounds, too_many, freed=freed, put_up=put_up)


# --- the tables --------------------------------------------------------------------------------


def _placements(
    contest: Contest, market: Market, seats: Mapping[str, Seat], outcome: Outcome
) -> list[Row]:
    """Arts. 38/1, 45/1, 50/1: one row an applicant of this phase; a holder not placed again is
    not placed, and the seat she keeps is named."""
    rows: list[Row] = []
    for who, candidate in sorted(contest.candidates.items()):
        order = {p: n for n, p in candidate.options.items()}
        row: Row = {"candidate": who, "result": "not_placed"}
        row |= dict.fromkeys(("programme", "option", "quota", "grade"))
        seat = seats.get(who)
        if candidate.excluded is not None:
            row["result"] = "excluded"
        elif who in outcome.held:
            p, quota = outcome.held[who]
            row |= {"result": "placed", "programme": p, "option": order[p], "quota": quota}
            row["grade"] = market.scores[p][who].grade
        elif seat is not None and seat.stands:
            row |= {"programme": seat.programme, "option": order.get(seat.programme)}
            row["quota"] = HELD
        rows.append(row)
    return rows


def _seats(terms: Mapping[str, Terms], outcome: LaterOutcome) -> list[Row]:
    """Arts. 42/6, 47/4, 37/5, 9/2: every term, and what became of the seats put up."""
    rows: list[Row] = []
    for p, term in sorted(terms.items()):
        quotas = [quota for at, quota in outcome.held.values() if at == p]
        placed, additional, size = len(quotas), quotas.count(ADDITIONAL), outcome.put_up[p]
        row: Row = {"programme": p, "seats": size, "placed": placed}
        row |= {"tie_extra": max(0, placed - additional - size), "additional": additional}
        row |= {"leftover": max(0, size - placed + additional)}
        row |= {"vs1": term.vs1, "vsm": term.vsm, "vl": outcome.freed[p], "vl2": term.vl2}
        rows.append(row | {"ve": term.ve, "vr": term.vr, "base": term.base})
    return rows


def _holders(
    contest: Contest,
    seats: Mapping[str, Seat],
    outcome: Outcome,
    phase: int,
    excluded_holder: str,
) -> list[Row]:
    """Arts. 45/1, 50/1, 52/6: who was placed now, and who had a seat and was not; phase and quota
    stay those in which a seat was won, since art. 9/2 is asked again in the next phase."""
    kept = {c: (s.programme, s.phase, s.quota) for c, s in seats.items() if s.stands}
    if excluded_holder == "loses":
        for c in contest.candidates.values():
            if c.excluded is not None:
                kept.pop(c.code, None)
    kept |= {c: (p, phase, quota) for c, (p, quota) in outcome.held.items()}
    return [
        {"candidate": c, "programme": p, "phase": won, "quota": quota}
        for c, (p, won, quota) in sorted(kept.items())
    ]
