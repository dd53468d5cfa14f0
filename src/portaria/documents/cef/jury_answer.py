"""The jury of a PAF in sentences: its seats, the points it may not give, the result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from portaria.core.messages import Message, declare
from portaria.core.rule_set import RuleSet
from portaria.documents.cef.jury_record import JuryRecord
from portaria.documents.numbers import amount
from portaria.documents.sentence import sentence
from portaria.regulations.cef import jury, levels

LEVEL = declare("cef-level", "Level {level} ({clause}).")
SEATS = {
    "director": declare("cef-seat-director", "the Director or a delegate"),
    "leader": declare("cef-seat-leader", "the course director or the class director"),
    "guide": declare("cef-seat-guide", "a teacher who guided the project"),
    "merit": declare("cef-seat-merit", "a person of recognised merit in the field"),
}
FAULTS = {
    "no": declare("cef-jury-no-seat", "An empty seat: {seat} ({clause})."),
    "two": declare("cef-jury-two-seats", "One seat taken more than once: {seat} ({clause})."),
    "unknown": declare(
        "cef-jury-unknown-seat", "{names}: “{seat}” is no seat of the jury ({clause}); known: "
        "{known}."
    ),
}  # fmt: skip
COMPLETE = declare("cef-jury-complete", "Every seat of the jury is taken, once ({clause}).")
CHAIR = declare("cef-jury-chair", "Chair: {name} ({clause}).")
LIMIT = declare(
    "cef-jury-over",
    "Rejected: {juror} gives {points} for {criterion}, which takes from 0 to {limit} ({clause}).",
)
NO_POINTS = declare(
    "cef-jury-no-points",
    "Rejected: {juror} gives nothing for {criterion}, which takes from 0 to {limit} ({clause}).",
)
NO_CRITERION = declare(
    "cef-jury-no-criterion",
    "Rejected: {juror} gives {points} for {criterion}, which is not in the matrix ({clause}).",
)
MISSEATED = declare(
    "cef-jury-misseated", "No result: the jury is not composed as it has to be ({clause})."
)
PERCENT = declare("cef-jury-percent", "{juror}: {percent} %.")
RESULT = declare("cef-jury-result", "Result: {percent} %, the mean of the jurors ({clause}).")
NO_RESULT = declare("cef-jury-no-result", "No result: points are rejected ({clause}).")
SHORT = declare(
    "cef-jury-short",
    "No result: {count} juror is missing ({clause}).",
    "No result: {count} jurors are missing ({clause}).",
)


@dataclass(frozen=True)
class JuryAnswer:
    """The answers of the rules; `level`: None without a result."""

    record: JuryRecord
    seats: jury.Jury
    score: jury.Score
    level: levels.Level | None

    @property
    def chair(self) -> str:
        """The name of who chairs, empty where that is not settled."""
        return next((j.name for j in self.record.juror if j.seat == self.seats.chair), "")


def answer_of(record: JuryRecord, cutoffs: tuple[int, ...], rules: RuleSet) -> JuryAnswer:
    """What the rules say of a jury that has no fault of form."""
    seats = jury.jury([each.seat for each in record.juror], rules)
    points = {each.name: each.points for each in record.juror}
    score = jury.score(record.matrix, points, rules, seats.faults)
    level = None if score.percent is None else levels.level(score.percent, cutoffs, rules)
    return JuryAnswer(record, seats, score, level)


def sentences(found: JuryAnswer, lang: str) -> Iterator[str]:
    """The seats, what is rejected, the percent of each juror, the result."""
    yield from _seats(found, lang)
    score = found.score
    for each in score.rejected:
        given = LIMIT if each.points is not None else NO_POINTS
        code = NO_CRITERION if each.limit is None else given
        told = {"juror": each.juror, "criterion": each.criterion, "limit": each.limit}
        yield sentence(code, lang, score.clause, **told, points=each.points)
    for juror, percent in score.percents.items():
        yield sentence(PERCENT, lang, juror=juror, percent=amount(percent, lang))
    if found.level is not None and score.percent is not None:
        yield sentence(RESULT, lang, score.clause, percent=amount(score.percent, lang))
        yield sentence(LEVEL, lang, found.level.clause, level=found.level.level)
    else:
        yield _no_result(found, lang)


def _no_result(found: JuryAnswer, lang: str) -> str:
    """The first thing in the way of one."""
    score = found.score
    if score.rejected:
        return sentence(NO_RESULT, lang, score.clause)
    if score.missing and all(fault.code == jury.EMPTY for fault in found.seats.faults):
        return sentence(SHORT, lang, score.clause, count=score.missing)
    return sentence(MISSEATED, lang, found.seats.clause)


def row_of(found: JuryAnswer) -> dict[str, Any]:
    """The answer as JSON: what there is not as null."""
    seats, score, level = found.seats, found.score, found.level
    return {
        "faults": [asdict(each) for each in seats.faults],
        "chair": found.chair or None,
        "seats_clause": seats.clause,
        "rejected": [asdict(each) for each in score.rejected],
        "missing": score.missing,
        "jurors": [
            {"name": each.name, "seat": each.seat, "percent": score.percents.get(each.name)}
            for each in found.record.juror
        ],
        "percent": score.percent,
        "level": level.level if level else None,
        "clause": score.clause,
        "level_clause": level.clause if level else None,
    }


def _seats(found: JuryAnswer, lang: str) -> Iterator[str]:
    clause = found.seats.clause
    for fault in dict.fromkeys(found.seats.faults):
        names = ", ".join(each.name for each in found.record.juror if each.seat == fault.what)
        seat = Message(SEATS[fault.what]) if fault.code != "unknown" else fault.what
        known = ", ".join(quality for who in jury.SEATS.values() for quality in who)
        yield sentence(FAULTS[fault.code], lang, clause, names=names, seat=seat, known=known)
    if not found.seats.faults:
        yield sentence(COMPLETE, lang, clause)
    if found.chair:
        yield sentence(CHAIR, lang, clause, name=found.chair)
