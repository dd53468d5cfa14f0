"""The prior hearing on a list: until when those concerned may answer it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from reference.days import add
from reference.reading import chosen

from .readings import READINGS

LAW_DAYS = 10


def hearing(
    published: date,
    days: int,
    municipal: Iterable[date] = (),
    closures: Iterable[date] = (),
    policy: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """`until`: its last day, that of publication not counted; None where `days` is 0: no hearing.
    `law_until`: after the ten days of CPA 122/1, which a body under other rules may shorten.
    `alternative`: the last day under the other reading of the municipal holiday, or None."""
    readings = chosen(READINGS, policy)
    if days < 0:
        raise ValueError(f"a hearing has no fewer than zero days: {days}")
    if days == 0:
        return {"until": None, "law_until": None, "alternative": None, "warnings": []}
    town, closed = tuple(municipal), tuple(closures)
    how = {"municipal_day": readings["municipal_day"]}
    law = add(published, LAW_DAYS, town, closed, policy=how)
    extended = readings["hearing_days"] == "at_least_ten" and days < LAW_DAYS
    found = law if extended else add(published, days, town, closed, policy=how)
    return {
        "until": found["date"],
        "law_until": law["date"],
        "alternative": found["alternative"],
        "warnings": ["hearing-under-ten-days"] if days < LAW_DAYS else [],
    }
