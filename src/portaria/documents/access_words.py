"""The words of the contest: names of quotas, results and reasons, declared once."""

from __future__ import annotations

from collections.abc import Mapping

from portaria.core.messages import Message, declare, render, show
from portaria.regulations.access import reasons

QUOTA_NAMES = {
    "disability": declare("quota-disability", "disability quota"),
    "azores_preference": declare("quota-azores-preference", "Azores preference"),
    "azores": declare("quota-azores", "Azores quota"),
    "madeira_preference": declare("quota-madeira-preference", "Madeira preference"),
    "madeira": declare("quota-madeira", "Madeira quota"),
    "emigrant": declare("quota-emigrant", "emigrant quota"),
    "military": declare("quota-military", "military quota"),
    "regional": declare("quota-regional", "regional preference"),
    "vocational": declare("quota-vocational", "vocational preference"),
    "general": declare("quota-general", "general quota"),
    "additional": declare("quota-additional", "further seats"),
    "held": declare("quota-held", "seat held from a phase before"),
}

SINGLE_QUOTA = declare("quota-single", "single quota")

RESULT_NAMES = {
    "placed": declare("result-placed", "Placed"),
    "not_placed": declare("result-not-placed", "Not placed"),
    "excluded": declare("result-excluded", "Excluded from the contest"),
}

REASON_SENTENCES = {
    reasons.EXAM_NOT_TAKEN: declare(
        "because-exam-not-taken",
        "The option counts as not written: no set of its entrance exams was fully taken.",
    ),
    reasons.EXAM_BELOW_MINIMUM: declare(
        "because-exam-below-minimum",
        "The option counts as not written: an entrance exam is below the minimum of {min_exam}.",
    ),
    reasons.PREREQUISITE_NOT_MET: declare(
        "because-prerequisite-not-met",
        "The option counts as not written: the prerequisite of group {prerequisite} is not met.",
    ),
    reasons.GRADE_BELOW_MINIMUM: declare(
        "because-grade-below-minimum",
        "The option counts as not written: the application grade is below the minimum of "
        "{min_grade}; {count} tenth is missing.",
        "The option counts as not written: the application grade is below the minimum of "
        "{min_grade}; {count} tenths are missing.",
    ),
    reasons.EXCLUDED: declare(
        "because-excluded", "The option was not considered: the candidate is excluded."
    ),
    reasons.BETTER_PLACED: declare(
        "because-better-option", "Not needed: a better option of the form was obtained."
    ),
    reasons.NO_OPTION: declare("because-no-option", "The form has no option."),
    reasons.NO_VALID_OPTION: declare(
        "because-no-valid-option", "No option of the form meets the conditions to apply."
    ),
    reasons.DEADLOCKED: declare(
        "because-deadlocked",
        "Read to the letter, the procedure comes to no answer for this candidate: others wait for "
        "her as she waits for them.",
    ),
    reasons.SEAT_KEPT: declare(
        "because-seat-kept",
        "No option of this phase was obtained: the seat held from a phase before is kept.",
    ),
    reasons.NO_BETTER_THAN_HELD: declare(
        "because-no-better-than-held",
        "Not considered: it is no better than the seat held from a phase before.",
    ),
    reasons.NOT_OPENED: declare(
        "because-programme-not-opened", "The programme is not opened in this phase."
    ),
    reasons.OUTRANKED_EVERYWHERE: declare(
        "because-outranked-everywhere",
        "In every valid option the seats went to candidates with a better place or priority.",
    ),
}

WHY_NOT_HEARD = {
    "not_in_area": declare(
        "not-heard-not-in-area", "the school area is not in the area of influence"
    ),
    "form_order": declare(
        "not-heard-form-order", "option {because} of the form breaks the sequence it asks for"
    ),
    "congener_missing": declare(
        "not-heard-congener-missing",
        "before this option should stand, of the island university: {because}",
    ),
}

READING_NAMES = {
    ("placement", "candidate-optimal"): declare(
        "reading-placement-default", "placement by the candidates' preferences"
    ),
    ("placement", "literal"): declare("reading-placement-literal", "art. 37 to the letter"),
    ("placement", "stages-r1"): declare(
        "reading-placement-r1", "stages in turn, the promoted keep their type of seat"
    ),
    ("placement", "stages-r2"): declare(
        "reading-placement-r2", "stages in turn, redone stages hear everyone again"
    ),
    ("form_order", "as_written"): declare(
        "reading-form-as-written", "an invalid option keeps its place in the form"
    ),
    ("form_order", "valid_only"): declare(
        "reading-form-valid-only", "the form counts without the invalid options"
    ),
    ("preference_rounding", "floor"): declare(
        "reading-rounding-floor", "seats of preferences rounded down"
    ),
    ("preference_rounding", "half_up"): declare(
        "reading-rounding-half-up", "seats of preferences rounded to the nearest"
    ),
}

WHY_DIFFERENT = {
    "deadlocked": declare("why-deadlocked", "the procedure comes to no answer"),
    "heard_otherwise": declare("why-heard-otherwise", "other quotas hear an option of the form"),
    "other_sizes": declare("why-other-sizes", "a quota of an option has another size"),
    "same_seat_other_quota": declare("why-same-seat", "the same seat, in another quota"),
    "others_moved": declare("why-others-moved", "others moved, and with them who competes"),
}

KEY_PARTS = {
    "grade": declare("key-grade", "application grade"),
    "exam_part": declare("key-exam-part", "exams with their weights"),
    "tie_1": declare("key-tie-1", "secondary grade (of two cycles: the 12th year)"),
    "tie_2": declare("key-tie-2", "secondary grade (of two cycles: the 10th and 11th years)"),
}


READINGS = declare(
    "readings-in-force",
    "Where the text leaves something open, this contest follows these readings: {readings}. The "
    "program interprets the texts and is not the law.",
)


def readings_in_force(readings: Mapping[str, str], lang: str) -> str:
    """The sentence that stands under everything a contest says."""
    names = "; ".join(show(reading_name(name, choice), lang) for name, choice in readings.items())
    return render(Message(READINGS, {"readings": names}), lang)


def reading_name(reading: str, choice: str) -> Message | str:
    """A reading in words; an edition's own choice, which has none here, stays as it is named."""
    code = READING_NAMES.get((reading, choice))
    return Message(code) if code else f"{reading} = {choice}"


def quota_name(quota: str, single: bool = False) -> Message:
    """The name of a quota or preference; of the general one where it is the `single` one."""
    return Message(SINGLE_QUOTA if single and quota == "general" else QUOTA_NAMES[quota])
