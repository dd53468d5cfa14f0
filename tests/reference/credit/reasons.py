"""Every reason with its clause; a granted item cites the letter of 3/1 it came under."""

REASONS = {
    # --- refused ---
    "void-unrecognised": "3/4",
    "not-higher-education": "2/a",
    "credited-source": "4/4",
    "original-unknown": "4/4",
    "same-root-twice": "14/2",
    "too-few-hours": "10/2",
    "failed": "11/1",
    "failed-single-unit": "3/1/c",
    "no-assessment": "12/1",
    # --- a person decides ---
    "recognition-unknown": "3/4",
    "late-not-authorised": "16/3",
    "written-record-missing": "12/4",
    "combined-choice": "3/2",
    "second-cap-choice": "12/7",
    # --- a person decides the grade, the credits are fixed ---
    "grade-missing": "6/1",
    "training-grade": "10/5/c",
    "grade-not-whole": "11/2",
    "qualitative-grade": "11/2",
    "letter-without-distribution": "11/4/c",
    "scale-unknown": "11/4/b",
    "no-table": "Annex I",
}


def clause_of_grade(reason: str, training: bool, scale: str) -> str | None:
    """Where the grade decides: training outside higher education has its own clause, and a foreign
    grade that does not pass is no Portuguese one."""
    if training and reason in ("failed", "grade-not-whole", "qualitative-grade"):
        return "10/5/c"
    return "11/4/b" if reason == "failed" and scale == "foreign" else None


WARNINGS = {
    "judgement": "3/7",
    "whole-degree": "3/2",
    "unrecognised-not-named": "3/4",
    "late-authorised": "16/3",
    "in-time-by-asking": "5/3",
    "documents-awaited": "5/3",
    "documents-missing": "6",
    "unknown-document": "6",
    "transcript-alone": "6/1",
    "foreign-scale-in-portugal": "11/2",
    "record-not-said": "12/4",
    "other-method": "12/4",
    "two-clocks": "16/3",
    "confirm-training": "10/5",
    "qualitative-grade": "11/2",
    "portuguese-scale-abroad": "11/4",
    "proposed-formula": "Annex I",
    "letter-converted": "11/4/a",
    "grade-ignored": "12/6",
    "four-principles": "12/5",
    "years-not-given": "DL 74/2006 45/1/g",
}
