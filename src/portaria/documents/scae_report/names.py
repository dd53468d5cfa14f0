"""The names that a load writes as codes: situations, levels, modalities, explanations."""

from __future__ import annotations

from portaria.core.messages import declare

SITUATION_NAMES = {
    "1": declare("scae-situation-1", "Enrolled"),
    "5": declare("scae-situation-5", "Suspended"),
    "9": declare("scae-situation-9", "Dropped out"),
    "11": declare("scae-situation-11", "Promoted or approved"),
    "12": declare("scae-situation-12", "Completed"),
    "13": declare("scae-situation-13", "Failed"),
    "17": declare("scae-situation-17", "Participant"),
    "18": declare("scae-situation-18", "External transfer"),
    "19": declare("scae-situation-19", "Internal transfer"),
    "20": declare("scae-situation-20", "Class transfer"),
    "21": declare("scae-situation-21", "Withdrawn"),
    "22": declare("scae-situation-22", "Deceased"),
    "23": declare("scae-situation-23", "Reclassified"),
    "24": declare("scae-situation-24", "Recognition of prior knowledge"),
}
EXCLUSION = declare("scae-situation-exclusion", "DELETE operation")

LEVEL_NAMES = {
    "basic": declare("scae-level-basic", "Basic education"),
    "continuing": declare("scae-level-continuing", "Continuing education"),
}
MODALITY_NAMES = {
    ("basic", "3"): declare("scae-modality-3", "EJA, primary and secondary"),
    ("basic", "7"): declare("scae-modality-7", "Vocational EJA"),
    ("basic", "8"): declare("scae-modality-8", "New EJA"),
}
"""The text names these alone; other codes stand by themselves."""

FILTER_NAMES = {
    "unit": declare("scae-filter-unit", "unit {value}"),
    "period": declare("scae-filter-period", "period {value}"),
    "level": declare("scae-filter-level", "level {value}"),
    "course": declare("scae-filter-course", "course {value}"),
    "modality": declare("scae-filter-modality", "modality {value}"),
    "series": declare("scae-filter-series", "series {value}"),
    "class": declare("scae-filter-class", "class {value}"),
}

EXPLANATION_NAMES = {
    "kept": declare("scae-explained-kept", "Kept"),
    "exited": declare("scae-explained-exited", "Exited"),
    "corrected": declare("scae-explained-corrected", "Corrected"),
    "excluded": declare("scae-explained-excluded", "Excluded"),
    "orphan": declare("scae-explained-orphan", "Orphan"),
    "hidden": declare("scae-explained-hidden", "Hidden"),
}
EXPLANATION_MEANINGS = {
    "kept": declare("scae-explained-kept-means", "Open before, and still inside."),
    "exited": declare(
        "scae-explained-exited-means", "Open before, and leaves now with a situation of exit."
    ),
    "corrected": declare(
        "scae-explained-corrected-means",
        "Had left or been excluded in a load before, and comes again.",
    ),
    "excluded": declare("scae-explained-excluded-means", "Sent with the exclusion command."),
    "orphan": declare(
        "scae-explained-orphan-means",
        "Open before and no longer sent, without an exit: the class ended without a result, or the "
        "enrolment is gone. SCAE keeps it open.",
    ),
    "hidden": declare(
        "scae-explained-hidden-means",
        "Open before and not sent now, for a known reason: withheld, suspended, moved to a "
        "situation that is never sent or to another class.",
    ),
}
NEW_NAME = declare("scae-explained-new", "New")
NEW_MEANS = declare("scae-explained-new-means", "No load before had it.")

HOURS_NAMES = {
    "whole": declare("scae-hours-whole", "Counted in full"),
    "zero": declare("scae-hours-zero", "Zero"),
    "partial": declare("scae-hours-partial", "Partial"),
    "blank": declare("scae-hours-blank", "Blank"),
}
HOURS_MEANINGS = {
    "whole": declare(
        "scae-hours-whole-means", "Every discipline of the student has its type and its lessons."
    ),
    "zero": declare(
        "scae-hours-zero-means",
        "No lesson in the month, or the student is suspended or between two classes.",
    ),
    "partial": declare(
        "scae-hours-partial-means", "A discipline without type was left out of the sum."
    ),
    "blank": declare(
        "scae-hours-blank-means", "There was nothing to count: no discipline, no lesson, no type."
    ),
}
