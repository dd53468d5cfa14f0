"""Article 20: every outcome its certificate, no other, and the code that checks it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from documents.cef.classes import ON, PAPERS, course_of, evaluated, excluded, tables, text_of
from portaria.core.errors import UsageError
from portaria.documents.cef.certificates import certificate
from portaria.documents.cef.certified import certified
from portaria.documents.cef.final import Days, days_of
from portaria.documents.cef.paper import Paper
from portaria.documents.cef.records import PafDay, Papers, School
from portaria.documents.cef.verification import ALPHABET, is_code_of, verification_code
from portaria.regulations.cef.evaluate import evaluate

ONE_DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def twenty_two(tmp_path_factory):
    return evaluated(tmp_path_factory.mktemp("class"))


def told(evaluation, student, **asked):
    return text_of(certificate(evaluation, student, PAPERS, "en", **asked))


def test_who_passed_all_has_the_qualification_and_year_9(twenty_two):
    words = told(twenty_two, "1")
    assert "Certificate of qualification It is certified that Ágata Sofia" in words
    assert "a professional qualification of level 2 and year 9 of schooling" in words
    assert "[art. 20, no. 1]" in words
    for component in ("Sociocultural", "Scientific", "Technological", "Practical"):
        assert component in words


def test_only_units_with_three_or_more_are_listed(tmp_path):
    given = tables(students=1)
    for row in given["unit_grades"]:
        if row["unit"] == "8201 · Preparação (Serviço de Bar)":
            row["level"] = "2"
    words = told(evaluate(course_of(tmp_path, given), ON), "1")
    assert "8201 · Preparação (Serviço de Bar)" not in words
    assert "8202 · Execução (Serviço de Bar)" in words


def test_without_the_technological_component_it_is_the_school_certificate(twenty_two):
    words = told(twenty_two, "3")
    assert "School certificate" in words
    assert "This certificate gives no professional qualification" in words
    assert "[art. 20, no. 2]" in words
    assert "Technological" not in words
    assert "Training units with level 3 or more" not in words


def test_one_component_is_certified_alone(twenty_two):
    words = told(twenty_two, "8")
    assert "Certificate of components" in words
    assert "neither a professional qualification nor year 9" in words
    assert "Practical" in words
    assert "Sociocultural" not in words


def without_practice(tmp_path):
    """A class in which student 8 passed English and nothing else."""
    given = tables(students=8)
    given["internship"], given["paf"] = [], []
    for row in given["unit_grades"]:
        if row["student"] == "8" and not row["unit"].startswith("Inglês"):
            row["level"] = "2"
    return evaluate(course_of(tmp_path, given), ON)


def test_some_subjects_are_stated_on_request(tmp_path):
    words = told(without_practice(tmp_path), "8")
    assert "Statement of subjects It is stated, on request, that" in words
    assert "Inglês Sociocultural 3" in words
    assert "Matemática" not in words
    assert "[art. 20, no. 5]" in words


def test_who_has_nothing_gets_no_paper(tmp_path):
    given = tables(students=1)
    given["unit_grades"] = []
    given["paf"] = []
    found = evaluate(course_of(tmp_path, given), ON)
    with pytest.raises(UsageError, match="do not give this certificate, but: none yet"):
        certificate(found, "1")


@pytest.mark.parametrize("kind", ["professional_and_school", "components", "statement"])
def test_another_certificate_than_that_of_the_records_is_refused(twenty_two, kind):
    with pytest.raises(UsageError, match="but: school certificate of year 9"):
        certificate(twenty_two, "3", kind=kind)
    assert told(twenty_two, "3", kind="school") == told(twenty_two, "3")


def test_who_is_not_of_the_class_is_unknown(twenty_two):
    with pytest.raises(UsageError, match="no student of the class is 99"):
        certificate(twenty_two, "99")


def test_the_code_is_printed_and_found_again(twenty_two):
    found = certified(Paper(twenty_two, PAPERS), "1")
    assert found.code in told(twenty_two, "1")
    assert found.is_code(found.code)
    assert found.is_code(found.code.lower().replace("-", " "))
    assert not found.is_code(certified(Paper(twenty_two, PAPERS), "2").code)
    assert not found.is_code("")


def test_the_code_changes_with_everything_that_the_paper_says(twenty_two):
    found = certified(Paper(twenty_two, PAPERS), "1")
    others = (
        replace(found, name=found.name + "x"),
        replace(found, birth_date=date(2000, 1, 1)),
        replace(found, on=date(2026, 7, 28)),
        replace(found, kind="school"),
        replace(found, school="Outra"),
        replace(found, course="Outro"),
        replace(found, components=found.components[1:]),
        replace(found, subjects=found.subjects[1:]),
        replace(found, units=found.units[1:]),
        replace(found, paf=5 if found.paf != 5 else 4),
    )
    assert len({other.code for other in (found, *others)}) == 1 + len(others)


def test_the_code_does_not_hang_on_the_language_or_on_who_is_asked(twenty_two):
    directed = Papers(school=School(name=PAPERS.school.name), course=PAPERS.course)
    codes = {
        certified(Paper(twenty_two, papers, lang), "1").code
        for papers in (PAPERS, directed)
        for lang in ("en", "pt-PT")
    }
    assert len(codes) == 1


def test_the_code_is_eighty_bits_of_the_hash_in_four_groups():
    said = {"name": "Ágata", "level": 3}
    code = verification_code(said)
    text = '{"level":3,"name":"Ágata"}'
    bits = int.from_bytes(hashlib.sha256(text.encode()).digest()[:10], "big")
    letters = code.replace("-", "")
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
    assert sum(ALPHABET.index(c) << 5 * n for n, c in enumerate(reversed(letters))) == bits


def test_a_code_read_badly_is_still_found():
    said = next({"n": n} for n in range(200) if {"0", "1"} <= set(verification_code({"n": n})))
    code = verification_code(said)
    assert is_code_of(code.replace("0", "o").replace("1", "l"), said)
    assert not is_code_of(code[:-1], said)


def with_units(tmp_path, count, subjects=12):
    """Somebody who passed all, with so many technological units."""
    given = tables(students=1, subjects=subjects)
    for unit in [unit for unit in given["units"] if unit["domain"]][count:]:
        given["units"].remove(unit)
        given["unit_grades"] = [g for g in given["unit_grades"] if g["unit"] != unit["unit"]]
    for n in range(count - 9):
        unit = given["units"][-1] | {"unit": f"9{n:03} · Unidade inventada"}
        given["units"].append(unit)
        grade = given["unit_grades"][-1] | {"unit": unit["unit"], "level": "4"}
        given["unit_grades"].append(grade)
    return evaluate(course_of(tmp_path, given), ON)


@pytest.mark.parametrize("papers", [PAPERS, Papers()])
@pytest.mark.parametrize("count", [5, 9, 14, 22, 40, 60])
def test_a_certificate_fits_one_page_where_it_can(tmp_path, count, papers):
    content = certificate(with_units(tmp_path, count), "1", papers, "pt-PT")
    assert len(PdfReader(BytesIO(content)).pages) == 1
    words = text_of(content)
    assert all(f"9{n:03} · Unidade inventada" in words for n in range(count - 9))


@pytest.mark.parametrize("count", [80, 120, 160])
def test_many_units_go_over_to_further_pages_with_one_signature(tmp_path, count):
    found = with_units(tmp_path, count)
    pages = PdfReader(BytesIO(certificate(found, "1", PAPERS, "en"))).pages
    assert len(pages) > 1
    words = told(found, "1")
    assert all(words.count(f"9{n:03} ") == 1 for n in range(count - 9))
    assert words.count("Olívia Marques Serrano") == 1
    last = pages[-1].extract_text()
    for taken_along in (
        f"9{count - 10:03}",
        "Training unit",
        "Olívia Marques",
        "Verification code",
    ):
        assert taken_along in last


@pytest.mark.parametrize("student", ["1", "3"])
def test_the_course_is_not_certified_before_its_final_assessment(twenty_two, student):
    course = twenty_two.course
    for on in (date(2025, 1, 15), date(2026, 6, 1), date(2026, 7, 13)):
        with pytest.raises(UsageError, match="gets this certificate from July 14, 2026 on"):
            certificate(evaluate(course, on), student)
    assert certificate(evaluate(course, date(2026, 7, 14)), student)


@pytest.mark.parametrize(
    ("student", "at", "first"),
    [
        ("1", datetime(2026, 7, 20, 10), date(2026, 7, 20)),
        ("3", datetime(2026, 7, 20, 10), date(2026, 7, 14)),  # year 9 needs no PAF
        ("1", datetime(2026, 7, 3, 10), date(2026, 7, 3)),  # after an internship begun earlier
        ("3", datetime(2026, 7, 3, 10), date(2026, 7, 3)),
        ("1", datetime(2025, 7, 20, 10), date(2026, 6, 1)),
    ],
)
def test_a_known_paf_tells_from_when_on_the_course_is_certified(twenty_two, student, at, first):
    papers, course = Papers(paf=PafDay(place="Sala 1", at=at)), twenty_two.course
    with pytest.raises(UsageError, match="gets this certificate from"):
        certificate(evaluate(course, first - ONE_DAY), student, papers)
    assert certificate(evaluate(course, first), student, papers)


def test_components_and_subjects_are_certified_on_any_day(twenty_two, tmp_path):
    early = evaluate(without_practice(tmp_path).course, date(2025, 1, 15))
    assert "Statement of subjects" in told(early, "8")
    early = evaluate(twenty_two.course, date(2025, 1, 15))
    assert "Statement of subjects" in told(early, "8")  # all but the practical component
    with pytest.raises(UsageError, match="8 gets this certificate from July 20, 2026 on"):
        told(early, "8", kind="components")


def components_of(tmp_path):
    """Somebody who passed all but mathematics, from which the council excluded."""
    given = tables(students=1)
    given["exclusions"] = [excluded("1", "Matemática Aplicada", "2025-01-10")]
    return course_of(tmp_path, given)


def test_before_its_day_the_practical_component_is_left_out(tmp_path):
    course = components_of(tmp_path)
    for on, practical in (
        (date(2025, 5, 5), False),
        (date(2026, 7, 19), False),
        (date(2026, 7, 20), True),
    ):
        words = told(evaluate(course, on), "1")
        assert "Certificate of components" in words
        for name in ("Sociocultural", "Technological", "Training units with level 3 or more"):
            assert name in words
        assert ("Practical" in words, "Final assessment: level" in words) == (practical, practical)
        found = certified(Paper(evaluate(course, on), PAPERS), "1")
        assert (found.paf is not None, found.internship is not None) == (practical, practical)


def test_units_stand_where_the_technological_component_is_certified(tmp_path):
    """20/3; who is excluded from a technological subject has none of them."""
    given = tables(students=1)
    given["exclusions"] = [excluded("1", "Serviço de Bar")]
    words = told(evaluate(course_of(tmp_path / "one", given), ON), "1")
    assert "Certificate of components" in words
    assert "Technological" not in words
    assert "8201" not in words
    given["exclusions"] = [excluded("1", "Português")]
    words = told(evaluate(course_of(tmp_path / "two", given), ON), "1")
    assert "Certificate of components" in words
    assert "8201 · Preparação (Serviço de Bar)" in words


@pytest.mark.parametrize(
    ("start", "first"),
    [
        ("2024-09-01", "2026-07-14"), ("2024-06-01", "2025-07-15"), ("2024-06-02", "2026-07-14"),
        ("2026-09-01", "2028-06-01"),  # no holidays are known
    ],
)  # fmt: skip
def test_the_first_day_is_in_the_second_course_year(tmp_path, start, first):
    given = tables(students=1)
    given["course"] |= {"school_year_start": date.fromisoformat(start)}
    given["course"] |= {"start": date.fromisoformat(start)}
    given["absences"] = []
    found = evaluate(course_of(tmp_path, given), ON)
    assert days_of(found) == Days(date.fromisoformat(first), date.fromisoformat(first))


@pytest.mark.parametrize(
    ("minutes", "first"), [(7, "2026-06-01"), (421, "2026-06-02"), (10_000_000, "2026-06-01")]
)
def test_the_first_day_follows_the_hours_of_the_class(tmp_path, minutes, first):
    given = tables(students=1)
    given["course"]["internship_minutes"] = minutes
    given["internship"] = []
    found = evaluate(course_of(tmp_path, given), ON)
    assert days_of(found).year_9 == date.fromisoformat(first)


def test_the_catalogue_of_all_units_is_said_once(tmp_path):
    given = tables(students=1)
    words = told(evaluate(course_of(tmp_path / "one", given), ON), "1")
    assert "Training units with level 3 or more (catalogue CNQ 2024) Training unit Level" in words
    assert words.count("CNQ 2024") == 1
    given["units"][-1]["catalogue"] = "CNQ 2025"
    words = told(evaluate(course_of(tmp_path / "two", given), ON), "1")
    assert "Training units with level 3 or more Training unit Catalogue Level" in words
    assert (words.count("CNQ 2024"), words.count("CNQ 2025")) == (8, 1)
    for unit in given["units"]:
        unit["catalogue"] = ""
    words = told(evaluate(course_of(tmp_path / "none", given), ON), "1")
    assert "Training units with level 3 or more Training unit Level" in words


def test_long_names_of_units_fit_one_page_too(tmp_path):
    given = tables(students=1)
    for table in ("units", "unit_grades"):
        for row in given[table]:
            if row["unit"].startswith("82"):
                row["unit"] += " · Instalação e configuração de sistemas operativos em rede local"
    found = evaluate(course_of(tmp_path, given), ON)
    for papers in (PAPERS, Papers()):
        assert len(PdfReader(BytesIO(certificate(found, "1", papers, "pt-PT"))).pages) == 1
