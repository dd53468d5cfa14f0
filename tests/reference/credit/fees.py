"""Articles 6/4-5, 15/5 and 18/1/d: who pays what. The amounts are not in the text."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple


class Fees(NamedTuple):
    """`returned` None: a person decides whether the appeal fee goes back."""

    paid: Fraction
    returned: Fraction | None


def request_fees(fee: Fraction, unit_fee: Fraction, accepted_units: int) -> Fees:
    """Due with the request, never given back; units beyond the request cost when accepted."""
    return Fees(fee + unit_fee * accepted_units, Fraction(0))


def appeal_fees(fee: Fraction, outcome: str, readings: Mapping[str, str]) -> Fees:
    """`outcome` of the appeal: won, lost or partly."""
    if readings["appeal_fee"] == "kept" or outcome == "lost":
        return Fees(fee, Fraction(0))
    if outcome == "partly":
        answers = {"human": None, "returned": fee, "kept": Fraction(0)}
        return Fees(fee, answers[readings["partial_appeal"]])
    return Fees(fee, fee)
