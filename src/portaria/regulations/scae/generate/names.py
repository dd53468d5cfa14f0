"""The keys of the rows of a network."""

from __future__ import annotations

import polars as pl

from portaria.regulations.scae.generate.disciplines import Offers
from portaria.regulations.scae.generate.keys import keys
from portaria.regulations.scae.generate.world import World


class Names:
    """Keys by the number of the row; `attended` and `isolated` once it is known how many."""

    def __init__(self, world: World, offered: Offers) -> None:
        self.class_ = keys("T", len(world.classes), 7)
        self.unit = keys("U", max(world.units, 1), 4)
        self.student = keys("RA", world.students, 8)
        self.enrolment = keys("E", len(world.enrolments), 8)
        self.offer = keys("TD", len(offered.class_), 8)
        self.attended, self.isolated = pl.Series(), pl.Series()

    def attendance(self, attended: int, isolated: int) -> None:
        """Name the discipline enrolments, ordinary and isolated."""
        self.attended, self.isolated = keys("D", attended, 9), keys("I", isolated, 8)
