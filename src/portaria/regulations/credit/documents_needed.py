"""Article 6/1-2: the documents of a request, and those that are missing.

Codes of training: transcript (grade), syllabus (contents), hours, study_plan. Codes of experience:
description, employer_statement (functions, duration, appraisal), social_security (6/2/a),
learning_outcomes (b), evidence (c), certificates (d), references (e), target_units (f).
"""

from __future__ import annotations

from collections.abc import Mapping

from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.credit.request import Item, Origin

TRANSCRIPT = "transcript"
CERTIFIED = (TRANSCRIPT, "syllabus", "hours", "study_plan")
NEEDED = ("description", "employer_statement", "social_security", "learning_outcomes", "evidence")
WHERE_THEY_EXIST = ("certificates", "references")
TARGETS = "target_units"
CODES = (*CERTIFIED, *NEEDED, *WHERE_THEY_EXIST, TARGETS)

OTHER_NAMES: Mapping[str, str] = {
    "transcript_of_records": TRANSCRIPT,
    "contents": "syllabus",
    "programme": "syllabus",
    "workload": "hours",
    "curriculum": "study_plan",
    "social_security_record": "social_security",
    "outcomes": "learning_outcomes",
    "target": TARGETS,
    "targets": TARGETS,
}
"""Other words for the same documents, after hyphens and a plural s are taken off."""


def code_of(name: str) -> str | None:
    """The code of a document by the name that a request gives it; None for one of another kind."""
    plain = name.casefold().replace("-", "_").replace(" ", "_")
    for form in (plain, plain.removesuffix("s"), plain + "s"):
        if form in CODES:
            return form
    return OTHER_NAMES.get(plain, OTHER_NAMES.get(plain.removesuffix("s")))


@rule("documents-certified", "documents-experience")
def missing(item: Item, origin: Origin, rules: RuleSet) -> tuple[str, ...]:
    """The codes that the item still lacks, in the order of the article.

    A target named in the item indicates the unit (6/2/f).
    """
    given = {code_of(name) for name in item.documents}
    return tuple(code for code in _wanted(item, origin, rules) if code not in given)


def transcript_alone(item: Item, origin: Origin, rules: RuleSet) -> bool:
    """Whether the transcript is taken to prove contents, hours and study plan as well."""
    given = {code_of(name) for name in item.documents}
    return (
        origin != "experience"
        and rules.takes("certified_documents", "transcript")
        and TRANSCRIPT in given
        and not given.issuperset(CERTIFIED)
    )


def unknown(item: Item) -> tuple[str, ...]:
    """Documents by names that no code has: they stay in the file and prove nothing here."""
    return tuple(name for name in item.documents if code_of(name) is None)


def _wanted(item: Item, origin: Origin, rules: RuleSet) -> tuple[str, ...]:
    if origin != "experience":
        return (TRANSCRIPT,) if rules.takes("certified_documents", "transcript") else CERTIFIED
    optional = WHERE_THEY_EXIST if rules.takes("experience_documents", "all") else ()
    return (*NEEDED, *optional, *(() if item.target else (TARGETS,)))
