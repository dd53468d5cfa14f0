"""A small contest in which seats can be exchanged, students relocated and results rectified."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import polars as pl
from django.utils import timezone

from portaria.web.access import enrolments, holders
from portaria.web.access.after import phases_of
from portaria.web.access.enrolment_checks import Reported
from portaria.web.access.models import Contest, Enrolment, Programme, Stage
from portaria.web.accounts.models import User
from web.making import contest_from, placed, published_contest

PROGRAMMES = {  # programme: (institution, seats)
    "7001/A": ("7001", 2),
    "7002/B": ("7002", 2),
    "7002/C": ("7002", 3),
    "7001/D": ("7001", 2),
}
PEOPLE = {  # candidate: (grade, options)
    "A": (180, ["7001/A"]),
    "B": (170, ["7002/B"]),
    "X": (150, ["7001/A"]),
    "Y": (140, ["7002/B"]),
    "W": (130, ["7001/D"]),
    "Z": (120, ["7001/A"]),
}


def write_folder(folder: Path) -> Path:
    """The tables of the contest: every programme asks for exam 19, half of the grade."""
    folder.mkdir()
    lines = ["programme,institution,institution_name,course_name,subsystem,island_university,seats,"
             "w_secondary,w_prerequisite,min_exam,min_grade,prerequisite,prerequisite_kind,sport,"
             "regional_share,vocational_share"]  # fmt: skip
    lines += [
        f"{code},{place},Escola {place},Curso {code[-1]},university,,{seats},50,0,95,95,,,false,0,0"
        for code, (place, seats) in PROGRAMMES.items()
    ]
    tables = {"programmes": lines}
    tables["exam_sets"] = ["programme,set,exam,weight", *(f"{each},1,19,50" for each in PROGRAMMES)]
    tables["candidates"] = [
        "candidate,name,civil_id,secondary,secondary_with_pe,two_cycle_a,two_cycle_b,"
        "has_final_grade,area,secondary_course,claims_regional,azores,madeira,emigrant,military,"
        "disability",
        *(
            f"{who},Pessoa {who},,{grade},,,,true,,,false,,,false,false,false"
            for who, (grade, _options) in PEOPLE.items()
        ),
    ]
    tables["exams"] = [
        "candidate,exam,programme,grade",
        *(f"{who},19,,{grade}" for who, (grade, _options) in PEOPLE.items()),
    ]
    tables["options"] = [
        "candidate,order,programme",
        *(
            f"{who},{number},{each}"
            for who, (_grade, options) in PEOPLE.items()
            for number, each in enumerate(options, 1)
        ),
    ]
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "contest.toml").write_text(
        'edition = "pt-national-2017"\nphase = 1\n', encoding="utf-8"
    )
    return folder


def moving_contest(folder: Path, user_with: Callable[..., User]) -> Contest:
    """That contest published, everybody placed enrolled a day ago."""
    contest = contest_from(write_folder(folder), user_with("office"))
    now = timezone.now()
    contest.stage = Stage.CLOSED
    contest.opens_at, contest.closes_at = now - timedelta(days=9), now - timedelta(seconds=1)
    contest.save()
    placed(contest, user_with("office"))
    contest = published_contest(contest, user_with("director"))
    for code in ("7001", "7002"):
        enrol(contest, code, user_with("institution", code))
    return contest


def enrol(contest: Contest, code: str, officer: User, on: date | None = None) -> None:
    """Report everybody there as enrolled."""
    day = on or timezone.localdate() - timedelta(days=1)
    rows = [Reported(who, True, day) for who in holders.students(contest, code)]
    enrolments.report(contest, code, rows, officer)


def seats_of_pages(contest: Contest) -> dict[str, str]:
    """By candidate, the programme of each seat of this phase that stands or may yet, as the pages
    of all institutions and the API tell it."""
    told: dict[str, str] = {}
    places = Programme.objects.filter(contest=contest).values_list("institution", flat=True)
    for code in set(places):
        here = holders.students(contest, code or "")
        assert not told.keys() & here.keys(), "a seat is in one institution"
        told |= here
    gone = Enrolment.objects.filter(contest=contest, cancelled=True)
    for who in gone.values_list("candidate", flat=True):
        told.pop(who, None)
    return told


def seats_of_engine(contest: Contest) -> dict[str, str]:
    """The same by `Phases.seats`."""
    phases = phases_of(contest)
    won = phases.seats.filter((pl.col("phase") == contest.phase) & ~pl.col("cancelled"))
    return dict(won.select("candidate", "programme").iter_rows())
