"""Articles 15, 19, 24 and 33-34 in words: units, subjects, components, internship and PAF."""

from __future__ import annotations

from collections.abc import Iterator

from portaria.core.messages import declare
from portaria.documents.cef.account.telling import Telling
from portaria.documents.cef.attendance_list import share_shown
from portaria.documents.cef.paper import UNGRADED
from portaria.regulations.cef.explain import GradeTold, UnitTold

GRADE = declare("cef-told-grade", "{name}: level {level}, from the mean {exact}.")
NO_GRADE = declare("cef-told-no-grade", "{name}: no grade yet.")
OPEN = declare("cef-told-open", "Some of its units are not done or not graded.")
UNITS = declare("cef-told-units", "Units: {units}.")
UNITS_OF = declare("cef-told-units-of", "Units of {subject}: {units}.")
UNIT = declare("cef-told-unit", "{unit} {level}")
UNIT_PERCENT = declare("cef-told-unit-percent", "{unit} {level} ({percent} %)")
NOT_DONE = declare("cef-told-unit-not-done", "{unit} not done")
PASSED = declare("cef-told-passed", "Passed.")
NOT_PASSED = declare("cef-told-not-passed", "Not passed.")
NO_INTERNSHIP = declare("cef-told-no-internship", "No internship is recorded.")
INTERNSHIP = declare(
    "cef-told-internship",
    "Internship: missed {absent} of {planned} minutes ({justified} justified, {made_up} made up); "
    "attendance {percent} %.",
)
INTERNSHIP_LEVEL = declare("cef-told-internship-level", "Grade of the internship: level {level}.")
ADMITTED = declare("cef-told-admitted", "Admitted to the PAF.")
NOT_ADMITTED = declare("cef-told-not-admitted", "Not admitted to the PAF.")
PAF = declare("cef-told-paf", "PAF: level {level}.")
PAF_LOST = declare("cef-told-paf-lost", "Absent from the PAF without a justification.")
PAF_OPEN = declare("cef-told-paf-open", "No grade of the PAF yet.")
PRACTICAL = declare(
    "cef-told-practical",
    "Practical component: 7/10 of {internship} and 3/10 of {paf} are {exact}, level {level}.",
)


def grade_lines(telling: Telling) -> Iterator[str]:
    """Each subject with its units, the technological ones with theirs, then each component."""
    told = telling.told
    graded = {each.name: each for each in told.subject_grades}
    for subject in dict.fromkeys((*graded, *(unit.subject for unit in told.units))):
        units = ", ".join(_unit(telling, unit) for unit in told.units if unit.subject == subject)
        if subject in graded:
            yield " ".join(_grade(telling, graded[subject], subject, units))
        else:
            yield telling.say(UNITS_OF, subject=subject, units=units)
    for each in told.component_grades:
        name = telling.part(each.name)
        yield " ".join(_grade(telling, each, name[:1].upper() + name[1:]))


def _grade(telling: Telling, each: GradeTold, name: str, units: str = "") -> Iterator[str]:
    if each.level is None:
        yield telling.say(NO_GRADE, name=name)
    else:
        numbers = {"level": each.level, "exact": each.exact}
        yield telling.say_once(GRADE, each.clause, name=name, **numbers)
    if units:
        yield telling.say(UNITS, units=units)
    if not each.complete:
        yield telling.say(OPEN)
    yield telling.say(PASSED if each.passed else NOT_PASSED)


def _unit(telling: Telling, unit: UnitTold) -> str:
    level = UNGRADED if unit.level is None else unit.level
    if not unit.done:
        return telling.say(NOT_DONE, unit=unit.unit)
    if unit.percent is None:
        return telling.say(UNIT, unit=unit.unit, level=level)
    return telling.say(UNIT_PERCENT, unit=unit.unit, level=level, percent=unit.percent)


def practice_lines(telling: Telling) -> Iterator[str]:
    """The internship, access to the PAF, and the grade of both."""
    found = telling.told.practice
    if found.absent is None:
        yield telling.say(NO_INTERNSHIP)
    else:
        minutes = {
            "absent": found.absent,
            "planned": found.planned,
            "justified": found.justified,
            "made_up": found.made_up,
            "percent": share_shown(found.attendance) if found.attendance is not None else None,
        }
        yield telling.say(INTERNSHIP, **minutes)
        if found.internship is not None:
            yield telling.say(INTERNSHIP_LEVEL, level=found.internship)
    yield telling.say(ADMITTED if found.admitted else NOT_ADMITTED, found.admission_clause)
    if found.paf is not None:
        yield telling.say(PAF, level=found.paf)
    elif found.admitted:
        lost = found.paf_absent and not found.paf_justified
        yield telling.say(PAF_LOST if lost else PAF_OPEN)
    if found.level is not None:
        grades = {"internship": found.internship, "paf": found.paf}
        numbers = {"exact": found.exact, "level": found.level}
        yield telling.say(PRACTICAL, found.clause, **grades, **numbers)
