"""Reasons: a closed list, each with the rule that gives it and, in an edition, its clause."""

import pytest
from reference.words import contest, place

from portaria.core.decision import Reason, Reasons
from portaria.core.errors import ConfigurationError
from portaria.regulations.access.reasons import PLACED, QUOTAS, REASONS
from portaria.regulations.access.settings import find_edition


def test_a_reason_is_found_by_its_code_in_the_order_of_the_list():
    reasons = Reasons([Reason("late", "deadline"), Reason("tied", "tie")])
    assert reasons["tied"] == Reason("tied", "tie")
    assert [reason.code for reason in reasons] == ["late", "tied"]
    with pytest.raises(KeyError, match="none"):
        reasons["none"]


def test_a_code_stands_once():
    with pytest.raises(ConfigurationError, match="late"):
        Reasons([Reason("late", "deadline"), Reason("late", "other")])


def test_every_reason_of_the_contest_has_a_clause_in_the_edition(tmp_path):
    edition = find_edition("pt-national-2017", tmp_path)
    clauses = REASONS.clauses(edition)
    assert clauses.keys() == {reason.code for reason in REASONS}
    assert {reason.rule for reason in REASONS} <= edition.cites.keys()
    assert clauses["placed-tied-for-last-seat"] == "211-A 37/5"
    assert clauses["exam-below-minimum"] == "211-A 7/1/b"
    assert set(PLACED) == set(QUOTAS)
    assert set(PLACED.values()) <= clauses.keys()


def test_a_reason_of_a_rule_that_the_text_lacks_has_no_clause(tmp_path):
    """Nor may it be asked for one: it cannot be given there."""
    edition = find_edition("pt-institutional-2017", tmp_path)
    reasons = Reasons([Reason("tied", "ties-open-seats"), Reason("emigrant", "stage-emigrant")])
    assert reasons.clauses(edition) == {"tied": "211-B 23"}


def test_the_clause_comes_from_the_edition_not_from_the_code(tmp_path):
    from importlib.resources import files

    source = files("portaria.regulations.access") / "editions" / "pt-national-2017.toml"
    text = source.read_text(encoding="utf-8")
    other = text.replace('ties-open-seats = "211-A 37/5"', 'ties-open-seats = "211-A 37/1"')
    assert other != text
    (tmp_path / "other.toml").write_text(other, encoding="utf-8")
    clauses = REASONS.clauses(find_edition("other.toml", tmp_path))
    assert clauses["placed-tied-for-last-seat"] == "211-A 37/1"


def test_the_reference_speaks_of_outcomes_only():
    """Reasons and clauses are the program's; the reference must not be a copy of them."""
    row = place(contest({"x": "A"}, {"A": "x"}))["placements"][0]
    assert {"reason", "clause"}.isdisjoint(row)
