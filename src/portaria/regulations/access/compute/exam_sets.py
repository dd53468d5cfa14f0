"""The best exam set of each option: the fully taken, sufficient set with the highest exam part.

The application grade grows with the exam part (the rest of the formula is the same for every set
of a programme), so the set with the highest exam part has the best ranking key.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from portaria.regulations.access.compute.compiling import compiled
from portaria.regulations.access.reasons import BELOW_MINIMUM, NOT_TAKEN, VALID_SET

# No reference counts, as in `placement`: the kernel allocates nothing.
kernel = compiled(_nrt=False)


def best_exam_set(
    candidate: ArrayLike,
    programme: ArrayLike,
    exams_from: ArrayLike,
    exam: ArrayLike,
    exam_programme: ArrayLike,
    exam_grade: ArrayLike,
    sets_from: ArrayLike,
    set_number: ArrayLike,
    set_exam: ArrayLike,
    set_weight: ArrayLike,
    exam_minimum: ArrayLike,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """State, set number and exam part of each option (211-A 7/1/a, 7/1/b, 8/4).

    `candidate`, `programme`: one entry an option. A candidate's exams are `exams_from[c]` to
    `exams_from[c + 1]`: code, programme where it counts (-1: everywhere), grade 0-200. A
    programme's sets are `sets_from[p]` to `sets_from[p + 1]`, ordered by set number: one row an
    exam, weight in hundredths of a percent. `exam_minimum[p]`: the least whole grade.
    The exam part is sum(grade * weight), 10,000 times the points it brings; of equal sets the
    lowest number counts; where no set is valid the best of the fully taken ones is given.
    """
    arrays = (
        candidate, programme, exams_from, exam, exam_programme, exam_grade,
        sets_from, set_number, set_exam, set_weight, exam_minimum,
    )  # fmt: skip
    count = np.size(candidate)
    state = np.zeros(count, np.int8)
    chosen, part = (np.full(count, -1, np.int64) for _ in range(2))
    _best_exam_set(*(np.array(array, np.int64) for array in arrays), state, chosen, part)
    return state, chosen, part


def load() -> None:
    """Compile the kernel, or load it compiled, by asking for nobody's best set."""
    best_exam_set(*([] for _ in range(11)))


@kernel
def _best_exam_set(
    candidate: np.ndarray,
    programme: np.ndarray,
    exams_from: np.ndarray,
    exam: np.ndarray,
    exam_programme: np.ndarray,
    exam_grade: np.ndarray,
    sets_from: np.ndarray,
    set_number: np.ndarray,
    set_exam: np.ndarray,
    set_weight: np.ndarray,
    exam_minimum: np.ndarray,
    state: np.ndarray,
    chosen: np.ndarray,
    part: np.ndarray,
) -> None:
    """`best_exam_set` on int64 arrays, compiled: fills in the last three, given without any set."""
    for option in range(candidate.shape[0]):
        p = programme[option]
        first, last = exams_from[candidate[option]], exams_from[candidate[option] + 1]
        row = sets_from[p]
        while row < sets_from[p + 1]:
            number = set_number[row]
            total = np.int64(0)
            found = VALID_SET
            while row < sets_from[p + 1] and set_number[row] == number:
                grade = _grade(exam, exam_programme, exam_grade, first, last, set_exam[row], p)
                if grade < 0:
                    found = NOT_TAKEN
                elif grade < exam_minimum[p]:
                    found = min(found, BELOW_MINIMUM)
                total += max(grade, 0) * set_weight[row]
                row += 1
            if found == NOT_TAKEN:
                continue
            if found > state[option] or (found == state[option] and total > part[option]):
                state[option], chosen[option], part[option] = found, number, total


@kernel
def _grade(
    exam: np.ndarray,
    exam_programme: np.ndarray,
    exam_grade: np.ndarray,
    first: int,
    last: int,
    wanted: int,
    programme: int,
) -> int:
    """The grade of an exam at a programme, -1 where not taken; a foreign exam goes first there."""
    grade = -1
    for i in range(first, last):
        if exam[i] == wanted:
            if exam_programme[i] == programme:
                return exam_grade[i]
            if exam_programme[i] < 0:
                grade = exam_grade[i]
    return grade
