"""notice.toml: the settings of a procedure, and their faults: table `notice`, row 0, the key."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from reference.cef.tables import Fault

from .model import Notice
from .texts import MOST, text_fault

KNOWN: dict[str, Any] = {
    "process": None,
    "published": None,
    "posts": None,
    "application_days": 10,
    "hearing_days": 10,
    "scale": 20,
    "municipal_holidays": [],
    "closures": [],
}
"""The keys and what stands for one left out; None: it must be given."""
LEAST = {"posts": 1, "application_days": 1, "hearing_days": 0, "scale": 1}


def notice_of(given: Any, faults: list[Fault]) -> Notice | None:
    """None where anything is at fault; the faults are added."""
    if not isinstance(given, Mapping):
        faults.append(Fault("notice", 0, "", "missing-table"))
        return None
    found = [(str(key), "unknown-key") for key in given if key not in KNOWN]
    found += [(key, "missing-key") for key in KNOWN if KNOWN[key] is None and key not in given]
    values = {**KNOWN, **given}
    for key in ("process", "published"):
        right = _is_day(values[key]) if key == "published" else isinstance(values[key], str)
        if key in given and not right:
            found.append((key, "not-a-date" if key == "published" else "not-a-text"))
    if isinstance(values["process"], str) and (fault := text_fault(values["process"], MOST)):
        found.append(("process", fault))
    for key, least in LEAST.items():
        if values[key] is None:
            continue
        if not isinstance(values[key], int) or isinstance(values[key], bool):
            found.append((key, "not-an-integer"))
        elif values[key] < least:
            found.append((key, "below-minimum"))
    for key in ("municipal_holidays", "closures"):
        if not isinstance(values[key], list) or not all(map(_is_day, values[key])):
            found.append((key, "not-a-date"))
    faults += [Fault("notice", 0, *one) for one in found]
    if found:
        return None
    return Notice(
        **{key: values[key] for key in ("process", "published", *LEAST)},
        municipal=tuple(values["municipal_holidays"]),
        closures=tuple(values["closures"]),
    )


def _is_day(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)
