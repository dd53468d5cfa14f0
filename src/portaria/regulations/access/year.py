"""A generated year of three phases, with people who enrol, leave and come again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from portaria.regulations.access.contest import read_contest
from portaria.regulations.access.folder import Results, open_results, write_results
from portaria.regulations.access.generate import GENERATED_SETTINGS, is_generated, later
from portaria.regulations.access.generate.contest import World, draw_world
from portaria.regulations.access.generate.sources import assumptions
from portaria.regulations.access.later.prepare import next_terms, prepare
from portaria.regulations.access.later.terms import most_to_open
from portaria.regulations.access.placement import Progress, place
from portaria.regulations.access.published import published_totals
from portaria.regulations.access.results import result_tables
from portaria.regulations.access.settings import SETTINGS
from portaria.tables.canonical import write_csv

PHASES = (1, 2, 3)
YEAR = 2017
"""The year whose published totals the generator aims at."""


@dataclass(frozen=True)
class PhaseTotals:
    """Counts of one phase. seats: those put up, with those freed; decided: those fixed before.

    first: of the placed, in their first option. published: the same counts of 2017, where known.
    """

    phase: int
    seats: int
    decided: int
    freed: int
    candidates: int
    placed: int
    first: int
    tie_extra: int
    additional: int
    leftover: int
    published: Mapping[str, int]


def is_year(folder: Path) -> bool:
    """Whether a folder is a year that this module wrote."""
    return is_generated(folder / "phase-1") and (folder / "results-1").is_dir()


def year(
    folder: Path,
    candidates: int,
    programmes: int,
    seed: int,
    on_progress: Progress | None = None,
) -> list[PhaseTotals]:
    """Write contests and results of three phases into `folder`; the totals of each.

    phase-N is the contest's folder, results-N its results, each ready for every other command.
    `candidates` of the first phase; more people come in the later ones.
    """
    report = on_progress or (lambda stage, done, total: None)
    a = assumptions()["later"]
    new = [round(candidates * a[name]) for name in ("newcomers", "late_newcomers")]
    report("people", 0, len(PHASES))
    world = draw_world(candidates + sum(new), programmes, seed)
    everyone = world.tables["candidates"]["candidate"]
    newcomers = [everyone[candidates : candidates + new[0]], everyone[candidates + new[0] :]]
    rng = np.random.Generator(np.random.PCG64([seed, 2]))
    people = later.of_people(world, everyone[:candidates])
    first = folder / "phase-1"
    first.mkdir()
    for name, frame in (world.tables | people).items():
        write_csv(frame, first / f"{name}.csv")
    (first / SETTINGS).write_text(GENERATED_SETTINGS, encoding="utf-8")
    history = (
        people["candidates"]
        .filter(pl.col("excluded").is_null())
        .select("candidate")
        .with_columns(option=pl.lit(None, pl.Int64), enrolled=pl.lit(False))
    )
    totals = []
    for phase in PHASES:
        report("placement", phase - 1, len(PHASES))
        results = _place(folder, phase)
        totals.append(_totals(results, phase))
        if phase < PHASES[-1]:
            history = _go_on(world, results, history, newcomers[phase - 1], rng, folder)
    report("placement", len(PHASES), len(PHASES))
    return totals


def _place(folder: Path, phase: int) -> Results:
    """Place one phase from its folder, as anyone would."""
    contest, problems = read_contest(folder / f"phase-{phase}")
    assert contest is not None, [str(problem.message) for problem in problems]
    placed = place(contest)
    target = folder / f"results-{phase}"
    target.mkdir()
    write_results(placed, result_tables(placed), target, {})
    return open_results(target)


def _go_on(
    world: World,
    results: Results,
    history: pl.DataFrame,
    newcomers: pl.Series,
    rng: np.random.Generator,
    folder: Path,
) -> pl.DataFrame:
    """Write the next phase's folder; what is known of everyone who has applied so far."""
    contest = results.inputs()
    phase = contest.phase + 1
    placements = results.table("placements", pl.lit(True))
    placed = placements.filter(pl.col("result") == "placed")
    holders = results.table("holders", pl.lit(True))
    kept = holders.join(placed, on="candidate", how="anti")
    enrolled = later.enrolments(placements, kept, rng)
    option = placed.select("candidate", now=pl.col("option").cast(pl.Int64))
    history = (
        history.drop("enrolled")
        .join(option, on="candidate", how="full", coalesce=True)
        .join(enrolled.select("candidate", "enrolled"), on="candidate", how="left")
        .select("candidate", option=pl.coalesce("now", "option"),
                enrolled=pl.col("enrolled").fill_null(False))
    )  # fmt: skip
    terms = next_terms(results, contest, enrolled)
    opened = _opened(terms, rng) if phase == PHASES[-1] else None
    visible = (opened if opened is not None else terms.select("programme", seats="base")).select(
        "programme", "seats"
    )
    order = world.market.frame.select("programme").join(
        visible, on="programme", how="left", maintain_order="left"
    )
    who = later.applicants(history, newcomers, phase, rng)
    seats = order["seats"].fill_null(0).to_numpy().astype(float)
    people = later.apply_again(world, who, seats, rng)
    target = folder / f"phase-{phase}"
    target.mkdir()
    prepare(results, target, enrolled, people, opened)
    known = pl.concat([history["candidate"], newcomers]).sort().to_frame("candidate")
    return known.join(history, on="candidate", how="left").with_columns(
        pl.col("enrolled").fill_null(False)
    )


def _opened(terms: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """What institutions open in phase 3: most of what they may, some of them nothing."""
    a = assumptions()["later"]
    may = terms.select("programme", most=most_to_open()).filter(pl.col("most") > 0)
    opens = may.filter(pl.Series(rng.random(may.height) < a["opens"]))
    return opens.select("programme", seats="most")


def _totals(results: Results, phase: int) -> PhaseTotals:
    seats = results.table("seats", pl.lit(True)).with_columns(
        pl.exclude("programme").cast(pl.Int64)
    )
    placements = results.table("placements", pl.lit(True))
    placed = placements.filter(pl.col("result") == "placed")
    count = {
        name: int(seats[name].sum()) for name in ("seats", "tie_extra", "additional", "leftover")
    }
    freed = int(seats["vl"].sum()) if "vl" in seats.columns else 0
    return PhaseTotals(
        phase=phase,
        decided=count["seats"] - freed,
        freed=freed,
        candidates=placements.height,
        placed=placed.height,
        first=placed.filter(pl.col("option") == "1").height,
        published=published_totals(YEAR)[phase],
        **count,
    )
