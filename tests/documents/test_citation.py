"""Clauses as people cite them."""

import pytest

from portaria.documents.citation import cite
from portaria.regulations.access.settings import find_edition
from portaria.regulations.credit.settings import editions


@pytest.mark.parametrize(
    ("clause", "portuguese", "english"),
    [
        ("211-A 16", "art. 16.º", "art. 16"),
        ("211-A 37/5", "art. 37.º, n.º 5", "art. 37, no. 5"),
        ("211-A 37/3/b", "art. 37.º, n.º 3, al. b)", "art. 37, no. 3, b)"),
        ("211-A 14/a", "art. 14.º, al. a)", "art. 14, a)"),
        ("56/1/a", "art. 56.º, n.º 1, al. a)", "art. 56, no. 1, a)"),
        ("6261-A 2/1", "art. 2.º, n.º 1", "art. 2, no. 1"),
        ("438 3/1/g", "art. 3.º, n.º 1, al. g)", "art. 3, no. 1, g)"),
        ("438 8", "art. 8.º", "art. 8"),
        ("438 anexo-I/2", "anexo I", "annex I"),
        ("DL-74 45/1/g", "art. 45.º, n.º 1, al. g)", "art. 45, no. 1, g)"),
    ],
)
def test_a_clause_in_words(clause, portuguese, english):
    assert cite(clause, "pt-PT") == portuguese
    assert cite(clause, "pt-BR") == portuguese
    assert cite(clause, "en") == english


def test_the_name_of_the_text_stands_there_only_when_asked():
    assert cite("211-A 9/2", "pt-PT", with_text=True) == "art. 9.º, n.º 2 (Portaria 211-A)"
    assert cite("211-A 9/2", "en", with_text=True) == "art. 9, no. 2 (Portaria 211-A)"
    assert cite("9/2", "pt-PT", with_text=True) == "art. 9.º, n.º 2"


@pytest.mark.parametrize(
    ("clause", "portuguese"),
    [
        ("438 3/1/g", "art. 3.º, n.º 1, al. g) (Regulamento n.º 438/2017)"),
        ("438 anexo-I/2", "anexo I (Regulamento n.º 438/2017)"),
        ("DL-74 45/1/g", "art. 45.º, n.º 1, al. g) (Decreto-Lei n.º 74/2006)"),
    ],
)
def test_a_text_that_is_no_portaria_has_its_own_name(clause, portuguese):
    assert cite(clause, "pt-PT", with_text=True) == portuguese


def test_a_roman_item_below_a_letter_is_no_letter():
    """Article 13, number 2, item c), sub-item i)."""
    assert cite("211-A 13/2/c/i", "pt-PT") == "art. 13.º, n.º 2, al. c), subal. i)"


@pytest.mark.parametrize(
    "words",
    [
        "",
        "falsas declarações",
        "desistência, a pedido",
        "ver o processo 12",
        "despacho 45/2017",
        "decisão de 3/4/2017",
        "n.º 4",
        "439 3/1",
        "anexo",
    ],
)
@pytest.mark.parametrize("lang", ["pt-PT", "en"])
def test_the_own_words_of_an_office_come_back_unchanged(words, lang):
    assert cite(words, lang) == words
    assert cite(words, lang, with_text=True) == words


def test_every_clause_of_the_edition_has_words(tmp_path):
    edition = find_edition("pt-national-2017", tmp_path)
    for clauses in edition.cites.values():
        for clause in clauses:
            said = cite(clause.name, "pt-PT")
            assert said.startswith("art. ")
            assert said.split(", ")[0] == f"art. {clause.number.split('/')[0]}.º"


def test_every_clause_of_the_credit_editions_has_words():
    for edition in editions().values():
        for clauses in edition.cites.values():
            for clause in clauses:
                said = cite(clause.name, "pt-PT", with_text=True)
                assert said.startswith(("art. ", "anexo "))
                assert said.endswith(("(Regulamento n.º 438/2017)", "(Decreto-Lei n.º 74/2006)"))
