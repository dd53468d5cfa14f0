"""The courses with their series and curriculum matrices, flattened into arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any

import numpy as np

from portaria.regulations.scae.generate.sources import Ints, network

BRANCHES = ("basic", "eja", "continuing")
BASIC, EJA, CONTINUING = range(3)
COMPETENCES = ("7", "8")
"""Modalities whose disciplines SCAE is told (R41)."""


@dataclass(frozen=True)
class Courses:
    """Courses are numbered as in network.toml; a matrix is one series of one course.

    `code`, `modality`: text of a course; `branch`: its number; `series`: how many it has;
    `matrix`: number of the matrix of its first series. `first`, `count`: the disciplines of a
    matrix, as a range of the arrays `name`, `weekly` (lessons) and `minutes` (of a lesson).
    """

    code: list[str]
    modality: list[str]
    branch: Ints
    series: Ints
    matrix: Ints
    first: Ints
    count: Ints
    name: list[str]
    weekly: Ints
    minutes: Ints

    def of(self, branch: int) -> Ints:
        """The courses of a branch."""
        return np.flatnonzero(self.branch == branch)

    @property
    def competences(self) -> np.ndarray:
        """Whether SCAE is told the disciplines, by course."""
        return np.isin(self.modality, COMPETENCES)


@cache
def courses() -> Courses:
    """The packaged courses."""
    given: list[dict[str, Any]] = network()["courses"]
    matrices = [by_series for course in given for by_series in _matrices(course)]
    series = [len(_matrices(course)) for course in given]
    lengths = [len(matrix) for matrix in matrices]
    lines = [line for matrix in matrices for line in matrix]
    return Courses(
        code=[course["course"] for course in given],
        modality=[course["modality"] for course in given],
        branch=np.array([BRANCHES.index(course["branch"]) for course in given]),
        series=np.array(series),
        matrix=np.array([0, *accumulate(series)][:-1]),
        first=np.array([0, *accumulate(lengths)][:-1]),
        count=np.array(lengths),
        name=[line[0] for line in lines],
        weekly=np.array([line[1] for line in lines]),
        minutes=np.array([line[2] for line in lines]),
    )


def _matrices(course: dict[str, Any]) -> list[list[Any]]:
    """The disciplines of each series, in the order of the series."""
    given = course["matrices"]
    found = {series: matrix["disciplines"] for matrix in given for series in matrix["series"]}
    return [found[series] for series in sorted(found)]


def shares(of: Ints) -> list[float]:
    """How many students each of some EJA courses has, in proportion."""
    return [network()["courses"][course]["share"] for course in of.tolist()]
