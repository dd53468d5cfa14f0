"""What each reading is about, and what each of its choices means, in plain words."""

from __future__ import annotations

from portaria.core.messages import declare

NAMES = {
    "references": declare("credit-reading-references", "References between articles"),
    "over_cap": declare("credit-reading-over-cap", "What passes its limit alone"),
    "reduced_to": declare("credit-reading-reduced-to", "What is cut down"),
    "unrecognised": declare("credit-reading-unrecognised", "Institutions not recognised"),
    "second_cap": declare("credit-reading-second-cap", "What the second limit holds"),
    "second_cap_base": declare("credit-reading-second-base", "Base of the second limit"),
    "credited_source": declare("credit-reading-source", "Units obtained by credit"),
    "courses": declare("credit-reading-courses", "Courses that are not named"),
    "early_request": declare("credit-reading-early", "Requests before the year"),
    "document_date": declare("credit-reading-document-date", "Documents asked for in time"),
    "municipal_day": declare("credit-reading-municipal", "Municipal holiday"),
    "certified_documents": declare("credit-reading-certified", "Documents of training"),
    "experience_documents": declare("credit-reading-experience", "Documents of experience"),
    "appeal_fee": declare("credit-reading-appeal-fee", "Fee of an appeal that is won"),
    "partial_appeal": declare("credit-reading-partial", "Fee of an appeal won in part"),
    "reentry_step": declare("credit-reading-reentry", "Credits left after re-entry"),
    "credit_step": declare("credit-reading-step", "Credits that are no whole half"),
    "contact_hours": declare("credit-reading-contact", "Contact hours"),
    "qualitative": declare("credit-reading-qualitative", "Grades that are words"),
    "class_point": declare("credit-reading-class-point", "Number of a letter"),
    "straddle": declare("credit-reading-straddle", "Grade across two classes"),
    "grade_rounding": declare("credit-reading-rounding", "Rounding of a converted grade"),
    "formula": declare("credit-reading-formula", "Missing conversion tables"),
    "formula_exceptions": declare("credit-reading-exceptions", "Countries outside the formula"),
    "late_clock": declare("credit-reading-late-clock", "Days of a late request"),
    "mixed_clock": declare("credit-reading-mixed-clock", "Training and experience together"),
    "late_attendance": declare("credit-reading-attendance", "Attending after a late request"),
}

CHOICES = {
    ("references", "corrected"): declare(
        "credit-reading-references-corrected", "grades follow art. 11, as was meant"
    ),
    ("references", "literal"): declare(
        "credit-reading-references-literal", "grades follow art. 12, as printed, which gives none"
    ),
    ("over_cap", "by_target"): declare(
        "credit-reading-over-by-target", "cut down for an area, refused for a unit, which is whole"
    ),
    ("over_cap", "reduce"): declare("credit-reading-over-reduce", "always cut down"),
    ("over_cap", "refuse"): declare("credit-reading-over-refuse", "always refused"),
    ("reduced_to", "exact"): declare("credit-reading-reduced-exact", "to the exact limit"),
    ("reduced_to", "half"): declare(
        "credit-reading-reduced-half", "to the half credit below the limit"
    ),
    ("unrecognised", "flag"): declare(
        "credit-reading-unrecognised-flag", "void under letters a) and d), flagged under b) and c)"
    ),
    ("unrecognised", "void"): declare(
        "credit-reading-unrecognised-void", "void under letters a) to d)"
    ),
    ("second_cap", "experience"): declare(
        "credit-reading-second-experience", "professional experience, as its article does"
    ),
    ("second_cap", "all_credit"): declare("credit-reading-second-all", "all credit together"),
    ("second_cap_base", "degree"): declare(
        "credit-reading-base-degree", "all credits of the degree"
    ),
    ("second_cap_base", "course"): declare(
        "credit-reading-base-course", "in a master, the credits of its course"
    ),
    ("credited_source", "refuse"): declare("credit-reading-source-refuse", "refused as such"),
    ("credited_source", "original"): declare(
        "credit-reading-source-original", "the original stands in for them"
    ),
    ("courses", "all"): declare("credit-reading-courses-all", "the same rules hold for them"),
    ("courses", "named"): declare(
        "credit-reading-courses-named", "no deadline to ask, and no opinion of the commission"
    ),
    ("early_request", "refused"): declare("credit-reading-early-refused", "taken for a slip"),
    ("early_request", "in_time"): declare("credit-reading-early-in-time", "in time"),
    ("document_date", "asked"): declare(
        "credit-reading-document-asked", "the day of asking counts for the request"
    ),
    ("document_date", "both"): declare(
        "credit-reading-document-both", "the request must be in time too"
    ),
    ("municipal_day", "stops-count"): declare(
        "credit-reading-municipal-stops", "not counted as a working day"
    ),
    ("municipal_day", "closes-only"): declare(
        "credit-reading-municipal-closes", "counted, but no deadline ends on it"
    ),
    ("certified_documents", "transcript"): declare(
        "credit-reading-certified-transcript", "the certificate may prove all that is needed"
    ),
    ("certified_documents", "four"): declare(
        "credit-reading-certified-four", "grade, contents, hours and study plan, each on its own"
    ),
    ("experience_documents", "needed"): declare(
        "credit-reading-experience-needed", "certificates and references only where they exist"
    ),
    ("experience_documents", "all"): declare(
        "credit-reading-experience-all", "certificates and references always"
    ),
    ("appeal_fee", "returned"): declare("credit-reading-appeal-returned", "returned"),
    ("appeal_fee", "kept"): declare("credit-reading-appeal-kept", "not returned"),
    ("partial_appeal", "human"): declare("credit-reading-partial-human", "a person decides"),
    ("partial_appeal", "returned"): declare("credit-reading-partial-returned", "returned"),
    ("partial_appeal", "kept"): declare("credit-reading-partial-kept", "not returned"),
    ("reentry_step", "exact"): declare("credit-reading-reentry-exact", "exact"),
    ("reentry_step", "half"): declare("credit-reading-reentry-half", "down to the half credit"),
    ("credit_step", "half_down"): declare("credit-reading-step-down", "down to the half credit"),
    ("credit_step", "exact"): declare("credit-reading-step-exact", "exact"),
    ("credit_step", "half_near"): declare("credit-reading-step-near", "to the nearest half credit"),
    ("contact_hours", "flag"): declare("credit-reading-contact-flag", "used, and flagged"),
    ("contact_hours", "human"): declare("credit-reading-contact-human", "a person decides"),
    ("qualitative", "no_grade"): declare(
        "credit-reading-qualitative-none", "no grade, and outside the average"
    ),
    ("qualitative", "human"): declare("credit-reading-qualitative-human", "a person decides"),
    ("class_point", "middle"): declare("credit-reading-point-middle", "the middle of its class"),
    ("class_point", "top"): declare("credit-reading-point-top", "the best of its class"),
    ("class_point", "bottom"): declare("credit-reading-point-bottom", "the worst of its class"),
    ("straddle", "better"): declare("credit-reading-straddle-better", "in the better class"),
    ("straddle", "strict"): declare(
        "credit-reading-straddle-strict", "in the better class only within its share"
    ),
    ("grade_rounding", "half_up"): declare(
        "credit-reading-rounding-half-up", "to the nearest whole number, halves up"
    ),
    ("grade_rounding", "floor"): declare(
        "credit-reading-rounding-floor", "down to the whole number"
    ),
    ("formula", "computed"): declare(
        "credit-reading-formula-computed", "the proportional formula of DGES stands in for them"
    ),
    ("formula", "human"): declare("credit-reading-formula-human", "a person decides"),
    ("formula_exceptions", "human"): declare("credit-reading-exceptions-human", "a person decides"),
    ("formula_exceptions", "computed"): declare(
        "credit-reading-exceptions-computed", "computed like the others"
    ),
    ("late_clock", "authorisation"): declare(
        "credit-reading-late-authorisation", "counted from the authorisation"
    ),
    ("late_clock", "forwarding"): declare(
        "credit-reading-late-forwarding", "counted from two days after the authorisation"
    ),
    ("mixed_clock", "split"): declare("credit-reading-mixed-split", "a deadline for each"),
    ("mixed_clock", "longest"): declare(
        "credit-reading-mixed-longest", "the longer deadline for both"
    ),
    ("late_attendance", "no"): declare("credit-reading-attendance-no", "not allowed"),
    ("late_attendance", "yes"): declare("credit-reading-attendance-yes", "allowed"),
}
"""By name and choice; the words follow the name of the reading and have no full stop."""
