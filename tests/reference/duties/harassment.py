"""One employer: what must be adopted or opened, and whether a sanction is presumed abusive."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from reference.reading import chosen

from .people import presumed_abusive
from .readings import READINGS
from .time import FIRST_DAY

CODE_FROM = 7
SECTORS = ("private", "public")


def harassment(
    workers: int,
    complaint_on: date | None = None,
    sanction_on: date | None = None,
    sector: str = "private",
    alleged: bool = False,
    on: date | None = None,
    policy: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """`code_of_conduct_required` (CT 127/1/k from seven workers; LTFP 71/1/k names no number),
    `disciplinary_procedure_required` (once the employer knows of something `alleged`),
    `presumed_abusive` (None without the two dates), `clauses` by question, `readings`.

    ValueError before the law, for a number of workers below zero, for one date without the other.
    """
    readings = chosen(READINGS, policy)
    if sector not in SECTORS:
        raise ValueError(f"a sector is one of {SECTORS}, not {sector!r}")
    if isinstance(workers, bool) or workers != int(workers) or workers < 0:
        raise ValueError(f"workers are counted in whole people, not {workers}")
    if on is not None and on < FIRST_DAY:
        raise ValueError(f"Lei 73/2017 is in force from {FIRST_DAY}; {on} is before")
    if (complaint_on is None) != (sanction_on is None):
        raise ValueError("the complaint and the sanction are needed together")
    presumed = None
    if complaint_on is not None and sanction_on is not None:
        presumed = presumed_abusive(complaint_on, sanction_on, policy)["presumed_abusive"]
    public = sector == "public"
    return {
        "code_of_conduct_required": public or workers >= CODE_FROM,
        "disciplinary_procedure_required": alleged,
        "presumed_abusive": presumed,
        "clauses": {
            "code_of_conduct_required": "LTFP 71/1/k" if public else "CT 127/1/k",
            "disciplinary_procedure_required": "LTFP 71/1/k" if public else "CT 127/1/l",
            "presumed_abusive": "CT 331/2/b",
        },
        "readings": readings,
    }
