"""Why an item is what it is, and what a person must look at: closed lists, each with its rule."""

from __future__ import annotations

from portaria.core.decision import Reason, Reasons

REFUSED = {
    "student-refused": "units-beyond-request",
    "council-refused": "opinion-and-decision",
    "void-unrecognised": "unrecognised-institution",
    "not-higher-education": "certified-training",
    "not-certified": "certified-training",
    "credited-source": "original-source",
    "original-unknown": "original-source",
    "same-root-twice": "one-credit-an-original",
    "too-few-hours": "hours-to-credits",
    "failed": "grade-kept",
    "failed-single-unit": "origin-single-units",
    "no-assessment": "experience-assessed",
}
HUMAN = {
    "student-asked": "units-beyond-request",
    "recognition-unknown": "unrecognised-institution",
    "late-not-authorised": "late-request",
    "agreement-part": "learning-agreement",
    "contact-hours-only": "periods-incomplete",
    "written-record-missing": "experience-record",
    "combined-choice": "cap-combined",
    "second-cap-choice": "second-cap",
}
FINAL = frozenset(REFUSED) - {"no-assessment"}
"""No paper can help: none is asked for."""
GRADE_HUMAN = {
    "grade-missing": "documents-certified",
    "training-grade": "training-grade",
    "grade-not-whole": "grade-kept",
    "qualitative-grade": "grade-kept",
    "letter-without-distribution": "grade-by-order",
    "scale-unknown": "grade-by-annex",
    "no-table": "grade-proportional",
}
"""The credits are fixed, a person decides the grade."""
BY_CAP = ("granted", "over-cap", "cap-choice")
"""Their clause is that of the origin, or of its cap."""

REASONS = Reasons(Reason(code, rule) for code, rule in (REFUSED | HUMAN | GRADE_HUMAN).items())

WARNINGS = Reasons(
    Reason(code, rule)
    for code, rule in {
        "judgement": "level-and-area",
        "whole-degree": "cap-combined",
        "years-not-given": "origin-long-experience",
        "late-authorised": "late-request",
        "two-clocks": "late-request",
        "in-time-by-asking": "documents-asked-for",
        "documents-missing": "documents-certified",
        "documents-awaited": "documents-asked-for",
        "unknown-document": "documents-certified",
        "transcript-alone": "documents-certified",
        "unrecognised-not-named": "unrecognised-institution",
        "contact-hours": "periods-incomplete",
        "all-passed": "periods-complete",
        "decided-against-rules": "opinion-and-decision",
        "confirm-training": "training-grade",
        "qualitative-grade": "grade-kept",
        "portuguese-scale-abroad": "grade-by-annex",
        "foreign-scale-in-portugal": "grade-kept",
        "proposed-formula": "grade-proportional",
        "letter-converted": "grade-by-classes",
        "grade-ignored": "experience-no-grade",
        "four-principles": "experience-principles",
        "record-not-said": "experience-record",
        "other-method": "experience-assessed",
        "options-not-listed": "cap-combined",
    }.items()
)
