"""What must hold of every placement, whatever the contest. Each property says why it is a theorem.

Small markets (`plain`) are placed by the kernel; whole contests by the program, from its tables.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from engines import contest_of, portaria
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import Market, Placed, Programme, chosen, general, place, place_all, prefers
from reference.markets import random_contest
from reference.words import contest, placed

from portaria.regulations.access import grades, placement, quotas, results

Rows = list[dict[str, Any]]
Tables = dict[str, Rows]

QUOTAS = (
    "disability", "azores_preference", "azores", "madeira_preference", "madeira", "emigrant",
    "military", "regional", "vocational", "general", "additional",
)  # fmt: skip
"""The stages of art. 36/1 and those of art. 9/2, in their order."""

often = settings(max_examples=300, deadline=None, derandomize=True)
"""For small markets: the kernel takes microseconds."""
seldom = settings(max_examples=15, deadline=None, derandomize=True)
"""For whole contests through their files."""
seeds = st.integers(0, 2**32)


# --- small markets -------------------------------------------------------------------------------


@st.composite
def markets(
    draw: st.DrawFn, ties: bool = True, stages: int = 0, further: bool = False, most: int = 6
) -> Market:
    """Up to `most` candidates and 4 programmes, with `stages` quotas before the general one."""
    candidates = range(draw(st.integers(1, most)))
    programmes = draw(st.integers(1, 4))
    forms = tuple(
        tuple(draw(st.lists(st.integers(0, programmes - 1), unique=True))) for _ in candidates
    )
    offers = []
    for _ in range(programmes):
        if ties:
            ranks = {c: draw(st.integers(1, 4)) for c in candidates}
        else:
            ranks = dict(enumerate(draw(st.permutations(candidates))))
        seats = draw(st.integers(0, 3))
        offer = general(seats, ranks)
        if stages:
            everywhere = frozenset({stages})
            bits = st.frozensets(st.integers(0, stages - 1))
            more = st.sampled_from([frozenset(), frozenset({stages + 1})])
            offer = Programme(
                seats,
                (*(draw(st.integers(0, 2)) for _ in range(stages)), seats),
                draw(st.integers(0, 2)) if further else 0,
                ranks,
                {c: draw(bits) | everywhere | draw(more) for c in candidates},
                {c: draw(bits) for c in candidates},
            )
        offers.append(offer)
    return Market(tuple(offers), forms)


anything = markets(stages=2, further=True)
"""Ties, quotas with candidates of art. 11/2, and a number of further seats."""


def worth(market: Market, placed: Placed, candidate: int) -> int:
    """How far down her form a candidate ends; past its end where she holds nothing."""
    held = placed[candidate]
    form = market.forms[candidate]
    return len(form) if held is None else form.index(held[0])


# No justified envy: the programme, asked to choose among those it holds and everyone who would
# rather be there, chooses just those it holds, in the same stages. It is what deferred acceptance
# reaches with any choice that never regrets a refusal: whoever would rather be there has applied
# and been refused.
@often
@given(anything)
@pytest.mark.rules("placement-by-preference", "not-placed", "order-of-stages")
def test_nobody_has_justified_envy(market):
    found = place(market)
    for code, programme in enumerate(market.programmes):
        holders = {c: held[1] for c, held in enumerate(found) if held and held[0] == code}
        rivals = {
            c
            for c, held in enumerate(found)
            if prefers(market.forms[c], code, held[0] if held else None)
        }
        assert chosen(programme, holders.keys() | rivals) == holders


# A candidate never lets go of a seat but for one she cannot keep, so cutoffs only tighten and the
# end does not depend on who proposes first.
@often
@given(anything, st.randoms(use_true_random=False))
def test_the_order_of_proposals_is_irrelevant(market, rng):
    assert place(market, visit=rng) == place(market)


# 37/5: a stage admits all who are equal or none. So whoever is heard like another and equal to
# her, and would rather be there, is there too.
@often
@given(anything)
@pytest.mark.rules("ties-open-seats")
def test_tied_candidates_share_their_fate(market):
    found = place(market)
    for code, programme in enumerate(market.programmes):
        here = [c for c, held in enumerate(found) if held and held[0] == code]
        for one in here:
            for other, held in enumerate(found):
                equal = (
                    programme.ranks[other] == programme.ranks[one]
                    and programme.heard[other] == programme.heard[one]
                    and programme.later[other] == programme.later[one]
                )
                holds = held[0] if held else None
                assert not (equal and prefers(market.forms[other], code, holds))


# Seats: no stage admits more than its seats unless the last ones it admits are tied, and a
# programme with a seat left refuses nobody whom the general stage hears.
@often
@given(anything)
@pytest.mark.rules("ties-open-seats", "general-quota")
def test_only_a_tie_goes_beyond_the_seats_and_no_seat_is_kept_from_anyone(market):
    found = place(market)
    for code, programme in enumerate(market.programmes):
        here = {c: held[1] for c, held in enumerate(found) if held and held[0] == code}
        ordinary = sum(stage < len(programme.sizes) for stage in here.values())
        for stage, size in enumerate((*programme.sizes, programme.further)):
            keys = [
                (stage in programme.later[c], programme.ranks[c])
                for c, taken in here.items()
                if taken == stage
            ]
            if keys:
                assert len(keys) - keys.count(max(keys)) < size
        if ordinary < programme.seats:
            refused = [
                c
                for c, held in enumerate(found)
                if prefers(market.forms[c], code, held[0] if held else None)
            ]
            assert not refused


# What stands after the option a candidate obtained was never asked for: an algorithm in which
# candidates propose in order cannot have read it.
@often
@given(anything)
@pytest.mark.rules("best-option-kept")
def test_options_after_the_obtained_one_change_nothing(market):
    found = place(market)
    forms = tuple(
        form[: worth(market, found, candidate) + 1] for candidate, form in enumerate(market.forms)
    )
    assert place(replace(market, forms=forms)) == found


# One more candidate never helps the others. Run without her, then let her propose: from there
# refusals are only added, since a choice from more candidates refuses everyone it refused before.
# True with ties and with quotas, as long as the further seats of art. 9/2 stay what they are.
@often
@given(anything)
def test_one_more_candidate_helps_nobody_else(market):
    found = place(market)
    for gone in range(len(market.forms)):
        forms = (*market.forms[:gone], (), *market.forms[gone + 1 :])
        without = place(replace(market, forms=forms))
        for other in range(len(market.forms)):
            if other != gone:
                assert worth(market, without, other) <= worth(market, found, other)


# One more seat never hurts anybody in a contest with the general quota alone: whoever was chosen
# from some applicants still is, so no refusal is added. (Special quotas are shares of the seats
# and go before the general quota, so there a further seat may well cost somebody hers.)
@often
@given(markets())
@pytest.mark.rules("stage-general")
def test_one_more_seat_hurts_nobody(market):
    found = place(market)
    for code, programme in enumerate(market.programmes):
        more = general(programme.seats + 1, programme.ranks)
        offers = (*market.programmes[:code], more, *market.programmes[code + 1 :])
        wider = place(replace(market, programmes=offers))
        for candidate in range(len(market.forms)):
            assert worth(market, wider, candidate) <= worth(market, found, candidate)


# A better place in one ranking never hurts her who gets it, where all are told apart and only the
# general quota stands: deferred acceptance with strict orders respects improvements.
@often
@given(markets(ties=False), st.data())
@pytest.mark.rules("ranking")
def test_a_better_place_in_a_ranking_never_hurts(market, data):
    candidate = data.draw(st.integers(0, len(market.forms) - 1))
    code = data.draw(st.integers(0, len(market.programmes) - 1))
    programme = market.programmes[code]
    above = [r for r in programme.ranks.values() if r < programme.ranks[candidate]]
    rank = data.draw(st.sampled_from([-1, *above])) + 0.5
    better = general(programme.seats, {**programme.ranks, candidate: rank})
    offers = (*market.programmes[:code], better, *market.programmes[code + 1 :])
    before, after = place_all([market, replace(market, programmes=offers)])
    assert worth(market, after, candidate) <= worth(market, before, candidate)


@pytest.mark.rules("ties-open-seats")
def test_with_ties_a_better_grade_can_hurt():
    """Why the theorem above asks for strict orders: the price of 37/5, on its smallest case.

    B and C are tied for the seat of x and both are admitted; A is in y. With a better grade C
    alone has the seat; B goes to y and is better there; A then comes to x, where she is best.
    """
    forms = {"A": "y x", "B": "x y", "C": "x"}
    assert placed(contest({"x": "A B=C", "y": "B A"}, forms)) == {
        "A": "y general", "B": "x general", "C": "x general",
    }  # fmt: skip
    assert placed(contest({"x": "A C B", "y": "B A"}, forms)) == {
        "A": "x general", "B": "y general",
    }  # fmt: skip


# --- whole contests ------------------------------------------------------------------------------


def some_contest(seed: int, quotas: bool = True) -> Tables:
    """A contest of the seed: a handful of candidates or some tens, many ties or few."""
    rng = Random(seed)
    candidates, programmes = rng.choice([(8, 3), (25, 4), (50, 7)])
    ties = rng.choice(["many", "many", "few"])
    return random_contest(rng, candidates, programmes, quotas=quotas, ties=ties)


def in_any_row_order(result: dict[str, Rows]) -> dict[str, Rows]:
    """Tables as sets of rows, for contests whose codes sort otherwise."""
    return {name: sorted(rows, key=repr) for name, rows in result.items()}


# Art. 9/1 and the contract: everyone placed sits on a seat that is accounted for.
@seldom
@given(seeds)
@pytest.mark.rules("ties-open-seats", "further-seats", "general-quota")
def test_seats_are_conserved(seed):
    result = portaria(some_contest(seed))
    holders = [r["programme"] for r in result["placements"] if r["result"] == "placed"]
    for row in result["seats"]:
        opened = row["tie_extra"] + row["additional"]
        assert row["placed"] == row["seats"] - row["leftover"] + opened
        assert row["placed"] == holders.count(row["programme"])
        assert 0 in (row["leftover"], row["tie_extra"])
        assert 0 in (row["leftover"], row["additional"])  # 9/2: only where every seat is filled


# The published tables are enough to check that nobody was passed over: seats with their quotas,
# the list of each quota, the ranking and the further seats say what each programme chooses.
@seldom
@given(seeds)
@pytest.mark.rules("placement-by-preference", "ranking-lists", "special-quotas", "preference-size")
def test_no_justified_envy_from_the_published_tables(seed):
    tables = some_contest(seed)
    people = {row["candidate"]: row for row in tables["candidates"]}
    result = portaria(tables)
    held = {r["candidate"]: r for r in result["placements"] if r["result"] == "placed"}
    wanting = {}  # programme to those who rank and hold nothing better than it
    for row in result["options_outcome"]:
        if row["outcome"] in ("placed", "outranked"):
            wanting.setdefault(row["programme"], set()).add(row["candidate"])
    for row in result["seats"]:
        code = row["programme"]
        lists: dict[str, dict[str, int]] = {}
        for line in result["quota_lists"]:
            if line["programme"] == code and line["quota"] != "general":
                lists.setdefault(line["quota"], {})[line["candidate"]] = line["rank"]
        everyone = {r["candidate"]: r["rank"] for r in result["rankings"] if r["programme"] == code}
        entitled = {c: r for c, r in everyone.items() if people[c]["has_final_grade"]}
        further = result["additional_rounds"][-1].get(code, 0)
        takes: dict[str, str] = {}
        left = row["seats"]
        for quota in QUOTAS:
            sizes = {"general": left, "additional": further}
            size = sizes[quota] if quota in sizes else min(row[quota], left)
            hears = {"general": everyone, "additional": entitled}.get(quota, lists.get(quota, {}))
            asking = {c: hears[c] for c in wanting.get(code, ()) if c in hears and c not in takes}
            got = [c for c in asking if sum(r < asking[c] for r in asking.values()) < size]
            takes |= dict.fromkeys(got, quota)
            left -= min(len(got), size) if quota != "additional" else 0
        assert takes == {c: r["quota"] for c, r in held.items() if r["programme"] == code}


# Nothing in the rules looks at where a row stands in its file.
@seldom
@given(seeds)
def test_the_order_of_rows_is_irrelevant(seed):
    tables = some_contest(seed)
    rng = Random(seed + 1)
    shuffled = {name: rng.sample(rows, len(rows)) for name, rows in tables.items()}
    assert portaria(shuffled) == portaria(tables)


# Nor at a candidate's code: codes only put rows in order.
@seldom
@given(seeds)
@pytest.mark.rules("ranking", "tie-break")
def test_other_codes_for_candidates_change_nothing_but_codes(seed):
    tables = some_contest(seed)
    codes = [row["candidate"] for row in tables["candidates"]]
    new = dict(zip(codes, Random(seed + 1).sample(codes, len(codes)), strict=True))
    renamed = {
        name: [
            row | {"candidate": new[row["candidate"]]} if "candidate" in row else row
            for row in rows
        ]
        for name, rows in tables.items()
    }
    expected = {
        name: [
            row | {"candidate": new[row["candidate"]]} if "candidate" in row else row
            for row in rows
        ]
        if name not in ("additional_rounds", "seat_too_many", "deadlocked")
        else rows
        for name, rows in portaria(tables).items()
    }
    assert in_any_row_order(portaria(renamed)) == in_any_row_order(expected)


# Rows of programmes may come under any code too.
@seldom
@given(seeds)
def test_other_codes_for_programmes_change_nothing_but_codes(seed):
    tables = some_contest(seed)
    codes = [row["programme"] for row in tables["programmes"]]
    new = dict(zip(codes, Random(seed + 1).sample(codes, len(codes)), strict=True))

    def rename(row: dict[str, Any]) -> dict[str, Any]:
        names = {c: new[row[c]] for c in ("programme", "congener") if row.get(c) is not None}
        return row | names

    renamed = {name: [rename(row) for row in rows] for name, rows in tables.items()}
    before, after = portaria(tables), portaria(renamed)
    for name in ("placements", "options_outcome", "rankings", "seats", "last_placed"):
        expected = [rename(row) for row in before[name]]
        assert sorted(after[name], key=repr) == sorted(expected, key=repr), name


# The order in which the kernel lets candidates of a whole contest propose, with every rule on.
@seldom
@given(seeds)
@pytest.mark.rules("promotion")
def test_the_order_of_proposals_is_irrelevant_in_a_whole_contest(seed):
    tables = some_contest(seed)
    made = contest_of(tables)
    options = quotas.heard(made, grades.graded_options(made))
    sizes = quotas.quota_sizes(made)
    no_final = ~made.tables["candidates"]["has_final_grade"].to_numpy()
    answers = []
    for shuffle in (None, Random(seed), Random(seed + 1)):
        market = placement.build_market(made, grades.ranking(options), sizes)
        if shuffle:
            people = market.visit.size
            market.visit[:] = shuffle.sample(range(people), people)
        held = placement.place_with_further_seats(market, sizes["seats"].to_numpy(), no_final)
        answers.append((held[0].tolist(), [each.tolist() for each in held[1]]))
    assert answers[0] == answers[1] == answers[2]


# 21/6: an invalid option counts as not written. Under the reading `valid_only` it is the same as a
# form without it; the places of the others in the form move up.
@seldom
@given(seeds)
@pytest.mark.rules("invalid-option-as-not-written", "option-limit")
def test_under_valid_only_an_invalid_option_is_as_if_not_written(seed):
    tables = some_contest(seed)
    policy = {"form_order": "valid_only"}
    before = portaria(tables, policy)
    valid = {
        (r["candidate"], r["programme"])
        for r in before["options_outcome"]
        if r["outcome"] != "ineligible"
    }
    forms: dict[str, Rows] = {}
    for row in sorted(tables["options"], key=lambda row: row["order"]):
        if (row["candidate"], row["programme"]) in valid:
            form = forms.setdefault(row["candidate"], [])
            form.append(row | {"order": len(form) + 1})
    kept = [row for form in forms.values() for row in form]
    after = portaria({**tables, "options": kept}, policy)
    for name in ("rankings", "seats", "last_placed", "additional_rounds"):
        assert after[name] == before[name]
    seats = ("candidate", "result", "programme", "quota", "grade")
    assert [[r[c] for c in seats] for r in after["placements"]] == [
        [r[c] for c in seats] for r in before["placements"]
    ]


def told_apart(tables: Tables) -> Tables:
    """The same contest with nobody tied: a whole secondary grade a person, all different."""
    for number, row in enumerate(tables["candidates"]):
        row |= {"secondary": 100 + number, "two_cycle_a": None, "two_cycle_b": None}
        row["secondary_with_pe"] = None
    return tables


def reached(result: dict[str, Rows], candidate: str) -> int:
    """The option obtained, 7 for none."""
    row = next(row for row in result["placements"] if row["candidate"] == candidate)
    return row["option"] or 7


# As above, from an exam: a better grade in it can only raise her, in every programme that asks for
# it, and make valid what was below a minimum; the others keep their order.
@seldom
@given(seeds)
@pytest.mark.rules("application-grade", "exam-minimum", "grade-minimum")
def test_a_better_exam_never_hurts_where_nobody_is_tied(seed):
    tables = told_apart(some_contest(seed, quotas=False))
    before = portaria(tables)
    keys = [(row["programme"], row["rank"]) for row in before["rankings"]]
    assert len(keys) == len(set(keys))
    rng = Random(seed + 1)
    lucky = rng.choice(tables["exams"])
    better = lucky | {"grade": rng.randint(lucky["grade"], 200)}
    exams = [better if row is lucky else row for row in tables["exams"]]
    after = portaria({**tables, "exams": exams})
    assert reached(after, lucky["candidate"]) <= reached(before, lucky["candidate"])


# As above, from the tables, with ties and quotas; all have a final grade, so 9/2 opens nothing.
@seldom
@given(seeds)
def test_without_one_candidate_nobody_else_fares_worse(seed):
    tables = some_contest(seed)
    for row in tables["candidates"]:
        row["has_final_grade"] = True
    before = portaria(tables)
    gone = Random(seed + 1).choice(tables["candidates"])["candidate"]
    fewer = {
        name: [row for row in rows if row.get("candidate") != gone] for name, rows in tables.items()
    }
    after = portaria(fewer)
    for row in after["placements"]:
        assert reached(after, row["candidate"]) <= reached(before, row["candidate"])


# Nothing outside the tables plays a part: the same contest twice is the same result.
@seldom
@given(seeds)
def test_a_contest_placed_twice_gives_the_same_tables(seed):
    made = contest_of(some_contest(seed))
    once, again = (results.result_tables(placement.place(made)) for _ in range(2))
    assert all(once[name].equals(again[name]) for name in once)
