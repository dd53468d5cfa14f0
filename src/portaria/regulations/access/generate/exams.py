"""The exams people take, their marks, and the prerequisite tests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from portaria.regulations.access.generate.people import People
from portaria.regulations.access.generate.sources import assumptions, table

NOT_TAKEN = -1
PASS = 95
FAILED_BY = 28  # points: spread of the marks below 95
# Medicine asks for 140 in these exams; people know whether they have it before they apply.
HIGH_PASS, HIGH_EXAMS, HIGH_BITS = 140, (2, 7, 16, 19), 20
MATHEMATICS_A, MATHEMATICS = 19, 16  # one national exam gives both entrance exams


@dataclass(frozen=True)
class Marks:
    """`grade[person, code]` 0-200, or -1 where not taken; exam "07" is column 7."""

    grade: NDArray[np.int16]

    def passed(self) -> NDArray[np.int64]:
        """Bit n: exam n has 95 or more. Bit 20 + n: exam n, if medicine asks for it, 140."""
        bits = np.zeros(len(self.grade), np.int64)
        for code in range(self.grade.shape[1]):
            bits |= (self.grade[:, code] >= PASS).astype(np.int64) << code
        for code in HIGH_EXAMS:
            high = self.grade[:, code] >= HIGH_PASS
            bits |= high.astype(np.int64) << (HIGH_BITS + code)
        return bits

    def mean(self) -> NDArray[np.int64]:
        """The mean of the exams taken, as a whole number, at least 95."""
        taken = self.grade != NOT_TAKEN
        total = np.where(taken, self.grade, 0).sum(axis=1)
        mean: NDArray[np.int64] = np.maximum(PASS, total // taken.sum(axis=1))
        return mean

    def best_two(self) -> NDArray[np.float64]:
        """The mean of the two best marks, or the only one."""
        best = np.sort(np.delete(self.grade, MATHEMATICS, axis=1), axis=1)[:, -2:].astype(float)
        best[:, 0] = np.where(best[:, 0] < 0, best[:, 1], best[:, 0])
        mean: NDArray[np.float64] = best.mean(axis=1)
        return mean


def draw_exams(people: People, rng: np.random.Generator) -> Marks:
    """Marks of each person; everybody reaches 95 somewhere, or she would not apply."""
    a, exams = assumptions()["ability"], table("exams")
    chances = [s["exams"] for s in assumptions()["streams"].values()]
    codes = max(int(code) for code in exams["exam"]) + 1
    grade = np.full((len(people), codes), NOT_TAKEN, np.int16)
    loading = a["exam_loading"]
    for code, mean in exams.select("exam", "mean").iter_rows():
        chance = np.array([stream.get(code, 0.0) for stream in chances])[people.stream]
        luck = rng.random(len(people))
        who = np.flatnonzero(luck < chance)
        noise = rng.normal(0.0, 1.0, len(who))
        score = loading * people.ability[who] + np.sqrt(1 - loading**2) * noise
        # Most questions are worth a multiple of five points, and so are many marks.
        step = np.where(rng.random(len(who)) < a["marks_by_five"], 5, 1)
        mark = np.rint((mean + a["exam_shift"] + a["exam_sd"] * score) / step) * step
        grade[who, int(code)] = np.clip(mark, 0, 200)
        # In the main exams of a stream, some of those left tried as well, and failed.
        failed = (chance >= a["main_exam"]) & (luck >= 1 - a["tried_and_failed"] * (1 - chance))
        short = np.abs(rng.normal(0.0, FAILED_BY, int(failed.sum()))).astype(np.int64)
        grade[failed, int(code)] = np.maximum(PASS - 1 - short, 0)
    _pass_somewhere(grade, people, rng)
    took = grade[:, MATHEMATICS_A] != NOT_TAKEN
    grade[took, MATHEMATICS] = grade[took, MATHEMATICS_A]
    return Marks(grade)


def _pass_somewhere(grade: NDArray[np.int16], people: People, rng: np.random.Generator) -> None:
    """Raise the best mark of those who failed everything; Portuguese where nothing was taken."""
    failed = np.flatnonzero(grade.max(axis=1) < PASS)
    best = grade[failed].argmax(axis=1)
    best[grade[failed].max(axis=1) == NOT_TAKEN] = 18
    grade[failed, best] = PASS + rng.integers(0, 20, len(failed))


def exam_rows(people: People, marks: Marks, tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """The table exams. Foreign diplomas bring foreign exams, good at the programmes written."""
    person, code = np.nonzero(marks.grade != NOT_TAKEN)
    rows = pl.DataFrame(
        {
            "candidate": tables["candidates"]["candidate"].gather(pl.Series(person)),
            "exam": pl.Series(np.arange(marks.grade.shape[1]))
            .cast(pl.String)
            .str.zfill(2)
            .gather(pl.Series(code)),
            "grade": pl.Series(marks.grade[person, code]).cast(pl.Int64),
            "foreign": pl.Series(people.foreign[person]),
        }
    )
    home = rows.filter(~pl.col("foreign")).with_columns(programme=pl.lit(None, pl.String))
    asked = tables["exam_sets"].select("programme", "exam").unique(maintain_order=True)
    abroad = (
        rows.filter("foreign")
        .join(tables["options"], on="candidate", maintain_order="left_right")
        .join(asked, on=["programme", "exam"], how="semi", maintain_order="left")
    )
    columns = ["candidate", "exam", "programme", "grade"]
    return pl.concat([home.select(columns), abroad.select(columns)])


def prerequisite_rows(tables: dict[str, pl.DataFrame], rng: np.random.Generator) -> pl.DataFrame:
    """The table prerequisites: tests of those who wrote a programme that asks for one."""
    a = assumptions()["people"]
    tested = tables["programmes"].filter(pl.col("prerequisite_kind") != "documentary")
    rows = (
        tables["options"]
        .join(
            tested.select("programme", "prerequisite", "prerequisite_kind"),
            on="programme",
            maintain_order="left",
        )
        .select("candidate", group="prerequisite", kind="prerequisite_kind")
        .unique(["candidate", "group"], keep="first", maintain_order=True)
    )
    rows = rows.filter(pl.Series(rng.random(rows.height) >= a["applies_without_test"]))
    grade = np.clip(np.rint(rng.normal(148, 24, rows.height)), 95, 200).astype(np.int64)
    passed = pl.Series(rng.random(rows.height) < a["prerequisite_passed"], dtype=pl.Boolean)
    graded = pl.col("passed") & (pl.col("kind") != "selection")
    return rows.with_columns(passed=passed).select(
        "candidate",
        "group",
        "passed",
        grade=pl.when(graded).then(pl.Series(grade).cast(pl.String)),
    )
