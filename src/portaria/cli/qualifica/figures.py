"""The numbers of `qualifica` on the command line: each fault of them is noted, none stops."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from portaria.cli.answers import exact_of
from portaria.cli.faults import Faults
from portaria.core.messages import Message, declare

NO_NUMBER = declare("qualifica-no-number", "{option} needs a number such as 6.9, not {given}")
TWO_WAYS = declare(
    "qualifica-two-ways", "{one} and {other} say the same: give one of them, not both"
)
HALF = declare("qualifica-half", "{one} and {other} go together: give both")


def number(given: str | None, option: str, faults: Faults) -> Fraction | None:
    """A number with a point or a comma, or a fraction; None where none is given or it is none."""
    if given is None:
        return None
    otherwise = Message(NO_NUMBER, {"option": option, "given": given})
    return faults.of(exact_of, given, otherwise, option)


def points(
    whole: str | None, region: str | None, nation: str | None, nuts: int | None, faults: Faults
) -> Fraction | None:
    """The points above the nation as given, or made of the two percentages."""
    from portaria.regulations.qualifica.figures import need_faults, points_above

    names = ("--points-above", "--region-percent", "--nation-percent")
    faults.add(_one_way((whole, region, nation), names))
    found = number(whole, names[0], faults)
    first, second = number(region, names[1], faults), number(nation, names[2], faults)
    if region is not None:
        faults.add(need_faults(first, second, nuts))
    if first is None or second is None:
        return found
    return faults.of(points_above, first, second, nuts)


def rate(
    whole: str | None, registered: int | None, expected: int | None, faults: Faults
) -> Fraction | None:
    """The performance as given, or made of the two counts."""
    from portaria.regulations.qualifica.figures import performance, rate_faults

    names = ("--performance", "--registered", "--expected")
    faults.add(_one_way((whole, registered, expected), names))
    found = number(whole, names[0], faults)
    if registered is None or expected is None:
        return found
    faults.add(rate_faults(registered, expected))
    return faults.of(performance, registered, expected)


def _one_way(told: tuple[object, object, object], names: tuple[str, str, str]) -> Iterator[Message]:
    """A figure is told in one way, and a pair has both halves."""
    whole, first, second = (each is not None for each in told)
    if first != second:
        yield Message(HALF, {"one": names[1], "other": names[2]})
    if whole and (first or second):
        yield Message(TWO_WAYS, {"one": names[0], "other": names[1] if first else names[2]})
