"""The marks that stand on a sheet instead of a level: articles 12/19, 12/23, 24/3 and 34/3."""

from __future__ import annotations

from collections.abc import Collection

from portaria.core.messages import declare
from portaria.documents.cef import parts, sheets
from portaria.documents.cef.paper import Paper
from portaria.documents.cef.parts import Part

MARK_EXCLUDED = declare("cef-sheet-mark-excluded", "EX")
MARK_FAILED = declare("cef-sheet-mark-failed", "FA")
LEVEL_AND_MARK = declare("cef-sheet-level-and-mark", "{level} {mark}")
EXCLUDED = declare(
    "cef-sheet-excluded", "{mark}: excluded for absences, by decision of the class council."
)
EXCLUDED_PARTLY = declare(
    "cef-sheet-excluded-partly",
    "{mark} beside a level: excluded for absences from some of its subjects only, by decision of "
    "the class council.",
)
EXCLUDED_PRACTICAL = declare(
    "cef-sheet-excluded-practical",
    "{mark}: excluded for absences from the practical component, by decision of the class council.",
)
FAILED = declare(
    "cef-sheet-failed", "{mark}: failed the internship by attendance, below 95 % of its hours."
)
MARK_LOST = declare("cef-sheet-mark-lost", "NT")
LOST = declare(
    "cef-sheet-lost",
    "{mark}: not taken: absent from the PAF without a justification, and it is lost for this "
    "school year.",
)
MARKS = {
    sheets.EXCLUDED: (MARK_EXCLUDED, EXCLUDED_PRACTICAL, "absence-exclusion"),
    sheets.FAILED: (MARK_FAILED, FAILED, "no-professional-certificate"),
    sheets.LOST: (MARK_LOST, LOST, "paf-lost"),
}
"""What stands instead of the level of an internship or a PAF, what it says, and its rule."""


def subject_notes(paper: Paper, entries: Collection[sheets.Entry]) -> list[str]:
    """What the marks of a period sheet say, where they stand on it."""
    whole = any(entry.excluded for entry in entries)
    part = any(entry.excluded_partly for entry in entries)
    clause, mark = paper.rules.clause("absence-exclusion"), paper.say(MARK_EXCLUDED)
    told = ((EXCLUDED, whole), (EXCLUDED_PARTLY, part))
    return [paper.say(code, clause, mark=mark) for code, there in told if there]


def of_subject(paper: Paper, entry: sheets.Entry, student: str) -> Part:
    """A level, or the mark of who is excluded; both where it is from a part only."""
    level, mark = entry.levels.get(student), paper.say(MARK_EXCLUDED)
    if student in entry.excluded:
        return parts.cell(mark, alarm=True)
    shown = paper.level(level)
    if student in entry.excluded_partly:
        shown = parts.cell(paper.say(LEVEL_AND_MARK, level=shown["text"], mark=mark), alarm=True)
    return shown


def of_practice(paper: Paper, level: int | None, mark: str | None) -> Part:
    """A level, or one of MARKS."""
    return parts.cell(paper.say(MARKS[mark][0]), alarm=True) if mark else paper.level(level)


def practice_notes(paper: Paper, marks: Collection[str]) -> list[str]:
    """What the marks of a sheet of internship or PAF say, where they stand on it."""
    return [
        paper.say(note, paper.rules.clause(rule), mark=paper.say(mark))
        for key, (mark, note, rule) in MARKS.items()
        if key in marks
    ]
