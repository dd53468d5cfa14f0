"""Explanations: the situation first, then what is told of it. Nothing told may differ from what
the load has, which the last tests hold against random networks."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from reference.scae.random_logs import random_network

from portaria.cli.app import run
from portaria.core.errors import InputError, UsageError
from portaria.regulations.scae.explain import Explanation, as_json, explain
from portaria.regulations.scae.stored import Stored

from .made_loads import extract, loads, situation, write

YEAR = {"start": "2024-02-05", "end": "2024-12-13"}
IN_7A = [{"class": "7A", **YEAR}]
E1 = {"enrolment": "E1", "class": "7A"}


def moves(*moments: str, enrolment: str = "E1") -> list[dict[str, str]]:
    """`2024-05-08 2 6`: the day, from and to; a result where the code is one."""
    rows = []
    for words in moments:
        day, before, after = words.split()
        column = "result" if after in ("9", "10", "71") else "situation"
        rows.append(
            {"enrolment": enrolment, "at": f"{day}T09:00:00", "from": before.strip("-"),
             "to": after, "column": column}
        )  # fmt: skip
    return rows


def only(folder: Path, subject: str = "E1") -> Explanation:
    (told,) = explain(folder, subject)
    return told


def line(told: Explanation) -> str:
    """Outcome, cause with its clause, situation in SGE and SCAE."""
    standing = told.standing
    assert standing is not None
    item = told.cause.clause.partition(" ")[2]
    return f"{told.outcome} {told.cause.code} [{item}] {standing.code}->{standing.scae}"


# --- why a record goes, or not -------------------------------------------------------------------

WHY = [
    # month, movements of E1 in 7A (2024-02-05 to 2024-12-13), what is told
    ("2024-03", ["2024-02-01 - 2"], "upsert active [hora-aluno/1] 2->1"),
    ("2024-05", ["2024-05-08 2 6"], "upsert moved [critérios/4] 6->21"),
    ("2024-06", ["2024-05-08 2 6"], "nothing silent [critérios/4] 6->21"),
    ("2024-04", ["2024-05-08 2 6"], "upsert active [hora-aluno/1] 2->1"),
    ("2024-01", ["2024-01-10 - 2"], "nothing not_begun [critérios/1] 2->1"),
    ("2025-01", ["2024-02-01 - 2"], "nothing ended [critérios/3] 2->1"),
    ("2024-05", ["2024-04-10 2 5"], "nothing suspended [hora-aluno/1] 5->5"),
    ("2024-03", ["2024-03-10 2 DEP"], "nothing hidden [não-enviadas] DEP->None"),
    ("2024-06", ["2024-06-20 2 CANC"], "delete cancelled [exclusão] CANC->None"),
    ("2024-07", ["2024-06-20 2 CANC"], "nothing hidden_cancelled_other [não-enviadas] CANC->None"),
    ("2024-05", ["2024-05-02 2 39"], "error E-SIT-UNMAPPED [situações-básica] 39->None"),
    ("2025-03", ["2024-05-02 2 39"], "nothing unmapped [situações-básica] 39->None"),
    ("2024-03", ["2024-06-01 - 2"], "nothing not_enrolled [atenção/7] ->None"),
    ("2024-12", ["2024-10-02 2 6", "2024-12-18 - 10"], "error moved [critérios/4] 10->13"),
]


@pytest.mark.parametrize(("month", "log", "expected"), WHY, ids=[row[2] for row in WHY])
def test_why_a_record_goes_or_not(month, log, expected, tmp_path):
    made = {"enrolled_on": "2024-01-10"} if month == "2024-01" else {}
    tables = situation(classes=IN_7A, enrolments=[{**E1, **made}], movements=moves(*log))
    assert line(only(loads(tmp_path, tables, month))) == expected


WITHOUT_LOG = [
    ("2", "upsert active [hora-aluno/1] 2->1"),
    ("6", "nothing silent_no_log [critérios/4] 6->21"),
    ("CANC", "nothing hidden_cancelled_no_log [não-enviadas] CANC->None"),
]


@pytest.mark.parametrize(("code", "expected"), WITHOUT_LOG)
def test_without_a_log_the_row_of_today_speaks(code, expected, tmp_path):
    tables = situation(classes=IN_7A, enrolments=[{**E1, "situation": code}])
    told = only(loads(tmp_path, tables, "2024-03"))
    assert line(told) == expected
    assert told.standing is not None
    assert (told.standing.source, told.standing.at, told.standing.row) == ("snapshot", None, 2)


EARLY = [
    # month, reading of cancel_start, what is told; enrolled in February, class from 2024-03-11
    ("2024-02", "class", "nothing not_begun [critérios/1] CANC->None"),
    ("2024-03", "class", "nothing hidden_cancelled_early [não-enviadas] CANC->None"),
    ("2024-02", "enrolment", "delete cancelled [exclusão] CANC->None"),
]


@pytest.mark.parametrize(("month", "reading", "expected"), EARLY)
def test_cancelled_before_the_month_of_the_class_start(month, reading, expected, tmp_path):
    """R08, R09: cancelled on 2024-02-28."""
    tables = situation(
        classes=[{"class": "9A", "start": "2024-03-11", "end": "2024-12-13"}],
        enrolments=[{"enrolment": "E1", "class": "9A"}],
        movements=moves("2024-02-28 2 CANC"),
    )
    told = only(loads(tmp_path, tables, month, readings={"cancel_start": reading}))
    assert line(told) == expected


def test_the_situation_names_its_movement(tmp_path):
    """R50: the last movement of the month, row 3 of the log; what comes later is not looked at."""
    log = moves("2024-03-05 2 6", "2024-03-20 6 3", "2024-04-02 3 2")
    told = only(
        loads(tmp_path, situation(classes=IN_7A, enrolments=[E1], movements=log), "2024-03")
    )
    assert told.standing is not None
    assert (told.standing.source, told.standing.column) == ("movement", "situation")
    assert (told.standing.at, told.standing.row) == (datetime(2024, 3, 20, 9), 3)
    assert told.standing.clause == "extrator-scae atenção/7"


def test_before_the_first_movement_its_origin_speaks(tmp_path):
    tables = situation(classes=IN_7A, enrolments=[E1], movements=moves("2024-05-08 70 2"))
    told = only(loads(tmp_path, tables, "2024-03"))
    assert line(told) == "upsert active [hora-aluno/1] 70->24"
    assert told.standing is not None
    assert told.standing.source == "before"


def test_a_withheld_record_tells_why_it_would_go(tmp_path):
    """Trancado of April in May, sent monthly by the reading, and categoria is empty."""
    tables = situation(classes=IN_7A, enrolments=[E1], movements=moves("2024-04-10 2 5"))
    settings = {"required": {"basic": ["categoria"]}, "readings": {"suspended": "monthly"}}
    told = only(loads(tmp_path, tables, "2024-05", **settings))
    assert line(told) == "error suspended_monthly [hora-aluno/1] 5->5"
    assert told.codes == ("E-REQ",)
    assert case(told.mobility) == "None earlier_month mobilidade/1 None"
    assert told.readings == {"suspended": "monthly"}


# --- dates ---------------------------------------------------------------------------------------

DATES = [
    # R18-R21, R25-R27: enrolled on, field of the mobility date, log, month, what is told
    ("2024-02-05", "", "2024-02-05 - 2", "2024-02",
     "2024-02-05 class_start efetivação/1 2024-02-05", "None active mobilidade/1 None"),
    ("2024-02-06", "", "2024-02-06 - 2", "2024-02",
     "2024-02-06 enrolment efetivação/3 2024-02-05", "None active mobilidade/1 None"),
    ("2024-01-10", "", "2024-02-02 70 2", "2024-02",
     "2024-02-05 recognised_class_start efetivação/2 2024-02-02", "None active mobilidade/1 None"),
    ("2024-02-10", "", "2024-03-20 70 2", "2024-03",
     "2024-03-20 recognised efetivação/4 2024-02-05", "None active mobilidade/1 None"),
    ("2024-02-01", "", "2024-12-18 - 9", "2024-12",
     "2024-02-05 class_start efetivação/1 2024-02-01",
     "2024-12-13 class_end mobilidade/2 2024-12-18"),
    ("2024-02-01", "", "2024-11-05 2 6", "2024-11",
     "2024-02-05 class_start efetivação/1 2024-02-01", "2024-11-05 log mobilidade/5 None"),
    ("2024-02-01", "2024-10-28", "2024-11-05 2 6", "2024-11",
     "2024-02-05 class_start efetivação/1 2024-02-01",
     "2024-10-28 corrected mobilidade/5 2024-11-05"),
]  # fmt: skip


def case(told: Any) -> str:
    """The date, the case with its item, the day it was weighed against."""
    item = told.case.clause.partition(" ")[2]
    return f"{told.value} {told.case.code} {item} {told.against}"


@pytest.mark.parametrize(
    ("made", "field", "log", "month", "effective", "mobility"), DATES, ids=[r[4] for r in DATES]
)
def test_dates_name_the_case_that_gave_them(made, field, log, month, effective, mobility, tmp_path):
    row = {**E1, "enrolled_on": made, "mobility_override": field, "situation": "2"}
    tables = situation(classes=IN_7A, enrolments=[row], movements=moves(log))
    told = only(loads(tmp_path, tables, month))
    assert case(told.effective) == effective
    assert case(told.mobility) == mobility


ISOLATED = [
    # R23, class from 2024-05-10: enrolled on, Data da Alteração
    ("2024-05-10", "2024-05-15", "2024-05-10 isolated_class_start isolada/5 2024-05-10"),
    ("2024-05-12", "2024-05-08", "2024-05-08 isolated_changed isolada/6 2024-05-10"),
    ("2024-05-12", "", "2024-05-12 isolated_enrolment isolada/6 2024-05-10"),
]


@pytest.mark.parametrize(("made", "changed", "effective"), ISOLATED)
def test_isolated_enrolments(made, changed, effective, tmp_path):
    """R16, R23, R55: the period enrolment E5 was left in April and gives the complements."""
    tables = situation(
        classes=[
            {"class": "NR", "template": "short", "start": "2024-05-10", "end": "2024-06-28"},
        ],
        enrolments=[
            {"enrolment": "E5", "class": "NR", "enrolled_on": "2024-04-02", "situation": "41"},
        ],
        movements=moves("2024-04-20 39 41", enrolment="E5"),
        class_disciplines=[{"class_discipline": "900", "class": "NR", "discipline": "NR"}],
        discipline_enrolments=[
            {"template": "isolated", "enrolled_on": made, "changed_on": changed},
        ],
    )
    folder = loads(tmp_path, tables, "2024-05")
    told = only(folder, "I")
    assert (told.record, told.kind, told.parents) == ("I:I:NR", "I", ("E5",))
    assert case(told.effective) == effective
    assert [each.record for each in explain(folder, "RA1")] == ["I:I:NR", "P:E5:NR"]


# --- EJA -----------------------------------------------------------------------------------------

COURSE = situation(
    # EA approved in June, EB running, EC of another person; two series
    classes=[
        {"class": "EA", "template": "eja", "start": "2024-02-05", "end": "2024-06-28"},
        {"class": "EB", "template": "eja", "series": "2", "start": "2024-07-22",
         "end": "2024-12-13"},
    ],
    enrolments=[
        {"enrolment": "EA", "class": "EA", "enrolled_on": "2024-02-19", "reference": "EA"},
        {"enrolment": "EB", "class": "EB", "enrolled_on": "2024-07-15", "reference": "EA"},
        {"enrolment": "EC", "class": "EB", "enrolled_on": "2024-07-18", "reference": "EA",
         "situation": "CANC"},
    ],
    movements=[
        *moves("2024-06-20 - 9", enrolment="EA"),
        *moves("2024-07-15 - 2", "2024-12-12 - 9", enrolment="EB"),
    ],
    course_series=[
        {"course": "EJA-EM", "series": "1", "order": 1},
        {"course": "EJA-EM", "series": "2", "order": 2},
    ],
)  # fmt: skip


@pytest.mark.parametrize("subject", ["P:EA:EA", "EA", "EB", "EC", "RA1"])
def test_a_course_is_one_record_by_every_name_of_it(subject, tmp_path):
    """R14, R22, R39: the class and the date are those of EA, the situation that of EB."""
    told = only(loads(tmp_path, COURSE, "2024-09"), subject)
    assert told.record == "P:EA:EA"
    assert line(told) == "upsert active_course [situações/2] 2->1"
    assert case(told.effective) == "2024-02-19 reference_enrolment efetivação/5 2024-02-05"
    course = told.course
    assert course is not None
    assert (course.reference, course.acting, course.complete) == ("EA", "EB", False)
    assert course.series == (("1", True, True), ("2", True, False))
    assert [(m.enrolment, m.code, m.counts, m.role) for m in course.members] == [
        ("EA", "9", True, "reference"),
        ("EB", "2", True, "acting"),
        ("EC", "CANC", False, ""),
    ]
    assert set(told.readings) >= {"eja_class", "eja_complements"}


def test_a_series_approved_leaves_the_student_enrolled(tmp_path):
    told = only(loads(tmp_path, COURSE, "2024-06"), "EA")
    assert line(told) == "upsert active_course [situações/2] 9->1"
    assert told.standing is not None
    assert told.standing.series_only


def test_every_series_approved(tmp_path):
    """R28: the date is the end of the class of the last series."""
    told = only(loads(tmp_path, COURSE, "2024-12"), "EA")
    assert line(told) == "upsert moved_series [mobilidade/3] 9->11"
    assert case(told.mobility) == "2024-12-13 last_series mobilidade/3 2024-12-12"
    assert told.course is not None
    assert (told.course.complete, told.course.complete_since) == (True, date(2024, 12, 1))


def test_a_reference_that_leads_nowhere(tmp_path):
    rows = [{"enrolment": "EA", "class": "EA", "enrolled_on": "2024-02-19", "reference": "NO"}]
    tables = situation(
        classes=[{"class": "EA", "template": "eja", **YEAR}], enrolments=rows
    )  # fmt: skip
    told = only(loads(tmp_path, tables, "2024-03"), "EA")
    assert line(told) == "error E-EJA-BADREF [matrícula/2] 2->1"
    assert (told.course, told.codes) == (None, ("E-EJA-BADREF",))
    assert [(f.code, f.value, f.withholds) for f in told.findings] == [("E-EJA-BADREF", "NO", True)]


# --- hours and disciplines -----------------------------------------------------------------------

LESSONS = [
    {"class_discipline": name, "date": f"2024-03-{day:02}", "minutes": 50}
    for name, days in (("A", (5, 12, 19)), ("B", (6,)), ("C", ()))
    for day in days
]
OFFERS = [{"class_discipline": name, "class": "7A", "discipline": name} for name in "ABC"]
TAKES = [
    {"discipline_enrolment": f"D{name}", "enrolment": "E1", "class_discipline": name}
    for name in "ABC"
]
HOURS = [
    # the types of A, B and C, further readings; state, why, hours, minutes, without type
    ("PPP", {}, ("whole", "", "3.33", 200, ())),
    ("P-P", {}, ("partial", "", "2.50", 150, ("B",))),
    ("---", {}, ("blank", "no_type", None, 0, ("A", "B", "C"))),
    ("---", {"hours_all_dropped": "zero"}, ("partial", "no_type", "0.00", 0, ("A", "B", "C"))),
    ("P-P", {"hours_notype": "student"}, ("blank", "one_untyped", None, 150, ("B",))),
    ("PPP", {"hours_unit": "lesson_50"}, ("whole", "", "4.00", 200, ())),
    ("PPP", {"hours_source": "none"}, ("blank", "off", None, 0, ())),
]


@pytest.mark.parametrize(("types", "readings", "expected"), HOURS)
def test_hours_are_told_with_what_they_are_the_sum_of(types, readings, expected, tmp_path):
    """R46, R48: three lessons of 50 minutes of A, one of B, none of C."""
    offers = [
        {**row, "type": "" if kind == "-" else kind}
        for row, kind in zip(OFFERS, types, strict=True)
    ]
    tables = situation(
        classes=IN_7A, enrolments=[E1], class_disciplines=offers, lessons=LESSONS,
        discipline_enrolments=TAKES,
    )  # fmt: skip
    hours = only(loads(tmp_path, tables, "2024-03", readings=readings)).hours
    assert hours is not None
    value = None if hours.value is None else str(hours.value)
    assert (hours.state, hours.why, value, hours.minutes, hours.untyped) == expected


def test_disciplines_of_new_eja(tmp_path):
    """R42-R44: 102 reached Aprovado in May, 101 only goes with a mobility, FIL has no code."""
    offers = [("101", "MAT"), ("102", "LPT"), ("", "FIL")]
    tables = situation(
        classes=[{"class": "EA", "template": "neja", **YEAR}],
        enrolments=[{"enrolment": "EA", "class": "EA", "reference": "EA"}],
        class_disciplines=[
            {"class_discipline": name, "class": "EA", "discipline": name, "scae_code": code}
            for code, name in offers
        ],
        discipline_enrolments=[
            {"discipline_enrolment": f"D{name}", "enrolment": "EA", "class_discipline": name}
            for _, name in offers
        ],
        discipline_movements=[
            {"discipline_enrolment": f"D{name}", "at": "2024-05-20T09:00:00", "from": "2",
             "to": "9"}
            for name in ("LPT", "FIL")
        ],
    )  # fmt: skip
    folder = loads(tmp_path, tables, "2024-05")
    told = only(folder, "EA")
    assert told.disciplines is not None
    assert told.disciplines.case.code == "reached"
    assert [
        (d.scae_discipline, d.discipline, d.code, d.situation, d.evaluation_type, d.reached)
        for d in told.disciplines.lines
    ] == [("102", "LPT", "9", 12, 1, True)]
    assert "E-DISC-NOCODE" in [finding.code for finding in told.findings]
    assert only(folder, "DLPT") == told
    none = only(extract(tmp_path / "source", "2024-06", tmp_path / "june"), "EA").disciplines
    assert none is not None
    assert (none.case.code, none.lines) == ("none", ())


# --- what was sent before ------------------------------------------------------------------------


def test_what_changed_since_the_load_before(tmp_path):
    """Sent as 1 in April, 21 in May, silent in June: each month tells the one before."""
    log = moves("2024-02-01 - 2", "2024-05-08 2 6")
    tables = situation(classes=IN_7A, enrolments=[E1], movements=log)
    months = ("2024-04", "2024-05", "2024-06")
    loads(tmp_path, tables, *months)
    told = []
    for month in months:
        each = only(tmp_path / month)
        before = each.before and (each.before.month, each.before.situation, each.before.open)
        told.append((month, each.outcome, each.change, before))
    assert told == [
        ("2024-04", "upsert", "new", None),
        ("2024-05", "upsert", "exited", ("2024-04", 1, True)),
        ("2024-06", "nothing", "", ("2024-05", 21, False)),
    ]


def test_without_a_ledger_nothing_is_known_of_before(tmp_path):
    source = write(tmp_path / "source", situation(classes=IN_7A, enrolments=[E1]))
    told = only(extract(source, "2024-03", tmp_path / "r"))
    assert (told.ledger, told.before, told.change) == (False, None, "")


def test_a_class_transfer_is_two_records(tmp_path):
    """R12: E1 went from 7A to 7B on 2024-04-10; the row names 7B, the log 7A."""
    classes = [{"class": name, **YEAR} for name in ("7A", "7B")]
    log = [{**row, "class": "7A"} for row in moves("2024-04-10 2 31")]
    rows = [{"enrolment": "E1", "class": "7B"}]
    folder = loads(tmp_path, situation(classes=classes, enrolments=rows, movements=log), "2024-04")
    left, entered = explain(folder, "E1")
    assert (left.record, line(left)) == ("P:E1:7A", "upsert moved [critérios/4] 31->20")
    assert (entered.record, line(entered)) == ("P:E1:7B", "upsert active [hora-aluno/1] 2->1")
    assert (entered.since, entered.enrolled_on) == (date(2024, 4, 10), date(2024, 2, 1))
    assert left.standing is not None
    assert entered.standing is not None
    assert (left.standing.source, entered.standing.source) == ("movement", "arrived")
    assert [each.record for each in explain(folder, "P:E1:7A")] == ["P:E1:7A"]


def test_a_record_of_before_that_nothing_answers_to(tmp_path):
    """The row of E1 was deleted from the source after February."""
    both = [E1, {"enrolment": "E2", "class": "7A", "student": "RA2"}]
    tables = situation(classes=IN_7A, enrolments=both)
    loads(tmp_path, tables, "2024-02")
    gone = loads(tmp_path, situation(classes=IN_7A, enrolments=both[1:]), "2024-03")
    told = only(gone)
    assert (told.record, told.outcome, told.cause.code) == ("P:E1:7A", "absent", "absent")
    assert (told.standing, told.change) == (None, "orphan")
    assert [finding.code for finding in told.findings] == ["W-ORPHAN"]


# --- readings ------------------------------------------------------------------------------------


def test_only_the_readings_that_matter_are_named(tmp_path):
    """An active enrolment with a log and without hours: none; one that left in May: those of the
    dates and hours of an exit."""
    tables = situation(
        classes=IN_7A, enrolments=[E1], movements=moves("2024-02-01 - 2", "2024-05-08 2 6"),
        class_disciplines=[{**row, "type": "P"} for row in OFFERS],
        discipline_enrolments=TAKES,
        lessons=[{**row, "date": row["date"].replace("-03-", "-05-")} for row in LESSONS],
    )  # fmt: skip
    loads(tmp_path, tables, "2024-04", "2024-05")
    assert only(tmp_path / "2024-04").readings == {}
    assert only(tmp_path / "2024-05").readings == {
        "hours_discipline": "any_day", "hours_prorata": "none", "hours_unit": "clock",
    }  # fmt: skip


# --- names that are none -------------------------------------------------------------------------

REFUSED = [
    ("e1", "whole", "near it: E1"),
    ("P:E1", "whole", "near it: P:E1:7A"),
    ("P:E1:7B", "whole", "near it: P:E1:7A"),
    ("nobody", "whole", "nobody is no record, enrolment, isolated enrolment or student"),
    ("EL", "whole", "the enrolment EL was made on July 15, 2024"),
    ("E1", "part", "the load of 2024-03 is of a part only (class=EA)"),
]


@pytest.fixture(scope="module")
def march(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """March of a network: E1 in 7A; EL, an EJA enrolment of July, which may be a reference."""
    tables = situation(
        classes=[*IN_7A, {"class": "EA", "template": "eja", **YEAR}],
        enrolments=[
            E1,
            {"enrolment": "EL", "class": "EA", "student": "RA9", "enrolled_on": "2024-07-15",
             "reference": "EL"},
        ],
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("march")
    source = write(folder / "source", tables)
    extract(source, "2024-03", folder / "part", "--only", "class=EA")
    return extract(source, "2024-03", folder / "whole")


@pytest.mark.parametrize(("subject", "part", "words"), REFUSED)
def test_a_name_that_nobody_has(subject, part, words, march):
    with pytest.raises(UsageError) as refused:
        explain(march.parent / part, subject)
    assert words in str(refused.value)


def test_a_folder_that_is_no_load(tmp_path):
    with pytest.raises(UsageError, match="is not a folder of results of scae extract"):
        explain(tmp_path, "E1")


def test_a_file_that_is_not_the_one_written_is_not_told(tmp_path):
    folder = loads(tmp_path, situation(classes=IN_7A, enrolments=[E1]), "2024-03")
    path = folder / "findings.csv"
    path.write_text(path.read_text() + "\n")
    with pytest.raises(InputError, match=r"The results are damaged: findings\.csv"):
        explain(folder, "E1")


def test_json_is_the_same_object(tmp_path, capsys):
    tables = situation(classes=IN_7A, enrolments=[E1], movements=moves("2024-05-08 2 6"))
    folder = loads(tmp_path, tables, "2024-05")
    assert run(["scae", "explain", str(folder), "E1", "--json"]) == 0
    (printed,) = json.loads(capsys.readouterr().out)
    assert printed == json.loads(json.dumps(as_json(explain(folder, "E1"))[0]))
    assert printed["mobility"]["value"] == "2024-05-08"
    assert printed["standing"]["at"] == "2024-05-08T09:00:00"
    assert printed["class"]["name"] == "7A"


# --- everything told is what the load has --------------------------------------------------------


def decided_dates(row: dict[str, Any], told: Explanation) -> tuple[Any, Any]:
    """The stored dates that the two cases name."""
    assert told.effective is not None
    assert told.mobility is not None
    effective = {
        "class_start": row["start"], "enrolment": row["base_date"],
        "recognised": row["recognised"], "changed": row["changed_on"],
    }  # fmt: skip
    moved = row["last_at"] and row["last_at"].date()
    mobility = {
        "active": None, "earlier_month": None, "no_class_end": None, "corrected": row["override"],
        "class_end": row["acting_end"], "last_series": row["acting_end"], "log": moved,
        "isolated_log": moved,
    }  # fmt: skip
    case = next(name for name in effective if told.effective.case.code.endswith(name))
    return effective[case], mobility[told.mobility.case.code]


RANDOM = [
    (1, ("2024-05", "2024-06"), {}),
    (4, ("2024-12",), {}),
    (11, ("2024-08",), {"hours_prorata": "clip", "suspended": "monthly", "eja_class": "current"}),
]


@pytest.mark.parametrize(("seed", "months", "readings"), RANDOM)
def test_random_networks(seed, months, readings, tmp_path):
    """Each date is the one of its case, the hours are those of their minutes, and every record of
    the load, sent or withheld, is told as it is."""
    network = random_network(seed, people=20, faulty=seed % 2 == 1)
    write(tmp_path / "s", network.source(), readings=readings)
    more = ("--state", network.config["state"], "--ledger", str(tmp_path / "ledger.parquet"))
    for month in months:
        folder = extract(tmp_path / "s", month, tmp_path / month, *more)
        stored = Stored.open(folder)
        rows = {row["record"]: row for row in stored.decisions(pl.lit(True)).rows(named=True)}
        lines = {
            line["record"]: line
            for table in ("load", "withheld")
            for line in stored.table(table, pl.lit(True)).rows(named=True)
        }
        told = {
            each.record: each
            for student in {row["student"] for row in rows.values()}
            for each in explain(folder, student)
        }
        assert told.keys() >= rows.keys()
        for record, row in rows.items():
            same(told[record], row, lines.get(record))


def same(told: Explanation, row: dict[str, Any], sent: dict[str, Any] | None) -> None:
    assert (told.outcome, told.reason) == (row["outcome"], row["reason"])
    if told.effective is None:
        assert row["effective_date"] is None
        return
    assert sent is not None
    assert told.mobility is not None
    assert told.hours is not None
    dates = (told.effective.value, told.mobility.value)
    assert dates == (row["effective_date"], row["mobility_date"]) == decided_dates(row, told)
    assert (told.class_.name, str(told.effective.value)) == (sent["class"], sent["effective_date"])
    hours = told.hours
    assert (None if hours.value is None else str(hours.value)) == sent["student_hours"]
    assert hours.partial is (sent["hours_partial"] == "true")
    if hours.value is None:
        assert hours.why
    elif hours.why not in ("suspended", "gap", "no_type"):
        cents = (hours.minutes * 200 + hours.unit) // (2 * hours.unit)
        assert hours.value == Decimal(cents).scaleb(-2)
