"""Messages: declared once, rendered in a language, numbers and dates as people there write them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from hypothesis import given
from hypothesis import strategies as st

from portaria.core import messages
from portaria.core.errors import ConfigurationError, UsageError
from portaria.core.messages import (
    Message,
    catalogue,
    declare,
    declared,
    declaring,
    render,
    show,
    translate,
)
from portaria.documents.access_letter import RANK, SHORT
from portaria.documents.access_words import quota_name
from portaria.regulations.access.check import UNKNOWN_CANDIDATE
from portaria.tables.folder import UNREADABLE

NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def own_sentences(monkeypatch):
    """What a test declares is forgotten after it."""
    monkeypatch.setattr(messages, "_sentences", dict(messages._sentences))
    monkeypatch.setattr(messages, "_modules", {k: set(v) for k, v in messages._modules.items()})


# --- declare -------------------------------------------------------------------------------------


def test_a_code_is_declared_once_and_returned():
    assert declare("test-seat", "{count} seat", "{count} seats") == "test-seat"
    assert declared()["test-seat"] == ("{count} seat", "{count} seats")
    assert declare("test-seat", "{count} seat", "{count} seats") == "test-seat"


@pytest.mark.parametrize("again", [("another",), ("{count} seat", "{count} chairs")])
def test_a_second_sentence_for_a_code_is_refused_and_the_first_stays(again):
    declare("test-seat", "{count} seat", "{count} seats")
    with pytest.raises(ConfigurationError, match="test-seat"):
        declare("test-seat", *again)
    assert declared()["test-seat"] == ("{count} seat", "{count} seats")


def test_a_code_knows_the_modules_that_declare_it():
    declare("test-seat", "a seat")
    exec('declare("test-seat", "a seat")', {"declare": declare, "__name__": "another"})
    assert declaring("test-seat") == {__name__, "another"}
    assert declaring(UNKNOWN_CANDIDATE) == {"portaria.regulations.access.check"}


def test_a_code_that_was_never_declared_is_a_fault_of_configuration():
    with pytest.raises(ConfigurationError, match="test-nothing"):
        render(Message("test-nothing"))


# --- numbers and dates ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "portugal", "brazil", "english"),
    [
        (Decimal("155.5"), "155,5", "155,5", "155.5"),
        (Decimal("155.50"), "155,50", "155,50", "155.50"),
        (Decimal("1E+2"), "100", "100", "100"),
        (Decimal("1E-7"), "0,0000001", "0,0000001", "0.0000001"),
        (Fraction(311, 2), "155,5", "155,5", "155.5"),
        (Fraction(0), "0", "0", "0"),
        (0, "0", "0", "0"),
        (6225, "6225", "6.225", "6,225"),
        (9999, "9999", "9.999", "9,999"),
        (10_000, f"10{NBSP}000", "10.000", "10,000"),
        (52_434, f"52{NBSP}434", "52.434", "52,434"),
        (1_234_567, f"1{NBSP}234{NBSP}567", "1.234.567", "1,234,567"),
        (-52_434, f"-52{NBSP}434", "-52.434", "-52,434"),
        (date(2017, 7, 17), "17 de julho de 2017", "17 de julho de 2017", "July 17, 2017"),
        ("1000/9229", "1000/9229", "1000/9229", "1000/9229"),
        (True, "True", "True", "True"),
    ],
)
def test_a_parameter_as_people_write_it(value, portugal, brazil, english):
    assert show(value, "pt-PT") == portugal
    assert show(value, "pt-BR") == brazil
    assert show(value, "en") == english


@pytest.mark.parametrize("value", [Fraction(1, 3), Fraction(2, 15), Fraction(-1, 7)])
def test_a_number_without_a_finite_decimal_form_is_not_rounded_in_silence(value):
    assert show(value, "pt-PT") == str(value)
    with pytest.raises(ConfigurationError, match=str(value)):
        messages.exact_decimal(value)


@given(st.integers(-(10**12), 10**12), st.integers(0, 9))
def test_an_exact_decimal_loses_nothing(units, places):
    value = Fraction(units, 10**places)
    assert Fraction(messages.exact_decimal(value)) == value


# --- languages -----------------------------------------------------------------------------------


def test_a_sentence_in_each_language():
    message = Message(RANK, {"rank": 3, "ranked": 12_500})
    english = "Place in the programme's list: 3 of 12,500."
    portuguese = f"Posição na lista ordenada do par instituição/curso: 3 de 12{NBSP}500."
    assert render(message, "en") == english
    assert render(message) == render(message, "pt-PT")
    assert render(message, "pt-PT").startswith(portuguese)
    assert str(message) == english


def test_brazilian_takes_the_sentences_of_portugal_where_it_has_none():
    message = Message(RANK, {"rank": 3, "ranked": 12_500})
    assert render(message, "pt-BR") == render(message, "pt-PT").replace(NBSP, ".")


@pytest.fixture
def two_catalogues(tmp_path, monkeypatch):
    """A catalogue of each country; each lacks a sentence that the other has."""
    for language, sentences in {
        "pt_PT": {"the file": "o ficheiro", "a seat": "uma vaga"},
        "pt_BR": {"the file": "o arquivo", "a load": "uma carga"},
    }.items():
        catalog = Catalog(locale=language)
        for english, portuguese in sentences.items():
            catalog.add(english, portuguese)
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        with (folder / "portaria.mo").open("wb") as file:
            write_mo(file, catalog)
    monkeypatch.setattr(messages, "LOCALES", tmp_path)
    catalogue.cache_clear()
    yield
    catalogue.cache_clear()


@pytest.mark.parametrize(
    ("english", "portugal", "brazil"),
    [
        ("the file", "o ficheiro", "o arquivo"),
        ("a seat", "uma vaga", "uma vaga"),
        ("a load", "uma carga", "uma carga"),
        ("a cloud", "a cloud", "a cloud"),
    ],
)
@pytest.mark.usefixtures("two_catalogues")
def test_a_country_has_its_own_words_first_then_the_other_s(english, portugal, brazil):
    assert translate(english, "pt-PT") == portugal
    assert translate(english, "pt-BR") == brazil
    assert translate(english, "en") == english


def test_a_shared_sentence_has_its_words_in_each_country():
    message = Message(UNREADABLE, {"detail": "x"})
    assert render(message, "pt-PT") == "não é possível abrir o ficheiro: x"
    assert render(message, "pt-BR") == "não é possível abrir o arquivo: x"


@pytest.mark.parametrize(
    ("count", "english", "portuguese"),
    [
        (1, "No seat: 1 tenth was missing ", "faltou 1 décima"),
        (2, "No seat: 2 tenths were missing ", "faltaram 2 décimas"),
        (12_345, "No seat: 12,345 tenths were missing ", f"faltaram 12{NBSP}345 décimas"),
    ],
)
def test_one_and_many(count, english, portuguese):
    message = Message(SHORT, {"count": count, "quota": "Q"})
    assert render(message, "en") == english + "to equal the last placed in the Q."
    assert portuguese in render(message, "pt-PT")


def test_a_sentence_that_is_in_no_catalogue_stays_english():
    declare("test-new", "A new sentence about {thing}")
    assert render(Message("test-new", {"thing": "x"}), "pt-PT") == "A new sentence about x"


@pytest.mark.parametrize("lang", ["xx", "pt", "pt_PT", ""])
def test_an_unknown_language_is_refused_and_the_known_ones_are_named(lang):
    with pytest.raises(UsageError, match="pt-PT, pt-BR, en"):
        translate("Seats", lang)


def test_a_parameter_may_be_a_message_itself():
    declare("test-outer", "in the {quota}")
    inner = Message("test-outer", {"quota": quota_name("general")})
    assert render(inner, "en") == "in the general quota"
    assert render(inner, "pt-PT") == "in the contingente geral"


@pytest.mark.parametrize("value", ["{candidate}", "{0}", "{", "%s", "}{"])
def test_what_a_person_wrote_is_never_read_as_a_place(value):
    message = Message(UNKNOWN_CANDIDATE, {"value": value})
    assert f"candidate {value} is not" in render(message, "en")
