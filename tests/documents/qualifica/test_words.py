"""Clauses of Despacho 6261-B/2017 as people cite them, and the sum on one line."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portaria.documents.qualifica.answer import sentences
from portaria.documents.qualifica.arithmetic import arithmetic
from portaria.documents.qualifica.words import clause_words, corrections_told
from portaria.regulations.qualifica.hours import hours
from portaria.regulations.qualifica.model import School
from portaria.regulations.qualifica.regulation import QUALIFICA

RULES = QUALIFICA.rule_set()


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("6261-B 7/3", "art. 7.º, n.º 3"),
        ("6261-B anexo-I/2/a", "anexo I, n.º 2, al. a)"),
        ("6261-B anexo-I/7.1/b", "anexo I, n.º 7.1, al. b)"),
        ("6261-B anexo-II/1", "anexo II, n.º 1"),
    ],
)
def test_clauses_are_cited_with_their_numbers(clause, words):
    assert clause_words(clause, "pt-PT") == words


def test_every_clause_of_the_register_can_be_cited():
    (text,) = QUALIFICA.texts.values()
    for clause in text.clauses.values():
        assert "6261" not in clause_words(clause.name, "pt-PT"), clause.name


def test_every_wrong_reference_has_a_sentence():
    where = [each.where for each in RULES.edition.corrections]
    assert len(list(corrections_told(RULES.edition, where, "en"))) == 3


@given(
    st.sampled_from(("promoter", "partner", "both")),
    st.fractions(-100, 100, max_denominator=100),
    st.fractions(0, 130, max_denominator=100),
    st.none() | st.fractions(0, 1, max_denominator=100),
    st.fixed_dictionaries(
        {name: st.sampled_from(each.choices) for name, each in RULES.edition.readings.items()}
    ),
)
def test_the_sum_ends_with_the_hours_in_every_language(role, above, rate, share, policy):
    rules = QUALIFICA.rule_set(policy)
    proportion = share if role == "partner" else None
    found = hours(School(role, above, rate, proportion), None, rules)
    for lang in ("en", "pt-PT"):
        end = arithmetic(found, lang).replace("= ", "→ ").split("→ ")[-1]
        assert end == str(found.hours)
        assert list(sentences(found, rules.edition, rules.changed, lang))


def test_a_school_without_a_sum_shows_its_hours():
    assert arithmetic(hours(School("partner", did_not_apply=True), None, RULES), "en") == "0"


def test_fractions_without_an_end_are_shown_with_their_first_decimals():
    found = hours(School("partner", Fraction(0), Fraction(100), Fraction(1, 3)), None, RULES)
    assert arithmetic(found, "en") == "(44 + 0 − 0) × 1/3 (0.33…) = 44/3 (14.66…) → 15"
