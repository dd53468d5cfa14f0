"""Each rule on its smallest request: the situation, and what the answer says."""

from __future__ import annotations

import pytest

from portaria.core.errors import UsageError
from portaria.regulations.credit import questions

from .asking import EXPERIENCE, answered, asked, item

MASTER = {"cycle": "mestrado", "credits": "120", "course_credits": "60"}


def only(found):
    (row,) = found["items"]
    return row


def cap(found, origin):
    return next(row for row in found["caps"] if row["origin"] == origin)


def warned(found):
    return [warning["code"] for warning in found["warnings"]]


def foreign(value, least=None, best=None, **more):
    return {"value": value, "scale": "foreign", "min_pass": least, "max": best, **more}


# --- article 3: caps ----------------------------------------------------------------------------


@pytest.mark.rules(
    "origin-degree", "origin-ctesp", "origin-single-units", "origin-non-degree", "origin-cet",
    "origin-other", "origin-experience",
)  # fmt: skip
@pytest.mark.parametrize(
    ("origin", "limit", "clause"),
    [
        ("degree", None, "438 3/1/a"),
        ("ctesp", "90", "438 3/1/b"),
        ("single_units", "90", "438 3/1/c"),
        ("non_degree", "90", "438 3/1/d"),
        ("cet", "60", "438 3/1/e"),
        ("other", "60", "438 3/1/f"),
        ("experience", "60", "438 3/1/g"),
    ],
)
def test_the_cap_of_each_origin(origin, limit, clause):
    found = answered(asked(item(origin)))
    assert cap(found, origin)["limit"] == limit
    assert cap(found, origin)["clause"] == clause
    assert only(found)["clause"] == clause
    assert only(found)["outcome"] == "granted"


@pytest.mark.rules("cap-base-master", "second-cap")
def test_a_master_counts_its_course():
    found = answered(asked(item("experience", credits="20"), degree=MASTER))
    assert cap(found, "non_degree")["limit"] == "30"
    assert cap(found, "experience")["limit"] == "20"
    assert found["combined"]["limit"] == "40"


@pytest.mark.rules("second-cap")
@pytest.mark.parametrize(
    ("waiver", "limit", "clause"), [(False, "30", "438 12/7"), (True, "100/3", "438 3/1/g")]
)
def test_the_lower_of_two_caps_on_experience(waiver, limit, clause):
    """A quarter of 120 lies below a third of 100; the waiver lifts the quarter alone."""
    degree = {"cycle": "mestrado", "credits": "120", "course_credits": "100"}
    found = answered(asked(item("experience"), degree=degree, waiver_reasoned=waiver))
    assert cap(found, "experience")["limit"] == limit
    assert cap(found, "experience")["clause"] == clause


@pytest.mark.rules("origin-long-experience")
@pytest.mark.parametrize(
    ("year", "years", "limit", "clause"),
    [
        ("2017-09-18", "6", "40", "438 3/1/g"),
        ("2018-09-17", "6", "60", "DL-74 45/1/g"),
        ("2018-09-17", "5", "40", "438 3/1/g"),
        ("2018-09-17", None, "40", "438 3/1/g"),
    ],
)
def test_long_experience_in_a_ctesp(year, years, limit, clause):
    found = answered(
        asked(
            item("experience"),
            degree={"cycle": "ctesp", "credits": "120"},
            year_start=year,
            submitted_on=year,
            experience_years=years,
        )
    )
    assert cap(found, "experience")["limit"] == limit
    assert cap(found, "experience")["clause"] == clause
    assert ("years-not-given" in warned(found)) == (years is None)


@pytest.mark.rules("cap-combined")
def test_the_council_chooses_what_to_cut():
    sizes = {"non_degree": "70", "cet": "40", "other": "15", "experience": "20"}
    found = answered(
        asked(*(item(o, id=o, target=o, credits=credits) for o, credits in sizes.items()))
    )
    assert {row["outcome"] for row in found["items"]} == {"human"}
    assert {row["clause"] for row in found["items"]} == {"438 3/2"}
    combined = found["combined"]
    assert (combined["limit"], combined["asked"], combined["excess"]) == ("120", "145", "25")
    assert combined["options"] == [{"cut": ["experience", "other"], "kept": "110"}]
    assert combined["options_count"] == 1


@pytest.mark.rules("unrecognised-institution", "certified-training")
@pytest.mark.parametrize(
    ("origin", "country", "recognised", "outcome", "clause"),
    [
        ("degree", "XX", False, "refused", "438 3/4"),
        ("non_degree", "XX", False, "refused", "438 3/4"),
        ("degree", "XX", None, "human", "438 3/4"),
        ("single_units", "XX", False, "granted", "438 3/1/c"),
        ("degree", "PT", False, "refused", "438 2/a"),
        ("degree", "PT", None, "granted", "438 3/1/a"),
        ("other", "XX", False, "granted", "438 3/1/f"),
    ],
)
def test_institutions_that_are_not_recognised(origin, country, recognised, outcome, clause):
    row = only(answered(asked(item(origin, country=country, recognised_institution=recognised))))
    assert (row["outcome"], row["clause"]) == (outcome, clause)


# --- articles 4 to 6: source, time, documents ---------------------------------------------------


@pytest.mark.rules("original-source", "one-credit-an-original")
def test_a_credited_unit_is_no_source():
    """The cap of the original counts all the same: 58 and 6 are asked under experience."""
    given = asked(
        item("experience", id="E", credits="58", target=None, documents=[*EXPERIENCE, "targets"]),
        item(id="X", credits="6", target="UC9", root="E"),
    )
    found = answered(given)
    rows = {row["id"]: row for row in found["items"]}
    assert rows["E"]["outcome"] == "granted"
    assert (rows["X"]["outcome"], rows["X"]["clause"]) == ("refused", "438 4/4")
    assert cap(found, "experience")["asked"] == "64"
    twice = asked(item("experience", id="E", target="UC9"), item(id="X", target="UC9", root="E"))
    row = answered(twice, credited_source="original")["items"][1]
    assert (row["outcome"], row["clause"]) == ("refused", "438 14/2")


@pytest.mark.rules("request-deadline", "documents-asked-for", "late-request")
@pytest.mark.parametrize(
    ("submitted", "asked_on", "outcome"),
    [
        ("2017-10-10", None, "complete"),
        ("2017-10-11", None, "late"),
        ("2017-10-10", "2017-10-10", "complete"),
        ("2017-10-10", "2017-10-11", "late"),
        ("2017-11-08", "2017-10-10", "complete"),
    ],
)
def test_in_time_and_late(submitted, asked_on, outcome):
    found = answered(asked(item(requested_documents_on=asked_on), submitted_on=submitted))
    assert found["deadlines"]["request_by"] == "2017-10-10"
    assert found["outcome"] == outcome
    assert only(found)["outcome"] == ("human" if outcome == "late" else "granted")


@pytest.mark.rules("forwarding", "results-due", "late-request", "every-course")
def test_clocks():
    due = answered(asked(item(), item("experience", id="b")))["deadlines"]
    assert due["forward_by"] == "2017-10-12"
    assert due["certified_by"] == "2017-11-03"
    assert due["experience_by"] == "2017-12-12"
    assert due["appeal_days"] == 10
    late = {"submitted_on": "2017-10-20", "late_authorised_on": "2017-10-25"}
    found = answered(asked(degree={"cycle": "ctesp", "credits": "120"}, **late))
    assert found["outcome"] == "complete"
    assert found["deadlines"]["forward_by"] is None
    assert found["deadlines"]["certified_by"] == "2017-11-16"
    assert "late-authorised" in warned(found)


@pytest.mark.rules("request-deadline")
def test_both_readings_of_the_municipal_holiday_are_shown():
    """2026-04-21 is the holiday of Castelo Branco."""
    given = asked(year_start="2026-04-17", submitted_on="2026-04-20",
                  holidays={"municipal": ["2026-04-21"]})  # fmt: skip
    due = answered(given)["deadlines"]
    assert due["request_by"] == "2026-05-12"
    assert due["other_municipal_reading"]["request_by"] == "2026-05-11"


@pytest.mark.rules("documents-certified", "documents-experience")
@pytest.mark.parametrize(
    ("row", "missing"),
    [
        (item(), []),
        (item(documents=["transcript"]), []),
        (item(documents=[]), ["transcript"]),
        (item("experience"), []),
        (item("experience", documents=["description"]), EXPERIENCE[1:]),
        (item("experience", documents=[d for d in EXPERIENCE if d != "social_security"]),
         ["social_security"]),
        (item("experience", target=None), ["target_units"]),
    ],
)  # fmt: skip
def test_documents(row, missing):
    """What is missing makes the request incomplete; what may be granted then is said all the
    same."""
    found = answered(asked(row))
    assert only(found)["missing_documents"] == missing
    assert found["outcome"] == ("incomplete" if missing else "complete")
    assert only(found)["outcome"] == "granted"


@pytest.mark.parametrize("name", ["Social-Security", "social security", "social_security_record"])
def test_other_words_for_a_document(name):
    papers = [paper for paper in EXPERIENCE if paper != "social_security"]
    assert only(answered(asked(item("experience", documents=[*papers, name]))))[
        "missing_documents"
    ] == []  # fmt: skip


# --- articles 10 to 12: credits, grades, experience ---------------------------------------------


@pytest.mark.rules("grade-kept", "grades-by-article")
@pytest.mark.parametrize(
    ("value", "outcome", "grade"),
    [("13", "granted", 13), ("9", "refused", None), ("13.5", "human", None),
     ("Apto", "granted", None), ("Reprovado", "refused", None), ("Desistiu", "human", None)],
)  # fmt: skip
def test_portuguese_grades(value, outcome, grade):
    given = asked(item(grade={"value": value, "scale": "pt"}))
    row = only(answered(given))
    assert (row["outcome"], row["grade"]) == (outcome, grade)
    assert row["counts_in_average"] == (grade is not None)
    assert only(answered(given, references="literal"))["grade"] is None


@pytest.mark.rules(
    "grade-by-annex", "grade-doubled", "grade-proportional", "grade-by-order", "grade-by-classes"
)
@pytest.mark.parametrize(
    ("grade", "country", "outcome", "converted", "exact"),
    [
        (foreign("6.85", "5", "10"), "ES", "granted", 14, "13.7"),
        (foreign("7.25", "5", "10"), "ES", "granted", 15, "14.5"),
        (foreign("5.24", "5", "10"), "ES", "granted", 10, "10.48"),
        (foreign("4.9", "5", "10"), "ES", "refused", None, None),
        (foreign("7", "6", "10"), "NL", "granted", 13, "12.5"),
        (foreign("27", "18", "30"), "IT", "granted", 18, "17.5"),
        (foreign("30 e lode", "18", "30"), "IT", "granted", 20, "20"),
        (foreign("2.3", "4", "1"), "DE", "granted", 16, "47/3"),
        (foreign("60", "40", "100"), "GB", "human", None, None),
        (foreign("B"), "SE", "human", None, None),
        (foreign("7"), "SE", "human", None, None),
        (foreign("27", "18", "30", host_classes={"A": ["26", "30"]},
                 home_classes={"A": ["16", "20"]}), "IT", "granted", 17, "17"),
    ],
)  # fmt: skip
def test_foreign_grades(grade, country, outcome, converted, exact):
    row = only(answered(asked(item(grade=grade, country=country))))
    assert (row["outcome"], row["grade"], row["exact_grade"]) == (outcome, converted, exact)


@pytest.mark.rules("training-grade", "training-as-experience", "hours-to-credits")
def test_training_outside_higher_education():
    paper = {"value": "15", "scale": "pt"}
    found = answered(asked(item("other", credits=None, hours="135", grade=paper)))
    assert (only(found)["credits"], only(found)["grade"]) == ("5", 15)
    assert "confirm-training" in warned(found)
    found = answered(asked(item("experience", credits=None, hours="135", grade=paper)))
    assert (only(found)["credits"], only(found)["grade"]) == ("5", None)
    assert cap(found, "experience")["granted"] == "5"


@pytest.mark.rules("experience-assessed", "experience-record", "experience-principles")
@pytest.mark.parametrize(
    ("assessment", "outcome", "reason"),
    [
        ([], "refused", "no-assessment"),
        (["portfolio"], "granted", "granted"),
        (["interview"], "granted", "granted"),
        ([{"method": "oral", "written_record": False}], "human", "written-record-missing"),
        ([{"method": "oral", "written_record": True}], "granted", "granted"),
    ],
)
def test_time_served_gives_nothing(assessment, outcome, reason):
    found = answered(asked(item("experience", assessment=assessment)))
    assert (only(found)["outcome"], only(found)["reason"]) == (outcome, reason)
    assert ("four-principles" in warned(found)) == (outcome == "granted")


@pytest.mark.rules("experience-no-grade")
def test_experience_stands_outside_the_average():
    grades = [item(id=g, target=g, grade={"value": g, "scale": "pt"}) for g in ("14", "12", "16")]
    found = answered(asked(*grades, item("experience", id="e")))
    assert found["average_of_credited"] == "14"
    assert found["items"][3]["counts_in_average"] is False


def test_the_contracts_own_example():
    given = asked(
        item(documents=["transcript"], root=None, hours=None, requested_documents_on=None),
        submitted_on="2017-10-10",
        late_authorised_on=None,
        waiver_reasoned=False,
        holidays={"municipal": ["2017-04-25"], "closures": []},
    )
    found = answered(given)
    assert found["outcome"] == "complete"
    assert only(found)["outcome"] == "granted"
    assert list(found)[:6] == ["outcome", "items", "caps", "combined", "deadlines", "warnings"]
    keys = "id outcome credits grade exact_grade counts_in_average clause reason"
    assert " ".join([*only(found)][:8]) == keys
    assert " ".join([*found["caps"][0]][:5]) == "origin limit asked granted clause"
    assert " ".join([*found["combined"]][:4]) == "limit asked excess options"
    due = "request_by forward_by certified_by experience_by appeal_days"
    assert " ".join([*found["deadlines"]][:5]) == due


# --- what people decided ------------------------------------------------------------------------


@pytest.mark.rules("opinion-and-decision")
def test_what_the_council_cut_lets_the_others_fit():
    sizes = {"non_degree": "70", "cet": "40", "other": "15", "experience": "20"}
    cut = {"outcome": "refused", "by": "Conselho", "on": "2017-11-02", "reasons": "Excesso."}
    rows = [
        item(o, id=o, target=o, credits=n, decided=cut if o in ("other", "experience") else None)
        for o, n in sizes.items()
    ]
    found = answered(asked(*rows))
    assert [row["outcome"] for row in found["items"]] == [
        "granted",
        "granted",
        "refused",
        "refused",
    ]
    assert found["items"][2]["clause"] == "438 14/1"
    assert found["items"][2]["decided"]["by"] == "Conselho"
    assert found["combined"]["excess"] == "0"


@pytest.mark.rules("opinion-and-decision")
def test_people_decide_what_the_rules_leave_to_them_and_no_more():
    letter = foreign("B")
    by = {"outcome": "granted", "by": "Conselho", "grade": 15, "credits": "8"}
    found = answered(asked(item(grade=letter, country="SE", decided=by)))
    assert (only(found)["outcome"], only(found)["grade"], only(found)["credits"]) == (
        "granted", 15, "6",
    )  # fmt: skip
    agreement = {"host": [{"credits": "5", "passed": False}], "home": ["8"]}
    found = answered(asked(item(credits=None, agreement=agreement, decided=by)))
    assert (only(found)["grade"], only(found)["credits"]) == (14, "8")
    found = answered(asked(item("experience", credits="61", decided=by)))
    assert only(found)["reason"] == "over-cap"
    oral = [{"method": "oral", "written_record": False}]
    found = answered(asked(item("experience", assessment=oral, decided=by)))
    assert (only(found)["outcome"], only(found)["grade"]) == ("granted", None)


# --- what a second pair of eyes found -----------------------------------------------------------


@pytest.mark.rules("late-request", "attendance-meanwhile")
def test_a_late_item_beside_others_in_time_has_its_own_clock():
    """Asked in time for one, the student may attend; the late one waits for its own results."""
    rows = [item(requested_documents_on="2017-10-10"), item(id="b", target="UC2")]
    given = asked(*rows, submitted_on="2017-10-11", late_authorised_on="2017-10-20")
    found = answered(given)
    assert found["deadlines"]["certified_by"] == "2017-11-03"
    assert found["deadlines"]["late_items"]["certified_by"] == "2017-11-13"
    assert found["meanwhile"]["may_attend"]
    alone = answered(asked(submitted_on="2017-10-11", late_authorised_on="2017-10-20"))
    assert "late_items" not in alone["deadlines"]
    assert not alone["meanwhile"]["may_attend"]


@pytest.mark.rules("no-improvement")
def test_a_unit_credited_from_two_sources_is_named_once():
    found = answered(asked(item(), item(id="b")))
    assert found["meanwhile"]["no_improvement"] == ["UC1"]


@pytest.mark.rules("grade-kept")
def test_a_letter_would_be_kept_by_the_printed_words():
    rows = [
        item(country="SE", grade=foreign("B")),
        item(id="b", country="IE", grade=foreign("17", "10", "20")),
    ]
    found = answered(asked(*rows))
    (kept,) = (row["literal"] for row in found["corrections"] if row["where"] == "438 11/1")
    assert kept == [{"where": "items[a].grade", "value": "B"}]


@pytest.mark.rules("grade-by-annex")
@pytest.mark.parametrize("value", ["30 E LODE", "30 Cum Laude"])
def test_honours_however_they_are_written(value):
    found = answered(asked(item(country="IT", grade=foreign(value, "18", "30"))))
    assert only(found)["grade"] == 20


@pytest.mark.rules("periods-incomplete")
@pytest.mark.parametrize(
    ("period", "credits", "clause"),
    [
        ("year:+270,-270", "30", "438 10/4/b"),
        ("year:-270", "0", "438 10/4/b"),
        ("semester:+60,+60", "30", "438 10/4/a"),
    ],
)
def test_the_clause_of_a_period(period, credits, clause):
    rules_in_force = questions.rule_set({}, None)
    found = questions.credits(None, {}, [period], False, rules_in_force)
    row = questions.credits_row(found, rules_in_force)
    assert (row["credits"], row["clause"]) == (credits, clause)


def test_a_class_stands_once():
    with pytest.raises(UsageError):
        questions.classes("A:27-30,A:25-26")


@pytest.mark.rules("periods-complete")
def test_a_period_of_which_only_the_passed_subjects_are_listed_is_flagged():
    subjects = [{"hours": "60", "passed": True}]
    found = answered(asked(item(credits=None, periods=[{"kind": "term", "subjects": subjects}])))
    assert only(found)["credits"] == "20"
    assert "all-passed" in warned(found)


@pytest.mark.rules("opinion-and-decision")
def test_no_decision_lifts_a_rule():
    by = {"outcome": "granted", "by": "Conselho"}
    found = answered(asked(item(grade={"value": "9", "scale": "pt"}, decided=by)))
    assert only(found)["outcome"] == "refused"
    assert "decided-against-rules" in warned(found)


@pytest.mark.rules("appeal", "appeal-fee")
def test_a_rejected_appeal_returns_no_fee():
    appeal = {"filed_on": "2018-03-26", "reasoned": True, "result": "won"}
    fees = {"request": "30", "appeal": "20"}
    found = answered(asked(notified_on="2018-02-09", appeal=appeal, fees=fees))
    assert found["appeal"] == "rejected-late"
    assert (found["fees"]["appeal"], found["fees"]["returned"]) == ("20", "0")
