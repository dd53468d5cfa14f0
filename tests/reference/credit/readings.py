"""What the text leaves open: every reading has a name, a default and its alternatives."""

from collections.abc import Mapping
from typing import NamedTuple


class Reading(NamedTuple):
    """`choices`: the default first. `request`: False where a request alone never shows it."""

    clause: str
    choices: tuple[str, ...]
    meaning: str
    request: bool = True


READINGS: dict[str, Reading] = {
    "references": Reading(
        "10/3", ("corrected", "literal"), "grades by art. 11, or by art. 12 as printed: none"
    ),
    # --- article 3 and 12/7: the caps -----------------------------------------------------------
    "over_cap": Reading(
        "3/1",
        ("by_target", "reduce", "refuse"),
        "an item that alone passes a cap: refused where it is for one named unit and cut down"
        " where it has no target, always cut down, or always refused",
    ),
    "reduced_to": Reading(
        "3/1", ("exact", "half"), "an item cut down: to the exact cap, or to the half credit below"
    ),
    "unrecognised": Reading(
        "3/4", ("flag", "void"), "letters b) and c) at a foreign institution not recognised"
    ),
    "second_cap": Reading(
        "12/7", ("experience", "all_credit"), "what the number without a subject is about"
    ),
    "second_cap_base": Reading(
        "12/7", ("degree", "course"), "a quarter of the master's degree, or of its course"
    ),
    # --- articles 4 to 6: source, time, documents ----------------------------------------------
    "credited_source": Reading(
        "4/4",
        ("refuse", "original"),
        "a unit that was itself credited: refused, or its original stands in for it",
    ),
    "courses": Reading(
        "5/2", ("all", "named"), "has a course that 5/2 does not name a request deadline"
    ),
    "early_request": Reading(
        "5/2",
        ("refused", "in_time"),
        "a request dated before the year: a slip, or in time",
        request=False,
    ),
    "document_date": Reading(
        "5/3",
        ("asked", "both"),
        "the day of asking for documents instead of the request's, or both in time",
    ),
    "certified_documents": Reading(
        "6/1", ("transcript", "four"), "a transcript proves everything, or the grade only"
    ),
    "experience_documents": Reading(
        "6/2", ("needed", "all"), "letters d) and e) where they exist, or always"
    ),
    "municipal_day": Reading(
        "5/2", ("stops-count", "closes-only"), "the municipal holiday and the count (CPA 87)"
    ),
    "appeal_fee": Reading(
        "6/5", ("returned", "kept"), "18/1/d is special, or 6/5 has no exception", request=False
    ),
    "partial_appeal": Reading(
        "18/1/d", ("human", "returned", "kept"), "the fee of an appeal won in part", request=False
    ),
    # --- articles 7 and 10: credits ------------------------------------------------------------
    "reentry_step": Reading(
        "7/1", ("exact", "half"), "credits left: exact, or the half below", request=False
    ),
    "credit_step": Reading(
        "10/2", ("half_down", "exact", "half_near"), "27 hours to a credit: how a rest is rounded"
    ),
    "contact_hours": Reading(
        "10/4/b", ("flag", "human"), "only contact hours are known of a period", request=False
    ),
    # --- article 11: grades --------------------------------------------------------------------
    "qualitative": Reading(
        "11/2", ("no_grade", "human"), "a Portuguese unit passed without a number"
    ),
    "class_point": Reading(
        "11/4/a", ("middle", "top", "bottom"), "the number of a letter in its home class"
    ),
    "grade_rounding": Reading("Annex I", ("half_up", "floor"), "a converted grade, to an integer"),
    "formula": Reading(
        "Annex I", ("computed", "human"), "the proportional formula stands in for missing tables"
    ),
    "formula_exceptions": Reading(
        "Annex I", ("human", "computed"), "countries for which the formula may not hold"
    ),
    "straddle": Reading(
        "11/4/a", ("better", "strict"), "a grade across two classes (DL 42/2005)", request=False
    ),
    # --- articles 16 and 17: clocks -------------------------------------------------------------
    "late_clock": Reading(
        "16/3",
        ("authorisation", "forwarding"),
        "15 and 40 days after the authorisation, or after two more days for forwarding",
    ),
    "mixed_clock": Reading(
        "16/2", ("split", "longest"), "certified and experience in one request: two clocks or one"
    ),
    "late_attendance": Reading(
        "17/1", ("no", "yes"), "may who asked late attend meanwhile", request=False
    ),
}


def choose(given: Mapping[str, str]) -> dict[str, str]:
    """The readings in force; an unknown name or choice is a ValueError."""
    for name, choice in given.items():
        if name not in READINGS:
            raise ValueError(f"unknown reading {name!r}; known: {sorted(READINGS)}")
        if choice not in READINGS[name].choices:
            raise ValueError(f"{name}={choice!r}; allowed: {READINGS[name].choices}")
    return {name: given.get(name, reading.choices[0]) for name, reading in READINGS.items()}
