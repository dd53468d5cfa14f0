"""What the sheets and certificates show, as rows: articles 12, 15, 16, 20/3, 25/6 and 29/3.

Nothing is computed here that the evaluation has not; levels are published ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import polars as pl

from portaria.core.rule_set import RuleSet
from portaria.regulations.cef import certification, exam, grades, practice
from portaria.regulations.cef.evaluate import Evaluation
from portaria.regulations.cef.schemas import GENERAL, PRACTICAL

TECHNOLOGICAL = grades.TECHNOLOGICAL
EXCLUDED, FAILED, LOST = "excluded", "failed", "lost"


@dataclass(frozen=True)
class Entry:
    """A column of the period sheet: a subject, a technological domain, or the whole technological
    component; `levels` by student, None where nothing is assessed yet; `excluded` by the class
    council (12/19) from all of its subjects, and from some only, `excluded_partly`."""

    component: str
    name: str
    levels: dict[str, int | None]
    excluded: frozenset[str]
    excluded_partly: frozenset[str] = frozenset()


def period_sheet(evaluation: Evaluation) -> list[Entry]:
    """16/1, 15/2-3: every sociocultural and scientific subject in the order of the table, then the
    technological domains, or the component where it is organised by units."""
    found = []
    for component in GENERAL:
        subjects = evaluation.course.subjects.filter(pl.col("component") == component)
        for subject in subjects["subject"]:
            rows = evaluation.subjects.filter(pl.col("subject") == subject)
            found.append(
                Entry(component, subject, _levels(rows), *_excluded(evaluation, [subject]))
            )
    subjects = evaluation.course.subjects.filter(pl.col("component") == TECHNOLOGICAL)
    taught = subjects["subject"].to_list()
    if evaluation.course.classes["technological_by"].item() == "domains":
        return [*found, *_domains(evaluation, taught)]
    rows = evaluation.components.filter(pl.col("component") == TECHNOLOGICAL)
    return [*found, Entry(TECHNOLOGICAL, "", _levels(rows), *_excluded(evaluation, taught))]


def _domains(evaluation: Evaluation, taught: Collection[str]) -> Iterator[Entry]:
    """15/3/a: the technological domains; `taught`: the subjects of the component, and the domains
    that have an attendance of their own."""
    units = evaluation.course.frames["units"].filter(pl.col("subject").is_in(list(taught)))
    units = units.with_columns(domain=pl.coalesce("domain", "subject"))
    levels = grades.unit_levels(evaluation.course)
    domains = grades.domain_grades(evaluation.course, levels)
    for name in sorted(set(domains["domain"])):
        rows = domains.filter(pl.col("domain") == name)
        own = set(units.filter(pl.col("domain") == name)["subject"])
        excluded = _excluded(evaluation, own, name if name in taught else "")
        yield Entry(TECHNOLOGICAL, name, _levels(rows), *excluded)


def _excluded(
    evaluation: Evaluation, subjects: Collection[str], domain: str = ""
) -> tuple[frozenset[str], frozenset[str]]:
    """12/19: who is excluded from all of these subjects, or from the domain as a whole, and who
    from some of the subjects only."""
    decided = evaluation.exclusions.filter(pl.col("component") != PRACTICAL)
    pairs = set(decided.select("student", "excluded_from").iter_rows())
    times = Counter(student for student, subject in pairs if subject in subjects)
    all_of = {student for student, count in times.items() if count == len(subjects)}
    all_of |= {student for student, subject in pairs if domain and subject == domain}
    return frozenset(all_of), frozenset(times) - all_of


def _levels(rows: pl.DataFrame) -> dict[str, int | None]:
    return dict(rows.select("student", "published").iter_rows())


def internship_sheet(evaluation: Evaluation) -> dict[str, int | None]:
    """16/2, 25/6: the level of every student with an internship."""
    rows = evaluation.practice.filter("trained")
    return dict(rows.select("student", "internship").iter_rows())


def internship_marks(evaluation: Evaluation) -> dict[str, str]:
    """12/19, 12/23, 24/3: what stands instead of the level, EXCLUDED from the practical component
    or FAILED by attendance, by student."""
    rows = evaluation.practice.filter("trained")
    return {
        student: EXCLUDED if excluded else FAILED
        for student, excluded, attended in rows.select(
            "student", "excluded_practical", "attended"
        ).iter_rows()
        if excluded or not attended
    }


def paf_sheet(evaluation: Evaluation) -> dict[str, tuple[int | None, int | None]]:
    """16/2, 33/2: the levels of the PAF and of the practical component, of who was admitted."""
    rows = evaluation.practice.filter("admitted").select("student", "paf", "published")
    return {student: (paf, practical) for student, paf, practical in rows.iter_rows()}


def paf_marks(evaluation: Evaluation) -> dict[str, str]:
    """34/3: LOST, which stands instead of the levels of who was admitted, and absent without a
    justification; by student."""
    rows = evaluation.practice.filter(
        pl.col("admitted") & pl.col("absent").fill_null(False) & ~pl.col("justified")
    )
    return dict.fromkeys(rows["student"], LOST)


def paf_list(evaluation: Evaluation) -> set[str]:
    """29/3: who is admitted to the PAF."""
    return set(practice.paf_list(evaluation.course, evaluation.practice)["student"])


def paf_hours(at: datetime, rules: RuleSet) -> tuple[datetime, datetime, datetime]:
    """29/4-6: when to be there, the last moment to come in, and the end, the same for all."""
    found = exam.arrival(at, at, rules)
    return (
        found.be_there_by,
        at + timedelta(minutes=rules.number("paf_late_minutes")),
        found.ends_at,
    )


def certified_units(evaluation: Evaluation, student: str) -> list[tuple[str, str, int]]:
    """20/3: the technological units with three or more, each with its catalogue and level."""
    units = grades.unit_levels(evaluation.course).filter(pl.col("student") == student)
    catalogues = evaluation.course.frames["units"].select("unit", "catalogue")
    rows = certification.certified_units(units).join(catalogues, on="unit").sort("unit")
    return rows.select("unit", pl.col("catalogue").fill_null(""), "level").rows()


def passed_subjects(evaluation: Evaluation, student: str) -> set[str]:
    """20/5: the sociocultural and scientific subjects that a student has passed."""
    return set(evaluation.passed.filter(pl.col("student") == student)["subject"])
