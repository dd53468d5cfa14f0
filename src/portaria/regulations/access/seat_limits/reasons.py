"""The closed list of what may set a limit, break it, or be allowed, each with its rule."""

from __future__ import annotations

from portaria.core.decision import Reason, Reasons
from portaria.core.edition import Edition

MAXIMUM, CLOSED, OVER23_MINIMUM = "maximum", "closed-programme", "over23-minimum"
ABOVE_MAXIMUM, ABOVE_LMA, BELOW_MINIMUM = "above-maximum", "above-lma", "over23-below-minimum"
LEFTOVERS = {"public": "leftovers-public", "private": "leftovers-private"}
AUTHORISED = "authorised-increase"
OUTSIDE = "outside-scope"
MOVED, OTHER_USE, NOT_UNFILLED = "moved", "same-place", "more-than-unfilled"
NOT_TO_PROGRAMME, NOT_TO_INSTITUTION = "not-to-programme", "not-to-institution"
NOT_TO_GENERAL, NOT_TO_INTERNATIONAL = "not-to-general", "not-to-international"

REASONS = Reasons(
    [
        Reason(OUTSIDE, "seat-limits-scope"),
        Reason(CLOSED, "seat-limits-closed-programme"),
        *(Reason(code, "seat-limits-maximum") for code in (MAXIMUM, ABOVE_MAXIMUM, ABOVE_LMA)),
        *(Reason(code, "seat-limits-over23-minimum") for code in (OVER23_MINIMUM, BELOW_MINIMUM)),
        *(Reason(code, f"seat-limits-{code}") for code in (*LEFTOVERS.values(), AUTHORISED)),
        *(Reason(code, "seat-limits-movement") for code in (MOVED, NOT_UNFILLED)),
        Reason(OTHER_USE, "seat-limits-no-other-use"),
        Reason(NOT_TO_PROGRAMME, "seat-limits-not-to-programme"),
        Reason(NOT_TO_INSTITUTION, "seat-limits-not-to-institution"),
        Reason(NOT_TO_GENERAL, "seat-limits-not-to-general"),
        Reason(NOT_TO_INTERNATIONAL, "seat-limits-not-to-international"),
    ]
)


def clause(edition: Edition, code: str) -> str:
    """The clause on which a reason stands in `edition`."""
    return edition.clause(REASONS[code].rule)


def is_known(edition: Edition, code: str) -> bool:
    """Whether the edition has the rule of a reason at all."""
    return edition.has(REASONS[code].rule)
