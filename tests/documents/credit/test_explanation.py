"""The words of worked cases, on the terminal."""

from __future__ import annotations

import pytest

from documents.credit.requests import SPAIN, assessed, item
from portaria.documents.credit.explanation import explanation


def text(*items, lang="en", **more) -> str:
    return "\n".join(block.text for block in explanation(assessed(*items, **more), lang))


def test_the_outcome_stands_first_and_each_item_has_its_heading():
    told = explanation(assessed(item()), "en")
    assert [b.text for b in told if b.kind in ("title", "heading")] == [
        "Credit request: complete",
        "UC-a (a): May be credited, 6 ECTS, grade 14",
        "Limits",
        "To look at before deciding",
        "Days",
        "Procedure",
        "The text and its readings",
    ]


SUMS = {
    "hours": (item(credits=None, hours="81"), "81 h / 27 = 3 ECTS [art. 10, no. 2]."),
    "hours with a rest": (
        item(credits=None, hours="100"),
        "100 h / 27 = 100/27 (3.70…), down to the half credit: 3.5 ECTS [art. 10, no. 2].",
    ),
    "doubled": (
        item(grade={"value": "6.85", **SPAIN}, country="ES"),
        "Grade: 6.85 × 2 = 13.7, rounded: 14 [annex I].",
    ),
    "doubled to a whole": (
        item(grade={"value": "7.5", **SPAIN}, country="ES"),
        "Grade: 7.5 × 2 = 15 [annex I].",
    ),
    "proportional": (
        item(grade={"value": "2.3", "scale": "foreign", "min_pass": "4", "max": "1"}, country="DE"),
        "Grade: 10 + (2.3 − 4) / (1 − 4) × 10 = 47/3 (15.66…), rounded: 16 [annex I].",
    ),
    "honours": (
        item(
            grade={"value": "30 e lode", "scale": "foreign", "min_pass": "18", "max": "30"},
            country="IT",
        ),
        "Grade: 10 + (30 − 18) / (30 − 18) × 10 = 20 [annex I].",
    ),
    "classes": (
        item(
            grade={
                "value": "26",
                "scale": "foreign",
                "host_classes": {"B": ["25", "27"]},
                "home_classes": {"B": ["14", "17"]},
            },
            country="IT",
        ),
        "14 + (26 − 25) / (27 − 25) × (17 − 14) = 15.5, rounded: 16 [art. 11, no. 4, a)].",
    ),
    "letter": (
        item(
            grade={
                "value": "B",
                "scale": "foreign",
                "host_classes": {"B": ["25", "27"]},
                "home_classes": {"B": ["14", "16"]},
            },
            country="IT",
        ),
        "Grade: class B is 14 to 16 here; the middle of its class is 15 [art. 11, no. 4, a)].",
    ),
    "word": (
        item(grade={"value": "Apto", "scale": "pt"}),
        "Passed with “Apto”: no grade, and outside the average [art. 11, no. 2].",
    ),
    "failed": (
        item(grade={"value": "9", "scale": "pt"}),
        "Grade 9; it takes at least 10 to pass.",
    ),
    "failed on an inverted scale": (
        item(grade={"value": "4.3", "scale": "foreign", "min_pass": "4", "max": "1"}, country="DE"),
        "Grade 4.3; it takes 4 or less to pass.",
    ),
    "experience": (
        item(origin="experience"),
        "No grade, and outside the average [art. 12, no. 6].",
    ),
    "agreement": (
        item(
            credits=None,
            agreement={
                "host": [{"credits": "5", "passed": True}, {"credits": "4", "passed": True}],
                "home": ["8"],
            },
        ),
        "Learning agreement: 5 + 4 there for 8 here, all passed: 8 ECTS [art. 11, no. 3].",
    ),
    "part of an agreement": (
        item(
            credits=None,
            agreement={
                "host": [{"credits": "5", "passed": True}, {"credits": "4", "passed": False}],
                "home": ["8"],
            },
        ),
        "Learning agreement: 5 + 4 there for 8 here; of them passed: 5 [art. 11, no. 3].",
    ),
    "incomplete year": (
        item(
            credits=None,
            periods=[
                {
                    "kind": "year",
                    "subjects": [
                        {"hours": "240", "passed": True},
                        {"hours": "300", "passed": False},
                    ],
                }
            ],
        ),
        "Incomplete year: 60 × 240 h / 540 h = 80/3 (26.66…) [art. 10, no. 4, b)].\n"
        "Together 80/3 (26.66…), down to the half credit: 26.5 ECTS.",
    ),
}


@pytest.mark.parametrize("sum_", SUMS)
def test_the_arithmetic_of_an_item(sum_):
    given, sentence = SUMS[sum_]
    assert sentence in text(given)


def test_a_limit_that_is_passed_says_what_was_left_of_it():
    degree = {"cycle": "postgraduate", "credits": "70"}
    told = text(item("a", "experience", "23.5"), degree=degree, granted_before={"experience": "2"})
    assert "UC-a (a): May not be credited" in told
    assert (
        "Limit of g) professional experience: 1/3 × 70 = 70/3 (23.33…), of which 2 granted "
        "before: 64/3 (21.33…) left [art. 3, no. 1, g)].\n"
        "Asked: 23.5; left under the limit: 64/3 (21.33…)."
    ) in told


def test_the_chain_of_roots_is_told_to_its_end():
    told = text(
        {**item("a", root="b"), "name": "Algebra"},
        item("b", "cet", root="c"),
        {**item("c", "experience"), "name": "Ten years"},
    )
    assert (
        "Credited from: Algebra (a) ← UC-b (b) ← Ten years (c).\n"
        "What pays is the original, Ten years (c), under the limit of g) professional experience "
        "[art. 4, no. 4]."
    ) in told


def test_the_combined_limit_gives_options_and_no_choice():
    """70 + 40 + 15 + 20 = 145, and 2/3 of 180 is 120."""
    told = text(
        item("d", "non_degree", "70"),
        item("e", "cet", "40"),
        item("f", "other", "15"),
        item("g", "experience", "20"),
    )
    assert (
        "Letters d) to g) together: asked 145 (each kind up to its own limit), limit 2/3 × 180 = "
        "120 [art. 3, no. 2]. At least 25 too many."
    ) in told
    assert "at most 110 ECTS can be kept, in 1 way:" in told
    assert "1. cut UC-f (f), UC-g (g); 35 ECTS go and 110 stay." in told


def test_more_ways_than_are_listed_are_counted():
    items = [item(f"d{n}", "non_degree", "2") for n in range(10)]
    items += [item(f"e{n}", "cet", "6") for n in range(10)]
    items += [item("f", "other", "45")]
    told = text(*items)
    assert "of which the first 20 stand here:" in told
    assert "20. cut " in told
    assert "21. cut " not in told


def test_a_master_is_told_by_its_course():
    told = text(
        item("g", "experience", "20"),
        degree={"cycle": "mestrado", "credits": "120", "course_credits": "60"},
        waiver_reasoned=True,
    )
    assert "The limits refer to the 60 credits of the course" in told
    assert "g) professional experience: asked 20, limit 1/3 × 60 = 20" in told
    assert "The council gave reasons to lift the second limit; that of g) stands" in told


def test_days_are_written_out_with_what_was_passed_over():
    told = text(item(), holidays={"municipal": ["2017-10-09"]})
    assert (
        "To ask: by October 11, 2017, 15 working days after September 18, 2017 [art. 5, no. 2]. "
        "Not counted, besides weekends: October 5, 2017 (Implantação da República), October 9, "
        "2017 (municipal holiday). Under the other reading of the municipal holiday: October 10, "
        "2017."
    ) in told


def test_a_missed_day_needs_reasons():
    told = text(item(), returned_certified_on="2017-12-01")
    assert "Missed: done on December 1, 2017. The council tells the services why [art. 17" in told


def test_a_late_request_says_that_nothing_is_granted():
    told = text(item(), submitted_on="2017-10-11")
    assert "Credit request: late" in told
    assert "nothing is granted unless the director authorises it [art. 16, no. 3]." in told
    assert "Result for certified training: no days run yet." in told


def test_an_incomplete_request_names_what_is_missing():
    told = text(item(origin="experience", documents=["description"]))
    assert "nothing is granted until the missing documents are there [art. 6, no. 2, a)]." in told
    assert "UC-a (a): employer's statement of functions" in told
    assert told.count("employer's statement of functions") == 1


def test_the_units_of_each_outcome_stand_together_first():
    told = text(item(), item("b"), item("x", grade={"value": "8", "scale": "pt"}))
    assert "May be credited: UC-a (a), UC-b (b).\nMay not be credited: UC-x (x)." in told
    assert told.index("May not be credited: UC-x (x).") < told.index("UC-a (a): May be credited")


def test_a_late_request_that_is_authorised_is_not_called_in_time():
    told = text(item(), submitted_on="2017-10-11", late_authorised_on="2017-10-13")
    assert "The request is complete; it came late, and the director authorised it." in told
    assert "in time" not in told


def test_where_part_came_late_each_part_has_its_own_days():
    told = text(
        item(requested_documents_on="2017-10-10"),
        item("g", "experience"),
        submitted_on="2017-10-20",
        late_authorised_on="2017-10-25",
    )
    assert (
        "Result for certified training: by November 3, 2017, 15 working days after October 12"
        in told
    )
    assert (
        "Result for professional experience asked for late: by December 26, 2017, 40 working days "
        "after October 25, 2017 [art. 16, no. 3]."
    ) in told
    assert told.count("Result for") == 2


def test_what_is_decided_is_no_longer_called_possible():
    told = text(item(), decided_on="2017-10-30")
    assert "UC-a (a): Credited, 6 ECTS, grade 14" in told
    assert "May be credited" not in told


def test_who_decides_as_usual_is_said_once():
    told = text(item(), item("b"), item("t", table="Table 3"))
    assert told.count("the scientific council, after the commission's opinion") == 1
    assert "Who decides: a table approved beforehand" in told


def test_where_only_the_grade_is_open_it_says_so():
    told = text(item(grade={"value": "B", "scale": "foreign"}, country="IT"))
    assert "The credits are found, the grade is not. The grade is no number" in told


def test_the_wrong_references_that_matter_are_told_and_the_others_counted():
    told = text(item())
    assert "The text of art. 10, no. 3 says “art. 12” and is read as “art. 11”" in told
    assert "By the printed words: unit grade of UC-a (a) would be no value." in told
    abroad = text(item(), item("b", grade={"value": "6.85", **SPAIN}, country="ES"), lang="pt-PT")
    assert "6,85." in abroad
    assert "6.85" not in abroad
    assert "12 other wrong references of the text change nothing here." in told


def test_readings_other_than_the_usual_are_named():
    assert "the usual readings of the edition were followed" in text(item())
    told = text(item(), policy={"grade_rounding": "floor"})
    assert "Rounding of a converted grade: down to the whole number." in told


def test_the_printed_words_leave_no_grade():
    told = text(item(), policy={"references": "literal"})
    assert "No grade, by the printed words of art. 10, no. 3." in told


def test_a_warning_of_every_unit_is_told_once():
    told = text(*(item(name, documents=["transcript"]) for name in "abc"))
    assert told.count("The certificate alone is taken to prove") == 1
    assert "All units: The certificate alone" in told


def test_the_procedure_of_a_whole_case():
    member = {"processes": 1, "rank": 1, "since": "2010-01-01"}
    told = text(
        item(),
        reentry={"earlier": "112.5"},
        fees={"request": "50", "unit": "10", "appeal": "30"},
        assessed=[{"unit": "UC-a", "grade": 18}],
        notified_on="2018-02-09",
        appeal={"filed_on": "2018-02-23", "reasoned": True, "result": "partly"},
        commission={
            "members": [
                {"id": "P", "seat": "council", **member, "processes": 3},
                {"id": "Q", "seat": "council", **member, "rank": 2},
                {"id": "R", "seat": "coordinator", **member},
            ],
            "previous": ["S"],
            "present": ["P"],
        },
    )
    for sentence in (
        "Re-entry: 180 − 112.5 = 67.5 ECTS at most left to do [art. 7, no. 1].",
        "74.25 ECTS at most [art. 7, no. 2].",
        "Fees due, not returned: 50 € [art. 6, no. 4].",
        "An appeal won in part: a person decides what of its fee is returned [art. 18, no. 1, d)].",
        "Assessments made meanwhile in credited units are annulled, whatever the grade: UC-a [",
        "To appeal: by February 23, 2018",
        "The appeal goes to the scientific council",
        "The commission is not valid: nobody stays from the mandate before, and at least one must",
        "Too few members are present: it may not deliberate.",
        "most experience of credit (P) or by the longest in the highest category (Q)",
    ):
        assert sentence in told


def test_a_rejected_appeal_returns_nothing():
    told = text(
        item(),
        fees={"request": "50", "appeal": "30"},
        notified_on="2018-02-09",
        appeal={"filed_on": "2018-02-26", "reasoned": True},
    )
    assert "The appeal is rejected outright: it came after its last day" in told
    assert "Fee of the appeal: 30 €" in told
    assert "Returned" not in told


@pytest.mark.parametrize("lang", ["en", "pt-PT", "pt-BR"])
def test_every_language_tells_it(lang):
    told = text(item(), item("g", "experience"), lang=lang)
    assert "UC-a (a)" in told


def test_the_language_is_that_of_the_edition_unless_another_is_asked_for():
    given = assessed(item())
    assert explanation(given) == explanation(given, "pt-PT")


def test_the_law_of_2018_is_cited_by_its_name():
    told = text(
        item("g", "experience", "40"),
        degree={"cycle": "ctesp", "credits": "120"},
        year_start="2018-09-17",
        submitted_on="2018-10-01",
        experience_years="6",
    )
    assert "limit 1/2 × 120 = 60" in told
    assert "[art. 45, no. 1, g) (Decreto-Lei n.º 74/2006)]" in told
