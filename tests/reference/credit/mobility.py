"""Article 11/3: mobility, by the learning agreement."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple


class Agreed(NamedTuple):
    """`credits` None where a person decides."""

    outcome: str
    credits: Fraction | None


def credit(host: Sequence[Mapping[str, object]], home: Sequence[str]) -> Agreed:
    """`host`: units of the agreement, each with `passed`; `home`: the credits of the units they
    stand for. All passed: the home credits, whatever the host's sum is. The agreement says nothing
    about a part of it, so anything less goes to the commission."""
    if host and all(unit["passed"] is True for unit in host):
        return Agreed("granted", sum((Fraction(credits) for credits in home), Fraction(0)))
    return Agreed("human", None)
