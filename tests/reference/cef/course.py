"""The tables of the contract made one class, or every fault of them at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from .model import (
    Absence,
    Course,
    Exclusion,
    Grade,
    Internship,
    Measure,
    Paf,
    Settings,
    Student,
    Subject,
    Unit,
)
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
        if row["subject"] == "practical":
            faults.append(Fault("subjects", number, "subject", "reserved-name"))
        if row["planned_minutes_1"] == 0 and row["planned_minutes_2"] == 0:
            faults.append(Fault("subjects", number, "planned_minutes_1", "no-planned-minutes"))
    for number, row in enumerate(found["internship"], 2):
        absent, justified = row["absent_minutes"], row["justified_minutes"]
        if absent is not None and justified is not None and justified > absent:
            faults.append(Fault("internship", number, "justified_minutes", "more-than-absent"))
        if settings is not None and absent is not None and absent > settings.internship_minutes:
            faults.append(Fault("internship", number, "absent_minutes", "more-than-planned"))
    for number, row in enumerate(found["students"], 2):
        born = row["birth_date"]
        if settings is not None and born is not None and born > settings.start:
            faults.append(Fault("students", number, "birth_date", "born-later"))
    check_absences(found, settings.start if settings else None, faults)
    check_measures(found, settings.start if settings else None, faults)
    if settings is not None:
        check_end(found, settings, faults)


def check_end(found: Found, settings: Settings, faults: list[Fault]) -> None:
    """Two school years, and no lesson, measure or decision after them."""
    last = settings.last_day(2)
    for table, column in (
        ("absences", "date"),
        ("recoveries", "recorded_on"),
        ("exclusions", "decided_on"),
        ("exclusions", "redirected_on"),
    ):
        for number, row in enumerate(found.get(table, []), 2):
            if row[column] is not None and row[column] > last:
                faults.append(Fault(table, number, column, "after-end"))


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


def check_measures(found: Found, start: date | None, faults: list[Fault]) -> None:
    """Nothing before the course; who is redirected is so on a day."""
    days = (
        ("recoveries", "recorded_on"),
        ("exclusions", "decided_on"),
        ("exclusions", "redirected_on"),
    )
    for table, column in days:
        for number, row in enumerate(found.get(table, []), 2):
            if start is not None and row[column] is not None and row[column] < start:
                faults.append(Fault(table, number, column, "before-start"))
    for number, row in enumerate(found.get("recoveries", []), 2):
        days = (row["recorded_on"], row["told_on"])
        if None not in days and days[1] < days[0]:
            faults.append(Fault("recoveries", number, "told_on", "told-before"))
    unread = {(fault.row, fault.column) for fault in faults if fault.table == "exclusions"}
    for number, row in enumerate(found.get("exclusions", []), 2):
        if row["other_path"] is None or {(1, "redirected_on"), (number, "redirected_on")} & unread:
            continue
        if (row["other_path"] == "redirected") != (row["redirected_on"] is not None):
            faults.append(Fault("exclusions", number, "redirected_on", "redirected-on"))


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
        measures=_rows(found, "recoveries", Measure),
        exclusions=_rows(found, "exclusions", Exclusion),
    )


def seen(course: Course, on: date) -> Course:
    """The class as it is known on that day: later measures and decisions are not there yet, nor
    has anybody been told later. Absences and grades stay: other questions see to them."""
    measures, exclusions = course.measures, course.exclusions
    if measures is not None:
        known = (row for row in measures if row.recorded_on <= on)
        measures = tuple(
            replace(row, told_on=None) if row.told_on is not None and row.told_on > on else row
            for row in known
        )
    if exclusions is not None:
        exclusions = tuple(
            replace(row, redirected_on=None)
            if row.redirected_on is not None and row.redirected_on > on
            else row
            for row in exclusions
            if row.decided_on <= on
        )
    return replace(course, measures=measures, exclusions=exclusions)


def _rows(found: Found, table: str, kind: Any) -> Any:
    """By the columns from the left, the first of which are the key; None without the table."""
    if table not in found:
        return None
    return tuple(kind(**row) for row in sorted(found[table], key=lambda r: [*r.values()][:3]))


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
