"""Every code of the engine has its words, and there are none for codes that it does not know."""

from __future__ import annotations

import string
from fractions import Fraction
from typing import get_args

import pytest

from portaria.core.deadline import SkipReason
from portaria.core.messages import declared
from portaria.documents.credit import reading_words, reason_words, warning_words, words
from portaria.documents.glyphs import MISSING, fit, shown
from portaria.documents.numbers import amount
from portaria.regulations.credit.choices import CHOICES
from portaria.regulations.credit.deadlines import Deadlines
from portaria.regulations.credit.documents_needed import CODES
from portaria.regulations.credit.experience import METHODS, PRINCIPLES
from portaria.regulations.credit.reasons import BY_CAP, GRADE_HUMAN, HUMAN, REFUSED, WARNINGS
from portaria.regulations.credit.request import ORIGINS, Cycle, Member, Period

TABLES = {
    "reasons": (reason_words.REASONS, {*REFUSED, *HUMAN, *GRADE_HUMAN, *BY_CAP}),
    "warnings": (warning_words.WARNINGS, {reason.code for reason in WARNINGS}),
    "readings": (reading_words.NAMES, set(CHOICES)),
    "choices": (reading_words.CHOICES, {(n, c) for n, found in CHOICES.items() for c in found}),
    "origins": (words.ORIGINS, set(ORIGINS)),
    "short origins": (words.ORIGINS_SHORT, set(ORIGINS)),
    "cycles": (words.CYCLES, set(get_args(Cycle))),
    "documents": (words.DOCUMENTS, set(CODES)),
    "outcomes": (words.OUTCOMES, {"granted", "reduced", "refused", "human"}),
    "results": (words.RESULTS, {"granted", "reduced", "refused", "human"}),
    "outcomes of requests": (words.REQUEST_OUTCOMES, {"complete", "incomplete", "late"}),
    "states": (words.STATES, {"complete", "incomplete", "late"}),
    "bases": (words.BASES, {"ects", "hours", "periods", "agreement"}),
    "periods": (words.PERIODS, set(get_args(Period.model_fields["kind"].annotation))),
    "methods": (
        words.GRADE_METHODS,
        {"kept", "classes", "doubled", "proportional", "decided", "none"},
    ),
    "assessments": (words.ASSESSMENTS, set(METHODS)),
    "principles": (words.PRINCIPLES, set(PRINCIPLES)),
    "deciders": (words.DECIDERS, {"table", "council", "council-alone", "director", "student"}),
    "seats": (words.SEATS, set(get_args(Member.model_fields["seat"].annotation))),
    "faults": (words.FAULTS, {"seats", "member-twice", "no-continuity"}),
    "appeals": (words.APPEALS, {"rejected-without-reasons", "rejected-late", "to-council"}),
    "deadlines": (words.DEADLINES, set(Deadlines.__annotations__)),
    "late deadlines": (words.LATE_DEADLINES, {"certified_by", "experience_by"}),
    "skipped": (words.SKIPPED, {r.value for r in SkipReason} - {"saturday", "sunday"}),
}


@pytest.mark.parametrize("table", TABLES)
def test_every_code_has_words_and_no_other(table):
    found, known = TABLES[table]
    assert set(found) == known
    assert set(found.values()) <= set(declared())


def test_the_letters_are_those_of_article_3():
    assert dict(zip(ORIGINS, string.ascii_lowercase, strict=False)) == words.LETTERS


@pytest.mark.parametrize(
    ("value", "english", "portuguese"),
    [
        (Fraction(3), "3", "3"),
        (Fraction(27, 4), "6.75", "6,75"),
        (Fraction(70, 3), "70/3 (23.33…)", "70/3 (23,33…)"),
        (Fraction(-1, 3), "-1/3 (-0.33…)", "-1/3 (-0,33…)"),
        (Fraction(100, 27), "100/27 (3.70…)", "100/27 (3,70…)"),
    ],
)
def test_a_number_without_end_is_shown_exactly_with_its_first_decimals(value, english, portuguese):
    assert amount(value, "en") == english
    assert amount(value, "pt-PT") == portuguese


def test_what_no_font_has_stands_as_a_mark():
    assert shown("Conceição de 北京\x07 «Пекин» Ω 😀") == (
        f"Conceição de {MISSING}{MISSING}{MISSING} «Пекин» Ω {MISSING}"
    )
    assert shown("one\ntwo\tthree") == "one two three"
    assert shown("e\u0301") == "é"


def test_a_word_too_long_for_a_cell_may_break():
    assert shown("x" * 50).split("\u200b") == ["x" * 20, "x" * 20, "x" * 10]
    assert shown("x" * 39) == "x" * 39


def test_a_clause_is_not_broken_over_two_lines():
    told = fit({"lines": ["Kept [art. 3, no. 1, a)]. And [not this one]."]})
    assert told == {"lines": ["Kept [art.\u00a03,\u00a0no.\u00a01,\u00a0a)]. And [not this one]."]}
