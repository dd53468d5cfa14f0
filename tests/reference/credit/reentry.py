"""Article 7: credits left to do after re-entry in the same programme or the one before it."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from .exact import HALF, floor

EXCEPTION = Fraction(11, 10)


class ReEntry(NamedTuple):
    """The most that may be left to do: as a rule (7/1), and with reasons (7/2)."""

    limit: Fraction
    exceptional: Fraction


def re_entry(total: Fraction, earlier: Fraction, readings: Mapping[str, str]) -> ReEntry:
    """The tenth is of what 7/1 gives, not of the degree; an old plan may have been longer."""
    limit = max(Fraction(0), total - earlier)
    found = (limit, limit * EXCEPTION)
    if readings["reentry_step"] == "half":
        found = (floor(found[0], HALF), floor(found[1], HALF))
    return ReEntry(*found)
