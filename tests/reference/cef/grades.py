"""Articles 14 and 15: levels, and the means of subjects, domains and components.

Means are exact Fractions of 1 to 5 and rounded once, when they are published; hours weigh nothing.
Only units that are done count, and of these only those with a grade.
"""

from collections.abc import Mapping
from fractions import Fraction

from .exact import half_up, mean
from .model import Course, Grade, Settings, Unit

Readings = Mapping[str, str]


def level_of(percent: Fraction, cutoffs: tuple[int, ...], readings: Readings) -> int:
    """15/1: levels 2 to 5 begin at the cut-offs; the percent is not rounded first."""
    met = Fraction(half_up(percent)) if readings["level_from"] == "rounded" else percent
    return 1 + sum(met >= cutoff for cutoff in cutoffs)


def graded(grade: Grade | None, settings: Settings) -> int | None:
    """The level, of the percent where that was given; None without a grade."""
    if grade is None or not grade.given:
        return None
    if grade.level is not None:
        return grade.level
    return level_of(grade.percent, settings.cutoffs, settings.readings)


def publish(exact: Fraction, readings: Readings) -> int:
    """15/2: half up, once."""
    return half_up(exact) if readings["publication"] == "half_up" else exact.__floor__()


def unit_level(course: Course, student: str, unit: Unit) -> int | None:
    """None for a unit that is not done, whatever stands in its row."""
    if not unit.done:
        return None
    return graded(course.grades.get((student, unit.unit)), course.settings)


def mean_of(course: Course, student: str, units: list[Unit]) -> Fraction | None:
    levels = [unit_level(course, student, unit) for unit in units]
    return mean([Fraction(level) for level in levels if level is not None])


def is_complete(course: Course, student: str, units: list[Unit]) -> bool:
    """All units done and graded, and at least one there."""
    return bool(units) and all(unit_level(course, student, unit) for unit in units)


def subject_units(course: Course, subject: str) -> list[Unit]:
    return [unit for unit in course.units if unit.subject == subject]


def subject_exact(course: Course, student: str, subject: str) -> Fraction | None:
    """15/2: the simple mean of its units."""
    return mean_of(course, student, subject_units(course, subject))


def domains(course: Course, student: str) -> dict[str, Fraction | None]:
    """15/3/1: the simple mean of the units of each technological domain."""
    units = course.units_of("technological")
    names = sorted({unit.domain for unit in units})
    return {
        name: mean_of(course, student, [unit for unit in units if unit.domain == name])
        for name in names
    }


def component_exact(course: Course, student: str, component: str) -> Fraction | None:
    """15/3 for the technological one, by units or by domains; the mean of subjects for the
    others (20/2 asks for it and does not say how)."""
    readings = course.settings.readings
    if component != "technological":
        found = [subject_exact(course, student, s.subject) for s in course.of(component)]
        reading = readings["subject_mean"]
    elif course.settings.by_domains:
        found = list(domains(course, student).values())
        reading = readings["domain_mean"]
    else:
        return mean_of(course, student, course.units_of("technological"))
    values = [value for value in found if value is not None]
    if reading == "published":
        values = [Fraction(publish(value, readings)) for value in values]
    return mean(values)


def component_complete(course: Course, student: str, component: str) -> bool:
    """Every unit finished and graded; no sociocultural or scientific subject without units."""
    if component == "technological":
        return is_complete(course, student, course.units_of(component))
    subjects = course.of(component)
    whole = [is_complete(course, student, subject_units(course, s.subject)) for s in subjects]
    return bool(whole) and all(whole)


def reaches_three(exact: Fraction | None, readings: Readings) -> bool:
    """20/2-3: three of the published level."""
    if exact is None:
        return False
    return exact >= 3 if readings["three"] == "exact" else publish(exact, readings) >= 3


def weighted(instruments: Mapping[str, tuple[Fraction, Fraction]]) -> Fraction:
    """15/1, 14/3: weight and score (0 to 100) of each instrument; their weighted mean."""
    total = sum(weight for weight, _ in instruments.values())
    return sum((w * score for w, score in instruments.values()), Fraction(0)) / total


def second_chance(
    instruments: Mapping[str, tuple[Fraction, Fraction]],
    name: str,
    score: Fraction,
    readings: Readings,
) -> Fraction:
    """14/2-3: one instrument again; the others still count."""
    weight, old = instruments[name]
    kept = max(score, old) if readings["recovered_score"] == "best" else score
    return weighted({**instruments, name: (weight, kept)})
