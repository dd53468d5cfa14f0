"""Sheets, lists, notice and plan as pages: what they say, that they fit, and are made twice."""

from __future__ import annotations

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
    meeting_record,
    tables,
    text_of,
)
from portaria.core.errors import UsageError
from portaria.documents.cef.attendance_list import attendance_list, percent
from portaria.documents.cef.certificates import certificate
from portaria.documents.cef.grade_sheets import grade_sheet, internship_sheet, paf_sheet
from portaria.documents.cef.internship_plan import internship_plan
from portaria.documents.cef.minutes import minutes
from portaria.documents.cef.paf_notice import paf_notice
from portaria.documents.cef.paper import Paper
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


def test_who_has_no_internship_or_was_not_admitted_is_not_on_the_paf_sheet(twenty_two):
    told = text_of(paf_sheet(twenty_two, PAPERS, "en"))
    assert "Rita Gouveia Zarco" in told
    assert "Óscar Emanuel Batalha" not in told  # 11 h 40 min absent
    assert "Óscar Emanuel Batalha" in text_of(internship_sheet(twenty_two, PAPERS, "en"))


def test_the_attendance_list_says_what_is_left_and_what_is_due(twenty_two):
    told = text_of(attendance_list(twenty_two, PAPERS, "en"))
    assert "9,000 minutes in both years: at most 900 may be missed." in told
    # 21 lessons of 50 minutes: 1050 of 9000 in all, 600 beyond the limit of the year.
    assert "Nádia Fonseca Unhão 1050 88.33 % 0 1050 0 due: 12 lessons" in told
    assert len(pages(attendance_list(twenty_two, PAPERS, "pt-PT"))) == 6


def test_a_share_below_ninety_never_reads_ninety(twenty_two):
    paper = Paper(twenty_two, lang="en")
    assert percent(paper, Fraction(899_999, 1_000_000)) == "89.99 %"
    assert percent(paper, Fraction(9, 10)) == "90 %"


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
