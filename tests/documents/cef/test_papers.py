"""Sheets, lists, notice and plan as pages: what they say, that they fit, and are made twice."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from io import BytesIO

import pytest
from pypdf import PdfReader

from documents.cef.classes import (
    ON,
    PAPERS,
    PLAN,
    course_of,
    evaluated,
    excluded,
    meeting_record,
    tables,
    text_of,
)
from portaria.core.errors import UsageError
from portaria.documents.cef.attendance_list import attendance_list, share_shown
from portaria.documents.cef.certificates import certificate
from portaria.documents.cef.grade_sheets import grade_sheet, internship_sheet, paf_sheet
from portaria.documents.cef.internship_plan import internship_plan
from portaria.documents.cef.minutes import minutes
from portaria.documents.cef.paf_notice import paf_notice
from portaria.documents.cef.records import Papers, Plan
from portaria.regulations.cef.evaluate import evaluate

MAKERS = {
    "grade-sheet": grade_sheet,
    "internship-sheet": internship_sheet,
    "paf-sheet": paf_sheet,
    "attendance": attendance_list,
    "paf-notice": paf_notice,
    "minutes": lambda e, papers, lang: minutes(e, meeting_record(), papers, lang),
    "internship-plan": lambda e, papers, lang: internship_plan(e, PLAN, papers, lang),
    "certificate": lambda e, papers, lang: certificate(e, "1", papers, lang),
}


@pytest.fixture(scope="module")
def twenty_two(tmp_path_factory):
    return evaluated(tmp_path_factory.mktemp("class"))


def pages(content):
    return PdfReader(BytesIO(content)).pages


@pytest.mark.parametrize("lang", ["en", "pt-PT"])
@pytest.mark.parametrize("kind", MAKERS)
def test_the_same_class_makes_the_same_pages(twenty_two, kind, lang):
    content = MAKERS[kind](twenty_two, PAPERS, lang)
    assert content == MAKERS[kind](twenty_two, PAPERS, lang)
    root = PdfReader(BytesIO(content)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == lang
    about = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2<" in about
    assert "<pdfuaid:part>1<" in about


@pytest.mark.parametrize("kind", MAKERS)
def test_each_names_the_school_and_the_regulation(twenty_two, kind):
    told = text_of(MAKERS[kind](twenty_two, PAPERS, "en"))
    assert "Agrupamento de Escolas de Vila Inventada" in told
    assert "Regulamento dos Cursos de Educação e Formação" in told
    assert "Vila Inventada, July" in told or kind == "attendance"  # which is not posted


@pytest.mark.parametrize(("students", "subjects"), [(22, 12), (25, 14), (1, 5), (6, 11)])
@pytest.mark.parametrize("domains", [True, False])
def test_a_grade_sheet_fits_one_page_lying(tmp_path, students, subjects, domains):
    found = evaluated(tmp_path, students=students, subjects=subjects, domains=domains)
    (page,) = pages(grade_sheet(found, PAPERS, "pt-PT"))
    assert page.mediabox.width > page.mediabox.height


def test_the_grade_sheet_has_every_subject_and_domain(twenty_two):
    told = text_of(grade_sheet(twenty_two, PAPERS, "en"))
    for words in ("Sociocultural", "Scientific", "Serviço de Bar", "Óscar Emanuel Batalha"):
        assert words in told
    assert "Technological component" not in told


def test_by_units_the_technological_component_is_one_column(tmp_path):
    told = text_of(grade_sheet(evaluated(tmp_path, domains=False, students=3), PAPERS, "en"))
    assert "Technological compo" in told
    assert "Serviço de Bar" not in told


@pytest.fixture(scope="module")
def with_exclusions(tmp_path_factory):
    """1 is excluded from two subjects, 2 from one, 3 from the practical component, and 4 later; 9
    failed the internship by attendance."""
    given = tables(students=10)
    given["exclusions"] = [
        excluded("1", "Português"),
        excluded("1", "Serviço de Bar"),
        excluded("2", "Serviço de Bar"),
        excluded("3"),
        excluded("4", "Inglês", "2026-08-01"),
    ]
    return course_of(tmp_path_factory.mktemp("class"), given)


def test_the_grade_sheet_marks_who_is_excluded(with_exclusions):
    told = text_of(grade_sheet(evaluate(with_exclusions, ON), PAPERS, "en"))
    levels = told.split("Ágata Sofia Inventada Lourenço ")[1].split(" 2 Afonso")[0].split()
    assert (len(levels), levels[0]) == (12, "EX")
    assert levels.count("EX") == 2
    assert "EX: excluded for absences, by decision of the class council [art. 12, no. 19]." in told
    assert "EX beside a level" not in told
    early = text_of(grade_sheet(evaluate(with_exclusions, date(2026, 5, 19)), PAPERS, "en"))
    assert "EX" not in early


def test_by_units_an_exclusion_from_a_part_stands_beside_the_level(tmp_path):
    given = tables(students=2, domains=False)
    given["exclusions"] = [excluded("1", "Serviço de Bar")]
    given["exclusions"] += [
        excluded("2", subject["subject"])
        for subject in given["subjects"]
        if subject["component"] == "technological"
    ]
    found = evaluate(course_of(tmp_path, given), ON)
    told = text_of(grade_sheet(found, PAPERS, "en"))
    levels = told.split("Ágata Sofia Inventada Lourenço ")[1].split(" 2 Afonso")[0].split()
    assert (len(levels), levels[-1]) == (11, "EX")
    assert levels[-2] in "2345"
    levels = told.split("Afonso Miguel Feliz Prado ")[1].split(" Vila")[0].split()
    assert (len(levels), levels[-1]) == (10, "EX")
    assert "EX beside a level: excluded for absences from some of its subjects only" in told


def test_the_internship_sheet_marks_who_is_excluded_or_failed_by_attendance(with_exclusions):
    told = text_of(internship_sheet(evaluate(with_exclusions, ON), PAPERS, "en"))
    assert "Beatriz Alva Montenegro EX" in told
    assert "Eduarda Pires Amoroso FA" in told
    assert told.count("EX") == 2
    assert told.count("FA") == 2
    assert "EX: excluded for absences from the practical component" in told
    assert "FA: failed the internship by attendance, below 95 % of its hours [art. 24" in told


def test_without_them_no_mark_is_explained(tmp_path):
    found = evaluated(tmp_path, students=5)
    for make in (grade_sheet, internship_sheet):
        told = text_of(make(found, PAPERS, "en"))
        assert "EX" not in told
        assert "FA:" not in told


def test_the_attendance_list_leaves_no_lessons_to_who_is_excluded(with_exclusions):
    told = text_of(attendance_list(evaluate(with_exclusions, ON), PAPERS, "en"))
    rows = [part.split(" 2 Afonso")[0] for part in told.split("Ágata Sofia Inventada Lourenço ")]
    rows = [row.split() for row in rows[1:]]
    assert [row[3] for row in rows].count("–") == 2
    assert [row[5] for row in rows if row[3] == "–"] == ["–", "–"]
    assert told.count("excluded by the council") == 3


def test_the_notice_says_that_none_excluded_is_admitted(with_exclusions, tmp_path):
    told = text_of(paf_notice(evaluate(with_exclusions, ON), PAPERS, "en"))
    assert "the attendance it asks for and was not excluded from the practical component [" in told
    assert "Beatriz Alva Montenegro" not in told
    for on, course in (
        (date(2026, 5, 19), with_exclusions),
        (ON, course_of(tmp_path, tables(students=3) | {"exclusions": [excluded("1", "Inglês")]})),
    ):
        told = text_of(paf_notice(evaluate(course, on), PAPERS, "en"))
        assert "with the attendance it asks for [art. 24, no. 6]." in told


def test_who_has_no_internship_or_was_not_admitted_is_not_on_the_paf_sheet(twenty_two):
    told = text_of(paf_sheet(twenty_two, PAPERS, "en"))
    assert "Rita Gouveia Zarco" in told
    assert "Óscar Emanuel Batalha" not in told  # 11 h 40 min absent
    assert "Óscar Emanuel Batalha" in text_of(internship_sheet(twenty_two, PAPERS, "en"))


def test_the_attendance_list_says_what_is_left_and_what_is_due(twenty_two):
    told = text_of(attendance_list(twenty_two, PAPERS, "en"))
    assert (
        "9,000 minutes in both years: at most 900 may be missed. A lesson has 50 minutes. Limit of "
        "unjustified absences in this year of the course: 450 minutes, a tenth of 4,500."
    ) in told
    # 21 lessons of 50 minutes: 1050 of 9000 in all, 600 beyond the limit of the year.
    assert "Nádia Fonseca Unhão 1050 88.33 % 0 1050 0 due: 12 lessons" in told
    assert len(pages(attendance_list(twenty_two, PAPERS, "pt-PT"))) == 6


@pytest.mark.parametrize("students", [1, 6, 9, 15, 28, 45, 60])
def test_an_attendance_list_fills_its_pages(tmp_path, students):
    found = evaluated(tmp_path, students=students)
    read = [
        " ".join(page.extract_text().split())
        for page in pages(attendance_list(found, PAPERS, "en"))
    ]
    told = " ".join(read)
    names = found.course.students["name"].to_list()
    for name in names:
        assert told.count(f" {name} ") == 12
    assert all(any(f" {name} " in page for name in names) for page in read)
    subjects = found.course.subjects["subject"]
    assert all(told.count(f"{subject} · ") == 1 for subject in subjects)
    headers = told.count("Recovery")
    assert headers == 12 + told.count("(continued)")
    assert len(read) <= 2 + 12 * (students + 9) // 60


def test_a_lost_paf_is_marked_on_its_sheet(tmp_path):
    given = tables(students=2)
    given["internship"] = [row | {"absent_minutes": "0"} for row in given["internship"]]
    given["paf"][0] |= {"level": "4", "absent": "true", "justified": "false"}
    told = text_of(paf_sheet(evaluate(course_of(tmp_path, given), ON), PAPERS, "en"))
    assert "Ágata Sofia Inventada Lourenço NT NT" in told
    assert "NT: not taken: absent from the PAF without a justification" in told
    assert "[art. 34, no. 3]" in told
    told = text_of(paf_sheet(evaluated(tmp_path / "none", students=2), PAPERS, "en"))
    assert "NT" not in told


def test_the_limit_may_be_of_both_years(tmp_path):
    given = tables(students=2)
    given["course"]["policy"] = {"recovery_base": "course"}
    told = text_of(attendance_list(evaluate(course_of(tmp_path, given), ON), PAPERS, "en"))
    assert "absences in both years together: 900 minutes, a tenth of 9,000." in told
    assert "in this year of the course" not in told


@pytest.mark.parametrize(
    ("make", "students", "subjects"),
    [
        (grade_sheet, 30, 12), (grade_sheet, 34, 18), (grade_sheet, 38, 12), (grade_sheet, 70, 12),
        (internship_sheet, 44, 8), (internship_sheet, 60, 8), (paf_notice, 60, 8),
    ],
)  # fmt: skip
def test_no_page_has_signatures_alone(tmp_path, make, students, subjects):
    found = evaluated(tmp_path, students=students, subjects=subjects)
    content = make(found, PAPERS, "en")
    last = pages(content)[-1].extract_text()
    assert "Olívia Marques Serrano" in last
    assert f"Aluna Gerada Número {students - 23}" in " ".join(last.split())
    told = text_of(content)
    assert told.count("Olívia Marques Serrano") == 1
    assert all(told.count(f"Gerada Número {n} ") <= 1 for n in range(students))


@pytest.mark.parametrize("lines", range(6, 40, 3))
def test_no_page_of_a_plan_has_signatures_alone(twenty_two, lines):
    duties = "\n".join(f"Dever inventado {n}." for n in range(lines))
    plan = PLAN.model_copy(update={"rights_and_duties": duties})
    content = internship_plan(twenty_two, plan, PAPERS, "en")
    last = pages(content)[-1].extract_text()
    assert f"Dever inventado {lines - 1}." in last
    assert "The guardian" in last
    assert text_of(content).count("Dever inventado") == lines


@pytest.mark.parametrize("plan", [PLAN, Plan(student="1")])
def test_a_plan_of_few_words_is_one_page(twenty_two, plan):
    assert len(pages(internship_plan(twenty_two, plan, PAPERS, "pt-PT"))) == 1


def test_a_share_below_ninety_never_reads_ninety():
    assert share_shown(Fraction(899_999, 1_000_000)) == Fraction("89.99")
    assert share_shown(Fraction(9, 10)) == 90


def test_the_notice_tells_place_day_and_hours(twenty_two):
    told = text_of(paf_notice(twenty_two, PAPERS, "en"))
    for words in (
        "Restaurante pedagógico, sala 12",
        "July 20, 2026",
        "10:00, to 11:30 (90 minutes)",
        "Be at the room by 09:45, 15 minutes before the start [art. 29, no. 4].",
        "Who comes after 10:15 is not let in",
        "Ágata Sofia Inventada Lourenço",
    ):
        assert words in told
    assert "Óscar Emanuel Batalha" not in told


def test_without_place_and_hour_there_is_no_notice(twenty_two):
    with pytest.raises(UsageError, match="the place, day and hour of the PAF are not given"):
        paf_notice(twenty_two, Papers())


def test_the_plan_has_the_eight_headings_and_who_signs(twenty_two):
    told = text_of(internship_plan(twenty_two, PLAN, PAPERS, "en"))
    for words in ("a) Aims Servir à mesa", "d) Period De 1 de junho", "h) Rights and duties"):
        assert words in told
    assert "210 hours" in told
    assert "The guardian" in told


@pytest.mark.parametrize(
    ("born", "guardian"), [("2008-07-27", False), ("2008-07-28", True), ("2008-02-29", False)]
)
def test_the_guardian_signs_for_a_minor(tmp_path, born, guardian):
    given = tables(students=1)
    given["students"][0]["birth_date"] = born
    found = evaluate(course_of(tmp_path, given), ON)
    told = text_of(internship_plan(found, Plan(student="1"), PAPERS, "en"))
    assert ("The guardian" in told) == guardian


def test_a_plan_for_nobody_of_the_class_is_refused(twenty_two):
    with pytest.raises(UsageError, match="no student of the class is 99"):
        internship_plan(twenty_two, Plan(student="99"))


def test_strange_names_do_not_stop_a_paper(tmp_path):
    given = tables(students=2)
    strange = "北京大学 العربية 😀 #emph[x] $x$ \\ <b> " + "x" * 200
    given["students"][0]["name"] = strange
    found = evaluate(course_of(tmp_path, given), ON)
    for make in (grade_sheet, attendance_list, paf_notice, MAKERS["certificate"]):
        assert "#emph[x] $x$ \\ <b>" in text_of(make(found, PAPERS, "en"))
