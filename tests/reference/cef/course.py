"""The tables of the contract made one class, or every fault of them at once."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from .model import Absence, Course, Grade, Internship, Paf, Settings, Student, Subject, Unit
from .settings import settings_of
from .tables import Fault, Row, Tables, check_keys, typed

Found = dict[str, list[Row]]


class BadCourse(ValueError):
    """The class cannot be evaluated; `faults` holds every reason, by table, row and column."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("; ".join(" ".join(map(str, fault)) for fault in self.faults))


def read_course(tables: Tables) -> Course:
    """The class, or BadCourse."""
    faults: list[Fault] = []
    settings = settings_of(tables.get("course"), faults)
    found = typed(tables, faults)
    check_keys(found, faults)
    check_rows(found, settings, faults)
    if faults or settings is None:
        raise BadCourse(faults)
    return build(settings, found)


def check_rows(found: Found, settings: Settings | None, faults: list[Fault]) -> None:
    """What no single cell shows."""
    for table in ("unit_grades", "paf"):
        for number, row in enumerate(found[table], 2):
            if row["level"] is not None and row["percent"] is not None:
                faults.append(Fault(table, number, "percent", "two-grades"))
    for number, row in enumerate(found["subjects"], 2):
        if row["planned_minutes_1"] == 0 and row["planned_minutes_2"] == 0:
            faults.append(Fault("subjects", number, "planned_minutes_1", "no-planned-minutes"))
    for number, row in enumerate(found["internship"], 2):
        absent, justified = row["absent_minutes"], row["justified_minutes"]
        if absent is not None and justified is not None and justified > absent:
            faults.append(Fault("internship", number, "justified_minutes", "more-than-absent"))
        if settings is not None and absent is not None and absent > settings.internship_minutes:
            faults.append(Fault("internship", number, "absent_minutes", "more-than-planned"))
    check_absences(found, settings.start if settings else None, faults)


def check_absences(found: Found, start: date | None, faults: list[Fault]) -> None:
    """9/1: the hours planned are the hours held, so nobody can miss more of them; nor a lesson
    before the first one."""
    subjects = {row["subject"]: row for row in found["subjects"]}
    missed: dict[tuple[str, str], int] = {}
    for number, row in enumerate(found["absences"], 2):
        if start is not None and row["date"] is not None and row["date"] < start:
            faults.append(Fault("absences", number, "date", "before-start"))
        subject, minutes = subjects.get(row["subject"]), row["minutes"]
        if subject is None or minutes is None:
            continue
        lesson = subject["lesson_minutes"]
        if lesson is not None and minutes > lesson:
            faults.append(Fault("absences", number, "minutes", "longer-than-lesson"))
        key = (row["student"], row["subject"])
        missed[key] = missed.get(key, 0) + minutes
        years = (subject["planned_minutes_1"], subject["planned_minutes_2"])
        if None not in years and missed[key] > sum(years):
            faults.append(Fault("absences", number, "minutes", "more-than-planned"))


def build(settings: Settings, found: Found) -> Course:
    """Everything in the order of its key: the order of the rows means nothing."""
    return Course(
        settings=settings,
        students=tuple(sorted((Student(**row) for row in found["students"]), key=_key("student"))),
        subjects=tuple(sorted((_subject(row) for row in found["subjects"]), key=_key("subject"))),
        units=tuple(sorted((_unit(row) for row in found["units"]), key=_key("unit"))),
        grades={(r["student"], r["unit"]): _grade(r) for r in found["unit_grades"]},
        absences=tuple(sorted((Absence(**row) for row in found["absences"]), key=_key("date"))),
        internships={r["student"]: _internship(r) for r in found["internship"]},
        pafs={r["student"]: Paf(_grade(r), r["absent"], r["justified"]) for r in found["paf"]},
    )


def _key(name: str) -> Any:
    return lambda thing: getattr(thing, name)


def _subject(row: Row) -> Subject:
    planned = (row["planned_minutes_1"], row["planned_minutes_2"])
    return Subject(row["subject"], row["component"], planned, row["lesson_minutes"])


def _unit(row: Row) -> Unit:
    return Unit(row["unit"], row["subject"], row["domain"] or row["subject"], row["done"])


def _grade(row: Row) -> Grade:
    return Grade(row["level"], row["percent"])


def _internship(row: Row) -> Internship:
    return Internship(
        row["absent_minutes"], row["justified_minutes"], row["made_up_minutes"], row["level"]
    )
