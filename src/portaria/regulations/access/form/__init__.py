"""One candidate's form while she writes it: what each option gives, and what it still lacks.

`account(contest)` for a contest of one candidate (`from_frames.person_contest`), and
`application_grades` at programmes that she has not written.
"""

from portaria.regulations.access.form.account import (
    Claim,
    FormAccount,
    FormOption,
    ProgrammeGrade,
    QuotaAsked,
    QuotaSize,
    Stands,
)
from portaria.regulations.access.form.few import application_grades
from portaria.regulations.access.form.reading import account

__all__ = [
    "Claim",
    "FormAccount",
    "FormOption",
    "ProgrammeGrade",
    "QuotaAsked",
    "QuotaSize",
    "Stands",
    "account",
    "application_grades",
]
