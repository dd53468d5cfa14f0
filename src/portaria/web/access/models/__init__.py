"""The records of a contest: its calendar, its tables, what people handed in, and its results."""

from portaria.web.access.models.after import (
    Complaint,
    Consent,
    Enrolment,
    Exchange,
    Relocation,
)
from portaria.web.access.models.application import Claim, Document, Submission
from portaria.web.access.models.contest import Contest, SourceFile, Stage
from portaria.web.access.models.run import (
    ImportPlan,
    OptionResult,
    PlacementResult,
    Run,
    SeatResult,
)
from portaria.web.access.models.tables import (
    Adjustment,
    Candidate,
    Congener,
    Exam,
    ExamSet,
    Opened,
    Prerequisite,
    Programme,
    RegionalArea,
    VocationalCourse,
)

__all__ = [
    "Adjustment",
    "Candidate",
    "Claim",
    "Complaint",
    "Congener",
    "Consent",
    "Contest",
    "Document",
    "Enrolment",
    "Exam",
    "ExamSet",
    "Exchange",
    "ImportPlan",
    "Opened",
    "OptionResult",
    "PlacementResult",
    "Prerequisite",
    "Programme",
    "RegionalArea",
    "Relocation",
    "Run",
    "SeatResult",
    "SourceFile",
    "Stage",
    "Submission",
    "VocationalCourse",
]
