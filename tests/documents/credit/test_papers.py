"""Opinion, decision and notice as pages: what they say, and that the same is made twice."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from documents.credit.requests import SPAIN, assessed, item, words_of
from portaria.documents.credit.decision import decision
from portaria.documents.credit.notice import notice
from portaria.documents.credit.opinion import opinion_form

PAPERS = {"opinion": opinion_form, "decision": decision, "notice": notice}
WHO = {
    "student": {"name": "Maria Inventada", "number": "20170001"},
    "course": {"name": "Engenharia Fictícia", "school": "Escola Superior", "institution": "IPX"},
}


@pytest.fixture(scope="module")
def ordinary():
    return assessed(
        item("a", evidence={"level": "year 1", "outcomes": 6, "matched": 5, "note": "No series."}),
        item("b", grade={"value": "6.85", **SPAIN}, country="ES"),
        item("g", "experience", assessment=["interview"]),
        item("t", table="Table 3"),
        item("p", beyond_request="proposed"),
        item("x", grade={"value": "8", "scale": "pt"}),
        assessed=[{"unit": "UC-a", "grade": 18}],
        fees={"request": "50"},
        notified_on="2018-02-09",
        **WHO,
    )


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("lang", ["en", "pt-PT", "pt-BR"])
def test_the_same_case_makes_the_same_pages(ordinary, paper, lang):
    content = PAPERS[paper](ordinary, lang)
    assert content == PAPERS[paper](ordinary, lang)
    root = PdfReader(BytesIO(content)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == lang
    about = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2<" in about
    assert "<pdfuaid:part>1<" in about


@pytest.mark.parametrize("paper", PAPERS)
def test_the_language_is_that_of_the_edition_unless_another_is_asked_for(ordinary, paper):
    assert PAPERS[paper](ordinary) == PAPERS[paper](ordinary, "pt-PT")


@pytest.mark.parametrize("paper", PAPERS)
def test_each_says_who_asks_by_which_rules_and_what_a_program_is(ordinary, paper):
    told = words_of(PAPERS[paper](ordinary, "en"))
    for words in (
        "Maria Inventada, no. 20170001",
        "Engenharia Fictícia",
        "Regulamento n.º 438/2017, como publicado",
        "The program prepares, people decide.",
        "Grade: 6.85 × 2 = 13.7, rounded: 14 [annex I].",
        "1 / ",
    ):
        assert words in told


def test_the_commission_judges_what_no_rule_computes(ordinary):
    told = words_of(opinion_form(ordinary, "en"))
    assert "level: year 1; learning outcomes matched: 5 of 6; note: No series." in told
    assert told.count("The scientific area is the right one.") == 3  # a, b, g
    assert told.count("Authenticity:") == 1
    assert "Assessed by: interview." in told
    assert told.count("Member of the commission") == 3
    assert "Decides: a table approved beforehand, without opinion or decision (Table 3)." in told
    assert "Further units that the commission proposes" in told


def test_training_outside_higher_education_is_asked_about_its_grade():
    told = words_of(opinion_form(assessed(item(origin="other")), "en"))
    assert "The grade is credible, by the methods it was given with." in told


def test_the_commission_is_shown_with_its_faults():
    member = {"seat": "council", "processes": 1, "rank": 1, "since": "2010-01-01"}
    given = assessed(item(), commission={"members": [{"id": "P", **member}]})
    told = words_of(opinion_form(given, "en"))
    assert "it is not made of two members named by the council and one course coordinator" in told


def test_the_council_gets_outcomes_limits_and_lines_to_sign(ordinary):
    told = words_of(decision(ordinary, "en"))
    assert "UC-x" in told
    assert "May not be credited" in told
    assert "1/3 × 180 = 60" in told
    assert "President of the scientific council" in told
    assert "Second limit" in told
    assert "lifted, for these reasons:" in told
    assert "Day of the meeting, and no. of the minutes" in told


def test_the_council_chooses_under_the_combined_limit():
    given = assessed(
        item("d", "non_degree", "70"), item("e", "cet", "50"), item("f", "other", "20")
    )
    told = words_of(decision(given, "en"))
    assert "The council's choice" in told
    assert "1. cut UC-f (f); 20 ECTS go and 120 stay" in told
    assert "another choice, with its reasons:" in told
    told = words_of(notice(given, "en"))
    assert (
        "Letters d) to g) together: at most 120 ECTS can be kept, and the council chooses" in told
    )
    assert "cut UC-f" not in told


def test_a_waiver_leaves_room_for_its_reasons():
    given = assessed(item(origin="experience"), waiver_reasoned=True)
    assert "lifted in this request, for these reasons:" in words_of(decision(given, "en"))
    assert "Second limit" not in words_of(decision(assessed(item()), "en"))


def test_reasons_are_asked_for_a_missed_deadline():
    given = assessed(item(), returned_certified_on="2017-12-01")
    assert "Days that were missed" in words_of(decision(given, "en"))
    assert "Days that were missed" not in words_of(decision(assessed(item()), "en"))


@pytest.mark.parametrize("paper", PAPERS)
def test_a_late_or_incomplete_request_says_boldly_that_nothing_is_granted(paper):
    late = words_of(PAPERS[paper](assessed(item(), submitted_on="2017-10-11"), "en"))
    assert "Nothing is granted yet." in late
    assert "The last day to ask was October 10, 2017" in late
    incomplete = words_of(PAPERS[paper](assessed(item(documents=[])), "en"))
    assert "Nothing is granted yet." in incomplete
    assert "UC-a (a): certificate with the grades." in incomplete
    assert "Nothing is granted yet." not in words_of(PAPERS[paper](assessed(item()), "en"))


def test_a_late_request_is_put_to_the_director():
    told = words_of(decision(assessed(item(), submitted_on="2017-10-11"), "en"))
    assert "it can be decided only if the director authorises it" in told
    given = assessed(item(), submitted_on="2017-10-11", late_authorised_on="2017-10-13")
    assert "authorised by the director on October 13, 2017" in words_of(decision(given, "en"))


def test_the_student_reads_what_is_credited_and_what_can_be_done(ordinary):
    told = words_of(notice(ordinary, "en"))
    for words in (
        "Dear Maria Inventada,",
        "Credited: 24 ECTS of 180. Still to be decided: UC-p (p).",
        "Not credited The grade does not pass [art. 11, no. 2].",
        "no grade and do not count in the average; the diploma and its supplement say so: UC-g (g)",
        "Assessments made meanwhile in credited units are annulled, whatever the grade: UC-a",
        "No exam to improve the grade in credited units",
        "UC-p (p) ☐ I accept ☐ I refuse",
        "Fees due, not returned: 50 €",
        "within 10 working days of this notice",
        "To appeal: by February 23, 2018",
        "Notified on February 9, 2018",
    ):
        assert words in told
    assert "may be attended" not in told


def test_an_incomplete_request_has_nothing_to_appeal_against():
    told = words_of(notice(assessed(item(documents=[])), "en"))
    assert "Documents that are missing" in told
    assert "If you do not agree" not in told
    assert "this is how your credit request stands" in told
    assert "every unit may be attended, on condition" in told


def test_before_the_decision_the_notice_is_a_draft():
    """Complete means that it can be decided, not that it was."""
    told = words_of(notice(assessed(item(), assessed=[{"unit": "UC-a", "grade": 18}]), "en"))
    assert "Draft: the council has not decided yet." in told
    assert "May be credited" in told
    for words in ("Credited:", "Credited It stands", "If you do not agree", "annulled"):
        assert words not in told
    decided = {"outcome": "granted", "by": "CTC"}
    for more in ({"table": "Table 3"}, {"decided": decided}):
        told = words_of(notice(assessed(item(**more)), "en"))
        assert "Draft" not in told
        assert "Credited: 6 ECTS of 180." in told


def test_the_limits_are_those_that_something_counts_under():
    told = words_of(decision(assessed(item(), item("g", "experience")), "en"))
    assert "g) professional experience 1/3" in told
    assert "CTeSP" not in told


@pytest.mark.parametrize("paper", PAPERS)
def test_sixty_units_and_one_are_laid_out(paper):
    many = assessed(*(item(f"u{n}", credits="3") for n in range(60)))
    told = words_of(PAPERS[paper](many, "en"))
    assert all(f"UC-u{n}" in told for n in range(60))
    assert len(PdfReader(BytesIO(PAPERS[paper](assessed(item()), "en"))).pages) <= 2


@pytest.mark.parametrize("paper", PAPERS)
def test_strange_names_do_not_stop_a_document(paper):
    strange = "北京大学 العربية 😀 #emph[x] $x$ \\ <b> " + "x" * 200
    given = assessed(
        item(name=strange, target=strange, institution=strange),
        student={"name": strange},
        course={"name": strange},
    )
    told = words_of(PAPERS[paper](given, "en"))
    assert "#emph[x] $x$ \\ <b>" in told


def test_what_the_director_decides_is_told_to_the_student_once():
    late = assessed(*(item(name) for name in "abc"), submitted_on="2017-10-11")
    told = words_of(notice(late, "en"))
    assert told.count("By: the director, who may authorise it.") == 1
    assert "All units: It was asked for too late" in told


def test_the_day_of_the_decision_stands_there_where_it_is_known():
    given = assessed(item(), decided_on="2017-10-30")
    assert "Meeting of October 30, 2017, no. of the minutes" in words_of(decision(given, "en"))
    assert "Decided on October 30, 2017" in words_of(notice(given, "en"))
