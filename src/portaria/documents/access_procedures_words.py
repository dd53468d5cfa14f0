"""The sentences of the procedures that follow a result, but for those of their conditions."""

from __future__ import annotations

from portaria.core.messages import declare
from portaria.documents.access_procedures_conditions import MET, UNMET
from portaria.documents.access_words import RESULT_NAMES

ANSWERS = {
    "accepted": declare("procedure-accepted", "Accepted: every condition is met."),
    "refused": declare(
        "procedure-refused",
        "Refused: {count} condition is not met.",
        "Refused: {count} conditions are not met.",
    ),
    "open": declare(
        "procedure-open", "Open: nothing fails, but what decides it was not all given."
    ),
}

IN_TIME = {
    "accepted": declare("complaint-admissible", "Admissible: in time. The office decides it."),
    "refused": declare("complaint-not-admissible", "Not admissible."),
}
"""A complaint is only admitted here; nobody has granted it yet."""

TITLES = {
    "exchange": declare("procedure-title-exchange", "Exchange of seats"),
    "relocate": declare("procedure-title-relocate", "Institutional relocation"),
    "rectify": declare("procedure-title-rectify", "Rectification of a result"),
    "exclude": declare("procedure-title-exclude", "Exclusion of a candidate"),
    "complaint": declare("procedure-title-complaint", "Complaint against a result"),
}

RESULTS = {
    **RESULT_NAMES,
    "no_application": declare("standing-no-application", "no application"),
}

SKIPPED = declare("procedure-skipped", "Days not counted: {days}.")
SKIP_REASONS = {
    "saturday": declare("skip-saturday", "Saturday"),
    "sunday": declare("skip-sunday", "Sunday"),
    "national_holiday": declare("skip-national-holiday", "national holiday"),
    "municipal_holiday": declare("skip-municipal-holiday", "municipal holiday"),
    "closure": declare("skip-closure", "service closed"),
}
SKIPPED_DAY = declare("procedure-skipped-day", "{date} ({reason})")

CHANGE = declare("procedure-change", "{candidate}: {before} → {after}.")
CHANGES = declare("procedure-changes", "What changes")
STAYS = declare("procedure-stays", "{candidate}: stays {before}, and would have been {after}.")
NOT_MOVED = declare(
    "procedure-not-moved",
    "{count} other would be placed otherwise in the corrected contest, and does not move.",
    "{count} others would be placed otherwise in the corrected contest, and do not move.",
)
NOBODY_ELSE = declare(
    "procedure-nobody-else", "Nobody else would be placed otherwise in the corrected contest."
)
NOTHING = declare("procedure-nothing", "Nothing changes.")
CONDITIONS = declare("procedure-conditions", "Conditions")
MARKS = {
    True: declare("mark-met", "met"),
    False: declare("mark-unmet", "NOT MET"),
    None: declare("mark-open", "open"),
}

SEATS = {
    "leftover": declare("rectified-seat-leftover", "The seat at {programme} is one left over."),
    "created": declare("rectified-seat-created", "A seat is created at {programme}."),
}
VL2 = declare("rectified-vl2", "VL2 at {programme}: {count}.")
VR = declare("rectified-vr", "VR at {programme}: {count}.")
NOT_IN_FORMULA = {
    "seats_decided": declare(
        "rectified-seats-decided",
        "The institutions decide the seats of the next phase: no term takes these changes in.",
    ),
    "last_phase": declare(
        "rectified-last-phase", "No further phase follows that would take these changes in."
    ),
    "no_term": declare(
        "rectified-no-term",
        "The seats of the next phase have no term for the seat left at {programme}.",
    ),
}
IN_FORMULA = declare("rectified-formula", "In the seats of the next phase:")

FREED = declare(
    "exclusion-freed",
    "The seat at {programme}, won in phase {phase}, is annulled; in the seats of phase "
    "{next_phase} it counts in VSM.",
)
FREED_TIES = declare(
    "exclusion-freed-ties",
    "{count} seat opened there by a tie is taken off in the same formula.",
    "{count} seats opened there by ties are taken off in the same formula.",
)
NOT_FREED = {
    "further_seat": declare(
        "exclusion-further-seat",
        "The seat at {programme}, won in phase {phase}, is annulled; it was a further seat of "
        "art. 9/2, so no formula gives it back.",
    ),
    "earlier_phase": declare(
        "exclusion-earlier-phase",
        "The seat at {programme}, won in phase {phase}, is annulled; the formula of the next phase "
        "has no term for seats of phases before the last.",
    ),
    "last_phase": declare(
        "exclusion-last-phase",
        "The seat at {programme}, won in phase {phase}, is annulled; no further phase gives it to "
        "anybody.",
    ),
    "no_term": declare(
        "exclusion-no-term",
        "The seat at {programme}, won in phase {phase}, is annulled; by this reading the formula "
        "has no term for an enrolment that was made.",
    ),
    "enrolment_unknown": declare(
        "exclusion-enrolment-unknown",
        "The seat at {programme}, won in phase {phase}, is annulled; by this reading it enters the "
        "formula only if she had not enrolled: give the table of enrolments.",
    ),
}
NO_SEAT = declare("exclusion-no-seat", "No seat is freed.")
NOBODY_MOVES = declare("exclusion-nobody-moves", "Nobody else moves in this phase.")
ANNULLED = declare("exclusion-annulled", "The enrolment is annulled.")

STEP_SENTENCES = {
    ("complaint-decision", "not_fixed"): declare(
        "step-decision-unknown", "The term to decide is fixed by order of the office."
    ),
    ("complaint-decision", ""): declare(
        "step-decision", "To be decided by {last_day}, as the office fixed."
    ),
    ("complaint-decision", MET): declare(
        "step-decided", "Decided on {done}, in time: by {last_day}, as the office fixed."
    ),
    ("complaint-decision", UNMET): declare(
        "step-decided-late", "Decided on {done}, late: it was due by {last_day}."
    ),
    ("complaint-enrolment", "not_notified"): declare(
        "step-enrolment-unknown",
        "Where the decision places her, the term to enrol runs from the receipt of the notice.",
    ),
    ("complaint-enrolment", ""): declare(
        "step-enrolment", "Where the decision places her, she enrols by {last_day}."
    ),
}
TERMS = declare("complaint-terms", "Terms that follow")
RECORD = declare("complaint-record", "What the record gives")
RECORD_OPTION = declare(
    "complaint-record-option", "Option {order}, {programme}: grade {grade}, place {rank}."
)
RECORD_OPTION_NONE = declare(
    "complaint-record-invalid", "Option {order}, {programme}: it counts as not written."
)
RECORD_LAST = declare(
    "complaint-record-last",
    "Last placed there ({quota}): grade {grade}, exams with their weights {exam_part}, then "
    "{tie_1} and {tie_2}.",
)

READING = declare("procedure-reading", "Readings: {readings}.")
OTHERWISE = declare(
    "procedure-otherwise", "With the reading {reading} the answer would be: {answer}."
)
ANSWER_WORDS = {
    "accepted": declare("answer-accepted", "accepted"),
    "refused": declare("answer-refused", "refused"),
    "open": declare("answer-open", "open"),
}
READING_NAMES = {
    ("days", "working_days"): declare("reading-working-days", "days are working days"),
    ("days", "calendar_days"): declare("reading-calendar-days", "days are days of the calendar"),
    ("exchange_exams", "same_sets"): declare(
        "reading-same-sets", "the same exams are the same alternative sets"
    ),
    ("exchange_exams", "common_set"): declare(
        "reading-common-set", "the same exams are one set in common"
    ),
    ("exchange_last_placed", "general_list"): declare(
        "reading-general-list", "the last placed is that of the general list"
    ),
    ("exchange_last_placed", "with_preferences"): declare(
        "reading-with-preferences", "the last placed is the lowest of general list and preferences"
    ),
    ("exchange_nobody_placed", "seats_left"): declare(
        "reading-seats-left", "where nobody was placed, a seat left over is enough"
    ),
    ("exchange_nobody_placed", "no_bar"): declare(
        "reading-no-bar", "where nobody was placed, no grade is asked for"
    ),
    ("exchange_nobody_placed", "no_exchange"): declare(
        "reading-no-exchange", "where nobody was placed, there is no exchange"
    ),
    ("rectified_further_seat", "counted"): declare(
        "reading-further-counted", "a further seat of art. 9/2 counts in VL2 and VR"
    ),
    ("rectified_further_seat", "left_out"): declare(
        "reading-further-left-out", "a further seat of art. 9/2 is left out of VL2 and VR"
    ),
    ("annulled_enrolment", "not_enrolled"): declare(
        "reading-annulled", "an annulled enrolment counts as none"
    ),
    ("annulled_enrolment", "no_term"): declare(
        "reading-annulled-no-term", "an annulled enrolment has no term in the formula"
    ),
}
