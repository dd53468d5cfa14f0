"""Random later phases: a random phase 1 placed by the slow reference, then what life makes of it:
enrolments, exchanges, rectifications, people who apply again and people who are new."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from random import Random
from types import MappingProxyType

from . import place
from .contest import Row, Tables, read_contest
from .later import READINGS, former_seats, place_later, seat_terms
from .markets import random_contest, write_contest

# What the contract adds to the tables of `markets`.
_COLUMNS = {
    "enrolments": "candidate enrolled programme cancelled",
    "adjustments": "programme vl2 vr",
    "opened": "programme seats",
    "previous/placements": "candidate result programme option quota grade reason clause",
    "previous/seats": "programme seats placed tie_extra additional leftover",
    "previous/holders": "candidate programme phase quota",
}
LATER_COLUMNS = {name: columns.split() for name, columns in _COLUMNS.items()}
OFFERED = (
    "programmes",
    "exam_sets",
    "regional_areas",
    "vocational_courses",
    "congeners",
)


@dataclass(frozen=True)
class LaterContest:
    """One later phase: its tables, and the results of the phase before; no `holders` in them
    sometimes, in phase 2."""

    phase: int
    tables: dict[str, list[Row]]
    previous: dict[str, list[Row]]


def random_later_contest(
    rng: Random,
    candidates: int,
    programmes: int,
    *,
    phase: int = 2,
    quotas: bool = True,
    ties: str = "many",
) -> LaterContest:
    """A phase 2 or 3 of generated people, valid by the contract.

    `candidates` is the number of all people; some take no part in phase 1, others not in this
    one. `quotas` and `ties` are those of `markets.random_contest` for phase 1; with `quotas`
    there are people without final grade and further seats of art. 9/2.
    """
    if phase not in (2, 3):
        raise ValueError(f"phase must be 2 or 3, not {phase!r}")
    people = random_contest(rng, candidates, programmes, quotas=quotas, ties=ties)
    room = rng.choice([1, 1, 2, 3])  # so that some contests leave seats over
    for row in people["programmes"]:
        row["seats"] = int(str(row["seats"])) * room
    first = _only(people, {c for c in _codes(people) if rng.random() < 0.75})
    result = place(first)
    previous = {name: result[name] for name in ("placements", "seats")}
    previous["holders"] = [
        {"candidate": r["candidate"], "programme": r["programme"], "phase": 1, "quota": r["quota"]}
        for r in result["placements"]
        if r["result"] == "placed"
    ]
    second = _Later(rng, people, previous, 2).tables()
    if phase == 2:
        if rng.random() < 0.2:
            del previous["holders"]
        return LaterContest(2, second, previous)
    after = place_later(second, previous, 2)
    previous = {name: after[name] for name in ("placements", "seats", "holders")}
    return LaterContest(3, _Later(rng, people, previous, 3).tables(), previous)


def _codes(tables: Tables) -> list[str]:
    return [str(row["candidate"]) for row in tables["candidates"]]


def _only(people: Tables, who: set[str]) -> dict[str, list[Row]]:
    """The contest of these people alone."""
    return {
        name: rows if name in OFFERED else [dict(r) for r in rows if r["candidate"] in who]
        for name, rows in people.items()
    }


class _Later:
    """One later phase being made up; `at` is where each holder sits, moved or not."""

    def __init__(self, rng: Random, people: Tables, previous: Tables, phase: int) -> None:
        self.rng, self.people, self.previous, self.phase = rng, people, previous, phase
        self.codes = [str(row["programme"]) for row in people["programmes"]]
        self.at = {str(r["candidate"]): str(r["programme"]) for r in previous["holders"]}
        self.vl2 = dict.fromkeys(self.codes, 0)
        self.vr = dict.fromkeys(self.codes, 0)

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def tables(self) -> dict[str, list[Row]]:
        enrolments = self.enrolments()
        standing = {
            str(row["candidate"]) for row in enrolments if row["enrolled"] and not row["cancelled"]
        }
        who = {c for c in _codes(self.people) if self.chance(0.7 if c in standing else 0.8)}
        tables = _only(self.people, who)
        self.change(tables)
        tables["options"] = self.options(sorted(who), standing)
        tables["enrolments"] = enrolments
        tables["adjustments"] = self.adjustments()
        if self.phase == 3:
            tables["opened"] = self.opened(tables)
        return tables

    def change(self, tables: Tables) -> None:
        """Exams taken again, final grades that came, exclusions that were not there before."""
        for row in tables["exams"]:
            if self.chance(0.1):
                others = [r["grade"] for r in self.people["exams"] if r["exam"] == row["exam"]]
                row["grade"] = self.rng.choice(others)
        for row in tables["candidates"]:
            if not row["has_final_grade"] and self.chance(0.2):
                row["has_final_grade"] = True
            if "excluded" in row and self.chance(0.05):
                row["excluded"] = None if row["excluded"] else "56/1/b"

    # --- between the phases ---

    def enrolments(self) -> list[Row]:
        """Most enrol; some not at all, some without a row, some cancel, some are moved."""
        moved = self.moves()
        rows: list[Row] = []
        for who in sorted(self.at):
            if who not in moved and self.chance(0.1):
                continue
            exchanged = who in moved and moved[who][1] == "exchange"  # 54/1: both are enrolled
            enrolled = exchanged or self.chance(0.85)
            row: Row = {"candidate": who, "enrolled": enrolled, "programme": None}
            row["cancelled"] = enrolled and self.chance(0.06)
            if who in moved:
                row["programme"], _ = moved[who]
            elif self.chance(0.05):
                row["programme"] = self.at[who]  # written, and moving nobody
            rows.append(row)
        self.at |= {who: to for who, (to, _) in moved.items()}
        rows += self.placed_by_rectification()
        self.rng.shuffle(rows)
        return rows

    def moves(self) -> dict[str, tuple[str, str]]:
        """Exchanges (two holders change seats) and rectifications (one goes elsewhere)."""
        moved: dict[str, tuple[str, str]] = {}
        free = sorted(self.at)
        self.rng.shuffle(free)
        while len(free) > 1 and self.chance(0.5):
            a, b = free.pop(), free.pop()
            if self.at[a] != self.at[b]:
                moved[a], moved[b] = (self.at[b], "exchange"), (self.at[a], "exchange")
        while free and self.chance(0.4):
            who, to = free.pop(), self.rng.choice(self.codes)
            if to != self.at[who]:
                moved[who] = (to, "rectification")
                self.vl2[self.at[who]] += 1
                self.vr[to] += self.chance(0.6)  # else a seat was created for her
        return moved

    def placed_by_rectification(self) -> list[Row]:
        """Art. 57/3/a: somebody who should have had a seat from the start."""
        without = [c for c in _codes(self.people) if c not in self.at]
        rows: list[Row] = []
        while without and self.chance(0.25):
            who, to = without.pop(self.rng.randrange(len(without))), self.rng.choice(self.codes)
            self.at[who] = to
            self.vr[to] += self.chance(0.6)
            enrolled = self.chance(0.9)
            row: Row = {"candidate": who, "enrolled": enrolled, "programme": to}
            rows.append(row | {"cancelled": enrolled and self.chance(0.1)})
        return rows

    def adjustments(self) -> list[Row]:
        """What the moves call for, now and then with more: so that art. 42/2 comes up too."""
        left = {str(r["programme"]): r["leftover"] for r in self.previous["seats"]}
        for p in self.codes:
            if self.chance(0.15) and left[p]:
                self.vr[p] += self.rng.randint(1, 1 + int(str(left[p])))
            if self.chance(0.05):
                self.vl2[p] += 1
        return [
            {"programme": p, "vl2": self.vl2[p], "vr": self.vr[p]}
            for p in self.codes
            if self.vl2[p] or self.vr[p] or self.chance(0.2)
        ]

    def opened(self, tables: Tables) -> list[Row]:
        """Arts. 46/2, 47/1: some programmes, with at most VS2 + VSM2 - VE2 seats, whether the
        seat of somebody moved and not enrolled is looked for where she was or where she is."""
        stayed = [{**row, "programme": None} for row in tables["enrolments"] if self.won(row)]
        rows: list[Row] = []
        terms = [
            seat_terms(
                read_contest(tables),
                tables,
                self.previous,
                former_seats({"enrolments": enrolments}, self.previous, 3),
                3,
                {name: values[0] for name, values in READINGS.items()},
            )
            for enrolments in (tables["enrolments"], stayed)
        ]
        for p in self.codes:
            most = max(0, min(t[p].vs1 + t[p].vsm - t[p].ve for t in terms))
            if self.chance(0.75):
                number = most if self.chance(0.6) else self.rng.randint(0, most)
                rows.append({"programme": p, "seats": number})
        return rows

    def won(self, row: Row) -> bool:
        return any(row["candidate"] == r["candidate"] for r in self.previous["holders"])

    # --- the forms ---

    def options(self, who: list[str], standing: set[str]) -> list[Row]:
        """At most six. Holders often write the programmes of other holders who apply, sometimes
        around in circles, and sometimes their own; others write anything."""
        forms = {c: self.form() for c in who}
        holders = [c for c in who if c in standing]
        self.rng.shuffle(holders)
        while len(holders) > 1 and self.chance(0.9):
            ring = [holders.pop() for _ in range(min(len(holders), self.rng.choice([2, 2, 3, 4])))]
            for c, wanted in zip(ring, [*ring[1:], ring[0]], strict=True):
                if wanted != ring[0] or self.chance(0.6):  # else a chain, not a circle
                    self.put(forms[c], self.at[wanted], first=0.7)
        for c in who:
            if c in standing and self.at[c] in forms[c] and self.chance(0.5):
                forms[c].remove(self.at[c])
            elif c in standing and self.chance(0.3):
                self.put(forms[c], self.at[c], first=0.1)
        return [
            {"candidate": c, "order": order, "programme": p}
            for c in who
            for order, p in enumerate(forms[c][:6], start=1)
        ]

    def form(self) -> list[str]:
        most = min(6, len(self.codes))
        number = 0 if self.chance(0.04) else self.rng.randint(1, most)
        return self.rng.sample(self.codes, number)

    def put(self, form: list[str], programme: str, first: float) -> None:
        if programme in form:
            form.remove(programme)
        place = 0 if self.chance(first) else self.rng.randint(0, min(5, len(form)))
        form.insert(place, programme)


def write_later_contest(
    contest: LaterContest,
    folder: Path,
    policy: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Write the folder of a later phase: contest.toml, the tables, and `previous`.

    `opened` only in phase 3; a table that `previous` does not have is not written. `reason` and
    `clause`, which the reference does not give, are empty.
    """
    write_contest(contest.tables, folder, phase=contest.phase, policy=policy)
    (folder / "previous").mkdir(exist_ok=True)
    rows = dict(contest.tables) | {f"previous/{n}": r for n, r in contest.previous.items()}
    for name, columns in LATER_COLUMNS.items():
        if name not in rows:
            continue
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            header = list(dict.fromkeys([*columns, *(c for row in rows[name] for c in row)]))
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header)
            writer.writerows([cell(row.get(column)) for column in header] for row in rows[name])


def cell(value: object) -> str:
    """A cell of the contract: nothing, a boolean, tenths with one decimal, or as it is."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        tenths = int(value * 10)
        return f"{tenths // 10}.{tenths % 10}"
    return str(value)
