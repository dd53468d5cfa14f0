"""Who would fare differently under another reading, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import polars as pl

from portaria.regulations.access.contest import Contest
from portaria.regulations.access.placement import Placement, Progress, place
from portaria.regulations.access.reasons import QUOTAS
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
    changes, but who competes with her does). because: for the second and third, the programmes and
    quotas that change for her. clause: what the reading reads.
    """

    reading: str
    choice: str
    candidate: str
    in_force: Fate
    otherwise: Fate
    why: str
    because: tuple[tuple[str, str], ...]
    clause: str


def compare(contest: Contest, on_progress: Progress | None = None) -> Iterator[Difference]:
    """Every difference between the readings in force and each other choice, one at a time."""
    others = other_choices(contest)
    report = on_progress or (lambda stage, done, total: None)
    report("placement", 0, len(others) + 1)
    base = place(contest)
    for done, (name, choice) in enumerate(others, 1):
        report("placement", done, len(others) + 1)
        changed = replace(contest, readings={**contest.readings, name: choice})
        yield from _differences(name, choice, base, place(changed))


def other_choices(contest: Contest) -> list[tuple[str, str]]:
    """Reading and choice of each that is not in force; none of them touches a later phase."""
    if contest.phase > 1:
        return []
    return [
        (name, choice)
        for name, reading in contest.edition.readings.items()
        for choice in reading.choices
        if choice != contest.readings[name]
    ]


def _differences(
    reading: str, choice: str, base: Placement, other: Placement
) -> Iterator[Difference]:
    mine, theirs = (result_tables(placement)["placements"] for placement in (base, other))
    both = mine.join(theirs, on="candidate", suffix="_other").filter(
        pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_other")) for name in FATE)
    )
    causes = {
        "heard_otherwise": _heard_otherwise(base, other),
        "other_sizes": _resized(base, other),
    }
    clause = base.contest.edition.readings[reading].clause
    for row in both.sort("candidate").iter_rows(named=True):
        fates = [Fate(*(row[f"{name}{end}"] for name in FATE)) for end in ("", "_other")]
        why = _why(row, fates, causes)
        because = causes.get(why, {}).get(row["candidate"], ())
        yield Difference(
            reading, choice, row["candidate"], fates[0], fates[1], why, tuple(because), clause
        )


Causes = Mapping[str, list[tuple[str, str]]]
"""By candidate: the programmes and quotas that change for her."""


def _why(row: Mapping[str, str | None], fates: list[Fate], causes: Mapping[str, Causes]) -> str:
    if "deadlocked" in (row["reason"], row["reason_other"]):
        return "deadlocked"
    for why, by_candidate in causes.items():
        if row["candidate"] in by_candidate:
            return why
    if fates[0].programme == fates[1].programme:
        return "same_seat_other_quota"
    return "others_moved"


def _heard_otherwise(base: Placement, other: Placement) -> Causes:
    """Options of which other stages hear the candidate."""
    heard = base.options.select("candidate", "programme", now="heard").with_columns(
        other=other.options["heard"]
    )
    found: dict[str, list[tuple[str, str]]] = {}
    changed = heard.filter(pl.col("now").ne_missing(pl.col("other")))
    for candidate, programme, now, then in changed.iter_rows():
        quotas = [quota for stage, quota in enumerate(QUOTAS) if (now ^ then) >> stage & 1]
        found.setdefault(candidate, []).extend((programme, quota) for quota in quotas)
    return found


def _resized(base: Placement, other: Placement) -> Causes:
    """Options whose programme has another nominal size in a quota."""
    long = [
        placement.sizes.unpivot(index="programme", variable_name="quota", value_name="size")
        for placement in (base, other)
    ]
    changed = long[0].join(long[1], on=["programme", "quota", "size"], how="anti")
    found: dict[str, list[tuple[str, str]]] = {}
    options = base.options.select("candidate", "programme").join(changed, on="programme")
    for candidate, programme, quota in options.select(
        "candidate", "programme", "quota"
    ).iter_rows():
        found.setdefault(candidate, []).append((programme, quota))
    return found
