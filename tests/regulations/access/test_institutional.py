"""The contest of one institution (211-B): one general quota, any number of options, own clauses.

The situation first, then what the program decides and by which clause. Random contests of a
college are compared with the slow reference, which is given them without a quota or a claim.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest
import reference
from made import Tables, option, place, read, results, told, write
from reference.contest import STAGES
from reference.markets import random_contest
from reference.words import Changes, contest

from portaria.core.errors import ConfigurationError
from portaria.documents.access_letter import letter
from portaria.regulations.access import placement
from portaria.regulations.access.contest import Contest, read_contest
from portaria.regulations.access.parameters import quotas_of
from portaria.regulations.access.reasons import REASONS
from portaria.regulations.access.results import result_tables
from portaria.regulations.access.settings import find_edition, own_edition

EDITION = "pt-institutional-2017"
SHIPPED = (files("portaria.regulations.access") / "editions" / f"{EDITION}.toml").read_text("utf-8")
Rows = list[dict[str, Any]]


def decided(tables: Tables, folder: Path) -> dict[str, Rows]:
    """The result tables of a contest of the college."""
    found = result_tables(placement.place(read(write(tables, folder / "college", EDITION))))
    return {name: frame.to_dicts() for name, frame in found.items()}


def fates(tables: Tables, folder: Path) -> dict[str, tuple[str | None, str, str]]:
    """By candidate: her programme, the reason and the clause."""
    rows = decided(tables, folder)["placements"]
    return {row["candidate"]: (row["programme"], row["reason"], row["clause"]) for row in rows}


def grades_of(tables: Tables, folder: Path) -> dict[str, str]:
    """By candidate: the grade in her first option."""
    rows = decided(tables, folder)["options_outcome"]
    return {row["candidate"]: str(row["grade"]) for row in rows if row["order"] == 1}


# --- art. 6: the conditions of an option ---------------------------------------------------------


@pytest.mark.rules(
    "exams-taken", "exam-minimum", "prerequisite", "grade-minimum", "invalid-option-as-not-written"
)
@pytest.mark.parametrize(
    ("at", "who", "reason", "clause"),
    [
        ({}, {"exams": []}, "exam-not-taken", "6/1/a"),
        ({"min_exam": Decimal(191)}, {}, "exam-below-minimum", "6/1/b"),
        ({"prerequisite": "G", "prerequisite_kind": "selection"}, {},
         "prerequisite-not-met", "6/1/c"),
        ({"min_grade": Decimal("145.1")}, {}, "grade-below-minimum", "6/1/d"),
    ],
)  # fmt: skip
def test_each_condition_has_its_clause(at, who, reason, clause, tmp_path):
    """A has 100 in secondary and 190 in the exam, so 145.0."""
    tables = contest({"x": "F A"}, {"A": "x"}, {"x": at}) | who
    (row,) = decided(tables, tmp_path)["options_outcome"]
    assert (row["outcome"], row["reason"], row["clause"]) == (
        "ineligible", reason, f"211-B {clause}",
    )  # fmt: skip
    assert fates(tables, tmp_path)["A"] == (None, "no-valid-option", "211-B 10/4")


@pytest.mark.rules("prerequisite")
@pytest.mark.parametrize("proven", [True, False])
def test_a_documentary_prerequisite_is_proven_with_the_application(proven, tmp_path):
    """13/2/a: it is part of the application here, and not left for the enrolment as in 211-A."""
    at: Changes = {"x": {"prerequisite": "G", "prerequisite_kind": "documentary"}}
    tables = contest({"x": "A"}, {"A": "x"}, at)
    if proven:
        tables["prerequisites"] = [{"candidate": "A", "group": "G", "passed": True, "grade": None}]
    expected = ("x", "placed-general", "211-B 22") if proven else (
        None, "no-valid-option", "211-B 10/4",
    )  # fmt: skip
    assert fates(tables, tmp_path)["A"] == expected


@pytest.mark.rules("foreign-exam")
def test_a_foreign_exam_counts_at_the_programmes_named(tmp_path):
    tables = contest({"x": "F", "y": "F"}, {"A": "x y"}, {"x": {"seats": 1}, "y": {"seats": 1}})
    tables["exams"].append({"candidate": "A", "exam": "exam-y", "programme": "y", "grade": 150})
    assert fates(tables, tmp_path)["A"][0] == "y"


@pytest.mark.rules("exclusion")
def test_whoever_is_excluded_has_the_ground_that_the_institution_wrote(tmp_path):
    people: Changes = {"A": {"excluded": "211-B 31/1/d"}}
    tables = contest({"x": "A B"}, {"A": "x", "B": "x"}, people=people)
    assert fates(tables, tmp_path) == {
        "A": (None, "excluded", "211-B 31/1/d"),
        "B": ("x", "placed-general", "211-B 22"),
    }


# --- art. 10: the form ---------------------------------------------------------------------------


@pytest.mark.rules("option-limit")
def test_ten_options_and_the_tenth_is_obtained(tmp_path):
    """Nine programmes are taken by others who want nothing else."""
    lists = {f"p{n}": f"C{n} A" for n in range(1, 10)} | {"last": "A"}
    forms = {"A": " ".join(lists)} | {f"C{n}": f"p{n}" for n in range(1, 10)}
    found = results(contest(lists, forms), tmp_path, EDITION)
    mine = told(found, "A")
    assert (mine.programme, mine.option, mine.reason) == ("last", 10, "placed-general")
    assert [each.clause for each in mine.options] == ["211-B 22"] * 10


@pytest.mark.rules("option-limit")
@pytest.mark.parametrize(
    ("form", "code"), [("x x", "repeated-option"), ("x y", None)], ids=["twice", "different"]
)
def test_options_are_different(form, code, tmp_path):
    tables = contest({"x": "A", "y": "A"}, {"A": form})
    _, problems = read_contest(write(tables, tmp_path / "college", EDITION))
    expected = [(code, "211-B 10/1")] * 2 if code else []  # both rows are shown
    assert [(p.code, p.clause) for p in problems] == expected


@pytest.mark.rules("option-limit")
def test_a_form_without_options_is_not_placed_by_the_article_on_forms(tmp_path):
    tables = contest({"x": "A"}, {"A": ""})
    assert fates(tables, tmp_path)["A"] == (None, "no-option-written", "211-B 10/1")


# --- arts. 19 and 20: the grade ------------------------------------------------------------------


def one_grade(exams: dict[str, tuple[str, int]], at: dict[str, Any], **person: object) -> Tables:
    """A alone at x. `exams`: weight and grade of each; `at`: columns of x."""
    tables = contest({"x": "A"}, {"A": "x"}, {"x": at}, {"A": person})
    tables["exam_sets"] = [
        {"programme": "x", "set": 1, "exam": exam, "weight": Decimal(weight)}
        for exam, (weight, _) in exams.items()
    ]
    tables["exams"] = [
        {"candidate": "A", "exam": exam, "programme": None, "grade": grade}
        for exam, (_, grade) in exams.items()
    ]
    return tables


@pytest.mark.rules("application-grade", "secondary-grade")
@pytest.mark.parametrize(
    ("w_secondary", "exams", "secondary", "grade"),
    [
        ("50", {"02": ("50", 151)}, "150", "150.5"),
        ("65", {"02": ("35", 151)}, "150", "150.4"),  # 150.35: not less than 0.05 is a tenth
        ("66.66", {"02": ("33.34", 151)}, "150", "150.3"),  # 150.3334
        ("50", {"02": ("25", 150), "07": ("25", 131)}, "140", "140.3"),  # 140.25
        ("50", {"02": ("30", 200), "07": ("20", 95)}, "133.333", "145.7"),  # 145.6665
        ("35", {"02": ("65", 100)}, "104.142857142857", "101.4"),  # 101.44999…: nothing before
    ],
)
def test_the_grade_with_one_and_two_exams(w_secondary, exams, secondary, grade, tmp_path):
    tables = one_grade(exams, {"w_secondary": Decimal(w_secondary)}, secondary=Decimal(secondary))
    assert grades_of(tables, tmp_path) == {"A": grade}


@pytest.mark.rules("application-grade-with-prerequisite")
@pytest.mark.parametrize(
    ("exams", "grade"),
    [
        ({"02": ("30", 160)}, "151.0"),  # 0.5 x 140 + 0.3 x 160 + 0.2 x 165
        ({"02": ("20", 160), "07": ("10", 100)}, "145.0"),
    ],
)
def test_a_prerequisite_that_ranks_enters_the_grade(exams, grade, tmp_path):
    at = {
        "w_secondary": Decimal(50), "w_prerequisite": Decimal(20),
        "prerequisite": "M", "prerequisite_kind": "both",
    }  # fmt: skip
    tables = one_grade(exams, at, secondary=Decimal(140))
    passed = {"candidate": "A", "group": "M", "passed": True, "grade": Decimal(165)}
    tables["prerequisites"] = [passed]
    assert grades_of(tables, tmp_path) == {"A": grade}


@pytest.mark.rules("application-grade")
def test_a_set_of_three_exams_is_refused(tmp_path):
    """19/1 has a formula for one exam and one for two."""
    exams = {"02": ("20", 150), "07": ("20", 150), "16": ("10", 150)}
    _, problems = read_contest(write(one_grade(exams, {}), tmp_path / "college", EDITION))
    (problem,) = problems
    assert (problem.code, problem.clause) == ("too-many-exams", "211-B 19/1")
    assert "has 3 exams; at most 2 are allowed" in str(problem.message)


@pytest.mark.rules("secondary-grade-two-cycles")
def test_two_cycles_have_the_brackets_that_the_print_lost(tmp_path):
    """20/5: 15 and 16 are 154; read to the letter they would be 73. The letter says so."""
    person = {"secondary": None, "two_cycle_a": Decimal(15), "two_cycle_b": Decimal(16)}
    found = results(one_grade({"02": ("50", 150)}, {}, **person), tmp_path, EDITION)
    assert str(option(found, "A").grade) == "152.0"
    (correction,) = told(found, "A").corrections
    assert correction.where == "211-B 20/5"


@pytest.mark.rules("secondary-grade-sport")
@pytest.mark.parametrize(("sport", "grade"), [(True, "160.0"), (False, "150.0")])
def test_physical_education_counts_in_sport(sport, grade, tmp_path):
    person = {"secondary": Decimal(150), "secondary_with_pe": Decimal(170)}
    tables = one_grade({"02": ("50", 150)}, {"sport": sport}, **person)
    assert grades_of(tables, tmp_path) == {"A": grade}


# --- art. 21: the ranking ------------------------------------------------------------------------


@pytest.mark.rules("ranking", "tie-break", "ranking-lists")
@pytest.mark.parametrize(
    ("a", "b", "first"),
    [
        # (grade in the exam, secondary or the two cycles); every grade is 150.0
        ((160, ("140",)), (150, ("150",)), "A"),  # 21/2/a: 80 before 75 of the exam part
        ((150, ("150",)), (160, ("140",)), "B"),
        # Sb 16 before Sb 14: 21/2/b; S is 150 in each
        ((150, ("15.5", "14.25")), (150, ("13.5", "17.25")), "B"),
        # one cycle has S in both: 150 before Sb 142.5
        ((150, ("15.5", "14.25")), (150, ("150",)), "B"),
    ],
    ids=["exam part", "exam part, the other way", "year 12", "one cycle"],
)
def test_ties_are_broken_in_the_order_of_the_article(a, b, first, tmp_path):
    people: Changes = {name: _secondary(s) for name, (_, s) in (("A", a), ("B", b))}
    tables = contest({"x": "A B"}, {"A": "x", "B": "x"}, people=people)
    for row, (grade, _) in zip(tables["exams"], (a, b), strict=True):
        row["grade"] = grade
    found = decided(tables, tmp_path)
    assert {str(row["grade"]) for row in found["rankings"]} == {"150.0"}
    assert [row["rank"] for row in found["rankings"]] == [1, 2]
    assert [row["candidate"] for row in found["placements"] if row["programme"]] == [first]


def _secondary(values: tuple[str, ...]) -> dict[str, object]:
    if len(values) == 1:
        return {"secondary": Decimal(values[0])}
    a, b = map(Decimal, values)
    return {"secondary": None, "two_cycle_a": a, "two_cycle_b": b}


@pytest.mark.rules("tie-break")
def test_the_first_cycle_breaks_the_last_tie(tmp_path):
    """21/2/c: A and B have the same grade, exam and Sb; grades round, so their Sa may differ."""
    people: Changes = {"A": _secondary(("15.01", "15")), "B": _secondary(("15", "15"))}
    tables = contest({"x": "A=B"}, {"A": "x", "B": "x"}, people=people)
    found = decided(tables, tmp_path)
    assert len({str(row["grade"]) for row in found["rankings"]}) == 1
    assert fates(tables, tmp_path)["B"] == (None, "outranked-everywhere", "211-B 22")


# --- arts. 22 and 23: the placement --------------------------------------------------------------


@pytest.mark.rules("placement-by-preference", "best-option-kept", "stage-general", "not-placed")
def test_candidates_are_placed_down_the_lists_by_their_preferences(tmp_path):
    """A and B hold each the place that the other prefers; C comes after both."""
    tables = contest(
        {"x": "B A C", "y": "A B C"}, {"A": "x y", "B": "y x", "C": "x y"},
    )  # fmt: skip
    found = results(tables, tmp_path, EDITION)
    assert {c: told(found, c).programme for c in "ABC"} == {"A": "x", "B": "y", "C": None}
    assert [(o.outcome, o.reason, o.clause) for o in told(found, "A").options] == [
        ("placed", "placed-general", "211-B 22"),
        ("better_placed", "better-option-obtained", "211-B 22"),
    ]
    assert [(o.outcome, o.clause) for o in told(found, "C").options] == [
        ("outranked", "211-B 22")
    ] * 2
    assert (told(found, "C").reason, told(found, "C").clause) == (
        "outranked-everywhere", "211-B 22",
    )  # fmt: skip


@pytest.mark.rules("ties-open-seats", "result")
def test_a_full_tie_for_the_last_seat_opens_as_many_as_it_needs(tmp_path):
    """23: one seat for the first, and B, C and D equal in everything for the second."""
    tables = contest({"x": "A B=C=D E"}, dict.fromkeys("ABCDE", "x"), {"x": {"seats": 2}})
    tied = ("x", "placed-tied-for-last-seat", "211-B 23")
    assert fates(tables, tmp_path) == {
        "A": ("x", "placed-general", "211-B 22"),
        "B": tied, "C": tied, "D": tied,
        "E": (None, "outranked-everywhere", "211-B 22"),
    }  # fmt: skip
    (seats,) = decided(tables, tmp_path)["seats"]
    assert [seats[name] for name in ("seats", "placed", "tie_extra", "additional", "leftover")] == [
        2, 4, 2, 0, 0,
    ]  # fmt: skip


@pytest.mark.rules("ties-open-seats")
def test_a_tied_candidate_placed_better_opens_nothing(tmp_path):
    tables = contest({"x": "A=B", "y": "A"}, {"A": "y x", "B": "x"})
    assert {c: fate[:2] for c, fate in fates(tables, tmp_path).items()} == {
        "A": ("y", "placed-general"),
        "B": ("x", "placed-general"),
    }


# --- what 211-A has and 211-B has not ------------------------------------------------------------

CLAIMS: dict[str, Any] = {
    "disability": True, "emigrant": True, "military": True, "azores": "art11.1",
    "madeira": "art11.2", "claims_regional": True, "area": "faro", "secondary_course": "design",
}  # fmt: skip
AT: dict[str, Any] = {
    "regional_share": Decimal(50), "vocational_share": Decimal(30), "island_university": "azores",
    "seats": 1,
}  # fmt: skip


def claiming() -> Tables:
    """A has every claim there is and comes after B, at a programme with every share."""
    tables = contest({"x": "B A"}, {"A": "x", "B": "x"}, {"x": AT}, {"A": CLAIMS})
    tables["regional_areas"] = [{"programme": "x", "area": "faro"}]
    tables["vocational_courses"] = [{"programme": "x", "secondary_course": "design"}]
    tables["congeners"] = [{"programme": "x", "congener": "x"}]
    return tables


@pytest.mark.rules("stage-general")
def test_no_quota_and_no_preference_hears_anybody(tmp_path):
    found = results(claiming(), tmp_path, EDITION)
    assert (told(found, "A").result, told(found, "B").quota) == ("not_placed", "general")
    assert option(found, "A").hearings == ()
    assert found.table("quota_lists", pl.lit(True)).is_empty()
    seats = found.table("seats", pl.lit(True)).row(0, named=True)
    assert {seats[quota] for quota in STAGES[:-1]} == {"0"}
    assert (seats["seats"], seats["general"]) == ("1", "1")


@pytest.mark.rules("further-seats")
def test_a_missing_final_grade_opens_no_seat(tmp_path):
    """9/2 is of 211-A alone: N has no final grade, A is next, and there is one seat."""
    people: Changes = {"N": {"has_final_grade": False}}
    tables = contest({"x": "N A"}, {"N": "x", "A": "x"}, people=people)
    placed = placement.place(read(write(tables, tmp_path / "college", EDITION)))
    (seats,) = result_tables(placed)["seats"].to_dicts()
    assert (seats["placed"], seats["additional"], seats["leftover"]) == (1, 0, 0)
    assert len(placed.further) == 1


def test_every_clause_that_a_result_cites_is_of_211_b(tmp_path):
    tables = college(Random(7), 60, 8)
    found = decided(tables, tmp_path)
    cited = {row["clause"] for name in ("placements", "options_outcome") for row in found[name]}
    office = {row["excluded"] for row in tables["candidates"] if row.get("excluded")}
    assert {clause.partition(" ")[0] for clause in cited - office} == {"211-B"}


def test_the_letter_names_the_contest_and_the_clauses(tmp_path):
    tables = contest({"x": "A=B"}, {"A": "x", "B": "x"})
    lines = [block.text for block in letter(told(results(tables, tmp_path, EDITION), "A"))]
    assert "Concurso institucional" in lines[1]
    assert any("(art. 23.º)" in line for line in lines)


# --- the commands, on the college of the page ----------------------------------------------------

PAGE = (Path(__file__).parents[3] / "docs" / "access" / "institutional.md").read_text("utf-8")


def unwrapped(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def page_folder(tmp_path):
    """The folder that the page shows."""
    folder = tmp_path / "college"
    folder.mkdir()
    for name, text in re.findall(r"(?s)```csv (\S+)\n(.*?)```", PAGE):
        (folder / name).write_text(text, encoding="utf-8")
    (settings,) = re.findall(r"(?s)```toml\n(.*?)```", PAGE)
    (folder / "contest.toml").write_text(settings, encoding="utf-8")
    return folder


def test_the_page_shows_what_the_commands_print(page_folder, portaria, tmp_path):
    assert portaria("access", "check", page_folder).code == 0
    assert portaria("access", "place", page_folder, "--out", tmp_path / "results").code == 0
    answer = portaria("access", "explain", tmp_path / "results", "--candidate", "E4")
    (shown,) = re.findall(r"(?s)```text\n(.*?)```", PAGE)
    assert unwrapped(answer.out) == unwrapped(shown)
    assert portaria("access", "verify", tmp_path / "results").code == 0


def test_nothing_speaks_of_what_the_text_lacks(page_folder, portaria, tmp_path):
    """No further seats of art. 9/2 in the summary, no quotas in the report."""
    placed = portaria("access", "place", page_folder, "--out", tmp_path / "results")
    assert "further seats" not in placed.out
    assert portaria("access", "compare-readings", page_folder).code == 0
    page = tmp_path / "report.html"
    told = portaria("access", "report", tmp_path / "results", "--out", page, "--lang", "en")
    assert told.code == 0, told.err
    text = unwrapped(re.sub(r"<[^>]*>", "", page.read_text(encoding="utf-8")))
    assert "opened by ties for the last seat (art. 23)." in text
    assert "final grade" not in text
    assert "Quotas and preferences" not in text


# --- the edition ---------------------------------------------------------------------------------


def test_the_edition_has_one_reading_and_no_quota():
    edition = find_edition(EDITION, Path())
    assert quotas_of(edition) == frozenset()
    assert edition.choose({}) == {"placement": "candidate-optimal"}
    assert {clause.text for clauses in edition.cites.values() for clause in clauses} == {"211-B"}


def test_every_reason_has_a_clause_but_those_of_rules_that_the_text_lacks():
    edition = find_edition(EDITION, Path())
    clauses = REASONS.clauses(edition)
    assert {reason.code for reason in REASONS if reason.code not in clauses} == {
        reason.code for reason in REASONS if not edition.has(reason.rule)
    }
    assert {"placed-general", "placed-tied-for-last-seat", "no-option-written"} <= clauses.keys()
    assert {"placed-emigrant", "placed-additional", "deadlocked"}.isdisjoint(clauses)


def changed(folder: Path, *changes: tuple[str, str]) -> Path:
    """A copy of the edition with each first text replaced by the second."""
    text = SHIPPED
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (folder / "own.toml").write_text(text, encoding="utf-8")
    return folder / "own.toml"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"further-seats",', "", "gives no clause for the rules ['further-seats']"),
        ('"further-seats",', '"further-seats", "ranking",', "without ['ranking']"),
        ('"further-seats",', '"further-seats", "ties-by-lot",', "without ['ties-by-lot']"),
        ('ties-open-seats = "211-B 23"', "", "['ties-open-seats']"),
        ('"most_options", # 10/1', "# 10/1", "lacks the parameter most_options"),
        ("[parameters]", '[parameters]\nquota_military = { value = "2", clause = "211-B 8" }',
         "fixes quota_military and is without the rules that use it"),
        ("[parameters]", '[parameters]\nmost_options = { value = 6, clause = "211-B 10/1" }',
         "without ['most_options'], and gives them all the same"),
        ("alternatives = []", 'alternatives = ["literal"]', "literal-iterations"),
        ("without = [", "without = [ 3,", "is no list of names"),
        ('"stage-emigrant",', "", "['stage-emigrant']"),
    ],
)  # fmt: skip
def test_an_edition_that_says_one_thing_and_does_another_is_refused(old, new, said, tmp_path):
    with pytest.raises(ConfigurationError) as refused:
        own_edition(changed(tmp_path, (old, new)))
    assert said in str(refused.value)


HALF_A_QUOTA = (
    ('"stage-madeira-preference", ', ""),
    ("[cites]", '[cites]\nstage-madeira-preference = "211-B 22"'),
)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (HALF_A_QUOTA, "is without stage-madeira, which its other rules need"),
        ((('"quota-rounding", ', ""), ("[cites]", '[cites]\nquota-rounding = "211-B 22"')),
         "cites quota-rounding, which no rule of it needs"),
    ],
)  # fmt: skip
def test_half_a_quota_is_refused(changes, said, tmp_path):
    with pytest.raises(ConfigurationError) as refused:
        own_edition(changed(tmp_path, *changes))
    assert said in str(refused.value)


# A quota of this college's own: what an own edition adds is applied, and nothing beside it.
EMIGRANTS = (
    ('"stage-disability", "stage-emigrant",', '"stage-disability",'),
    ('"special-quotas", "quota-rounding", "general-quota", ', ""),
    ('"order-of-stages",\n    "promotion", "omitted-means-none", ', ""),
    ("[parameters]", "[parameters]\n"
     'quota_emigrant = { value = "7", clause = "211-B 8" }\n'
     'quota_least = { value = 1, clause = "211-B 8" }'),
    ("[cites]", "[cites]\n" + "\n".join(
        f'{rule} = "211-B 22"' for rule in (
            "stage-emigrant", "special-quotas", "quota-rounding", "general-quota",
            "order-of-stages", "promotion", "omitted-means-none",
        )
    )),
)  # fmt: skip


@pytest.mark.rules("special-quotas", "stage-emigrant")
def test_an_own_edition_may_have_one_quota_alone(tmp_path):
    folder = write(claiming(), tmp_path / "college", "own.toml")
    assert quotas_of(own_edition(changed(folder, *EMIGRANTS))) == {"emigrant"}
    found = place(folder, tmp_path / "results")
    assert (told(found, "A").quota, told(found, "A").clause) == ("emigrant", "211-B 22")
    assert told(found, "B").result == "not_placed"
    assert [hearing.quota for hearing in option(found, "A").hearings] == ["emigrant"]


# --- random contests of a college, against the slow reference ------------------------------------

TABLES = ("placements", "options_outcome", "rankings", "seats", "last_placed")
EXACT = ("grade", "exam_part", "tie_1", "tie_2")


def college(rng: Random, candidates: int, programmes: int) -> dict[str, Rows]:
    """A random contest of 211-B with every claim of 211-A in it: forms of any length, sets of at
    most two exams, no documentary prerequisite (which the reference leaves for the enrolment)."""
    tables = random_contest(rng, candidates, programmes, quotas=True)
    for row in tables["programmes"]:
        if row["prerequisite_kind"] == "documentary":
            row["prerequisite_kind"] = "selection"
    tables["exam_sets"] = _two_exams_at_most(tables["exam_sets"])
    codes = [row["programme"] for row in tables["programmes"]]
    tables["options"] = [
        {"candidate": person["candidate"], "order": order, "programme": programme}
        for person in tables["candidates"]
        for order, programme in enumerate(rng.sample(codes, rng.randint(0, len(codes))), 1)
    ]
    return tables


def _two_exams_at_most(rows: Rows) -> Rows:
    """The third exam of a set gives its weight to the first."""
    sets: dict[tuple[str, int], Rows] = {}
    for row in rows:
        sets.setdefault((row["programme"], row["set"]), []).append(row)
    for exams in sets.values():
        if len(exams) == 3:
            exams[0]["weight"] += exams.pop()["weight"]
    return [row for exams in sets.values() for row in exams]


def without_claims(tables: Tables) -> Tables:
    """The same contest as 211-A would have it without a quota, a preference or art. 9/2."""
    nothing: dict[str, Any] = dict.fromkeys(("azores", "madeira", "secondary_course"))
    nothing |= dict.fromkeys(("emigrant", "military", "disability", "claims_regional"), False)
    return tables | {
        "candidates": [row | nothing | {"has_final_grade": True} for row in tables["candidates"]]
    }


def differences(tables: Tables, contest: Contest) -> list[str]:
    """The tables in which program and reference disagree, exactly compared."""
    mine = result_tables(placement.place(contest))
    theirs = reference.place(without_claims(tables))
    for row in theirs["seats"]:  # a quota that hears nobody has nominal seats in 211-A alone
        row |= dict.fromkeys(STAGES, 0) | {"general": row["seats"]}
    found = {name: [_exact(row) for row in mine[name].iter_rows(named=True)] for name in TABLES}
    return [name for name in TABLES if found[name] != theirs[name]]


def _exact(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: Fraction(value) if name in EXACT and value is not None else value
        for name, value in row.items()
        if name not in ("reason", "clause")
    }


SIZES = [(1, 1), (4, 2), (8, 3), (15, 4), (25, 10), (40, 12)]  # candidates, programmes


def failures(seeds: Collection[int], folder: Path) -> list[str]:
    found = []
    for seed in seeds:
        tables = college(Random(seed), *SIZES[seed % len(SIZES)])
        if wrong := differences(tables, read(write(tables, folder, EDITION))):
            found.append(f"seed {seed}, {SIZES[seed % len(SIZES)]}: {wrong}")
    return found


def test_random_contests_of_a_college_equal_the_reference(tmp_path):
    assert failures(range(90), tmp_path / "college") == []


@pytest.mark.long
@pytest.mark.parametrize("block", range(4))
def test_a_thousand_contests_of_a_college_equal_the_reference(block, tmp_path):
    assert failures(range(1_000 + 250 * block, 1_250 + 250 * block), tmp_path / "college") == []
