"""Complaints, sanctions, breaches and what follows of them: one question each."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from reference.reading import chosen

from .corrections import cited
from .readings import READINGS
from .time import FIRST_DAY, a_year_after

Row = dict[str, Any]

SEVERITY = {
    "CT 29/5": "very_serious",
    "CT 127/1/j": "light",
    "CT 127/1/k": "serious",
    "CT 127/1/l": "serious",
    "CT 127/5": "light",
    "CT 127/6": "light",
}
BY = ("employer", "representative", "colleague", "other")


def presumed_abusive(
    complaint_on: date, sanction_on: date, policy: Mapping[str, str] | None = None
) -> Row:
    """CT 331/2/b: a dismissal or other sanction up to a year after the complaint, or after another
    use of rights to equality, non-discrimination and against harassment. `last_day`: of the
    presumption. ValueError for a sanction before the law: the older text says other things."""
    readings = chosen(READINGS, policy)
    if sanction_on < FIRST_DAY:
        raise ValueError(f"Lei 73/2017 is in force from {FIRST_DAY}; {sanction_on} is before")
    last = a_year_after(complaint_on)
    after = sanction_on > complaint_on
    if readings["same_day"] == "within":
        after = sanction_on >= complaint_on
    soon = sanction_on <= last if readings["year_end"] == "inclusive" else sanction_on < last
    covered = readings["old_complaint"] == "counts" or complaint_on >= FIRST_DAY
    return {
        "presumed_abusive": after and soon and covered,
        "last_day": last,
        "clause": "CT 331/2/b",
    }


def protected(
    who: str, intent: bool, from_the_file: bool = True, final_decision: bool = False
) -> Row:
    """CT 29/6: who complains, and the witnesses named, are not sanctioned for what is in the file
    of a case about harassment, until its final decision; unless they act with intent. The right
    to be heard stays."""
    if who not in ("complainant", "witness"):
        raise ValueError(f"protected are the complainant and a witness, not {who!r}")
    return {
        "protected": from_the_file and not intent and not final_decision,
        "clause": "CT 29/6",
    }


def just_cause(by: str, reported: bool) -> Row:
    """CT 394/2/f: the worker may end the contract for harassment by the employer or who stands for
    it, once reported to the labour inspection. Other offences of that letter are not asked here."""
    if by not in BY:
        raise ValueError(f"harassment is by one of {BY}, not {by!r}")
    return {"just_cause": by in BY[:2] and reported, "clause": "CT 394/2/f"}


def reparation(disease_from_harassment: bool) -> Row:
    """CT 283/8-9: the employer answers for it; social security pays and takes the worker's place,
    with interest. CT 29/4: damages in any case."""
    return {
        "answers": "employer" if disease_from_harassment else None,
        "pays": "social_security" if disease_from_harassment else None,
        "damages": True,
        "clauses": ["CT 283/8", "CT 283/9", "CT 29/4"] if disease_from_harassment else ["CT 29/4"],
    }


def breach(clause: str) -> Row:
    """How grave the offence is (CT 29/5, 127/7). ValueError where the law grades nothing."""
    if clause not in SEVERITY:
        raise ValueError(f"{clause!r} is graded nowhere here; known: {sorted(SEVERITY)}")
    graded_by = "CT 29/5" if clause.startswith("CT 29") else "CT 127/7"
    return {"severity": SEVERITY[clause], "clause": graded_by}


def publicity_waivable(clause: str, on: date, policy: Mapping[str, str] | None = None) -> Row:
    """CT 563/3: what 563/1 allows does not apply to the offence that the number cites; which one
    that is depends on the correction."""
    breach(clause)
    excepted = cited("CT 563/3", on, policy)["means"]
    return {"waivable": clause != excepted, "excepted": excepted, "clause": "CT 563/3"}
