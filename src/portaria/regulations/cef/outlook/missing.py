"""What stands between a student and the next better outcome of article 20, thing by thing."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from portaria.regulations.cef.certification import OUTCOME_RULES
from portaria.regulations.cef.evaluate import Evaluation
from portaria.regulations.cef.grades import STUDENT, reaches_three
from portaria.regulations.cef.schemas import COMPONENTS, GENERAL

OUTCOMES = tuple(OUTCOME_RULES)
BETTER = dict(zip(OUTCOMES[1:], OUTCOMES[:-1], strict=True))
UNITS, GRADE, ATTENDANCE, EXCLUSION = "units", "grade", "attendance", "exclusion"
TOGETHER = "general"
LOST = (pl.col("absent") & ~pl.col("justified")).fill_null(False)
"""34/3: absent from the PAF without a justification."""
PRACTICAL: Mapping[str, pl.Expr] = {
    EXCLUSION: pl.col("excluded_practical"),
    "internship": ~pl.col("trained"),
    "internship_attendance": pl.col("trained") & ~pl.col("attended"),
    "internship_grade": pl.col("trained") & pl.col("internship").is_null(),
    "paf_lost": LOST,
    "paf": pl.col("paf").is_null() & ~LOST,
    GRADE: pl.col("numerator").is_not_null() & ~pl.col("passed"),
}
"""The things that the practical component may lack."""


def missing(evaluation: Evaluation) -> pl.DataFrame:
    """Class, student, `next_outcome` (null for who has the best) and `missing`, a semicolon list
    of `what:lack`.

    what: a component, a subject for a statement, `general` where the two general components count
    together. lack: `units` not done or not graded, a `grade` below three, `attendance` (no lesson
    to come mends it), `exclusion` by the council, for the practical component those of PRACTICAL.
    Where one component or one subject is enough, the one that lacks least, the first of equals.
    """
    parts = pl.concat([_components(evaluation), _practical(evaluation)])
    wanted = {
        "professional_and_school": _all_of(parts),
        "school": _all_of(_for_school(evaluation)),
        "components": _least_of(parts),
        "statement": _least_of(_subjects(evaluation)),
    }
    rows = evaluation.certification.select(
        *STUDENT, next_outcome=pl.col("outcome").replace_strict(BETTER, default=None)
    )
    found = pl.concat(
        frame.with_columns(next_outcome=pl.lit(outcome)) for outcome, frame in wanted.items()
    )
    return rows.join(found, on=[*STUDENT, "next_outcome"], how="left").with_columns(
        pl.col("missing").fill_null("")
    )


def _lacks(rows: pl.DataFrame, what: str, lacks: Mapping[str, pl.Expr]) -> pl.DataFrame:
    """Class, student, what; `missing`, what each lacks in words, and `count`, how many things."""
    named = (
        pl.when(lack).then(pl.concat_str(pl.col(what), pl.lit(f":{code}")))
        for code, lack in lacks.items()
    )
    return rows.select(
        *STUDENT,
        what=what,
        missing=pl.concat_str(named, separator=";", ignore_nulls=True),
        count=pl.sum_horizontal(lack.cast(pl.Int64) for lack in lacks.values()),
    )


def _school_parts(evaluation: Evaluation) -> pl.DataFrame:
    """The grades of each component taught at school, with `meets`, `excluded`, and `reached`
    three."""
    meets = evaluation.attendance.group_by(*STUDENT, "component").agg(
        meets=pl.col("meets_90").all(), excluded=pl.col("excluded").any()
    )
    rows = evaluation.components.join(meets, on=[*STUDENT, "component"], how="left")
    return rows.with_columns(
        pl.col("meets").fill_null(True),
        pl.col("excluded").fill_null(False),
        reached=reaches_three(evaluation.course),
    )


def _lacks_of_school() -> dict[str, pl.Expr]:
    return {
        UNITS: ~pl.col("complete"),
        GRADE: pl.col("complete") & ~pl.col("reached"),
        EXCLUSION: pl.col("excluded"),
        ATTENDANCE: ~pl.col("meets"),
    }


def _components(evaluation: Evaluation) -> pl.DataFrame:
    """20/4: a component is complete, has three, and its subjects their 90 %."""
    return _lacks(_school_parts(evaluation), "component", _lacks_of_school())


def _practical(evaluation: Evaluation) -> pl.DataFrame:
    """19, 24, 34: an internship attended and graded, and a PAF that is not lost."""
    rows = evaluation.practice.with_columns(component=pl.lit("practical"))
    # Who is excluded can mend nothing of the rest.
    open_to = ~pl.col("excluded_practical")
    rest = {code: lack & open_to for code, lack in PRACTICAL.items() if code != EXCLUSION}
    return _lacks(rows, "component", {EXCLUSION: PRACTICAL[EXCLUSION], **rest})


def _for_school(evaluation: Evaluation) -> pl.DataFrame:
    """20/2: the grades of the general components only, and the attendance of all three."""
    general = pl.col("component").is_in(GENERAL)
    each = evaluation.course.takes("compensation", "each")
    lacks = {code: lack & general for code, lack in _lacks_of_school().items()}
    lacks |= {EXCLUSION: pl.col("excluded"), ATTENDANCE: ~pl.col("meets")}
    if each:
        return _lacks(_school_parts(evaluation), "component", lacks)
    del lacks[GRADE]
    parts = _lacks(_school_parts(evaluation), "component", lacks)
    whole = evaluation.components.filter(general).group_by(STUDENT).agg(pl.col("complete").all())
    rows = evaluation.certification.join(whole, on=STUDENT, how="left").with_columns(
        together=pl.lit(TOGETHER)
    )
    joint = {GRADE: pl.col("complete").fill_null(False) & ~pl.col("general")}
    return pl.concat([parts, _lacks(rows, "together", joint)])


def _subjects(evaluation: Evaluation) -> pl.DataFrame:
    """20/5: a general subject complete, with three and its own 90 %."""
    own = evaluation.attendance.select(*STUDENT, "subject", "excluded", meets="meets_90")
    rows = evaluation.subjects.join(own, on=[*STUDENT, "subject"], how="left")
    rows = rows.with_columns(reached=reaches_three(evaluation.course))
    return _lacks(rows, "subject", _lacks_of_school())


def _in_order() -> pl.Expr:
    """Components as a course has them, then anything else by name."""
    order = {name: number for number, name in enumerate((*COMPONENTS, TOGETHER))}
    return pl.col("what").replace_strict(order, default=0, return_dtype=pl.Int64)


def _all_of(parts: pl.DataFrame) -> pl.DataFrame:
    """Everything that a student lacks."""
    rows = parts.filter(pl.col("count") > 0).sort(*STUDENT, _in_order())
    return rows.group_by(STUDENT, maintain_order=True).agg(pl.col("missing").str.join(";"))


def _least_of(parts: pl.DataFrame) -> pl.DataFrame:
    """What the component or subject lacks that lacks least."""
    rows = parts.sort(*STUDENT, "count", _in_order(), "what")
    return rows.unique(STUDENT, keep="first", maintain_order=True).select(*STUDENT, "missing")
