"""From a candidate to an application grade and a ranking (arts. 7, 8, 33 to 35)."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from .contest import Candidate, Programme

Key = tuple[Fraction, Fraction, Fraction, Fraction]


@dataclass(frozen=True)
class Score:
    """What one exam set gives at one programme: grade and tie-breaks, all on 0 to 200."""

    exam_set: int
    grade: Fraction
    exam_part: Fraction
    tie_1: Fraction
    tie_2: Fraction

    @property
    def key(self) -> Key:
        """Art. 35: the larger key goes first."""
        return (self.grade, self.exam_part, self.tie_1, self.tie_2)


@dataclass(frozen=True)
class Assessment:
    """Art. 7/1 for one candidate at one programme.

    `score` is that of the best exam set with the minima; None where there is none, or where it
    cannot be computed. `reaches_grade` is 7/1/a, b and d; `valid` adds the prerequisite, 7/1/c.
    """

    score: Score | None
    reaches_grade: bool
    valid: bool


def assess(candidate: Candidate, programme: Programme) -> Assessment:
    """Art. 7/1: the conditions to apply to one programme."""
    score = best_score(candidate, programme)
    reaches = score is not None and score.grade >= programme.min_grade
    return Assessment(score, reaches, reaches and prerequisite_met(candidate, programme))


def best_score(candidate: Candidate, programme: Programme) -> Score | None:
    """Art. 35: the best key among the exam sets that satisfy art. 7/1/a and b; the lowest set
    number where two give the same key."""
    best: Score | None = None
    taken = exam_grades(candidate, programme)
    for number, weights in sorted(programme.exam_sets.items()):
        if not all(exam in taken for exam in weights):
            continue  # 7/1/a
        if not all(taken[exam] >= programme.min_exam for exam in weights):
            continue  # 7/1/b
        exams = sum((taken[exam] * weight for exam, weight in weights.items()), Fraction(0))
        score = scored(candidate, programme, number, exams / 100)
        if score is not None and (best is None or score.key > best.key):
            best = score
    return best


def exam_grades(candidate: Candidate, programme: Programme) -> dict[str, Fraction]:
    """Arts. 8/4, 31/1: national grades, each replaced by the foreign one accepted here."""
    national = {exam: grade for (exam, at), grade in candidate.exams.items() if at is None}
    foreign = {exam: g for (exam, at), g in candidate.exams.items() if at == programme.code}
    return {**national, **foreign}


def prerequisite_met(candidate: Candidate, programme: Programme) -> bool:
    """Art. 7/1/c; a merely documentary one is shown at enrolment (25/7)."""
    if programme.prerequisite is None or programme.prerequisite_kind == "documentary":
        return True
    passed, _ = candidate.prerequisites.get(programme.prerequisite, (False, None))
    return passed


def scored(
    candidate: Candidate, programme: Programme, exam_set: int, exam_part: Fraction
) -> Score | None:
    """Art. 33: S, P and R by their weights, nothing rounded before the end.

    None where S does not exist, or where R has a weight and the candidate has no R.
    """
    secondary = secondary_grade(candidate, programme)
    if secondary is None:
        return None
    s, tie_1, tie_2 = secondary
    exact = s * programme.w_secondary / 100 + exam_part
    if programme.w_prerequisite > 0:
        _, r = candidate.prerequisites.get(programme.prerequisite or "", (False, None))
        if r is None:
            return None
        exact += r * programme.w_prerequisite / 100
    return Score(exam_set, tenths(exact), exam_part, tie_1, tie_2)


def tenths(exact: Fraction) -> Fraction:
    """Art. 33/1: to tenths, 0.05 counting as a tenth."""
    return Fraction(floor(exact * 10 + Fraction(1, 2)), 10)


def secondary_grade(
    candidate: Candidate, programme: Programme
) -> tuple[Fraction, Fraction, Fraction] | None:
    """Art. 34 and 35/2/b-c: S, and what stands as first and second tie-break after the exams.

    S is the grade with physical education in a sport programme (34/3), else the two-cycle
    formula (34/5), else the final grade. Only the two-cycle S has tie-breaks Sb and Sa.
    """
    if programme.sport and candidate.secondary_with_pe is not None:
        s = candidate.secondary_with_pe
        return s, s, s
    if candidate.two_cycle_a is not None and candidate.two_cycle_b is not None:
        sa, sb = candidate.two_cycle_a, candidate.two_cycle_b
        return (Fraction(6, 10) * sa + Fraction(4, 10) * sb) * 10, sb * 10, sa * 10
    if candidate.secondary is None:
        return None
    return candidate.secondary, candidate.secondary, candidate.secondary


def ranking(scores: dict[str, Score]) -> dict[str, int]:
    """Art. 35: candidate to rank; equal keys share a rank and the next one skips (1, 1, 3)."""
    ranks: dict[str, int] = {}
    listed = sorted(scores, key=lambda c: scores[c].key, reverse=True)
    for position, candidate in enumerate(listed):
        above = listed[position - 1]
        tied = position > 0 and scores[above].key == scores[candidate].key
        ranks[candidate] = ranks[above] if tied else position + 1
    return ranks
