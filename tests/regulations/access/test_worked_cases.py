"""The worked cases of arts. 9 to 37, on the program and on the reference, in their order."""

from decimal import Decimal

import pytest
from engines import ENGINES
from reference import words
from reference.words import Changes, contest, place, placed, seats_of


@pytest.fixture(autouse=True, params=ENGINES)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every case runs on each engine."""
    monkeypatch.setattr(words, "engine", ENGINES[request.param])
    return str(request.param)


# --- art. 10: sizes ----------------------------------------------------------------------------


@pytest.mark.rules("special-quotas", "quota-rounding", "general-quota")
@pytest.mark.parametrize(
    ("v", "disability", "azores", "emigrant", "military", "general"),
    [
        (1, 2, 1, 1, 1, 0),  # nominal sizes may total more than V
        (10, 2, 1, 1, 1, 4),
        (42, 2, 1, 3, 1, 34),  # 1.47, 2.94, 1.05
        (43, 2, 2, 3, 1, 33),  # 1.505, 3.01, 1.075
        (50, 2, 2, 4, 1, 39),  # 1.75, 3.5, 1.25
        (100, 2, 4, 7, 3, 80),  # 3.5, 7, 2.5
        (124, 2, 4, 9, 3, 102),  # 2.48, 4.34, 8.68, 3.1
        (125, 3, 4, 9, 3, 102),  # 2.5, 4.375, 8.75, 3.125
    ],
)
def test_special_quotas(
    v: int, disability: int, azores: int, emigrant: int, military: int, general: int
) -> None:
    tables = contest({"x": ""}, {}, {"x": {"seats": v}})
    row = place(tables)["seats"][0]
    assert row["seats"] == v
    assert row["disability"] == disability
    assert row["azores"] == row["madeira"] == azores
    assert (row["emigrant"], row["military"], row["general"]) == (emigrant, military, general)
    assert (row["azores_preference"], row["madeira_preference"]) == (0, 0)


@pytest.mark.rules("preference-size", "special-quotas")
def test_an_island_university_has_its_preference_instead_of_its_quota() -> None:
    tables = contest({"x": ""}, {}, {"x": {"seats": 11, "island_university": "madeira"}})
    row = place(tables)["seats"][0]
    assert (row["madeira_preference"], row["madeira"], row["azores"]) == (5, 0, 1)
    assert row["general"] == 11 - 2 - 1 - 1 - 1


# --- arts. 11 to 19: who is heard where --------------------------------------------------------


@pytest.mark.rules("stage-disability", "stage-emigrant", "stage-military")
@pytest.mark.parametrize("flag", ["disability", "emigrant", "military"])
def test_special_quotas_hear_a_candidate_at_any_programme(flag: str) -> None:
    tables = contest({"x": "B A"}, {"A": "x", "B": "x"}, people={"A": {flag: True}})
    assert placed(tables) == {"A": f"x {flag}"}


@pytest.mark.rules("islands-first-ground-first", "stage-azores", "stage-azores-preference")
def test_art_11_1_goes_before_a_better_grade_of_art_11_2() -> None:
    people: Changes = {"A": {"azores": "art11.1"}, "B": {"azores": "art11.2"}}
    tables = contest({"x": "B A"}, {"A": "x", "B": "x"}, people=people)
    assert placed(tables) == {"A": "x azores"}
    at_home: Changes = {"x": {"island_university": "azores", "seats": 2}}
    tables = contest({"x": "C B A"}, dict.fromkeys("ABC", "x"), at_home, people)
    assert placed(tables) == {"A": "x azores_preference", "C": "x general"}


CONGENER: Changes = {
    "z": {"island_university": "azores", "prerequisite": "G", "prerequisite_kind": "selection"},
    "w": {"island_university": "azores"},
}


@pytest.mark.rules("azores-congeners", "stage-azores")
@pytest.mark.parametrize(
    ("form", "at_z", "passed", "form_order", "heard"),
    [
        ("m", "Z A", True, "as_written", False),  # reaches z and did not write it
        ("z m", "Z A", True, "as_written", True),
        ("m z", "Z A", True, "as_written", False),  # not before
        ("m", "Z", True, "as_written", True),  # exam of z not taken: not demanded
        ("m", "Z A", False, "as_written", False),  # a failed prerequisite alone does not exempt
        ("z m", "Z A", False, "as_written", True),
        ("z m", "Z A", False, "valid_only", False),  # z counts as not written
    ],
)
def test_a_congener_must_stand_before(
    form: str, at_z: str, passed: bool, form_order: str, heard: bool
) -> None:
    lists = {"m": "B A", "z": at_z, "w": "Z"}
    tables = contest(lists, {"A": form, "B": "m", "Z": "z"}, CONGENER, {"A": {"azores": "art11.1"}})
    tables["congeners"] = [{"programme": "m", "congener": "z"}]
    tables["prerequisites"] = [
        {"candidate": "A", "group": "G", "passed": passed, "grade": None},
        {"candidate": "Z", "group": "G", "passed": True, "grade": None},
    ]
    expected = {"A": "m azores"} if heard else {"B": "m general"}
    assert placed(tables, form_order=form_order) == {"Z": "z general"} | expected


@pytest.mark.rules("azores-congeners", "stage-azores")
def test_each_of_two_congeners_must_stand_before_and_only_of_the_same_island() -> None:
    lists = {"m": "B A", "z": "Z A", "w": "Z A"}
    at: Changes = {"z": {"island_university": "azores"}, "w": {"island_university": "azores"}}
    tables = contest(lists, {"A": "z m", "B": "m", "Z": "z"}, at, {"A": {"azores": "art11.2"}})
    tables["congeners"] = [{"programme": "m", "congener": c} for c in "zw"]
    assert placed(tables)["B"] == "m general"
    tables["programmes"][2]["island_university"] = "madeira"
    assert placed(tables)["A"] == "m azores"


@pytest.mark.rules("madeira-university-first", "stage-madeira-preference", "stage-madeira")
@pytest.mark.parametrize(
    ("form", "form_order", "heard"),
    [
        ("z", "as_written", True),
        ("w z", "as_written", True),  # w is of the same university
        ("m z", "as_written", False),
        ("n z", "as_written", False),  # n is invalid but keeps its place
        ("n z", "valid_only", True),
    ],
)
def test_island_preference_wants_its_university_first(
    form: str, form_order: str, heard: bool
) -> None:
    at: Changes = {
        "z": {"island_university": "madeira", "seats": 2},
        "w": {"island_university": "madeira"},
    }
    # W and M hold w and m, so that A comes down to z.
    lists = {"z": "B C A", "w": "W A", "m": "M A", "n": "B"}
    forms = {"A": form, "B": "z", "C": "z", "M": "m", "W": "w"}
    people: Changes = {"A": {"madeira": "art11.1"}, "M": {"madeira": "art11.1"}}
    tables = contest(lists, forms, at, people)
    got = placed(tables, form_order=form_order).get("A")
    assert got == ("z madeira_preference" if heard else None)


@pytest.mark.rules(
    "stage-regional", "regional-area", "regional-without-interruption", "preference-size"
)
@pytest.mark.parametrize(
    ("person", "form", "heard"),
    [
        ({"area": "faro", "claims_regional": True}, "x", True),
        ({"area": "faro", "claims_regional": False}, "x", False),
        ({"area": "braga", "claims_regional": True}, "x", False),
        ({"area": None, "claims_regional": True}, "x", False),
        ({"area": "faro", "area_year11": "braga", "claims_regional": True}, "x", False),
        ({"area": "faro", "area_year11": "beja", "claims_regional": True}, "x", True),
        ({"area": "braga", "area_recognised": "faro", "claims_regional": True}, "x", True),
        ({"area": "faro", "claims_regional": True}, "n x", False),  # n has no share
        ({"area": "faro", "claims_regional": True}, "y x", True),
        ({"area": "beja", "claims_regional": True}, "y x", False),  # not in the areas of y
    ],
)
def test_regional_preference(person: dict[str, object], form: str, heard: bool) -> None:
    share: dict[str, object] = {"regional_share": Decimal(50), "seats": 2}
    lists = {"x": "B C A", "y": "B", "n": "B"}
    at: Changes = {"x": share, "y": {"regional_share": Decimal(10)}}
    tables = contest(lists, {"A": form, "B": "x", "C": "x"}, at, {"A": person})
    areas = [("x", "faro"), ("x", "beja"), ("y", "faro")]
    tables["regional_areas"] = [{"programme": p, "area": a} for p, a in areas]
    assert placed(tables).get("A") == ("x regional" if heard else None)


@pytest.mark.rules("regional-without-interruption")
def test_regional_preference_under_the_two_readings_of_the_form() -> None:
    at: Changes = {"x": {"regional_share": Decimal(50), "seats": 2}}
    person: dict[str, object] = {"area": "faro", "claims_regional": True}
    forms = {"A": "n x", "B": "x", "C": "x"}
    tables = contest({"x": "B C A", "n": "B"}, forms, at, {"A": person})
    tables["regional_areas"] = [{"programme": "x", "area": "faro"}]
    assert "A" not in placed(tables, form_order="as_written")
    assert placed(tables, form_order="valid_only")["A"] == "x regional"


@pytest.mark.rules("stage-vocational", "preference-size")
def test_vocational_preference_needs_no_claim_and_no_order() -> None:
    at: Changes = {"x": {"vocational_share": Decimal(30), "seats": 4}}
    forms = {"A": "n x"} | dict.fromkeys("BCDE", "x")
    person: dict[str, object] = {"secondary_course": "design"}
    tables = contest({"x": "B C D E A", "n": "B"}, forms, at, {"A": person})
    tables["vocational_courses"] = [{"programme": "x", "secondary_course": "design"}]
    assert placed(tables)["A"] == "x vocational"


# --- arts. 36 and 37: placement ----------------------------------------------------------------


@pytest.mark.rules("general-quota", "stage-general")
def test_unused_special_seats_go_to_the_general_quota() -> None:
    at: Changes = {"x": {"seats": 3}}
    tables = contest({"x": "A B C D"}, dict.fromkeys("ABCD", "x"), at)
    assert placed(tables) == dict.fromkeys("ABC", "x general")


@pytest.mark.rules("stage-disability", "stage-emigrant")
def test_special_stages_take_at_most_what_is_left() -> None:
    people: Changes = {c: {"disability": True} for c in "DE"}
    people["F"] = {"emigrant": True}
    at: Changes = {"x": {"seats": 2}}
    tables = contest({"x": "A F D E"}, dict.fromkeys("ADEF", "x"), at, people)
    assert placed(tables) == {"D": "x disability", "E": "x disability"}


@pytest.mark.rules("stage-emigrant", "stage-general")
def test_who_gets_no_special_seat_competes_for_the_later_ones() -> None:
    people: Changes = {c: {"emigrant": True} for c in "AB"}
    at: Changes = {"x": {"seats": 2}}
    tables = contest({"x": "A B C"}, dict.fromkeys("ABC", "x"), at, people)
    assert placed(tables) == {"A": "x emigrant", "B": "x general"}


DEADLOCK = contest({"x": "B A", "y": "A B"}, {"A": "x y", "B": "y x"})


@pytest.mark.rules("placement-by-preference", "best-option-kept")
def test_both_get_their_first_option_where_the_literal_text_deadlocks() -> None:
    assert placed(DEADLOCK) == {"A": "x general", "B": "y general"}
    stuck = place(DEADLOCK, {"placement": "literal"})
    assert stuck["deadlocked"] == ["A", "B"]
    assert [r["result"] for r in stuck["placements"]] == ["not_placed", "not_placed"]
    for reading in ("stages-r1", "stages-r2"):
        assert placed(DEADLOCK, placement=reading) == placed(DEADLOCK)


@pytest.mark.rules("promotion")
def test_the_stages_never_promote_in_the_worked_case() -> None:
    # x has one general seat left after S and T; y has one seat, which A alone can have as special.
    people: Changes = {c: {"disability": True} for c in "AST"}
    lists = {"x": "S T B A", "y": "A B"}
    forms = {"A": "x y", "B": "y x", "S": "x", "T": "x"}
    tables = contest(lists, forms, {"x": {"seats": 3}}, people)
    special = {"S": "x disability", "T": "x disability"}
    assert placed(tables) == special | {"A": "x general", "B": "y general"}
    for reading in ("stages-r1", "stages-r2"):
        got = placed(tables, placement=reading)
        assert got == special | {"A": "y disability", "B": "x general"}


@pytest.mark.rules("promotion")
def test_a_promoted_candidate_keeps_her_seat_under_r1_and_is_heard_again_under_r2() -> None:
    # w and q: one emigrant seat and one general one; p: one seat. E and C are first heard as
    # emigrants, both are promoted in the general stage, and the emigrant seat of q falls free.
    people: Changes = {c: {"emigrant": True} for c in "HECF"}
    at: Changes = {"w": {"seats": 2}, "q": {"seats": 2}}
    lists = {"w": "H E", "q": "E C G F", "p": "C"}
    forms = {"H": "w", "E": "w q", "C": "q p", "F": "q", "G": "q"}
    tables = contest(lists, forms, at, people)
    both = {"H": "w emigrant", "E": "w general"}
    r2 = both | {"C": "q emigrant", "G": "q general"}
    assert placed(tables) == placed(tables, placement="stages-r2") == r2
    r1 = both | {"C": "q general", "F": "q emigrant"}
    assert placed(tables, placement="stages-r1") == r1


@pytest.mark.rules("ties-open-seats")
def test_a_tie_for_the_last_seat_opens_a_seat() -> None:
    tables = contest({"x": "A=B C"}, dict.fromkeys("ABC", "x"))
    assert placed(tables) == {"A": "x general", "B": "x general"}
    row = seats_of(tables, "x")
    assert (row["placed"], row["tie_extra"], row["leftover"]) == (2, 1, 0)


@pytest.mark.rules("ties-open-seats", "best-option-kept")
def test_a_tied_candidate_placed_better_opens_nothing() -> None:
    tables = contest({"x": "A=B C", "y": "A"}, {"A": "y x", "B": "x", "C": "x"})
    assert placed(tables) == {"A": "y general", "B": "x general"}
    assert seats_of(tables, "x")["tie_extra"] == 0


@pytest.mark.rules("ties-open-seats")
def test_a_tie_in_a_special_quota_takes_nothing_from_the_later_stages() -> None:
    people: Changes = {c: {"emigrant": True} for c in "EF"}
    at: Changes = {"x": {"seats": 3}}
    tables = contest({"x": "A B C E=F"}, dict.fromkeys("ABCEF", "x"), at, people)
    assert placed(tables) == {
        "A": "x general",
        "B": "x general",
        "E": "x emigrant",
        "F": "x emigrant",
    }
    assert seats_of(tables, "x")["tie_extra"] == 1


# --- art. 9/2: further seats -------------------------------------------------------------------


def without(*codes: str) -> Changes:
    return {code: {"has_final_grade": False} for code in codes}


@pytest.mark.rules("further-seats", "stage-additional")
def test_a_full_programme_opens_one_seat_for_each_placed_without_final_grade() -> None:
    tables = contest({"x": "N M A B"}, dict.fromkeys("NMAB", "x"), people=without("N", "M"))
    assert placed(tables) == {"N": "x general", "A": "x additional"}
    row = seats_of(tables, "x")
    assert (row["placed"], row["additional"], row["tie_extra"], row["leftover"]) == (2, 1, 0, 0)
    assert place(tables)["additional_rounds"] == [{}, {"x": 1}]


@pytest.mark.rules("further-seats")
def test_a_programme_with_a_seat_left_opens_none() -> None:
    at: Changes = {"x": {"seats": 2}}
    tables = contest({"x": "N"}, {"N": "x"}, at, without("N"))
    assert place(tables)["additional_rounds"] == [{}]
    assert seats_of(tables, "x")["leftover"] == 1


@pytest.mark.rules("further-seats", "ties-open-seats")
def test_ties_open_further_seats_too() -> None:
    tables = contest({"x": "N A=B C"}, dict.fromkeys("NABC", "x"), people=without("N"))
    assert placed(tables) == {"N": "x general", "A": "x additional", "B": "x additional"}
    row = seats_of(tables, "x")
    assert (row["additional"], row["tie_extra"]) == (2, 0)


@pytest.mark.rules("further-seats")
def test_a_further_seat_frees_a_seat_elsewhere() -> None:
    # First N is in x and C in y. The further seat of x draws C away, and A comes up to y.
    tables = contest(
        {"x": "N C", "y": "C A", "z": "A"}, {"N": "x", "C": "x y", "A": "y z"}, people=without("N")
    )
    assert placed(tables) == {"N": "x general", "C": "x additional", "A": "y general"}


@pytest.mark.rules("further-seats")
def test_where_no_count_fits_one_programme_keeps_a_seat_too_many() -> None:
    lists, forms = {"x": "a b", "y": "b c a"}, {"a": "y x", "b": "x y", "c": "y"}
    result = place(contest(lists, forms, people=without("b")))
    assert result["additional_rounds"] == [{}, {"y": 1}, {"x": 1}, {"x": 1, "y": 1}]
    assert result["seat_too_many"] == ["y"]
    assert [(r["programme"], r["quota"]) for r in result["placements"]] == [
        ("y", "additional"),
        ("x", "general"),
        ("y", "general"),
    ]


# --- the tables --------------------------------------------------------------------------------


@pytest.mark.rules(
    "result", "exclusion", "ranking-lists", "not-placed", "invalid-option-as-not-written"
)
def test_every_option_has_an_outcome_and_the_excluded_are_in_no_ranking() -> None:
    lists = {"x": "E B A", "y": "A", "z": "A", "n": "B"}
    people: Changes = {"E": {"excluded": "56/1/a"}}
    forms = {"A": "n x y z", "B": "x", "E": "x", "O": ""}
    result = place(contest(lists, forms, people=people))
    outcome = [
        (r["candidate"], r["order"], r["rank"], r["outcome"]) for r in result["options_outcome"]
    ]
    assert outcome == [
        ("A", 1, None, "ineligible"),
        ("A", 2, 2, "outranked"),
        ("A", 3, 1, "placed"),
        ("A", 4, 1, "better_placed"),
        ("B", 1, 1, "placed"),
        ("E", 1, None, "ineligible"),
    ]
    assert result["options_outcome"][0]["grade"] is None
    assert result["options_outcome"][5]["grade"] == 150
    assert [(r["candidate"], r["result"], r["option"]) for r in result["placements"]] == [
        ("A", "placed", 3),
        ("B", "placed", 1),
        ("E", "excluded", None),
        ("O", "not_placed", None),
    ]
    assert "E" not in {r["candidate"] for r in result["rankings"]}


@pytest.mark.rules("last-placed")
def test_last_placed_of_each_quota_in_the_order_of_the_stages() -> None:
    people: Changes = {"E": {"emigrant": True}, "F": {"azores": "art11.1"}}
    at: Changes = {"x": {"seats": 4}}
    tables = contest({"x": "A B C E F"}, dict.fromkeys("ABCEF", "x"), at, people)
    rows = [(r["quota"], r["grade"]) for r in place(tables)["last_placed"]]
    assert rows == [("azores", 130), ("emigrant", 135), ("general", 145)]
