"""Random requests of generated students, by seed; `faulty` ones hold exactly one fault."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from .documents import CERTIFIED, NEEDED, WHERE_THEY_EXIST
from .editions import ORIGINS
from .experience import METHODS

Row = dict[str, Any]

DEGREES = (
    ("licenciatura", "180", None),
    ("licenciatura", "240", None),
    ("licenciatura", "70", None),
    ("mestrado", "120", "60"),
    ("mestrado", "120", "100"),
    ("mestrado", "90", "70"),
    ("ctesp", "120", None),
    ("cet", "60", None),
    ("postgraduate", "70", None),
)
CREDITS = ("3", "4.5", "6", "7.5", "12", "18.25", "20", "30", "40", "58", "70")
FOREIGN = (  # country, pass mark, best, values
    ("ES", "5", "10", ("4.9", "5", "6.85", "7.25", "10", "Apto")),
    ("IT", "18", "30", ("17", "18", "27", "28", "30", "30 e lode")),
    ("DE", "4", "1", ("1", "2.3", "4", "4.3")),
    ("NL", "6", "10", ("5.5", "6", "7")),
    ("GB", "40", "100", ("39", "60", "100")),
    ("SE", None, None, ("A", "B", "E", "FX", "7")),
)
HOST = {"A": ["27", "30"], "B": ["25", "26"], "C": ["23", "24"], "E": ["18", "21"]}
HOME = {"A": ["16", "20"], "B": ["15", "15"], "C": ["13", "14"], "D": ["11", "12"]}


def random_request(seed: int, faulty: bool = False, items: int = 7) -> Row:
    """A request of the contract; a faulty one has the fault `fault_of(seed)`."""
    rng = Random(seed)
    cycle, credits, course = rng.choice(DEGREES)
    start = date(rng.randint(2017, 2026), 9, rng.randint(4, 29))
    submitted = start + timedelta(days=rng.choice((0, 0, 10, 14, 18, 25, 60)))
    request: Row = {
        "degree": {"cycle": cycle, "credits": credits, "course_credits": course},
        **{"year_start": str(start), "submitted_on": str(submitted)},
        "late_authorised_on": None,
        "waiver_reasoned": rng.random() < 0.3,
        "holidays": _holidays(rng, start),
        "items": _items(rng, rng.randint(1, items), start),
    }
    if rng.random() < 0.6:
        request["late_authorised_on"] = str(submitted + timedelta(days=rng.randint(0, 9)))
    if rng.random() < 0.2:
        chosen = rng.sample(ORIGINS, 2)
        request["granted_before"] = {o: rng.choice(CREDITS[:8]) for o in chosen}
    if cycle == "ctesp" and rng.random() < 0.7:
        request["experience_years"] = rng.choice(("0", "5", "5.5", "12"))
    if faulty:
        FAULTS[fault_of(seed)](request)
    return request


def _holidays(rng: Random, start: date) -> Row:
    days = [str(start + timedelta(days=rng.randint(1, 30))) for _ in range(4)]
    return {"municipal": days[: rng.randint(0, 1)], "closures": days[2 : 2 + rng.randint(0, 2)]}


def _items(rng: Random, number: int, start: date) -> list[Row]:
    found: list[Row] = []
    for n in range(number):
        found.append(_item(rng, n, start))
        if n and rng.random() < 0.15:
            found[-1] |= {"root": rng.choice(found[:-1])["id"], "source_credited": True}
    rng.shuffle(found)
    return found


def _item(rng: Random, number: int, start: date) -> Row:
    origin = rng.choice((*ORIGINS, "experience", "non_degree", "cet"))
    foreign = origin != "experience" and rng.random() < 0.35
    hours = rng.random() < 0.15
    item: Row = {
        **{"id": f"i{number}", "origin": origin, "root": None},
        "credits": None if hours else rng.choice(CREDITS),
        "hours": rng.choice(("12", "81", "100", "135")) if hours else None,
        "target": rng.choice((None, f"UC{number}", f"UC{number}", "UC0")),
        **{"grade": None, "country": "PT", "recognised_institution": True},
        "assessment": _assessment(rng),
        "source_credited": rng.random() < 0.04,
        "requested_documents_on": None,
        "documents": _documents(rng, origin),
    }
    if rng.random() < 0.15:
        asked = start + timedelta(days=rng.choice((3, 15, 40)))
        item["requested_documents_on"] = str(asked)
    if foreign:
        item["recognised_institution"] = rng.choice((True, True, True, True, False, None))
        item["country"], item["grade"] = _foreign(rng)
        if rng.random() < 0.04:  # its scale and its country contradict each other
            item["country"] = "PT"
    elif rng.random() < (0.05 if origin == "experience" else 0.95):
        item["grade"] = _portuguese(rng)
        item["country"] = "AO" if rng.random() < 0.05 else "PT"
    if item["country"] == "PT" and rng.random() < 0.04:
        item["recognised_institution"] = False
    return item


def _assessment(rng: Random) -> list[Any]:
    """Only experience needs one; on other items it changes nothing."""
    method = rng.choice(METHODS)
    if rng.random() < 0.3:
        return [{"method": method, "written_record": rng.random() < 0.7}]
    return rng.choice(([], [method], [method, "portfolio"], ["portfolio"], ["group work"]))


def _documents(rng: Random, origin: str) -> list[str]:
    if origin == "experience":
        found = [*NEEDED, "target_units", *(WHERE_THEY_EXIST if rng.random() < 0.5 else ())]
    else:  # what a unit credited from experience would need lies in the file too
        found = [*CERTIFIED, *NEEDED, *(("passport",) if rng.random() < 0.05 else ())]
    return found[1:] if rng.random() < 0.05 else found[:1] if rng.random() < 0.03 else found


def _portuguese(rng: Random) -> Row:
    value = rng.choice(("9", "10", "12", "13", "14", "14.0", "16", "17.5", "20", "Apto"))
    return {"value": value, "scale": "pt", "min_pass": None, "max": None}


def _foreign(rng: Random) -> tuple[str, Row]:
    country, least, best, values = rng.choice(FOREIGN)
    grade = {"value": rng.choice(values), "scale": "foreign", "min_pass": least, "max": best}
    if country in ("IT", "SE") and rng.random() < 0.5:
        grade |= {"host_classes": HOST, "home_classes": HOME}
    return country, grade


def _cycle(request: Row) -> None:
    items = request["items"]
    for item, root in zip(items, [*items[1:], items[0]], strict=True):
        item["root"] = root["id"]


def _set(**values: Any) -> Callable[[Row], None]:
    return lambda request: request["items"][-1].update(values)


def _before(request: Row) -> None:
    """Everything a year before the first that the regulation is valid for."""
    request |= {"year_start": "2016-09-19", "submitted_on": "2016-09-22"}
    request["late_authorised_on"] = None


def _scale(value: str, least: str | None, best: str | None) -> Callable[[Row], None]:
    scale, country = ("foreign", "ES") if best else ("pt", "PT")
    grade = {"value": value, "scale": scale, "min_pass": least, "max": best}
    return _set(grade=grade, country=country)


FAULTS: dict[str, Callable[[Row], None]] = {
    "not-positive": _set(credits="-6"),
    "unknown-origin": _set(origin="mooc"),
    "root-cycle": _cycle,
    "year-not-known": _before,
    "grade-outside-scale": _scale("21", None, None),
    "before-the-request": lambda request: request.update(late_authorised_on="2017-01-02"),
    "half-a-scale": _scale("7", "10", "10"),
    "root-unknown": _set(root="nobody"),
    "not-a-number": _set(credits="six"),
    "no-credits": _set(credits=None, hours=None),
    "unknown-cycle": lambda request: request["degree"].update(cycle="doutoramento"),
    "unknown-method": _set(assessment=[{"written_record": True}]),
    "no-items": lambda request: request.update(items=[]),
}


def fault_of(seed: int) -> str:
    """The code of the fault that a faulty request of this seed has."""
    return [*FAULTS][seed % len(FAULTS)]
