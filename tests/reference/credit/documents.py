"""Article 6/1-2: the documents of a request.

Codes of certified training: transcript (grade), syllabus (contents), hours, study_plan.
Codes of experience: description, employer_statement (functions, duration, appraisal),
social_security (6/2/a), learning_outcomes (b), evidence (c), certificates (d), references (e),
target_units (f; a target named in the item will do).
"""

from collections.abc import Mapping

from .model import Item

CERTIFIED = ("transcript", "syllabus", "hours", "study_plan")
NEEDED = ("description", "employer_statement", "social_security", "learning_outcomes", "evidence")
WHERE_THEY_EXIST = ("certificates", "references")
CODES = (*CERTIFIED, *NEEDED, *WHERE_THEY_EXIST, "target_units")


def missing(item: Item, readings: Mapping[str, str]) -> tuple[str, ...]:
    """The codes of the documents that the item still lacks, in the order of the article."""
    if item.source == "experience":
        wanted = [*NEEDED]
        if readings["experience_documents"] == "all":
            wanted += WHERE_THEY_EXIST
        if item.target is None:
            wanted.append("target_units")
    elif readings["certified_documents"] == "transcript":
        wanted = ["transcript"]
    else:
        wanted = [*CERTIFIED]
    return tuple(code for code in wanted if code not in item.documents)


def transcript_alone(item: Item, readings: Mapping[str, str]) -> bool:
    """The transcript is taken to prove what other documents would."""
    if item.source == "experience" or readings["certified_documents"] == "four":
        return False
    return "transcript" in item.documents and any(d not in item.documents for d in CERTIFIED)
