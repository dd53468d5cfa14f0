"""Seats of the special contests: the cases of the orders, article by article, and properties."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portaria.core.errors import ConfigurationError, UsageError
from portaria.core.rule import functions_of
from portaria.regulations.access.seat_limits import settings
from portaria.regulations.access.seat_limits.answer import answer
from portaria.regulations.access.seat_limits.outcome import (
    Movement,
    Programme,
    SeatLimits,
    as_json,
)
from portaria.regulations.access.seat_limits.reasons import REASONS
from portaria.regulations.access.seat_limits.settings import editions, find_edition, texts

ROOT = Path(__file__).parent.parent.parent.parent
NO_PROOF = {"leftovers_insufficient": True, "more_candidates": True, "resources_exist": False}
PROVED = dict.fromkeys(NO_PROOF, True)


def one(general: int, special: int = 0, over23: int = 0, **more: object) -> Programme:
    """A programme of one institution, public unless told otherwise."""
    told = {"programme": "P", "institution": "I", "kind": "public", **more}
    return Programme(general_seats=general, special_seats=special, over23_seats=over23, **told)  # type: ignore[arg-type]


def many(count: int, general: int, **more: object) -> list[Programme]:
    return [replace(one(general, **more), programme=f"P{number}") for number in range(count)]


def judge(*rows: Programme, year: int = 2017, **policy: str) -> SeatLimits:
    return answer(find_edition(year), rows, policy)


# --- art. 1: who is covered -----------------------------------------------------------------------


@pytest.mark.rules("seat-limits-scope")
@pytest.mark.parametrize(
    ("institution", "kind", "ground", "left_out"),
    [
        ("Universidade do Exemplo", "public", None, None),
        ("Instituto do Exemplo", "private", None, None),
        ("Universidade Aberta", "public", None, "open_university"),
        ("  universidade   ABERTA", "public", None, "open_university"),
        ("Universidade Aberta do Exemplo", "public", None, None),
        ("Academia do Exemplo", "public", "joint_tutelage", "joint_tutelage"),
        ("Universidade do Exemplo", "public", "not_initial", "not_initial"),
        ("Instituto do Exemplo", "private", "not_initial", "not_initial"),
    ],
)
def test_the_order_covers(institution, kind, ground, left_out):
    told = judge(one(10, 9, institution=institution, kind=kind, outside_scope=ground))
    assert [(each.why, each.clause) for each in told.outside] == (
        [(left_out, "6261-A 1")] if left_out else []
    )
    covered = left_out is None
    assert (len(told.caps), len(told.minima), bool(told.breaches)) == (covered, covered, covered)


def test_a_cycle_that_is_not_covered_does_not_count_for_the_minimum():
    first, master = many(2, 100)
    told = judge(first, replace(master, outside_scope="not_initial"))
    assert [(each.of, each.minimum) for each in told.minima] == [(100, 5)]


# --- preamble 2/a, art. 3, art. 5: the most special seats -----------------------------------------

MOST = {
    "20 % of 37 is 7.4": (one(37), "7.4", 7),
    "20 % of 4 is 0.8": (one(4), "0.8", 0),
    "20 % of 24 is 4.8": (one(24), "4.8", 4),
    "20 % of 5 is 1, nothing to round": (one(5), "1", 1),
    "one general seat": (one(1), "0.2", 0),
    "the largest that is read": (one(1_000_000), "200000", 200_000),
}


@pytest.mark.rules("seat-limits-maximum")
@pytest.mark.parametrize(("row", "exact", "seats"), MOST.values(), ids=MOST)
def test_at_most_a_fifth_of_the_general_seats(row, exact, seats):
    (cap,) = judge(row).caps
    assert (cap.exact, cap.maximum, cap.cap) == (Fraction(exact), seats, seats)
    assert (cap.code, cap.clause) == ("maximum", "6261-A 3")


@pytest.mark.rules("seat-limits-maximum")
@pytest.mark.parametrize(
    ("asked", "by"), [(0, None), (6, None), (7, None), (8, 1), (37, 30)], ids=str
)
def test_seats_above_the_maximum_are_told(asked, by):
    told = judge(one(37, asked, min(asked, 2)))
    found = [(b.code, b.programme, b.given, b.allowed, b.by, b.clause) for b in told.breaches]
    assert found == ([("above-maximum", "P", asked, 7, by, "6261-A 3")] if by else _short(asked))


def _short(asked: int) -> list[tuple]:
    """5 % of 37 is 1.85: two over-23 seats."""
    missing = ("over23-below-minimum", "", min(asked, 2), 2, 2, "6261-A 4")
    return [missing] if asked < 2 else []


CLOSED = {
    "nothing asked": (one(0), 0),
    "two seats asked": (one(0, 2), 2),
    "leftovers do not open it": (one(0, 2, leftover_seats=3), 2),
    "nor does an order": (one(0, 2, authorised_increase=True, authorised_seats=5), 2),
}


@pytest.mark.rules("seat-limits-closed-programme")
@pytest.mark.parametrize(("row", "by"), CLOSED.values(), ids=CLOSED)
def test_no_general_seats_no_special_ones(row, by):
    told = judge(row)
    (cap,) = told.caps
    assert (cap.cap, cap.code, cap.clause) == (0, "closed-programme", "6261-A preamble/2/a")
    found = [(each.code, each.by, each.clause) for each in told.breaches]
    assert found == ([("closed-programme", by, "6261-A preamble/2/a")] if by else [])


INCREASES = {
    "no increase": (one(37, 12), (7, 0, 0, 7), 5),
    "3 leftover seats": (one(37, 10, leftover_seats=3), (7, 3, 0, 10), 0),
    "12 asked, two conditions proved": (
        one(37, 12, leftover_seats=3, authorised_increase=True, proofs=NO_PROOF),
        (7, 3, 0, 10),
        2,
    ),
    "12 asked, no order": (one(37, 12, leftover_seats=3), (7, 3, 0, 10), 2),
    "12 asked, all three proved": (
        one(37, 12, leftover_seats=3, authorised_increase=True, proofs=PROVED),
        (7, 3, 2, 12),
        0,
    ),
    "an order that says no more than it is": (
        one(37, 12, leftover_seats=3, authorised_increase=True),
        (7, 3, 2, 12),
        0,
    ),
    "an order for 11": (
        one(37, 12, leftover_seats=3, authorised_increase=True, authorised_seats=11),
        (7, 3, 1, 11),
        1,
    ),
    "an order for fewer than there are": (
        one(37, 12, leftover_seats=3, authorised_increase=True, authorised_seats=9),
        (7, 3, 0, 10),
        2,
    ),
    "an order that is not needed": (
        one(37, 5, leftover_seats=3, authorised_increase=True),
        (7, 3, 0, 10),
        0,
    ),
    "the conditions without an order": (one(37, 12, proofs=PROVED), (7, 0, 0, 7), 5),
}


@pytest.mark.rules(
    "seat-limits-leftovers-public",
    "seat-limits-leftovers-private",
    "seat-limits-authorised-increase",
)
@pytest.mark.parametrize("kind", ["public", "private"])
@pytest.mark.parametrize(("row", "parts", "over"), INCREASES.values(), ids=INCREASES)
def test_what_comes_on_top_of_the_maximum(row, parts, over, kind):
    (cap,) = judge(replace(row, kind=kind)).caps
    assert (cap.maximum, cap.leftovers, cap.authorised, cap.cap) == parts
    assert cap.over_by == over


@pytest.mark.rules("seat-limits-authorised-increase")
def test_a_breach_names_the_conditions_that_were_not_proved():
    row = one(37, 12, 2, leftover_seats=3, authorised_increase=True, proofs=NO_PROOF)
    assert [each.not_proved for each in judge(row).breaches] == [("resources_exist",)]


# --- art. 4: the fewest over-23 seats -------------------------------------------------------------

FEWEST = {
    "5 % of 1234 is 61.7": ([one(1234, 246, 62)], 1234, "61.7", 62, 0),
    "one short": ([one(1234, 246, 61)], 1234, "61.7", 62, 1),
    "5 % of 40 is 2": (many(10, 4), 40, "2", 2, 2),
    "5 % of 1000 is 50, nothing to round": ([one(1000, 50, 50)], 1000, "50", 50, 0),
    "of all programmes together": (
        [one(50, 5, 5), replace(one(50), programme="Q"), replace(one(1), programme="R")],
        101,
        "5.05",
        6,
        1,
    ),
    "no general seats at all": ([one(0)], 0, "0", 0, 0),
}


@pytest.mark.rules("seat-limits-over23-minimum")
@pytest.mark.parametrize(("rows", "of", "exact", "least", "short"), FEWEST.values(), ids=FEWEST)
def test_at_least_a_twentieth_of_the_institution(rows, of, exact, least, short):
    told = judge(*rows)
    (minimum,) = told.minima
    assert (minimum.of, minimum.exact, minimum.minimum) == (of, Fraction(exact), least)
    assert (minimum.short_by, minimum.clause) == (short, "6261-A 4")
    found = [(each.code, each.by) for each in told.breaches if not each.programme]
    assert found == ([("over23-below-minimum", short)] if short else [])


def test_each_institution_has_its_own_minimum():
    rows = [one(100, 5, 5), replace(one(20), programme="Q", institution="J", kind="private")]
    told = judge(*rows)
    assert [(m.institution, m.kind, m.minimum, m.short_by) for m in told.minima] == [
        ("I", "public", 5, 0),
        ("J", "private", 1, 1),
    ]


# --- arts. 3 and 4 against each other -------------------------------------------------------------


@pytest.mark.rules("seat-limits-maximum", "seat-limits-over23-minimum")
@pytest.mark.parametrize(("kind", "leftovers"), [("public", "5/1"), ("private", "5/2")])
def test_ten_programmes_of_four_seats_cannot_have_two_over23s(kind, leftovers):
    (clash,) = judge(*many(10, 4, kind=kind)).infeasible
    assert (clash.minimum, clash.sum_of_caps, clash.short_by) == (2, 0, 2)
    limits = [(c.code, c.sense, c.bound, c.exact, c.clause) for c in clash.constraints]
    assert {c.programmes for c in clash.constraints} == {10}
    assert limits == [
        ("maximum", "at_most", 0, 8, "6261-A 3"),
        ("over23-minimum", "at_least", 2, 2, "6261-A 4"),
    ]  # fmt: skip
    assert [(r.code, r.seats, r.clause) for r in clash.remedies] == [
        (f"leftovers-{kind}", 2, f"6261-A {leftovers}"),
        ("authorised-increase", 2, "6261-A 5/3"),
    ]
    others = [(o.reading, o.choice, o.minimum, o.sum_of_caps, o.feasible) for o in clash.otherwise]
    assert others == [
        ("maximum_rounding", "half_up", 2, 10, True),
        ("minimum_rounding", "half_up", 2, 0, False),
    ]  # fmt: skip


def test_the_clash_names_closed_programmes_and_the_increases_there_are():
    rows = many(10, 4)
    rows[0] = replace(rows[0], leftover_seats=1)
    (clash,) = judge(*rows, replace(one(0), programme="Q")).infeasible
    assert [(c.code, c.bound, c.programmes) for c in clash.constraints] == [
        ("maximum", 0, 10),
        ("leftovers-public", 1, 1),
        ("closed-programme", 0, 1),
        ("over23-minimum", 2, 11),
    ]
    assert clash.short_by == 1


@pytest.mark.parametrize(
    "increase",
    [{"leftover_seats": 2}, {"authorised_increase": True, "authorised_seats": 2}],
    ids=["leftovers", "order"],
)
def test_what_art_5_offers_ends_the_clash(increase):
    rows = many(10, 4)
    rows[3] = replace(rows[3], special_seats=2, over23_seats=2, **increase)
    told = judge(*rows)
    assert (told.infeasible, told.breaches) == ((), ())


# --- readings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "cap", "least"),
    [
        ({}, 4, 2),
        ({"maximum_rounding": "half_up"}, 5, 2),
        ({"minimum_rounding": "half_up"}, 4, 1),
    ],
    ids=str,
)
def test_readings_of_the_rounding(policy, cap, least):
    """20 % of 24 is 4.8 and 5 % of 24 is 1.2."""
    told = judge(one(24), **policy)
    assert (told.caps[0].cap, told.minima[0].minimum) == (cap, least)
    assert told.readings == {
        "maximum_rounding": "floor", "minimum_rounding": "ceiling", **policy,
    }  # fmt: skip


def test_an_unknown_reading_is_refused():
    with pytest.raises(UsageError, match="ceiling"):
        judge(one(24), minimum_rounding="floor")
    with pytest.raises(UsageError, match="maximum_rounding"):
        judge(one(24), maximum="floor")


# --- 2023: by the admissions limit ----------------------------------------------------------------


def admitted(lma: int, general: int, regimes: int, special: int = 0, over23: int = 0) -> Programme:
    return one(general, special, over23, lma=lma, special_regime_seats=regimes)


BY_ADMISSIONS = {
    "limit 60, general 50, regimes 2": (admitted(60, 50, 2, 8, 3), 8, 8, []),
    "one too many": (admitted(60, 50, 2, 9, 3), 8, 8, [("above-maximum", 1)]),
    "nothing left": (admitted(52, 50, 2, 0, 0), 0, 0, [("over23-below-minimum", 3)]),
    "general seats pass the limit": (
        admitted(50, 50, 2, 1, 1),
        -2,
        0,
        [("above-lma", 2), ("above-maximum", 1), ("over23-below-minimum", 2)],
    ),
    "no general seats": (admitted(30, 0, 0, 30, 2), 30, 30, []),
}


@pytest.mark.rules("seat-limits-maximum", "seat-limits-over23-minimum")
@pytest.mark.parametrize(
    ("row", "exact", "cap", "breaches"), BY_ADMISSIONS.values(), ids=BY_ADMISSIONS
)
def test_what_the_admissions_limit_leaves(row, exact, cap, breaches):
    told = judge(row, year=2023)
    assert (told.caps[0].exact, told.caps[0].cap) == (exact, cap)
    assert told.caps[0].clause == "3580-2023 maximum"
    assert [(each.code, each.by) for each in told.breaches] == breaches
    assert told.minima[0].exact == Fraction(row.lma, 20)


def test_the_same_programme_in_both_years():
    row = admitted(60, 50, 2)
    caps = {year: judge(row, year=year).caps[0].cap for year in (2017, 2023)}
    assert caps == {2017: 10, 2023: 8}
    least = {year: judge(row, year=year).minima[0].minimum for year in (2017, 2023)}
    assert least == {2017: 3, 2023: 3}
    bases = {year: judge(row, year=year).minima[0].of for year in (2017, 2023)}
    assert bases == {2017: 50, 2023: 60}


def test_no_increase_is_known_in_2023():
    row = replace(admitted(52, 50, 2, 4, 3), leftover_seats=4, authorised_increase=True)
    told = judge(row, year=2023)
    assert (told.caps[0].cap, told.infeasible[0].remedies) == (0, ())
    assert told.unchecked == ("3580-2023 12-15",)


def test_the_scope_of_2017_is_not_that_of_2023():
    row = replace(admitted(60, 50, 2), institution="Universidade Aberta")
    assert (judge(row, year=2017).outside != (), judge(row, year=2023).outside) == (True, ())


@pytest.mark.parametrize("year", [2016, 2018, 2022, 2024, 0, -1])
def test_other_years_are_refused_with_those_known(year):
    with pytest.raises(UsageError, match=r"2017 \(2017-2018\), 2023 \(2023-2024\)"):
        find_edition(year)


# --- art. 6: movements ----------------------------------------------------------------------------

PLACES = {"A": "I", "B": "I", "C": "J"}


def move(
    to_programme: str, to_modality: str, seats: int = 2, unfilled: int = 2, modality: str = "over23"
) -> Movement:
    return Movement(
        "A", "I", modality, unfilled, to_programme, PLACES[to_programme], to_modality, seats
    )


def decide(*movements: Movement) -> list[tuple[bool, str, str, int]]:
    told = answer(find_edition(2017), [], {}, movements)
    return [(each.allowed, each.code, each.clause, each.left) for each in told.movements]


WHERE = {
    "change of programme, same programme": (
        move("A", "change_of_programme"), (True, "moved", "6261-A preamble/2/b", 0)
    ),
    "from change of programme to over-23": (
        move("A", "over23", modality="change_of_programme"),
        (True, "moved", "6261-A preamble/2/b", 0),
    ),
    "part of them": (
        move("A", "other_degree", seats=1), (True, "moved", "6261-A preamble/2/b", 1)
    ),
    "same modality, other programme": (
        move("B", "over23"), (False, "not-to-programme", "6261-A 6/a", 2)
    ),
    "other modality, other programme": (
        move("B", "other_degree"), (False, "not-to-programme", "6261-A 6/a", 2)
    ),
    "other institution": (move("C", "over23"), (False, "not-to-institution", "6261-A 6/b", 2)),
    "general regime": (move("A", "general"), (False, "not-to-general", "6261-A 6/c", 2)),
    "general regime elsewhere": (move("C", "general"), (False, "not-to-general", "6261-A 6/c", 2)),
    "international students": (
        move("A", "international"), (False, "not-to-international", "6261-A 6/d", 2)
    ),
    "nowhere": (move("A", "over23"), (False, "same-place", "6261-A preamble/2/c", 2)),
    "more than there are": (
        move("A", "other_degree", seats=3),
        (False, "more-than-unfilled", "6261-A preamble/2/b", 2),
    ),
}  # fmt: skip


@pytest.mark.rules(
    "seat-limits-movement",
    "seat-limits-no-other-use",
    "seat-limits-not-to-programme",
    "seat-limits-not-to-institution",
    "seat-limits-not-to-general",
    "seat-limits-not-to-international",
)
@pytest.mark.parametrize(("wanted", "decision"), WHERE.values(), ids=WHERE)
def test_unfilled_seats_stay_in_their_programme(wanted, decision):
    assert decide(wanted) == [decision]


@pytest.mark.rules("seat-limits-movement")
def test_the_same_seats_do_not_move_twice():
    wanted = (move("A", "other_degree", 2, 3), move("A", "change_of_programme", 2, 3),
              move("A", "change_of_programme", 1, 3))  # fmt: skip
    codes = [(code, left) for _, code, _, left in decide(*wanted)]
    assert codes == [("moved", 1), ("more-than-unfilled", 1), ("moved", 0)]


def test_a_programme_that_is_not_covered_moves_nothing():
    row = one(10, programme="A", outside_scope="not_initial")
    told = answer(find_edition(2017), [row], {}, [move("A", "other_degree")])
    assert [(each.allowed, each.code) for each in told.movements] == [(False, "outside-scope")]


def test_movements_are_not_known_in_2023():
    with pytest.raises(UsageError, match="moving unfilled seats"):
        answer(find_edition(2023), [], {}, [move("A", "other_degree")])


MODALITIES = ("over23", "specialisation_diploma", "professional_diploma", "other_degree",
              "change_of_programme", "general", "international")  # fmt: skip


@given(
    st.lists(
        st.tuples(
            st.sampled_from(MODALITIES[:5]),
            st.sampled_from(["A", "B", "C"]),
            st.sampled_from(MODALITIES),
            st.integers(1, 4),
        ),
        max_size=8,
    ),
    st.integers(0, 6),
)
def test_a_movement_never_creates_seats(wanted, unfilled):
    """What arrives is what left, inside one programme, and no more than was unfilled."""
    movements = [
        move(to, to_modality, seats, unfilled, modality)
        for modality, to, to_modality, seats in wanted
    ]
    told = answer(find_edition(2017), [], {}, movements).movements
    gone = dict.fromkeys(MODALITIES, 0)
    for each in told:
        if each.allowed:
            assert each.movement.to_programme == each.movement.programme
            assert each.movement.to_modality not in ("general", "international")
            gone[each.movement.modality] += each.movement.seats
        assert each.left == unfilled - gone[each.movement.modality] >= 0


# --- properties of the caps -----------------------------------------------------------------------

COUNTS = st.integers(0, 1_000_000)
BOTH = st.sampled_from(["floor", "half_up"])


@given(COUNTS, COUNTS, st.integers(0, 50), BOTH)
def test_more_general_seats_never_lower_the_cap(general, more, leftover, rounding):
    caps = [
        judge(one(seats, leftover_seats=leftover), maximum_rounding=rounding).caps[0].cap
        for seats in (general, general + more)
    ]
    assert caps[0] <= caps[1]


@given(COUNTS)
def test_the_cap_is_the_most_and_the_minimum_the_least_that_the_words_allow(general):
    told = judge(one(general))
    cap, least = told.caps[0].cap, told.minima[0].minimum
    assert 100 * cap <= 20 * general < 100 * (cap + 1)
    assert 100 * (least - 1) < 5 * general <= 100 * least


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9)), min_size=1, max_size=8))
def test_the_order_of_the_rows_is_irrelevant(seats):
    rows = [
        replace(one(general, special, 0), programme=f"P{number}", institution=f"I{number % 3}")
        for number, (general, special) in enumerate(seats)
    ]
    there, back = judge(*rows), judge(*reversed(rows))
    assert set(there.caps) == set(back.caps)
    assert set(there.breaches) == set(back.breaches)
    assert {asdict(m)["institution"]: m for m in there.minima} == {
        asdict(m)["institution"]: m for m in back.minima
    }


# --- registers, editions, JSON --------------------------------------------------------------------

CLAUSES = """
preamble/1 preamble/1/a preamble/1/b preamble/2/a preamble/2/b preamble/2/c preamble/2/d
preamble/2/e preamble/3 1 2 2/a 2/a/i 2/a/ii 2/b 2/c 2/d 2/e 2/f 3 4 5/1 5/2 5/3 5/3/a 5/3/b 5/3/c
6 6/a 6/b 6/c 6/d 7/1 7/2
"""


def test_the_register_has_every_clause_of_the_order():
    assert list(texts()["6261-A"].clauses) == CLAUSES.split()


def test_every_implemented_clause_has_a_rule_and_every_rule_a_function():
    cited = {c.name for e in editions().values() for rule in e.cites.values() for c in rule}
    done = {
        clause.name
        for text in texts().values()
        for clause in text.clauses.values()
        if clause.state == "implemented"
    }
    assert done == cited
    assert all(functions_of(rule) for edition in editions().values() for rule in edition.cites)


def test_every_reason_has_a_clause_in_2017():
    assert set(REASONS.clauses(find_edition(2017)).values()) <= {
        f"6261-A {number}" for number in CLAUSES.split()
    }


def test_the_readings_are_recorded_and_the_parameters_dated():
    for year, edition in editions().items():
        assert (ROOT / "docs" / "access" / "seat-limits.md").is_file()
        assert {r.record for r in edition.readings.values()} == {"docs/access/seat-limits.md"}
        assert {p.valid_from.year for p in edition.parameters.values()} == {year}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('basis = { value = "general_seats"', 'basis = { value = "seats"', "basis"),
        ('special_share = { value = "20"', 'special_share = { value = "120"', "special_share"),
        ('over23_share = { value = "5"', 'over23_share = { value = "five"', "over23_share"),
        ('alternatives = ["half_up"]\nabout = "how 20', 'alternatives = ["near"]\nabout = "how 20',
         "near"),
        ("[readings.minimum_rounding]", "[readings.minimum]", "do not fit"),
        ('seat-limits-not-to-general = "6261-A 6/c"\n', "", "not-to-general"),
    ],
)  # fmt: skip
def test_an_edition_that_is_unfit_is_named(old, new, says, tmp_path, monkeypatch):
    source = Path(settings.__file__).parent / "editions" / "pt-seat-limits-2017.toml"
    text = source.read_text(encoding="utf-8")
    assert text.count(old) == 1
    (tmp_path / "editions").mkdir()
    (tmp_path / "editions" / "own.toml").write_text(text.replace(old, new), encoding="utf-8")
    texts()  # from the package, before its files are looked for elsewhere
    monkeypatch.setattr(settings, "files", lambda package: tmp_path)
    with pytest.raises(ConfigurationError, match=says):
        settings._load("own.toml")


def test_an_order_stands_without_what_its_basis_does_not_have(tmp_path, monkeypatch):
    source = Path(settings.__file__).parent / "editions" / "pt-seat-limits-2017.toml"
    text = source.read_text(encoding="utf-8").replace(
        'seat-limits-not-to-general = "6261-A 6/c"\n', ""
    )
    text = text.replace("valid_from", 'without = ["seat-limits-not-to-general"]\nvalid_from', 1)
    (tmp_path / "editions").mkdir()
    (tmp_path / "editions" / "own.toml").write_text(text, encoding="utf-8")
    texts()
    monkeypatch.setattr(settings, "files", lambda package: tmp_path)
    with pytest.raises(ConfigurationError, match=r"must be without .*not-to-general"):
        settings._load("own.toml")


def test_exact_numbers_are_text_in_json():
    told = as_json(judge(one(37, 12, 2), *many(2, 4)))
    assert told["caps"][0]["exact"] == "7.4"
    assert told["minima"][0]["exact"] == "2.25"
    assert {"caps", "minima", "breaches", "infeasible"} <= set(told)
    source = Path(settings.__file__).parent / "editions" / "pt-seat-limits-2017.toml"
    assert told["edition"] == tomllib.loads(source.read_text(encoding="utf-8"))["name"]
