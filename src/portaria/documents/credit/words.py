"""The names of what a request is made of: origins, documents, methods, outcomes, people, days.

Each table is by the engine's own code; a test holds that none is missing and none too many.
"""

from __future__ import annotations

from portaria.core.messages import declare

ORIGINS = {
    "degree": declare("credit-origin-degree", "other higher education cycles that give a degree"),
    "ctesp": declare("credit-origin-ctesp", "higher professional technical courses (CTeSP)"),
    "single_units": declare(
        "credit-origin-single-units", "curricular units taken with assessment and passed"
    ),
    "non_degree": declare(
        "credit-origin-non-degree", "courses in higher education that give no degree"
    ),
    "cet": declare("credit-origin-cet", "technological specialisation courses (CET)"),
    "other": declare("credit-origin-other", "other training"),
    "experience": declare("credit-origin-experience", "professional experience"),
}
"""Letters a) to g) of 3/1, in the order of the text."""
ORIGINS_SHORT = {
    "degree": declare("credit-origin-short-degree", "degree course"),
    "ctesp": declare("credit-origin-short-ctesp", "CTeSP"),
    "single_units": declare("credit-origin-short-single-units", "single units"),
    "non_degree": declare("credit-origin-short-non-degree", "non-degree course"),
    "cet": declare("credit-origin-short-cet", "CET"),
    "other": ORIGINS["other"],
    "experience": ORIGINS["experience"],
}
"""The same where there is little room."""
LETTERS = dict(zip(ORIGINS, "abcdefg", strict=True))

CYCLES = {
    "licenciatura": declare("credit-cycle-licenciatura", "first cycle (licenciatura)"),
    "mestrado": declare("credit-cycle-mestrado", "second cycle (mestrado)"),
    "ctesp": declare("credit-cycle-ctesp", "higher professional technical course (CTeSP)"),
    "cet": declare("credit-cycle-cet", "technological specialisation course (CET)"),
    "postgraduate": declare("credit-cycle-postgraduate", "postgraduate course"),
}

DOCUMENTS = {
    "transcript": declare("credit-document-transcript", "certificate with the grades"),
    "syllabus": declare("credit-document-syllabus", "contents of the units"),
    "hours": declare("credit-document-hours", "hours of the units"),
    "study_plan": declare("credit-document-study-plan", "study plan"),
    "description": declare("credit-document-description", "description of the experience"),
    "employer_statement": declare(
        "credit-document-employer",
        "employer's statement of functions, duration and appraisal",
    ),
    "social_security": declare(
        "credit-document-social-security", "record of contributions to social security"
    ),
    "learning_outcomes": declare("credit-document-outcomes", "list of the learning outcomes"),
    "evidence": declare("credit-document-evidence", "works and documents that show them"),
    "certificates": declare("credit-document-certificates", "certificates of training"),
    "references": declare("credit-document-references", "letters of reference"),
    "target_units": declare("credit-document-targets", "units or areas asked for"),
}

OUTCOMES = {
    "granted": declare("credit-outcome-granted", "May be credited"),
    "reduced": declare("credit-outcome-reduced", "May be credited in part"),
    "refused": declare("credit-outcome-refused", "May not be credited"),
    "human": declare("credit-outcome-human", "To be decided"),
}
RESULTS = {
    "granted": declare("credit-notice-granted", "Credited"),
    "reduced": declare("credit-notice-reduced", "Credited in part"),
    "refused": declare("credit-notice-refused", "Not credited"),
    "human": OUTCOMES["human"],
}
"""The same once it is decided."""
REQUEST_OUTCOMES = {
    "complete": declare("credit-request-complete", "The request is complete and in time."),
    "incomplete": declare(
        "credit-request-incomplete",
        "The request is incomplete: nothing is granted until the missing documents are there.",
    ),
    "late": declare(
        "credit-request-late",
        "The request is late: nothing is granted unless the director authorises it.",
    ),
}
COMPLETE_LATE = declare(
    "credit-request-complete-late",
    "The request is complete; it came late, and the director authorised it.",
)

BASES = {
    "ects": declare("credit-basis-ects", "ECTS credits of the source"),
    "hours": declare("credit-basis-hours", "hours of work"),
    "periods": declare("credit-basis-periods", "years, semesters and terms"),
    "agreement": declare("credit-basis-agreement", "learning agreement"),
}
"""What the credits of an item were found from."""
PERIODS = {
    "year": declare("credit-period-year", "year"),
    "semester": declare("credit-period-semester", "semester"),
    "term": declare("credit-period-term", "term"),
}
GRADE_METHODS = {
    "kept": declare("credit-method-kept", "kept"),
    "classes": declare("credit-method-classes", "by the European comparability scale"),
    "doubled": declare("credit-method-doubled", "doubled"),
    "proportional": declare("credit-method-proportional", "in proportion"),
    "decided": declare("credit-method-decided", "decided"),
    "none": declare("credit-method-none", "no grade"),
}
ASSESSMENTS = {
    "written": declare("credit-assessed-written", "written assessment"),
    "oral": declare("credit-assessed-oral", "oral assessment"),
    "project": declare("credit-assessed-project", "project or works"),
    "observation": declare("credit-assessed-observation", "demonstration and observation"),
    "interview": declare("credit-assessed-interview", "interview"),
    "portfolio": declare("credit-assessed-portfolio", "portfolio"),
}
PRINCIPLES = {
    "acceptability": declare(
        "credit-principle-acceptability",
        "Acceptability: what is shown corresponds to what is documented, and the documents are "
        "valid and reliable.",
    ),
    "sufficiency": declare(
        "credit-principle-sufficiency",
        "Sufficiency: wide and deep enough, with reflection, for what is asked.",
    ),
    "authenticity": declare(
        "credit-principle-authenticity",
        "Authenticity: the outcomes are the student's own effort and work.",
    ),
    "currency": declare(
        "credit-principle-currency",
        "Currency: the outcomes are up to date and taught in the course.",
    ),
}

DECIDERS = {
    "table": declare("credit-by-table", "a table approved beforehand, without opinion or decision"),
    "council": declare(
        "credit-by-council", "the scientific council, after the commission's opinion"
    ),
    "director": declare("credit-by-director", "the director, who may authorise a late request"),
    "council-alone": declare(
        "credit-by-council-alone", "the scientific council, without an opinion"
    ),
    "student": declare(
        "credit-by-student", "the student, who accepts or refuses what the commission proposes"
    ),
}
SEATS = {
    "council": declare("credit-seat-council", "named by the council"),
    "coordinator": declare("credit-seat-coordinator", "course coordinator"),
}
FAULTS = {
    "seats": declare(
        "credit-fault-seats",
        "it is not made of two members named by the council and one course coordinator",
    ),
    "member-twice": declare("credit-fault-twice", "the same person stands in it twice"),
    "no-continuity": declare(
        "credit-fault-continuity", "nobody stays from the mandate before, and at least one must"
    ),
}
APPEALS = {
    "rejected-without-reasons": declare(
        "credit-appeal-no-reasons", "The appeal is rejected outright: it gives no reasons."
    ),
    "rejected-late": declare(
        "credit-appeal-late", "The appeal is rejected outright: it came after its last day."
    ),
    "to-council": declare(
        "credit-appeal-council",
        "The appeal goes to the scientific council, which hears the commission and decides.",
    ),
}

DEADLINES = {
    "request_by": declare("credit-day-request", "To ask"),
    "forward_by": declare("credit-day-forward", "To send to the council"),
    "certified_by": declare("credit-day-certified", "Result for certified training"),
    "experience_by": declare("credit-day-experience", "Result for professional experience"),
    "appeal_by": declare("credit-day-appeal", "To appeal"),
}
LATE_DEADLINES = {
    "certified_by": declare(
        "credit-day-late-certified", "Result for certified training asked for late"
    ),
    "experience_by": declare(
        "credit-day-late-experience", "Result for professional experience asked for late"
    ),
}
"""Of what came late, where the rest of the request came in time."""
SKIPPED = {
    "national_holiday": declare("credit-skipped-national", "national holiday"),
    "municipal_holiday": declare("credit-skipped-municipal", "municipal holiday"),
    "closure": declare("credit-skipped-closure", "service closed"),
}
"""Days passed over that are not of a weekend."""
FIELDS = {
    "outcome": declare("credit-field-outcome", "outcome"),
    "credits": declare("credit-field-credits", "credits"),
    "grade": declare("credit-field-grade", "unit grade"),
    "decided_by": declare("credit-field-decided", "who decides"),
    "returned": declare("credit-field-returned", "appeal fee returned"),
}
"""What the printed words of the text would change."""
STATES = {
    "complete": declare("credit-state-complete", "complete"),
    "incomplete": declare("credit-state-incomplete", "incomplete"),
    "late": declare("credit-state-late", "late"),
}
