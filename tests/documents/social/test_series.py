"""The page of maximum prices: the drawing, its words, its tables."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from itertools import pairwise
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portaria.documents.html import html
from portaria.documents.pdf import pdf
from portaria.documents.social.chart import Line, Step, chart, scale
from portaria.documents.social.document import document
from portaria.documents.social.series import drawing, ias_table, maxima_table, picture
from portaria.documents.social.words import money, plain
from portaria.regulations.social.regulation import SOCIAL
from portaria.regulations.social.series import series

RULES = SOCIAL.rule_set()
YEARS = series(RULES)
SVG = "{http://www.w3.org/2000/svg}"


def page(lang="en", **policy):
    rules = SOCIAL.rule_set(policy)
    return document(series(rules), rules.edition, rules.readings, lang)


def test_the_drawing_has_a_step_a_year_and_price():
    svg = Xml.fromstring(drawing(YEARS, "en"))
    assert len(svg.findall(f"{SVG}path")) == 2
    words = [each.text for each in svg.iter(f"{SVG}title")]
    assert len(words) == 2 * len(YEARS)
    assert words[0] == "2017/18: 2.65 EUR, from September 1, 2017 to September 30, 2018"


def test_every_number_of_the_drawing_stands_in_the_table():
    cells = {cell.text for row in maxima_table(YEARS, "en").rows for cell in row}
    shown = {each.text for each in Xml.fromstring(drawing(YEARS, "en")).iter(f"{SVG}text")}
    for year in YEARS:
        assert {money(year.meal.cents, "en"), money(year.bed.cents, "en")} <= cells & shown


def test_a_short_span_has_no_label_of_its_own():
    rules = SOCIAL.rule_set({"first_month": "ias_2016"})
    shown = [each.text for each in Xml.fromstring(drawing(series(rules), "en")).iter(f"{SVG}text")]
    assert "2.64" not in shown
    assert "2.65" in shown


def test_the_words_stand_for_the_picture():
    words = picture(YEARS, "en").words
    assert all(number in words for number in ("2.65", "3.38", "73.73", "93.99"))


@given(st.lists(st.fractions(1, 5000, max_denominator=100), min_size=1, max_size=12))
def test_the_scale_holds_every_value_in_few_even_marks(values):
    marks = scale(values)
    assert marks[0] <= min(values) <= max(values) < marks[-1]
    assert len(marks) <= 6
    assert len({after - before for before, after in pairwise(marks)}) == 1


def test_one_price_that_never_changes_can_be_drawn():
    step = Step(date(2020, 1, 1), date(2020, 12, 31), Fraction(3), "2020", "3.00", "words")
    assert "3.00" in chart([Line("Meal", [step])], "en")


@pytest.mark.parametrize("lang", ["en", "pt-PT", "pt-BR"])
def test_the_page_has_the_numbers_in_its_language(lang):
    text = html(page(lang))
    assert ("84,07525" in text) == (lang != "en")
    assert "<svg" in text
    assert "Portaria n.º 480-A/2025/1" in text


def test_what_is_said_of_cents_holds_only_where_it_is_so():
    assert page().sections[1].text
    assert not page(rounding="half_up").sections[1].text


def test_the_pdf_is_the_same_each_time():
    from dataclasses import asdict

    data = asdict(page("pt-PT"))
    first = pdf("report", data, "pt-PT")
    assert first.startswith(b"%PDF")
    assert first == pdf("report", data, "pt-PT")


def test_amounts_have_two_decimals_at_least():
    assert [plain(Fraction(each)) for each in ("3.2", "3", "84.07525", "1/3")] == [
        "3.20", "3.00", "84.07525", "1/3",
    ]  # fmt: skip
    assert money(Fraction("3.2"), "pt-PT") == "3,20"


@pytest.mark.parametrize("regulation", ["social", "qualifica"])
def test_every_reading_is_said_in_words(regulation):
    from portaria.documents.qualifica.words import WORDS_OF_READINGS
    from portaria.documents.social.words import WORDS
    from portaria.regulations.qualifica.regulation import QUALIFICA

    edition, words = {
        "social": (SOCIAL.edition, WORDS),
        "qualifica": (QUALIFICA.edition, WORDS_OF_READINGS),
    }[regulation]
    choices = {(name, c) for name, each in edition.readings.items() for c in each.choices}
    assert choices == set(words)


@pytest.mark.parametrize("lang", ["en", "pt-PT"])
def test_the_page_names_no_reading_as_the_program_does(lang):
    foot = " ".join(page(lang).foot)
    assert not [name for name in ("truncate", "ias_2017", "first_month", " = ") if name in foot]


def test_the_decimals_of_exact_shares_stand_below_one_another():
    rows = maxima_table(YEARS, "en").rows
    for column, places in ((5, 6), (7, 5)):
        assert {len(row[column].text.partition(".")[2]) for row in rows} == {places}
        shares = [each.meal.exact if column == 5 else each.bed.exact for each in YEARS]
        assert [Fraction(row[column].text) for row in rows] == shares


def test_days_of_the_tables_are_written_as_its_readers_do():
    for table in (maxima_table, ias_table):
        english, portuguese = (
            {cell.text for row in table(YEARS, lang).rows for cell in row}
            for lang in ("en", "pt-PT")
        )
        assert any(re.fullmatch(r"\d{4}-\d\d-\d\d", each) for each in english)
        assert any(re.fullmatch(r"\d\d/\d\d/\d{4}", each) for each in portuguese)
        assert not any(re.fullmatch(r"\d{4}-\d\d-\d\d", each) for each in portuguese)
