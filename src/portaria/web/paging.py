"""Lists read a page at a time: `?page=2`, whatever else stands in the address staying as it is.

A log or a list of thousands goes by the key of its last row instead (`log_search`,
`public_search`), so that its last page costs what its first does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

A_PAGE = 50


class ListPage(Page[Any]):
    """A page of a list. query: what else stands in the address, as `q=lisboa&`, or nothing."""

    query = ""


class _Pages(Paginator[Any]):
    def _get_page(self, *args: Any, **kwargs: Any) -> ListPage:
        return ListPage(*args, **kwargs)


def page_of(
    request: HttpRequest, rows: Sequence[Any] | QuerySet[Any], size: int = A_PAGE
) -> ListPage:
    """The page that a request asks for; the first or the last where there is none of its number."""
    page: ListPage = _Pages(rows, size).get_page(request.GET.get("page"))  # type: ignore[assignment]
    others = request.GET.copy()
    others.pop("page", None)
    page.query = f"{others.urlencode()}&" if others else ""
    return page
