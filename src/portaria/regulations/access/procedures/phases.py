"""The results of one or more phases of a contest, and the seat that a candidate holds in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from portaria.core.errors import InputError, UsageError
from portaria.core.messages import Message, declare
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.explain.candidate import UNKNOWN, only
from portaria.regulations.access.folder import Results
from portaria.regulations.access.procedures.outcome import Standing

OTHER_CONTEST = declare(
    "other-results-of-another-contest",
    "{path} is not of the same contest: its edition is {edition}, not {expected}",
)
SAME_PHASE = declare(
    "other-results-same-phase", "{path} is of phase {phase}, as are other results given: keep one"
)
PHASE_MISSING = declare(
    "results-of-phase-missing",
    "the seat of {candidate} was won in phase {phase}: give the results of that phase with "
    "--other-results",
)


@dataclass(frozen=True)
class Seat:
    """A seat held: where, in which phase it was won and in which quota."""

    candidate: str
    programme: str
    phase: int
    quota: str

    @property
    def standing(self) -> Standing:
        """The holder's standing in a list."""
        return Standing("placed", self.programme, self.quota)


class Phases:
    """Results by phase. The latest tells who holds what; each keeps the facts of its own phase."""

    def __init__(
        self,
        results: Results,
        others: Sequence[Results] = (),
        enrolments: pl.DataFrame | None = None,
    ) -> None:
        """UsageError where two are of one phase, or one is of another contest."""
        self._results: dict[int, Results] = {results.manifest["phase"]: results}
        self._contests: dict[int, Contest] = {}
        self.enrolments = enrolments
        for other in others:
            found, expected = other.manifest["edition"], results.manifest["edition"]
            path, phase = str(other.folder), other.manifest["phase"]
            if found != expected:
                params = {"path": path, "edition": found, "expected": expected}
                raise UsageError(Message(OTHER_CONTEST, params))
            if phase in self._results:
                raise UsageError(Message(SAME_PHASE, {"path": path, "phase": phase}))
            self._results[phase] = other

    @property
    def phase(self) -> int:
        """The latest phase given."""
        return max(self._results)

    @property
    def latest(self) -> Results:
        """The results of the latest phase given."""
        return self._results[self.phase]

    def results(self, seat: Seat) -> Results:
        """The results of the phase in which a seat was won; UsageError where they are not given."""
        if seat.phase not in self._results:
            params = {"candidate": seat.candidate, "phase": seat.phase}
            raise UsageError(Message(PHASE_MISSING, params))
        return self._results[seat.phase]

    def contest(self, seat: Seat) -> Contest:
        """The contest of the phase in which a seat was won; UsageError as above."""
        results = self.results(seat)
        if seat.phase not in self._contests:
            self._contests[seat.phase] = results.inputs()
        return self._contests[seat.phase]

    def person(self, seat: Seat) -> Contest:
        """That contest with the holder alone; InputError where it does not know her."""
        alone = only(self.contest(seat), seat.candidate)
        if alone.tables["candidates"].is_empty():
            raise InputError(Message(UNKNOWN, {"candidate": seat.candidate}))
        return alone

    def last_contest(self) -> Contest:
        """The contest of the latest phase."""
        if self.phase not in self._contests:
            self._contests[self.phase] = self.latest.inputs()
        return self._contests[self.phase]

    @cached_property
    def seats(self) -> pl.DataFrame:
        """candidate, programme, phase, quota, enrolled, cancelled: every seat after the latest
        phase, where exchanges and rectifications have moved it.

        The last two are null where no table of enrolments was given, false where it has no row.
        """
        held = self.latest.table("holders", pl.lit(True)).with_columns(
            pl.col("phase").cast(pl.Int64)
        )
        if self.enrolments is None:
            none = pl.lit(None, pl.Boolean)
            return held.with_columns(enrolled=none, cancelled=none)
        rows = self.enrolments.select("candidate", "enrolled", "cancelled", moved_to="programme")
        new = rows.join(held, on="candidate", how="anti").drop_nulls("moved_to").select(
            "candidate", "enrolled", "cancelled", programme="moved_to",
            phase=pl.lit(self.phase, pl.Int64), quota=pl.lit("general"),
        )  # fmt: skip
        joined = held.join(rows, on="candidate", how="left").select(
            "candidate",
            pl.coalesce("moved_to", "programme").alias("programme"),
            "phase",
            "quota",
            pl.col("enrolled", "cancelled").fill_null(False),
        )
        return pl.concat([joined, new.select(joined.columns)]).sort("candidate")

    def seat(self, candidate: str) -> Seat | None:
        """The seat of one candidate, None where she holds none or it was cancelled."""
        found = self.seats.filter(
            (pl.col("candidate") == candidate) & ~pl.col("cancelled").fill_null(False)
        )
        return None if found.is_empty() else as_seat(found.row(0, named=True))

    def standing(self, candidate: str) -> Standing:
        """How she stands after the latest phase; InputError where no results name her."""
        if seat := self.seat(candidate):
            return seat.standing
        for phase in sorted(self._results, reverse=True):
            named = pl.col("candidate") == candidate
            rows = self._results[phase].table("placements", named)
            if rows.height:
                result = rows["result"][0]
                return Standing("not_placed" if result == "placed" else result)
        raise InputError(Message(UNKNOWN, {"candidate": candidate}))


def as_seat(row: dict[str, Any]) -> Seat:
    """A row of `Phases.seats`."""
    return Seat(row["candidate"], row["programme"], int(row["phase"]), row["quota"])


def leftover(results: Results, programme: str) -> int:
    """Seats left over at a programme in these results, 0 where they do not name it."""
    rows = results.table("seats", pl.col("programme") == programme)
    return int(rows["leftover"][0]) if rows.height else 0
