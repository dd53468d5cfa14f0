"""The sentences of the conditions that the procedures check: one for each way each can go."""

from __future__ import annotations

from portaria.core.messages import declare

MET, UNMET, UNKNOWN = "met", "unmet", "open"

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
