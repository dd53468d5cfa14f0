"""The results of one or more phases of a contest, and the seat that a candidate holds in them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import polars as pl

from portaria.core.errors import InputError, UsageError
from portaria.core.messages import Message, declare
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.explain.candidate import UNKNOWN, only
from portaria.regulations.access.folder import Results
from portaria.regulations.access.procedures.outcome import Standing
from portaria.regulations.access.procedures.seats import Seat, as_seat, seats_of

OTHER_CONTEST = declare(
    "other-results-of-another-contest",
    "{path} is not of the same contest: its edition is {edition}, not {expected}",
)
OTHER_EDITION_FILE = declare(
    "other-results-edition-changed",
    "{path} is not of the same contest: its edition {edition} is written otherwise",
)
NO_COMMON_PROGRAMME = declare(
    "other-results-no-common-programme",
    "{path} is not of the same contest: the two have no programme in common",
)
SAME_PHASE = declare(
    "other-results-same-phase", "{path} is of phase {phase}, as are other results given: keep one"
)
PHASE_MISSING = declare(
    "results-of-phase-missing",
    "the seat of {candidate} was won in phase {phase}: give the results of that phase with "
    "--other-results",
)


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
            _check_same_contest(results, other)
            path, phase = str(other.folder), other.manifest["phase"]
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
        """Every seat after the latest phase, as `seats_of` tells it."""
        return seats_of(self.latest, self.enrolments)

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


def _check_same_contest(results: Results, other: Results) -> None:
    """UsageError where the edition, its file or every programme is another one."""
    path = str(other.folder)
    found, expected = other.manifest["edition"], results.manifest["edition"]
    if found != expected:
        params = {"path": path, "edition": found, "expected": expected}
        raise UsageError(Message(OTHER_CONTEST, params))
    one, two = (each.manifest["settings"]["edition_sha256"] for each in (results, other))
    if one != two:
        raise UsageError(Message(OTHER_EDITION_FILE, {"path": path, "edition": found}))
    every = pl.lit(True)
    ours, theirs = (set(r.table("seats", every)["programme"]) for r in (results, other))
    if ours.isdisjoint(theirs):
        raise UsageError(Message(NO_COMMON_PROGRAMME, {"path": path}))
