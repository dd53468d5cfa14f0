"""Random classes of generated students, by seed; `faulty` ones hold one kind of fault.

Cells are texts, as a CSV file has them; `course` holds what course.toml would.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

from .random_faults import put_fault
from .random_measures import add_measures

Row = dict[str, Any]
Tables = dict[str, Any]

YEAR_START, START = date(2024, 9, 1), date(2024, 9, 13)
NAMES = ("ana", "bia", "eva", "ida", "rui", "gil")
SUBJECTS = (
    ("POR", "sociocultural"),
    ("MAT", "scientific"),
    ("OFI", "technological"),
    ("ING", "sociocultural"),
    ("FIS", "scientific"),
    ("TEC", "technological"),
)
GOOD = ("3", "3", "3", "4", "5", "50%", "69.99%", "2", "90,0%", "100%")
BAD = ("1", "2", "49.5%", "3", "0%", "19.999%", "-", "_")


def random_day(seed: int) -> date:
    """The day on which the class of this seed is looked at: mostly its end."""
    rng = Random(f"day {seed}")
    if rng.random() < 0.4:
        return date(2026, 7, 25)
    return date(2024, 8, 30) + timedelta(days=rng.randint(0, 700))


def random_course(seed: int, faulty: bool = False) -> Tables:
    """The tables of the contract; a faulty class has the fault `fault_of(seed)`."""
    rng = Random(seed)
    students = [_student(rng, name) for name in rng.sample(NAMES, rng.randint(1, 4))]
    subjects = [_subject(rng, *subject) for subject in SUBJECTS[: rng.randint(3, 6)]]
    units = [unit for row in subjects for unit in _units(rng, row)]
    tables: Tables = {
        "course": {
            **{"start": START, "school_year_start": YEAR_START},
            "level_cutoffs": rng.choice(([20, 50, 70, 90], [25, 50, 75, 90])),
            "technological_by": rng.choice(("units", "domains")),
        },
        **{"students": students, "subjects": subjects, "units": units},
        "unit_grades": [],
        **{"absences": [], "internship": [], "paf": []},
    }
    for row in students:
        _fill(rng, tables, row["student"])
    for table in ("students", "subjects", "units", "unit_grades", "absences", "internship", "paf"):
        rng.shuffle(tables[table])
    add_measures(tables, seed)
    if faulty:
        put_fault(tables, seed)
    return tables


def _student(rng: Random, name: str) -> Row:
    born = date(2008, 1, 1) + timedelta(days=rng.randint(0, 700))
    path = rng.choice(("professional", "scientific", "none"))
    return {"student": name, "name": f"Aluno {name}", "birth_date": str(born), "next_path": path}


def _subject(rng: Random, subject: str, component: str) -> Row:
    planned = rng.choice(((1500, 1500), (1000, 2000), (2250, 900), (1234, 987), (2000, 0)))
    return {
        **{"subject": subject, "component": component},
        **{"planned_minutes_1": str(planned[0]), "planned_minutes_2": str(planned[1])},
        "lesson_minutes": rng.choice(("45", "50", "60")),
    }


def _units(rng: Random, subject: Row) -> list[Row]:
    technological = subject["component"] == "technological"
    least = 0 if technological or rng.random() < 0.05 else 1
    return [
        {
            **{"unit": f"{subject['subject']}-{number}", "subject": subject["subject"]},
            "domain": rng.choice(("", "A", "B")) if technological else "",
            **{"planned_minutes": rng.choice(("1500", "3000")), "catalogue": "2024"},
            "done": "false" if rng.random() < 0.03 else "true",
        }
        for number in range(1, rng.randint(least, 4) + 1)
    ]


def _fill(rng: Random, tables: Tables, student: str) -> None:
    grades = GOOD if rng.random() < 0.6 else GOOD + BAD
    for unit in tables["units"]:
        grade = rng.choice(grades)
        if grade != "-":
            percent = grade[:-1] if grade.endswith("%") else ""
            level = "" if percent or grade == "_" else grade
            row = {"student": student, "unit": unit["unit"], "level": level, "percent": percent}
            tables["unit_grades"].append(row)
    often = rng.choice((0, 0.2, 0.7))
    for subject in tables["subjects"]:
        for year in (1, 2):
            if rng.random() < often:
                tables["absences"] += _absences(rng, student, subject, year)
    _practice(rng, tables, student)


def _absences(rng: Random, student: str, subject: Row, year: int) -> list[Row]:
    """About as many lessons as may be missed, on few days, so that subjects tie."""
    lesson, planned = int(subject["lesson_minutes"]), int(subject[f"planned_minutes_{year}"])
    about = planned // 10 // lesson
    number = max(0, about + rng.choice((-2, -1, 0, 0, 1, 1, 2, 3)))
    number += planned == 0 and rng.random() < 0.2
    first = START if year == 1 else date(2025, 9, 1)
    days = [first + timedelta(days=rng.choice((0, 30, 90, 150, 210, 299))) for _ in range(number)]
    rows = []
    disciplined, excused = rng.choice((0, 0, 0.2)), rng.choice((0, 0.2))
    for day in days:
        cause = rng.choice(("sent_out", "suspension")) if rng.random() < disciplined else "ordinary"
        minutes = lesson if rng.random() < 0.9 else rng.randint(1, lesson)
        justified = rng.random() < (excused if cause == "ordinary" else 0.05)
        rows.append(
            {
                **{"student": student, "subject": subject["subject"], "date": str(day)},
                **{"minutes": str(minutes), "justified": "true" if justified else "false"},
                "cause": cause,
            }
        )
    return rows


def _practice(rng: Random, tables: Tables, student: str) -> None:
    if rng.random() < 0.9:
        absent = rng.choice((0, 0, 0, 420, 630, 631, 700, 1440))
        justified = rng.choice((0, absent // 2, absent))
        tables["internship"].append(
            {
                **{"student": student, "absent_minutes": str(absent)},
                "justified_minutes": str(justified),
                "made_up_minutes": str(rng.choice((0, justified, absent, absent // 3))),
                "level": rng.choice(("", "1", "2", "2", "3", "3", "4", "5")),
            }
        )
    if rng.random() < 0.9:
        level = rng.choice(("", "1", "2", "3", "4", "5", "5"))
        absent = rng.random() < 0.2
        tables["paf"].append(
            {
                **{"student": student, "level": level},
                "percent": "" if level else rng.choice(("", "64", "49.75", "95")),
                "absent": "true" if absent else "false",
                "justified": "true" if rng.random() < (0.5 if absent else 0.03) else "false",
            }
        )
