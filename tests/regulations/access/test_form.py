"""The account of one form: the situation first, then what each option is told."""

from __future__ import annotations

import json
from dataclasses import asdict
from decimal import Decimal

import made
import polars as pl
import pytest
from reference.words import contest

from portaria.core.errors import ConfigurationError
from portaria.regulations.access.form import FormAccount, Stands, account, application_grades
from portaria.regulations.access.from_frames import PERSON, person_contest

ISLAND = {"island_university": "azores"}
REGIONAL = {"regional_share": Decimal(50)}
AREA = {"area": "braga"}
CLAIMS = {**AREA, "claims_regional": True}


def read(folder, tables, edition=made.EDITION, policy=None):
    return made.read(made.write(tables, folder / "contest", edition, policy or {}))


def of_form(folder, tables, form, edition=made.EDITION, policy=None) -> FormAccount:
    """The account of A, whose options are `form` as it stands: (order, programme)."""
    tables["options"] = []
    whole = read(folder, tables, edition, policy)
    rows = {name: whole.tables[name].filter(pl.col("candidate") == "A") for name in PERSON}
    if isinstance(form, str):
        form = enumerate(form.split(), 1)
    options = [{"candidate": "A", "order": order, "programme": code} for order, code in form]
    return account(person_contest(whole, {**rows, "options": pl.DataFrame(options)}))


def regional(**people):
    tables = contest(
        {"x": "A", "y": "A", "z": "A"}, {"A": "x"}, {"x": REGIONAL, "z": REGIONAL}, {"A": people}
    )
    tables["regional_areas"] = [{"programme": code, "area": "braga"} for code in "xz"]
    return tables


def asked(form: FormAccount) -> list[tuple]:
    return [
        (o.order, q.quota, q.why_not, q.rule, q.clause, q.because)
        for o in form.options
        for q in o.quotas
    ]


# --- what the order of the form decides ----------------------------------------------------------


@pytest.mark.rules("regional-without-interruption", "regional-area")
def test_the_option_that_interrupts_the_regional_preference_is_named(tmp_path):
    """x and z prefer Braga, y does not: after y, nothing of the preference is left (18/5/b)."""
    form = of_form(tmp_path, regional(**CLAIMS), "x y z")
    stopped = ("form_order", "regional-without-interruption", "211-A 18/5/b", (Stands("y", 2),))
    assert asked(form) == [
        (1, "regional", "", "stage-regional", "211-A 36/1/j", ()),
        (3, "regional", *stopped),
    ]
    (claim,) = form.claims
    assert (claim.claimed, claim.asked_at, claim.heard_at) == (True, (1, 3), (1,))


@pytest.mark.rules("regional-claim")
@pytest.mark.parametrize(
    ("form", "asked_at", "heard_at"), [("x y z", (1, 3), (1,)), ("z x y", (1, 2), (1, 2))]
)
def test_a_regional_preference_left_unclaimed_is_told(tmp_path, form, asked_at, heard_at):
    """She has the area and did not tick the box (25/4): nothing hears her, and she is told."""
    told = of_form(tmp_path, regional(**AREA), form)
    assert asked(told) == []
    (claim,) = told.claims
    assert (claim.quota, claim.claimed, claim.clause) == ("regional", False, "211-A 25/4")
    assert (claim.asked_at, claim.heard_at) == (asked_at, heard_at)


def test_nothing_is_said_of_a_preference_that_she_could_not_claim(tmp_path):
    assert of_form(tmp_path, regional(area="faro"), "x y z").claims == ()
    assert of_form(tmp_path, regional(**AREA), "y").claims == ()


@pytest.mark.rules("azores-university-first", "azores-congeners")
def test_the_preference_and_the_quota_of_an_island(tmp_path):
    """y and z are the island's: the preference asks for them alone, before anything else (16);
    the quota at x asks for its congener z before it (11/4)."""
    tables = contest(
        {"x": "A", "y": "A", "z": "A"}, {"A": "x"}, {"y": ISLAND, "z": ISLAND},
        {"A": {"azores": "art11.1"}},
    )  # fmt: skip
    tables["congeners"] = [{"programme": "x", "congener": "z"}]
    assert asked(of_form(tmp_path / "a", tables, "y x z")) == [
        (1, "azores_preference", "", "stage-azores-preference", "211-A 36/1/b", ()),
        (2, "azores", "congener_missing", "azores-congeners", "211-A 11/4", (Stands("z", 3),)),
        (
            3, "azores_preference", "form_order", "azores-university-first", "211-A 16",
            (Stands("x", 2),),
        ),
    ]  # fmt: skip
    (alone,) = asked(of_form(tmp_path / "b", tables, "x"))
    assert alone[-1] == (Stands("z", None),)
    assert [row[2] for row in asked(of_form(tmp_path / "c", tables, "z x"))] == ["", ""]


@pytest.mark.parametrize(
    ("reading", "keeps", "heard"), [("as_written", True, "form_order"), ("valid_only", False, "")]
)
def test_an_option_that_counts_as_not_written_may_keep_its_place(tmp_path, reading, keeps, heard):
    """y is not valid, its exam not taken; z comes after it (21/6)."""
    tables = regional(**CLAIMS)
    tables["exams"] = [row for row in tables["exams"] if row["exam"] != "exam-y"]
    form = of_form(tmp_path, tables, "x y z", policy={"form_order": reading})
    y = form.options[1]
    assert (y.state, y.reason, y.rule, y.clause) == (
        "invalid", "exam-not-taken", "exams-taken", "211-A 7/1/a",
    )  # fmt: skip
    assert [o.keeps_place for o in form.options] == [False, keeps, False]
    assert asked(form)[-1][2] == heard
    assert [each.not_taken for each in y.missing.nearest] == [("exam-y",)]
    assert form.clauses["invalid-option-as-not-written"] == "211-A 21/6"


# --- grades and seats ----------------------------------------------------------------------------


@pytest.mark.rules("special-quotas", "preference-size", "general-quota")
def test_an_option_tells_its_grade_its_arithmetic_and_its_seats(tmp_path):
    tables = regional(**CLAIMS)
    tables["programmes"][0] |= {"seats": 20, "course_name": "Design"}
    (x,) = of_form(tmp_path, tables, "x").options
    assert (x.state, x.course, x.grade, x.exam_set, x.exam_part) == (
        "valid", "Design", Decimal("150.0"), 1, Decimal(100),
    )  # fmt: skip
    assert (x.arithmetic.total, x.missing) == (Decimal(150), None)
    assert [(size.quota, size.seats, size.clause) for size in x.sizes] == [
        ("disability", 2, "211-A 10/2/e"),
        ("azores", 1, "211-A 10/2/a"),
        ("madeira", 1, "211-A 10/2/b"),
        ("emigrant", 1, "211-A 10/2/c"),
        ("military", 1, "211-A 10/2/d"),
        ("regional", 10, "211-A 18/1"),
        ("general", 14, "211-A 10/6"),
    ]


def test_a_form_without_a_secondary_grade_yet(tmp_path):
    tables = regional()
    whole = read(tmp_path, tables)
    rows = {name: whole.tables[name].filter(pl.col("candidate") == "A") for name in PERSON}
    rows["candidates"] = rows["candidates"].with_columns(secondary=None)
    (option,) = account(person_contest(whole, rows)).options
    assert (option.state, option.grade, option.quotas) == ("no_secondary", None, ())
    (grade,) = application_grades(whole, rows, ["y"])
    assert (grade.state, grade.grade) == ("no_secondary", None)


def test_a_documentary_prerequisite_is_shown_at_enrolment(tmp_path):
    tables = regional()
    tables["programmes"][0] |= {"prerequisite": "G", "prerequisite_kind": "documentary"}
    x, y = of_form(tmp_path, tables, "x y").options
    assert (x.state, x.at_enrolment, y.at_enrolment) == ("valid", "211-A 25/7", "")


# --- the form as a whole -------------------------------------------------------------------------


@pytest.mark.rules("option-limit")
def test_what_is_to_be_mended_is_told_and_the_rest_all_the_same(tmp_path):
    """Unknown, written twice, an order left out: whatever can be graded is graded."""
    form = of_form(tmp_path, regional(**CLAIMS), [(1, "x"), (2, "w"), (4, "x"), (6, "z"), (6, "y")])
    assert [(o.order, o.programme, o.state, o.first) for o in form.options] == [
        (1, "x", "valid", None),
        (2, "w", "unknown", None),
        (4, "x", "repeated", 1),
        (6, "y", "valid", None),
        (6, "z", "repeated", 6),
    ]
    assert (form.unknown, form.repeated, form.gaps) == ((2,), (4, 6), (3, 5))
    assert (form.written, form.most, form.too_many) == (5, 6, False)


def test_no_more_options_than_the_text_allows(tmp_path):
    codes = "abcdefg"
    tables = contest(dict.fromkeys(codes, "A"), {"A": "a"})
    form = of_form(tmp_path, tables, " ".join(codes))
    assert (form.written, form.most, form.too_many) == (7, 6, True)
    assert form.clauses["option-limit"] == "211-A 21/4"


def test_an_empty_form(tmp_path):
    form = of_form(tmp_path, regional(**CLAIMS), "")
    assert (form.options, form.written, form.gaps) == ((), 0, ())
    assert [(claim.quota, claim.asked_at) for claim in form.claims] == [("regional", ())]


def test_whoever_is_excluded_takes_no_part(tmp_path):
    form = of_form(tmp_path, regional(**CLAIMS, excluded="56/1/a"), "x")
    (x,) = form.options
    assert (form.excluded, x.state, x.reason, x.clause) == (
        "56/1/a", "invalid", "excluded", "56/1/a",
    )  # fmt: skip


def test_an_institutional_contest_has_no_limit_and_no_quotas(tmp_path):
    codes = "abcdefg"
    tables = contest(dict.fromkeys(codes, "A"), {"A": "a"}, people={"A": {"emigrant": True}})
    form = of_form(tmp_path, tables, " ".join(codes), "pt-institutional-2017")
    assert (form.most, form.too_many, form.claims) == (None, False, ())
    assert {o.state for o in form.options} == {"valid"}
    assert [[(s.quota, s.seats, s.clause) for s in o.sizes] for o in form.options[:1]] == [
        [("general", 1, "211-B 22")]
    ]
    assert all(clause.startswith("211-B ") for clause in form.clauses.values())


def test_a_form_is_of_one_candidate(tmp_path):
    tables = contest({"x": "A B"}, {"A": "x", "B": "x"})
    with pytest.raises(ConfigurationError, match="2"):
        account(read(tmp_path, tables))


def test_grades_of_programmes_that_are_not_written(tmp_path):
    """An exam from abroad counts where it is accepted, however few programmes are asked about."""
    tables = regional()
    tables["exams"].append({"candidate": "A", "exam": "exam-y", "programme": "x", "grade": 10})
    whole = read(tmp_path, tables)
    rows = {name: whole.tables[name].filter(pl.col("candidate") == "A") for name in PERSON}
    y, w = application_grades(whole, rows, ["y", "w"])
    assert (y.programme, y.state, y.grade, y.exam_set) == ("y", "valid", Decimal("150.0"), 1)
    assert (w.programme, w.state, w.grade) == ("w", "unknown", None)


def test_an_account_is_plain_data(tmp_path):
    form = of_form(tmp_path, regional(**CLAIMS), "x y z")
    plain = json.loads(json.dumps(asdict(form), default=str))
    assert plain["options"][0]["grade"] == "150.0"
    assert plain["readings"]["form_order"] == "as_written"
