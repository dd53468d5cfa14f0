"""Finding candidates by a part of their name or their key, accents and capitals left aside."""

from __future__ import annotations

from portaria.web.access.models import Candidate, Contest
from portaria.web.search import begin_in, spaced, words_of

MOST = 50


def find(contest: Contest, text: str, applied: bool = False) -> tuple[list[Candidate], bool]:
    """At most `MOST` candidates by name, and whether there are more.

    text: the key, or words each of which begins a word of the name; empty for everybody.
    applied: only those whose application stands.
    """
    people = Candidate.objects.filter(contest=contest)
    if applied:
        people = people.filter(submission__isnull=False)
    key = text.replace("\x00", "").strip()
    by_key = list(people.filter(candidate=key)) if key else []
    if by_key:
        return by_key, False
    words = words_of(text)
    if not words:
        found = list(people.select_related("submission").order_by("name", "candidate")[: MOST + 1])
        return found[:MOST], len(found) > MOST
    # A database folds no accents alike on every system: a list of names is short enough to read.
    names = people.order_by("name", "candidate").values_list("pk", "name")
    keys = [
        pk
        for pk, name in names.iterator(chunk_size=10_000)
        if name and begin_in(words, spaced(name))
    ]
    by_pk = people.select_related("submission").in_bulk(keys[:MOST])
    return [by_pk[pk] for pk in keys[:MOST]], len(keys) > MOST
