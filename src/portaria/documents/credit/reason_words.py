"""Why an item is what it is: one sentence for every reason of the engine."""

from __future__ import annotations

from portaria.core.messages import declare

REASONS = {
    "granted": declare(
        "credit-reason-granted", "It stands within every limit, and no rule is against it."
    ),
    "over-cap": declare(
        "credit-reason-over-cap", "By itself it asks for more than its limit leaves."
    ),
    "cap-choice": declare(
        "credit-reason-cap-choice",
        "With the others of the same kind it passes their limit: the council chooses which stay.",
    ),
    "combined-choice": declare(
        "credit-reason-combined-choice",
        "With the others that share a limit it passes that limit: the council chooses which stay.",
    ),
    "second-cap-choice": declare(
        "credit-reason-second-cap-choice",
        "All credit together passes the second limit: the council chooses which stay.",
    ),
    "student-asked": declare(
        "credit-reason-student-asked",
        "The commission proposes it beyond the request: the student says whether to take it.",
    ),
    "council-refused": declare(
        "credit-reason-council-refused", "The scientific council decided not to credit it."
    ),
    "student-refused": declare(
        "credit-reason-student-refused",
        "The commission proposed it beyond the request, and the student refused it.",
    ),
    "void-unrecognised": declare(
        "credit-reason-void",
        "The foreign institution is not recognised as higher education by its own State: credit "
        "from it is void from the start.",
    ),
    "not-higher-education": declare(
        "credit-reason-not-higher",
        "The institution is not recognised as higher education: this is not certified training.",
    ),
    "recognition-unknown": declare(
        "credit-reason-recognition",
        "It is not said whether the foreign institution is recognised by its own State: it must "
        "be found out first.",
    ),
    "not-certified": declare(
        "credit-reason-not-certified",
        "No official certificate of higher or post-secondary training, and no recognition by the "
        "council, stands behind it.",
    ),
    "credited-source": declare(
        "credit-reason-credited-source",
        "The unit offered was itself obtained by credit: only the original training or experience "
        "can be credited.",
    ),
    "original-unknown": declare(
        "credit-reason-original-unknown",
        "The unit offered was itself obtained by credit, and its original is not known.",
    ),
    "same-root-twice": declare(
        "credit-reason-same-root",
        "The same original is already offered for this unit: it cannot pay twice.",
    ),
    "too-few-hours": declare(
        "credit-reason-too-few", "The work shown does not make half a credit."
    ),
    "failed": declare("credit-reason-failed", "The grade does not pass."),
    "failed-single-unit": declare(
        "credit-reason-failed-single", "The unit was not passed, and only passed ones count."
    ),
    "no-assessment": declare(
        "credit-reason-no-assessment",
        "No assessment of the experience is on file, and time served alone gives no credit.",
    ),
    "late-not-authorised": declare(
        "credit-reason-late", "It was asked for too late, and the director has not authorised it."
    ),
    "agreement-part": declare(
        "credit-reason-agreement-part",
        "Not all units of the learning agreement were passed, and it says nothing about a part.",
    ),
    "contact-hours-only": declare(
        "credit-reason-contact-hours",
        "Only contact hours are known, not the student's whole work: a person finds the credits.",
    ),
    "written-record-missing": declare(
        "credit-reason-no-record",
        "The oral assessment or interview has no written record, and must have one.",
    ),
    "grade-missing": declare("credit-reason-grade-missing", "No grade is given."),
    "training-grade": declare(
        "credit-reason-training-grade",
        "The text does not say how a foreign grade of training outside higher education is "
        "converted.",
    ),
    "grade-not-whole": declare(
        "credit-reason-grade-not-whole",
        "The grade is no whole number, and it is kept as it was given.",
    ),
    "qualitative-grade": declare(
        "credit-reason-qualitative",
        "The grade is a word, and a person says what it is worth.",
    ),
    "letter-without-distribution": declare(
        "credit-reason-letter",
        "The grade is no number, and the distributions of both schools that would convert it are "
        "not given.",
    ),
    "scale-unknown": declare(
        "credit-reason-scale",
        "The pass mark and the best grade of the foreign scale are not given.",
    ),
    "no-table": declare(
        "credit-reason-no-table",
        "The conversion table for this scale is not in the published text.",
    ),
}
