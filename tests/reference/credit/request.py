"""The request model as the contract's JSON has it, and everything wrong with it at once.

Beyond the contract, all optional: `granted_before` (origin to credits of earlier requests),
`experience_years`, and in a foreign grade `host_classes` and `home_classes`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from . import sources
from .editions import CYCLES, EDITIONS, ORIGINS, Edition, edition_on
from .fields import Fault, Reader
from .grade_faults import read_grade
from .model import Item, Request

NO_COURSE = [cycle for cycle in CYCLES if cycle != "mestrado"]
KNOWN_UNTIL = date(2027, 10, 15)
"""Forty working days later the known holidays end."""


class BadRequest(ValueError):
    """A request with faults: all of them, in the order of the JSON."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{fault.where}: {fault.code}" for fault in faults))
        self.faults = tuple(faults)


def read_request(
    given: Mapping[str, Any], edition: str | None = None, early: str = "refused"
) -> Request:
    """The request of one student; BadRequest with every fault."""
    faults: list[Fault] = []
    top = Reader(given, "", faults)
    degree = Reader(top.get("degree"), "degree", faults)
    cycle, credits, course = _degree(degree)
    dates = _dates(top, early)
    rules = _edition(top, edition, dates[0])
    days = Reader(top.get("holidays") or {}, "holidays", faults)
    municipal, closures = days.days("municipal"), days.days("closures")
    days.done()
    waiver = bool(top.flag("waiver_reasoned"))
    before = _granted_before(Reader(top.get("granted_before") or {}, "granted_before", faults))
    years = top.positive("experience_years", zero=True)
    rows = top.rows("items")
    if not rows:
        top.fault("items", "no-items")
    items = [_item(Reader(row, f"items[{n}]", faults)) for n, row in enumerate(rows)]
    top.done()
    items = _rooted(items, faults)
    if faults:
        raise BadRequest(faults)
    start, submitted, authorised = dates
    assert start is not None
    assert submitted is not None
    assert credits is not None
    assert rules is not None
    return Request(
        **{"edition": rules, "cycle": cycle, "credits": credits, "course_credits": course},
        **{"year_start": start, "submitted_on": submitted, "authorised_on": authorised},
        **{"waiver": waiver, "municipal": municipal, "closures": closures, "items": tuple(items)},
        **{"granted_before": before, "experience_years": years},
    )


def _degree(degree: Reader) -> tuple[str, Fraction | None, Fraction | None]:
    """A master, and only a master, gives the credits of its course (3/3)."""
    cycle = degree.one_of("cycle", CYCLES, "unknown-cycle")
    credits = degree.positive("credits", needed=True)
    course = degree.positive("course_credits", needed=cycle == "mestrado")
    if course is not None and degree.given.get("cycle") in NO_COURSE:
        degree.fault("course_credits", "only-in-a-master")
    if course is not None and credits is not None and course > credits:
        degree.fault("course_credits", "above-the-degree")
    degree.done()
    return cycle, credits, course


def _dates(top: Reader, early: str) -> tuple[date | None, date | None, date | None]:
    """5/2 gives a last day and no first: a request before the year starts is in time, where it is
    not taken for a slip."""
    start = top.day("year_start", needed=True)
    submitted = top.day("submitted_on", needed=True)
    authorised = top.day("late_authorised_on")
    if submitted and start and submitted < start and early == "refused":
        top.fault("submitted_on", "before-the-year")
    if authorised and submitted and authorised < submitted:
        top.fault("late_authorised_on", "before-the-request")
    if authorised and authorised > KNOWN_UNTIL:
        top.fault("late_authorised_on", "year-not-known")
    return start, submitted, authorised


def _edition(top: Reader, name: str | None, start: date | None) -> Edition | None:
    """A named rule set holds for every known year, to show what another would have given."""
    if name is not None and name not in EDITIONS:
        raise ValueError(f"unknown edition {name!r}; known: {sorted(EDITIONS)}")
    found = edition_on(start) if start else None
    if start and found is None:
        top.fault("year_start", "year-not-known")
    return found if name is None else EDITIONS[name]


def _granted_before(reader: Reader) -> dict[str, Fraction]:
    found = {o: reader.positive(o, zero=True) for o in ORIGINS if o in reader.given}
    reader.done()
    return {origin: credits for origin, credits in found.items() if credits is not None}


def _item(row: Reader) -> Item:
    """`hours` stand in for `credits`; where both are given the credits are not rescaled."""
    name, origin = row.text("id", needed=True), row.one_of("origin", ORIGINS, "unknown-origin")
    root = row.text("root") or None
    credits, hours = row.positive("credits"), row.positive("hours")
    if row.given.get("credits") is None and row.given.get("hours") is None:
        row.fault("credits", "no-credits")
    country = row.text("country") or "PT"
    item = Item(
        **{"id": name, "origin": origin, "credits": credits, "hours": hours},
        target=row.text("target") or None,
        grade=read_grade(row, country),
        recognised=row.flag("recognised_institution", default=None),
        country=country,
        assessment=_assessment(row),
        credited=bool(row.flag("source_credited")) or root is not None,
        root=root,
        asked_on=row.day("requested_documents_on"),
        documents=frozenset(str(name) for name in row.rows("documents")),
    )
    row.done()
    return item


def _assessment(row: Reader) -> tuple[tuple[str, bool | None], ...]:
    """Methods of 12/4 as text, or as an object that says whether a written record exists."""
    found = []
    for entry in row.rows("assessment"):
        method, record = entry, None
        if isinstance(entry, Mapping):
            method, record = entry.get("method"), entry.get("written_record")
        if not isinstance(method, str):
            row.fault("assessment", "unknown-method")
        else:
            found.append((method, record))
    return tuple(found)


def _rooted(items: list[Item], faults: list[Fault]) -> list[Item]:
    """4/4: each item with the end of its chain; a chain must be known and must end."""
    known: dict[str, Item] = {}
    for n, item in enumerate(items):
        if item.id in known:
            faults.append(Fault(f"items[{n}].id", "id-twice"))
        known.setdefault(item.id, item)
    rooted = []
    for n, item in enumerate(items):
        end = sources.original(item, known)
        if isinstance(end, str):
            faults.append(Fault(f"items[{n}].root", end))
            end = item
        rooted.append(replace(item, paid_by=end.id, source=end.origin))
    return rooted
