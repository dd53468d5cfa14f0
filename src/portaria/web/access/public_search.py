"""The public list of a published result, searched by name and read a page at a time.

A page is found by where the one before it ended, so that the last page costs what the first does.
Where a page ends is told by the number of a row: an address shows neither name nor code.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from portaria.web.access.models import PlacementResult, Run
from portaria.web.search import folded

A_PAGE = 50
RESULTS = ("placed", "not_placed", "excluded")
COLUMNS = ("pk", "name", "sort_name", "candidate", "result", "programme", "reason", "clause")


@dataclass(frozen=True)
class Found:
    """A page of the list. after: the row that the next page follows, 0 where there is none."""

    rows: list[PlacementResult]
    after: int


def find(run: Run, text: str = "", result: str = "", after: int = 0, letter: str = "") -> Found:
    """People of a result by name.

    text: words, each the beginning of a word of the name, accents and capitals left aside.
    result: one of `RESULTS`, or empty. after: the number of a row of this result. letter: where
    to begin in the alphabet.
    """
    rows: QuerySet[PlacementResult] = PlacementResult.objects.filter(run=run)
    words = folded(text).split()
    for word in words:
        rows = rows.filter(Q(sort_name__startswith=word) | Q(sort_name__contains=f" {word}"))
    if words:
        rows = rows.exclude(name=None)  # a code is nobody's name
    if result in RESULTS:
        rows = rows.filter(result=result)
    if letter:
        rows = rows.filter(sort_name__gte=folded(letter))
    last = PlacementResult.objects.filter(run=run, pk=after).first() if after else None
    if last is not None:
        rows = rows.filter(sort_name__gte=last.sort_name).exclude(
            sort_name=last.sort_name, candidate__lte=last.candidate
        )
    found = list(rows.order_by("sort_name", "candidate").only(*COLUMNS[1:])[: A_PAGE + 1])
    more = len(found) > A_PAGE
    return Found(found[:A_PAGE], found[A_PAGE - 1].pk if more else 0)
