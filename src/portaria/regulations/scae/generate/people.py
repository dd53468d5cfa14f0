"""What the complements of an enrolment say, and where its student lives; nobody has a name."""

from __future__ import annotations

import json

import numpy as np
import polars as pl

from portaria.regulations.scae.generate.faults import UNKNOWN_MUNICIPALITY, Faults
from portaria.regulations.scae.generate.keys import gather
from portaria.regulations.scae.generate.sources import chance, network, weighted
from portaria.regulations.scae.generate.world import World

FIRST_MUNICIPALITY = 90_001  # five digits: the codes of no list (IBGE has seven)


def municipalities(students: int) -> pl.Series:
    """The invented codes of the support table."""
    size = network()["sizes"]["students_of_municipality"]
    count = min(max(3, students // size), 300)
    return (pl.int_range(0, count, eager=True) + FIRST_MUNICIPALITY).cast(pl.String)


def homes(world: World, faults: Faults) -> pl.Series:
    """The municipality of each enrolment: mostly the one of the unit of its first class."""
    known = municipalities(world.students)
    of_unit = world.rng.integers(0, len(known), max(world.units, 1))
    enrolments = world.enrolments
    home = of_unit[world.classes["unit"][enrolments["class_"]]]
    away = world.rng.integers(1, len(known), len(home))
    home = (home + away * enrolments["elsewhere"]) % len(known)
    return gather(known, home).scatter(faults.unknown_municipality, UNKNOWN_MUNICIPALITY)


def complements(world: World, faults: Faults) -> pl.Series:
    """JSON, the same for all enrolments of a student but for the faults."""
    shares, rng, count = network()["complements"], world.rng, world.students
    names = [*shares["categories"], ""]
    texts = pl.Series(
        [
            _text(name, bool(flags & 1), bool(flags & 2), bool(flags & 4))
            for name in names
            for flags in range(8)
        ]
    )
    category = weighted(shares["categories"].values(), count, rng)
    flags = chance(shares["ebep"], count, rng) + 2 * chance(shares["vira_vida"], count, rng)
    code = (category * 8 + flags)[world.enrolments["student"]]
    code[faults.dependency_flag] |= 4
    code[faults.no_category] = (len(names) - 1) * 8 + code[faults.no_category] % 8
    return gather(texts, code.astype(np.int64))


def _text(category: str, ebep: bool, vira_vida: bool, dependency: bool) -> str:
    values = {"categoria": category, "ebep": ebep, "viravida": vira_vida}
    if dependency:
        values["dependency"] = True
    return json.dumps(values, separators=(",", ":"))
