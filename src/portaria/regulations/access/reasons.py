"""The closed list of reasons of a contest, each with the rule that gives it.

Results write the code; the edition turns the rule into a clause. `docs/access/reasons.md` shows
the list to people who read results with other programs.
"""

from __future__ import annotations

from portaria.core.decision import Reason, Reasons

QUOTAS = (
    "disability",
    "azores_preference",
    "azores",
    "madeira_preference",
    "madeira",
    "emigrant",
    "military",
    "regional",
    "vocational",
    "general",
    "additional",
)
"""The stages in the order in which the seats of a programme are filled."""

ORDERED_STAGES = QUOTAS[:10]
GENERAL, ADDITIONAL = QUOTAS.index("general"), QUOTAS.index("additional")

HELD = "held"
"""The seat that a holder keeps in a later phase."""

LATER = 1 << 30
"""Added to the rank of those whom a stage hears after all the others (art. 11/3)."""

NOT_TAKEN, BELOW_MINIMUM, VALID_SET = 0, 1, 2
"""How far the best exam set of an option goes."""

PLACED = {quota: f"placed-{quota.replace('_', '-')}" for quota in QUOTAS}
TIED = "placed-tied-for-last-seat"
OUTRANKED = "outranked"
BETTER_PLACED = "better-option-obtained"
EXAM_NOT_TAKEN = "exam-not-taken"
EXAM_BELOW_MINIMUM = "exam-below-minimum"
PREREQUISITE_NOT_MET = "prerequisite-not-met"
GRADE_BELOW_MINIMUM = "grade-below-minimum"
EXCLUDED = "excluded"
NO_OPTION = "no-option-written"
NO_VALID_OPTION = "no-valid-option"
OUTRANKED_EVERYWHERE = "outranked-everywhere"
DEADLOCKED = "deadlocked"
SEAT_KEPT = "seat-kept"
NO_BETTER_THAN_HELD = "no-better-than-the-seat-held"
NOT_OPENED = "programme-not-opened"

REASONS = Reasons(
    [
        *(Reason(code, f"stage-{quota.replace('_', '-')}") for quota, code in PLACED.items()),
        Reason(TIED, "ties-open-seats"),
        Reason(OUTRANKED, "placement-by-preference"),
        Reason(BETTER_PLACED, "best-option-kept"),
        Reason(EXAM_NOT_TAKEN, "exams-taken"),
        Reason(EXAM_BELOW_MINIMUM, "exam-minimum"),
        Reason(PREREQUISITE_NOT_MET, "prerequisite"),
        Reason(GRADE_BELOW_MINIMUM, "grade-minimum"),
        Reason(EXCLUDED, "exclusion"),
        Reason(NO_OPTION, "option-limit"),
        Reason(NO_VALID_OPTION, "invalid-option-as-not-written"),
        Reason(OUTRANKED_EVERYWHERE, "not-placed"),
        Reason(DEADLOCKED, "literal-iterations"),
        Reason(SEAT_KEPT, "placed-again"),
        Reason(NO_BETTER_THAN_HELD, "placed-again"),
        Reason(NOT_OPENED, "opened-seats"),
    ]
)
