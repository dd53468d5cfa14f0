"""The sentences of the procedures that follow a result: one for each way a condition can go."""

from __future__ import annotations

from portaria.core.messages import declare
from portaria.documents.access_words import RESULT_NAMES

MET, UNMET, UNKNOWN = "met", "unmet", "open"

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

_MERITS = {
    ("exams-taken", MET): declare(
        "merit-exams-taken", "{candidate} took the entrance exams of {programme}: {exams}."
    ),
    ("exams-taken", UNMET): declare(
        "merit-exams-not-taken",
        "{candidate} took no whole set of the entrance exams of {programme}; missing: {missing}.",
    ),
    ("exam-minimum", MET): declare(
        "merit-exam-minimum",
        "The exams of {candidate} reach the minimum of {programme}: {lowest} against {minimum}.",
    ),
    ("exam-minimum", UNMET): declare(
        "merit-exam-below",
        "An exam of {candidate} is below the minimum of {programme}: {lowest} against {minimum}.",
    ),
    ("exam-minimum", "no_set"): declare(
        "merit-exam-none",
        "{candidate} cannot reach the exam minimum of {programme} ({minimum}) without its exams.",
    ),
    ("grade-minimum", MET): declare(
        "merit-grade-minimum",
        "The application grade of {candidate} reaches the minimum of {programme}: {grade} against "
        "{minimum}.",
    ),
    ("grade-minimum", UNMET): declare(
        "merit-grade-below",
        "The application grade of {candidate} is below the minimum of {programme}: {grade} against "
        "{minimum}.",
    ),
    ("grade-minimum", "no_grade"): declare(
        "merit-grade-none",
        "{candidate} has no application grade at {programme}, whose minimum is {minimum}.",
    ),
    ("prerequisite", MET): declare(
        "merit-prerequisite",
        "{candidate} satisfies the prerequisite of {programme}: group {group}.",
    ),
    ("prerequisite", UNMET): declare(
        "merit-prerequisite-lacking",
        "{candidate} does not satisfy the prerequisite of {programme}: group {group}.",
    ),
    ("prerequisite", "none"): declare(
        "merit-prerequisite-none", "{programme} asks {candidate} for no prerequisite."
    ),
    ("prerequisite", "shown"): declare(
        "merit-prerequisite-shown",
        "The prerequisite of {programme} (group {group}) is documentary: {candidate} shows it to "
        "the institution.",
    ),
}

CONDITION_SENTENCES = {
    **{(f"exchange-{code}", state): words for (code, state), words in _MERITS.items()},
    **{(f"relocation-{code}", state): words for (code, state), words in _MERITS.items()},
    ("exchange-placed", MET): declare(
        "exchange-placed", "{candidate} holds a seat at {programme}, won in phase {phase}."
    ),
    ("exchange-placed", UNMET): declare(
        "exchange-not-placed", "{candidate} holds no seat of this contest."
    ),
    ("exchange-other-programme", MET): declare(
        "exchange-two-programmes", "The seats are at two programmes: {first} and {second}."
    ),
    ("exchange-other-programme", UNMET): declare(
        "exchange-one-programme", "Both seats are at {first}: there is nothing to exchange."
    ),
    ("exchange-same-exams", MET): declare(
        "exchange-same-exams",
        "Both programmes ask for the same entrance exams: {first_sets} at {first}; {second_sets} "
        "at {second}.",
    ),
    ("exchange-same-exams", UNMET): declare(
        "exchange-other-exams",
        "The programmes ask for other entrance exams: {first_sets} at {first}; {second_sets} at "
        "{second}.",
    ),
    ("exchange-enrolled", MET): declare(
        "exchange-enrolled", "{candidate} enrolled on {day}, before the request."
    ),
    ("exchange-enrolled", UNMET): declare(
        "exchange-not-enrolled", "{candidate} enrolled on {day}, after the request of {on}."
    ),
    ("exchange-enrolled", "by_table"): declare(
        "exchange-not-enrolled-by-table",
        "{candidate} is not enrolled, by the table of enrolments.",
    ),
    ("exchange-enrolled", UNKNOWN): declare(
        "exchange-enrolment-unknown",
        "When {candidate} enrolled, or the day of the request, was not given.",
    ),
    ("exchange-in-time", MET): declare(
        "exchange-in-time",
        "Asked for on {on}: the {days} days from the later enrolment, on {start}, end on "
        "{last_day}.",
    ),
    ("exchange-in-time", UNMET): declare(
        "exchange-late",
        "Asked for on {on}, too late: the {days} days from the later enrolment, on {start}, ended "
        "on {last_day}.",
    ),
    ("exchange-in-time", UNKNOWN): declare(
        "exchange-term-unknown",
        "The {days} days from the later enrolment cannot be counted: a date was not given.",
    ),
    ("exchange-last-placed", MET): declare(
        "exchange-grade-enough",
        "The application grade of {candidate} at {programme}, {grade}, is not below the last "
        "placed there in phase {phase} ({quota}): {last}.",
    ),
    ("exchange-last-placed", UNMET): declare(
        "exchange-grade-below",
        "The application grade of {candidate} at {programme}, {grade}, is below the last placed "
        "there in phase {phase} ({quota}): {last}.",
    ),
    ("exchange-last-placed", "no_grade"): declare(
        "exchange-grade-none",
        "{candidate} has no application grade at {programme}; the last placed there in phase "
        "{phase} ({quota}) had {last}.",
    ),
    ("exchange-last-placed", "nobody-met"): declare(
        "exchange-nobody-placed",
        "Nobody was placed in the general quota of {programme} in phase {phase}, where {leftover} "
        "seats were left over: there is no grade to fall below.",
    ),
    ("exchange-last-placed", "nobody-unmet"): declare(
        "exchange-nobody-placed-full",
        "Nobody was placed in the general quota of {programme} in phase {phase}, where {leftover} "
        "seats were left over: there is no grade to reach.",
    ),
    ("relocation-after-last-phase", MET): declare(
        "relocation-last-phase", "Phase {phase} was the last of the contest."
    ),
    ("relocation-after-last-phase", "stated"): declare(
        "relocation-last-phase-stated",
        "Phase {phase} was the last, as the office states: no further phase takes place.",
    ),
    ("relocation-after-last-phase", UNMET): declare(
        "relocation-not-last-phase",
        "Phase {phase} is not the last of the contest; where no further one takes place, say so "
        "with --last-phase.",
    ),
    ("relocation-fewer-than-six", MET): declare(
        "relocation-few",
        "Enrolled in {programme}: {enrolled} through the contest and {others} otherwise, fewer "
        "than {limit}.",
    ),
    ("relocation-fewer-than-six", UNMET): declare(
        "relocation-many",
        "Enrolled in {programme}: {enrolled} through the contest and {others} otherwise; fewer "
        "than {limit} are needed.",
    ),
    ("relocation-fewer-than-six", "nobody"): declare(
        "relocation-nobody", "Nobody of the contest is enrolled in {programme}."
    ),
    ("relocation-everyone", MET): declare(
        "relocation-everyone", "All who are enrolled there have a target: {enrolled}."
    ),
    ("relocation-everyone", UNMET): declare(
        "relocation-not-everyone",
        "{count} of {enrolled} enrolled there has no target: {without}.",
        "{count} of {enrolled} enrolled there have no target: {without}.",
    ),
    ("relocation-seats", MET): declare(
        "relocation-seats", "Seats left over at {programme}: {free}; wanted: {wanted}."
    ),
    ("relocation-seats", UNMET): declare(
        "relocation-no-seats",
        "Too few seats left over at {programme}: {free}; wanted: {wanted}.",
    ),
    ("relocation-seats", "not_opened-met"): declare(
        "relocation-seats-not-opened",
        "Seats free at {programme}: {free}, of which {not_opened} never put up; wanted: {wanted}.",
    ),
    ("relocation-seats", "not_opened-unmet"): declare(
        "relocation-no-seats-not-opened",
        "Too few seats free at {programme}: {free}, of which {not_opened} never put up; wanted: "
        "{wanted}.",
    ),
    ("relocation-seats", "counted-met"): declare(
        "relocation-seats-counted",
        "Seats free at {programme}, as its institution counts them: {free}; wanted: {wanted}.",
    ),
    ("relocation-seats", "counted-unmet"): declare(
        "relocation-no-seats-counted",
        "Too few seats free at {programme}, as its institution counts them: {free}; wanted: "
        "{wanted}.",
    ),
    ("relocation-student-consents", MET): declare(
        "relocation-student", "{candidate} agrees to go to {programme}."
    ),
    ("relocation-student-consents", UNMET): declare(
        "relocation-student-not", "{candidate} does not agree to go to {programme}."
    ),
    ("relocation-institution-consents", MET): declare(
        "relocation-institution", "The institution of {programme} agrees to receive {candidate}."
    ),
    ("relocation-institution-consents", UNMET): declare(
        "relocation-institution-not",
        "The institution of {programme} does not agree to receive {candidate}.",
    ),
    ("relocation-origin-consents", MET): declare(
        "relocation-origin",
        "The institution of origin agrees that {candidate} goes to {programme}.",
    ),
    ("relocation-origin-consents", "starts"): declare(
        "relocation-origin-starts",
        "The institution of origin starts the relocation of {candidate} to {programme} itself.",
    ),
    ("relocation-origin-consents", UNMET): declare(
        "relocation-origin-not",
        "The institution of origin does not agree that {candidate} goes to {programme}.",
    ),
    ("rectification-started-by", "candidate"): declare(
        "rectification-by-candidate", "Started by the candidate."
    ),
    ("rectification-started-by", "institution"): declare(
        "rectification-by-institution", "Started by an institution."
    ),
    ("rectification-started-by", "office"): declare(
        "rectification-by-office", "Started by the office."
    ),
    ("rectification-cause", MET): declare(
        "rectification-cause", "The cause is not the candidate's, as the office states."
    ),
    ("rectification-cause", "loss"): declare(
        "rectification-own-cause-loss",
        "The cause is the candidate's own, as the office states: that keeps her from gaining, and "
        "here she does not gain.",
    ),
    ("rectification-cause", UNMET): declare(
        "rectification-own-cause", "The cause is the candidate's own, as the office states."
    ),
    ("rectification-lapse", MET): declare(
        "rectification-lapse",
        "The result was {before}; without the slip it would have been {after}.",
    ),
    ("rectification-lapse", UNMET): declare(
        "rectification-no-lapse",
        "The corrected contest gives the same result: {after}. There is nothing to rectify.",
    ),
    ("exclusion-ground", MET): declare("exclusion-ground", "The ground given is {ground}."),
    ("exclusion-ground", "other"): declare(
        "exclusion-other-ground",
        "The ground given, {ground}, is not among those that this number lists: the office has to "
        "state that it excludes, with --ground-stated.",
    ),
    ("exclusion-ground", "stated"): declare(
        "exclusion-ground-stated",
        "The ground given is {ground}, which excludes, as the office states.",
    ),
    ("exclusion-ground", UNMET): declare(
        "exclusion-no-ground", "The ground given, {ground}, is no clause of the text."
    ),
    ("exclusion-not-yet", MET): declare("exclusion-not-yet", "{candidate} is not excluded yet."),
    ("exclusion-not-yet", UNMET): declare("exclusion-already", "{candidate} is excluded already."),
    ("complaint-identified", MET): declare(
        "complaint-identified", "The complaint is of {candidate}, who is in the results."
    ),
    ("complaint-identified", "new"): declare(
        "complaint-new", "{candidate} did not apply, and may apply now that the grade is changed."
    ),
    ("complaint-identified", UNMET): declare(
        "complaint-unidentified", "{candidate} is not in the results."
    ),
    ("complaint-in-time", MET): declare(
        "complaint-in-time",
        "Filed on {filed}, in time: the term fixed by the office ends on {last_day}.",
    ),
    ("complaint-in-time", UNMET): declare(
        "complaint-late",
        "Filed on {filed}, too late: the term fixed by the office ended on {last_day}.",
    ),
    ("complaint-in-time", UNKNOWN): declare(
        "complaint-term-unknown",
        "Filed on {filed}. The term is fixed by order of the office: give its last day with "
        "--until.",
    ),
    ("complaint-in-time", "early"): declare(
        "complaint-early", "Filed on {filed}, before the publication of {published}."
    ),
    ("changed-grade-in-time", MET): declare(
        "changed-grade-in-time",
        "Filed on {filed}, in time: the {days} working days from the publication of {published} "
        "end on {last_day}.",
    ),
    ("changed-grade-in-time", UNMET): declare(
        "changed-grade-late",
        "Filed on {filed}, too late: the {days} working days from the publication of {published} "
        "ended on {last_day}.",
    ),
    ("changed-grade-in-time", "early"): declare(
        "changed-grade-early", "Filed on {filed}, before the publication of {published}."
    ),
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
