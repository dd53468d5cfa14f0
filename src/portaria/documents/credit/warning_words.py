"""What a person must look at before deciding: one sentence for every warning of the engine."""

from __future__ import annotations

from portaria.core.messages import declare

WARNINGS = {
    "judgement": declare(
        "credit-warning-judgement",
        "Whether level, area and competences correspond to the unit asked for is always for "
        "people to judge.",
    ),
    "whole-degree": declare(
        "credit-warning-whole-degree",
        "Together the credits make the whole degree. The letter of the limits allows it; consider "
        "it with care.",
    ),
    "years-not-given": declare(
        "credit-warning-years",
        "The years of experience are not given: with more than five, the limit of a CTeSP is "
        "higher.",
    ),
    "late-authorised": declare(
        "credit-warning-late-authorised", "The request came late and the director authorised it."
    ),
    "two-clocks": declare(
        "credit-warning-two-clocks",
        "Part of the request came in time and part late: each part has its own days.",
    ),
    "in-time-by-asking": declare(
        "credit-warning-by-asking",
        "It is in time only because the documents were asked from the issuer in time.",
    ),
    "documents-missing": declare("credit-warning-missing", "Missing: {details}."),
    "documents-awaited": declare(
        "credit-warning-awaited", "Asked from the issuer and not yet here: {details}."
    ),
    "unknown-document": declare(
        "credit-warning-unknown-document",
        "Of a kind that the regulation does not name, kept in the file: {details}.",
    ),
    "transcript-alone": declare(
        "credit-warning-transcript",
        "The certificate alone is taken to prove contents, hours and study plan too: check it.",
    ),
    "unrecognised-not-named": declare(
        "credit-warning-unrecognised",
        "The foreign institution is not recognised; the rule that voids such credit does not name "
        "this kind of training.",
    ),
    "contact-hours": declare(
        "credit-warning-contact-hours",
        "The shares rest on contact hours only; the text asks for the student's whole work.",
    ),
    "all-passed": declare(
        "credit-warning-all-passed",
        "Every subject listed was passed, so the period counts as complete: check that all its "
        "subjects are listed.",
    ),
    "decided-against-rules": declare(
        "credit-warning-against-rules",
        "It was decided to credit it, and a rule is against that: the rule stands.",
    ),
    "confirm-training": declare(
        "credit-warning-confirm",
        "Level, fit, currency and the credibility of the grade must be confirmed; a change of the "
        "grade needs reasons.",
    ),
    "qualitative-grade": declare(
        "credit-warning-qualitative",
        "Passed with a word, not a number: no grade, and outside the average.",
    ),
    "portuguese-scale-abroad": declare(
        "credit-warning-portuguese-scale",
        "A grade on the Portuguese scale from a foreign country: check that it is one.",
    ),
    "foreign-scale-in-portugal": declare(
        "credit-warning-foreign-scale",
        "A grade on a foreign scale from Portugal: check that it is one.",
    ),
    "proposed-formula": declare(
        "credit-warning-formula",
        "The conversion table is not in the published text; the grade is proposed by the "
        "proportional formula of DGES, and a person confirms it.",
    ),
    "letter-converted": declare(
        "credit-warning-letter",
        "A letter has no number of its own: its place within the class at home is a reading.",
    ),
    "grade-ignored": declare(
        "credit-warning-grade-ignored",
        "A grade was given and is left out: professional experience has none.",
    ),
    "four-principles": declare(
        "credit-warning-principles",
        "The assessment must be acceptable, sufficient, authentic and current.",
    ),
    "record-not-said": declare(
        "credit-warning-record",
        "It is not said whether the oral assessment or interview has its written record.",
    ),
    "other-method": declare(
        "credit-warning-other-method",
        "The assessment used a method that the text does not name; it may, if it fits better.",
    ),
    "options-not-listed": declare(
        "credit-warning-options",
        "The credits are too finely divided for the ways of cutting to be listed.",
    ),
}
