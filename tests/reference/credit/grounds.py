"""Why an item does not stand on its own, before any cap: the first reason in the order of the
articles, and the warnings it carries."""

from collections.abc import Mapping, Sequence

from . import documents, experience, sources
from .caps import unrecognised
from .deadlines import is_late, request_by
from .grades import Given
from .model import Item, Request
from .workload import item_credits

Readings = Mapping[str, str]
HELPS = "no-assessment"
"""Refused now, and may stand once it is assessed; for what else is refused no paper can help."""
REFUSED = frozenset(
    {
        *(
            "void-unrecognised",
            "not-higher-education",
            "credited-source",
            "original-unknown",
            "same-root-twice",
        ),
        *("too-few-hours", "failed", "failed-single-unit", "no-assessment"),
    }
)


def ground(item: Item, request: Request, given: Given, readings: Readings) -> str:
    """3/4, 4/4, 5 and 16/3, 10/2, 11, 12; nothing where the item stands."""
    void, _ = unrecognised(item, readings)
    late = is_late(item, request, readings) and request.authorised_on is None
    return (
        void
        or sources.ground(item, request.items, readings)
        or ("late-not-authorised" if late else "")
        or ("" if item_credits(item, readings) else "too-few-hours")
        or (given.reason if given.ends == "refused" else "")
        or experience.ground(item)
    )


def warnings(
    request: Request,
    grades: Mapping[str, Given],
    stands: Sequence[str],
    reasons: Mapping[str, str],
    readings: Readings,
) -> list[tuple[str, str | None]]:
    """Codes with their item: first those of the request, then item by item as asked."""
    found: list[tuple[str, str | None]] = []
    if stands:
        found.append(("judgement", None))  # 3/6-7: level and area are never computed
    late = [is_late(item, request, readings) for item in request.items]
    if any(late) and request.authorised_on is not None:
        found.append(("late-authorised", None))
        if not all(late):
            found.append(("two-clocks", None))
    if _years_matter(request):
        found.append(("years-not-given", None))
    for item in request.items:
        if unrecognised(item, readings)[1]:
            found.append(("unrecognised-not-named", item.id))
        final = reasons[item.id] in REFUSED - {HELPS}
        if documents.missing(item, readings) and not final:
            awaited = item.asked_on is not None
            found.append(("documents-awaited" if awaited else "documents-missing", item.id))
        if any(name not in documents.CODES for name in item.documents):
            found.append(("unknown-document", item.id))
        if documents.transcript_alone(item, readings) and not final:
            found.append(("transcript-alone", item.id))
        if item.asked_on is not None and _by_asking(item, request, readings):
            found.append(("in-time-by-asking", item.id))
        if item.id in stands:
            found += [(code, item.id) for code in grades[item.id].warnings]
            if item.source == "experience":
                found += [(code, item.id) for code in experience.warnings(item)]
    return found


def _by_asking(item: Item, request: Request, readings: Readings) -> bool:
    """Submitted late, and in time all the same."""
    last = request_by(request, readings)
    late = last is not None and request.submitted_on > last
    return late and not is_late(item, request, readings)


def _years_matter(request: Request) -> bool:
    """The law of 2018 asks for more than five years of experience in a CTeSP."""
    experienced = any(item.source == "experience" for item in request.items)
    special = request.edition.long_experience is not None and request.cycle == "ctesp"
    return special and experienced and request.experience_years is None
