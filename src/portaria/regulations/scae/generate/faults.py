"""The honest faults of a source, each on rows drawn by chance, so that `check` has work."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from portaria.regulations.scae.generate.classes import PERIODS
from portaria.regulations.scae.generate.disciplines import Offers
from portaria.regulations.scae.generate.sources import Ints, network, some
from portaria.regulations.scae.generate.world import NONE, World

UNKNOWN_MUNICIPALITY = "99999"
"""A code that the support table does not hold."""
THIS_YEAR = [number for number, period in enumerate(PERIODS) if period.startswith("2024")]


@dataclass(frozen=True)
class Faults:
    """Numbers of the rows with a fault: enrolments but for `no_start` (classes) and `no_type`,
    `no_lessons` (offers)."""

    unknown_municipality: Ints
    no_category: Ints
    dependency_flag: Ints
    no_reference: Ints
    no_start: Ints
    no_type: Ints
    no_lessons: Ints


def draw_faults(world: World, offered: Offers) -> Faults:
    """At least one row of each kind where there are any."""
    shares, rng = network()["faults"], world.rng
    enrolments = len(world.enrolments)
    classes, rows = world.classes, world.enrolments
    # A first enrolment without the field goes unseen; a later one of this year does not.
    later = (rows["reference"] != NONE) & (rows["reference"] != np.arange(enrolments))
    later &= np.isin(classes["period"][rows["class_"]], THIS_YEAR)
    eja = np.flatnonzero(later)
    drawn = {
        name: some(shares[name], enrolments, rng)
        for name in ("unknown_municipality", "no_category", "dependency_flag")
    }
    return Faults(
        **drawn,
        no_reference=eja[some(shares["no_reference"], len(eja), rng)],
        no_start=some(shares["no_start"], len(world.classes), rng),
        no_type=some(shares["no_type"], len(offered.class_), rng),
        no_lessons=some(shares["no_lessons"], len(offered.class_), rng),
    )
