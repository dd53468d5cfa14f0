"""What a network is made of before it is written: numbers of days, moments, codes and rows."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from portaria.regulations.scae.generate.rows import Rows
from portaria.regulations.scae.generate.sources import Ints, Rng

NONE = -1

SITUATIONS = (
    *("", "PRE", "PREO", "PREI", "NEG", "DEP", "CANC"),
    *("2", "3", "5", "6", "7", "9", "10", "11", "14", "30", "31", "32", "45", "70", "71", "72"),
    *("39", "41", "42", "46", "66", "67", "68", "69", "73"),
)
"""SGE codes (R07, R33, R36, R37); a code is kept as its place here, 0 being none."""

CODE = {code: number for number, code in enumerate(SITUATIONS)}
SITUATION, RESULT = 0, 1
"""The columns of the log (R40)."""


def _classes() -> Rows:
    return Rows("branch", "unit", "period", "course", "series", "section", "start", "end",
                "closes", "sibling")  # fmt: skip


def _enrolments() -> Rows:
    return Rows("student", "class_", "enrolled", "reference", "override", "override_at",
                "elsewhere")  # fmt: skip


def _events() -> Rows:
    return Rows("enrolment", "at", "column", "before", "to", "class_")


def _stays() -> Rows:
    return Rows("enrolment", "class_", "day", "at", "closed_by", "closed_at", "passed",
                "recognised", "most")  # fmt: skip


def _isolated() -> Rows:
    return Rows("student", "class_", "enrolled", "changed", "at", "closed_by", "closed_at")


@dataclass
class World:
    """`students`: how many so far; `units`, likewise.

    `classes`: `closes` is the day on which results are typed, `sibling` the class that students
    change to, or NONE. `enrolments`: `class_` is the first one, `elsewhere` 1 for a home in
    another municipality. `events`: the log; `before` is what an unlogged step left there. `stays`:
    an enrolment in one class, from which the discipline enrolments come: the code and moment at
    which it was left (0 where it was not), whether it was `passed`, began with Reconhecimento
    (`recognised`), and at `most` how many disciplines. Moments are seconds of local time.
    """

    rng: Rng
    students: int = 0
    units: int = 0
    classes: Rows = field(default_factory=_classes)
    enrolments: Rows = field(default_factory=_enrolments)
    events: Rows = field(default_factory=_events)
    stays: Rows = field(default_factory=_stays)
    isolated: Rows = field(default_factory=_isolated)

    def admit(self, count: int) -> Ints:
        """The numbers of that many new students."""
        first, self.students = self.students, self.students + count
        return np.arange(first, self.students, dtype=np.int64)
