"""Lists read a page at a time."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from portaria.web.paging import ListPage, page_of


def asked(address: str) -> ListPage:
    return page_of(RequestFactory().get(address), range(1, 26), 10)


def test_a_page_is_that_of_the_address() -> None:
    assert list(asked("/")) == list(range(1, 11))
    assert list(asked("/?page=3")) == [21, 22, 23, 24, 25]


@pytest.mark.parametrize(("number", "shown"), [("0", 3), ("9", 3), ("-1", 3), ("x", 1), ("", 1)])
def test_a_page_that_there_is_not_gives_one_that_there_is(number: str, shown: int) -> None:
    assert asked(f"/?page={number}").number == shown


def test_what_else_stands_in_the_address_stays() -> None:
    assert asked("/?page=2").query == ""
    assert asked("/?q=a%26b&page=2&estado=x&estado=y").query == "q=a%26b&estado=x&estado=y&"


def test_an_empty_list_has_one_page() -> None:
    assert list(page_of(RequestFactory().get("/"), [])) == []
