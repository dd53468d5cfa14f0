"""What is said of a change file that cannot be used."""

from __future__ import annotations

from portaria.core.messages import declare

NOT_TOML = declare("change-not-toml", "the change file is not TOML: {detail}")
UNKNOWN_KEY = declare("change-unknown-key", "{key} means nothing here; known: {known}")
NOT_TABLES = declare(
    "change-not-tables", "write each {section} as a table of its own, under [[{section}]]"
)
NOT_TABLE = declare("change-not-table", "write {section} as one table, under [{section}]")
ONE_OF = declare("change-one-of", "say how much, with exactly one of: {known}")
WHOSE = declare(
    "change-whose",
    'say whose, with exactly one of: programmes = ["…"], institution = "…", all = true',
)
NOT_CODES = declare("change-not-codes", 'write the codes as a list of texts: ["3101/9123"]')
NOT_TEXT = declare("change-not-text", 'a text in quotes is meant here, such as "3101"')
NOT_TRUE_OR_FALSE = declare("change-not-true-or-false", "write true or false, without quotes")
NOT_EXAMS = declare(
    "change-not-exams", 'write the weights by exam: exams = {{ "02" = 30, "07" = 20 }}'
)
NO_WEIGHT = declare("change-no-weight", "give w_secondary, exams, or both")
UNKNOWN_INSTITUTION = declare(
    "change-unknown-institution",
    "the institution {value} is not in the table programmes: correct the code",
)
NO_SUCH_SET = declare("change-no-such-set", "programme {programme} has no exam set {set}")
NO_SUCH_EXAM = declare(
    "change-no-such-exam", "programme {programme} has the exam {exam} in no set meant here"
)
EXAM_NOWHERE = declare(
    "change-exam-nowhere", "no programme meant here has the exam {exam} in a set meant here"
)
NO_QUOTA = declare("change-no-quota", "the edition {edition} has no quota {quota}")
OUT_OF_BOUNDS = declare(
    "change-out-of-bounds",
    "programme {programme} would have {value} in {column}, which goes from {least} to {most}",
)
CHANGE_WRONG = declare(
    "change-wrong", "The contest cannot be placed with this change: correct the errors above."
)
