"""Who would fare differently under another reading, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import polars as pl

from portaria.regulations.access.contest import Contest
from portaria.regulations.access.placement import Placement, Progress, place
from portaria.regulations.access.results import result_tables

FATE = ("result", "programme", "quota")


@dataclass(frozen=True)
class Fate:
    """What became of a candidate: result, and the programme and quota of her seat."""

    result: str
    programme: str | None
    quota: str | None


@dataclass(frozen=True)
class Difference:
    """A candidate whom another reading treats otherwise.

    why: deadlocked (the literal procedure does not answer), heard_otherwise (other quotas hear an
    option of hers), other_sizes (a programme of hers has other seats in a quota),
    same_seat_other_quota (the seat is the same, its type is not), others_moved (nothing of hers
    changes, but who competes with her does).
    """

    reading: str
    choice: str
    candidate: str
    in_force: Fate
    otherwise: Fate
    why: str


def compare(contest: Contest, on_progress: Progress | None = None) -> Iterator[Difference]:
    """Every difference between the readings in force and each other choice, one at a time."""
    others = [
        (name, choice)
        for name, reading in contest.edition.readings.items()
        for choice in reading.choices
        if choice != contest.readings[name]
    ]
    report = on_progress or (lambda stage, done, total: None)
    report("placement", 0, len(others) + 1)
    base = place(contest)
    for done, (name, choice) in enumerate(others, 1):
        report("placement", done, len(others) + 1)
        changed = replace(contest, readings={**contest.readings, name: choice})
        yield from _differences(name, choice, base, place(changed))


def _differences(
    reading: str, choice: str, base: Placement, other: Placement
) -> Iterator[Difference]:
    mine, theirs = (result_tables(placement)["placements"] for placement in (base, other))
    both = mine.join(theirs, on="candidate", suffix="_other").filter(
        pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_other")) for name in FATE)
    )
    heard = _changed_hearing(base, other)
    resized = _resized(base, other)
    for row in both.sort("candidate").iter_rows(named=True):
        fates = [Fate(*(row[f"{name}{end}"] for name in FATE)) for end in ("", "_other")]
        why = _why(row, fates, heard, resized)
        yield Difference(reading, choice, row["candidate"], fates[0], fates[1], why)


def _why(
    row: Mapping[str, str | None], fates: list[Fate], heard: set[str], resized: set[str]
) -> str:
    if "deadlocked" in (row["reason"], row["reason_other"]):
        return "deadlocked"
    if row["candidate"] in heard:
        return "heard_otherwise"
    if row["candidate"] in resized:
        return "other_sizes"
    if fates[0].programme == fates[1].programme:
        return "same_seat_other_quota"
    return "others_moved"


def _changed_hearing(base: Placement, other: Placement) -> set[str]:
    """Candidates of whom some option is heard in other stages."""
    changed = base.options["heard"].ne_missing(other.options["heard"])
    return set(base.options.filter(changed)["candidate"])


def _resized(base: Placement, other: Placement) -> set[str]:
    """Candidates with an option whose programme has other nominal sizes."""
    same = base.sizes.join(other.sizes, on=base.sizes.columns, how="semi")
    changed = base.sizes.join(same, on="programme", how="anti")
    return set(base.options.join(changed, on="programme", how="semi")["candidate"])
