"""What a text leaves open: every reading has a name, a default and its alternatives."""

from collections.abc import Mapping
from typing import NamedTuple


class Reading(NamedTuple):
    """`choices`: the default first."""

    clause: str
    choices: tuple[str, ...]
    meaning: str


def chosen(known: Mapping[str, Reading], given: Mapping[str, str] | None) -> dict[str, str]:
    """The readings in force; an unknown name or choice is a ValueError."""
    given = given or {}
    for name, choice in given.items():
        if name not in known:
            raise ValueError(f"unknown reading {name!r}; known: {sorted(known)}")
        if choice not in known[name].choices:
            raise ValueError(f"{name}={choice!r}; allowed: {known[name].choices}")
    return {name: given.get(name, reading.choices[0]) for name, reading in known.items()}
