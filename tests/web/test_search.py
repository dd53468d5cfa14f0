"""Words looked for in names."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from portaria.web.access.models import Candidate, Contest
from portaria.web.access.people_search import find
from portaria.web.accounts.models import User
from portaria.web.accounts.views.people import found
from portaria.web.search import begin_in, folded, spaced, stand_in, words_of


def test_a_name_is_folded() -> None:
    assert folded("  ÚRSULA\x00  Conceição ") == "ursula conceicao"


@pytest.mark.parametrize(
    ("wanted", "text", "there"),
    [
        ("mat", "Engenharia e Matemática", True),
        ("ENG MAT", "Engenharia e Matemática", True),
        ("porto", "Desporto", False),
        ("fisica", "Matemática-Física", True),
        ("%", "Desporto", True),
        ("", "Desporto", True),
    ],
)
def test_words_begin_words(wanted: str, text: str, there: bool) -> None:
    assert begin_in(words_of(wanted), spaced(text)) == there


@pytest.mark.parametrize(
    ("wanted", "there"),
    [("joao", True), ("example.org", True), ("SILVA jo", True), ("costa", False), ("%", False)],
)
def test_words_stand_anywhere(wanted: str, there: bool) -> None:
    assert stand_in(wanted, "j.silva@example.org", "João Silva", None) == there


@pytest.mark.django_db
def test_an_account_is_found_without_its_accents(user_with: Callable[..., User]) -> None:
    user = user_with("office", email="a.office@example.org")
    User.objects.filter(pk=user.pk).update(name="Úrsula Conceição")
    user_with("director", email="b.director@example.org")
    assert found("conceicao URSULA", "") == found("a.off", "") == [user.pk]
    assert found("_", "") == found("ursula", "director") == []


@pytest.mark.django_db
def test_a_candidate_is_found_without_her_accents(contest: Contest) -> None:
    Candidate.objects.filter(contest=contest, candidate="C1").update(name="Úrsula Sá-Conceição")
    for wanted in ("ursula conc", "SÁ", "C1"):
        people, more = find(contest, wanted)
        assert ([person.candidate for person in people], more) == (["C1"], False)


@pytest.mark.django_db
def test_a_page_of_accounts_costs_the_same_for_all(
    user_with: Callable[..., User],
    signed_in: Callable[..., object],
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    for number in range(30):
        user_with("office", email=f"p{number}@example.org")
    browser = signed_in("administrator")
    browser.get(reverse("accounts"))  # type: ignore[attr-defined]
    with django_assert_max_num_queries(9):  # type: ignore[attr-defined]
        browser.get(reverse("accounts"))  # type: ignore[attr-defined]
