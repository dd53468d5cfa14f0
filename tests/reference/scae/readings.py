"""What the text leaves open: every reading has a name, a default and its alternatives."""

from collections.abc import Mapping
from typing import NamedTuple


class Reading(NamedTuple):
    """`choices`: the default first. `used`: False where the reading only stands in the manifest."""

    rule: str
    choices: tuple[str, ...]
    meaning: str
    used: bool = True


READINGS: dict[str, Reading] = {
    # --- open questions of the layout: nothing public answers them -----------------------------
    "exclusion_letter": Reading("R08", ("symbolic",), "how DELETE is written in the file", False),
    "layout": Reading("N", ("declarative",), "columns and separator of the file", False),
    "severities": Reading("N", ("prefix",), "E- withholds, W- and I- let pass", False),
    "record_key": Reading(
        "R12", ("natural", "source"), "natural: unit, period, class, student, kind; K4 runs on it"
    ),
    "resend": Reading("N", ("replace", "merge"), "what sending a month again does in the ledger"),
    # --- population ----------------------------------------------------------------------------
    "class_end": Reading(
        "R04", ("ends", "until_exit"), "an active enrolment of an ended class: not sent, or sent"
    ),
    "selection_date": Reading(
        "R05", ("log", "reported"), "the date that picks the month of an exit"
    ),
    "nolog": Reading(
        "R06", ("always", "unexplained"), "I-NOLOG: for every empty log, or only with an exit"
    ),
    "fault_scope": Reading(
        "R38",
        ("candidate", "always"),
        "source faults: only where the class is open or something moved in the month, or always",
    ),
    "cancel_start": Reading("R08", ("class", "enrolment"), "'da mesma' in the exclusion sentence"),
    "delete_unsent": Reading("R08", ("send", "suppress"), "DELETE of a key never sent"),
    "suspended": Reading("R10", ("once", "monthly"), "Trancado: in its month, or every month"),
    # --- EJA -----------------------------------------------------------------------------------
    "eja_class": Reading("R14", ("reference", "current"), "class sent after the first series"),
    "eja_chain": Reading("R15", ("follow", "refuse"), "a reference to one with a reference"),
    "eja_waiver": Reading(
        "R28", ("off", "recognition"), "series without enrolment waived by Reconhecimento"
    ),
    "eja_complements": Reading("R14", ("reference", "latest"), "row that gives the complements"),
    # --- dates and results ---------------------------------------------------------------------
    "rs_change": Reading("R21", ("last", "first"), "several Reconhecimento to Matriculado"),
    "future_results": Reading(
        "R25", ("literal", "max_month"), "a result typed before the month of the class end"
    ),
    "override_scope": Reading("R27", ("exits", "all"), "does the override reach results too"),
    "isolated_result_date": Reading(
        "R32", ("history", "class_end"), "date of a result of an isolated enrolment"
    ),
    "computed_errors": Reading(
        "R40", ("withheld", "sent"), "E-EXIT-THEN-RESULT and E-MOB-BEFORE-EFET: is the record sent"
    ),
    "first_class_day": Reading(
        "R52", ("class_start", "first_lesson"), "day after which Cancelado should be Desistente"
    ),
    # --- disciplines ---------------------------------------------------------------------------
    "disciplines_moved": Reading(
        "R42", ("mobility", "any_movement"), "when an enrolment 'moved' in the month"
    ),
    "dismissed_type": Reading("R43", ("blank", "1", "2"), "evaluation type of Dispensado"),
    # --- hours ---------------------------------------------------------------------------------
    "hours_source": Reading("R46", ("lessons", "none"), "dated lessons, or no hours at all"),
    "hours_unit": Reading("R46", ("clock", "lesson_50"), "60 or 50 minutes"),
    "hours_prorata": Reading("R46", ("none", "clip"), "lessons before entry and after exit"),
    "hours_situations": Reading(
        "R46", ("active", "only_2"), "2 in basic and 39, 66 in continuing education, or only 2"
    ),
    "hours_discipline": Reading(
        "R47",
        ("any_day", "end_of_month"),
        "in the situation on some day of the month, or on its last",
    ),
    "hours_notype": Reading("R48", ("discipline", "student"), "what one blank type voids"),
    "hours_all_dropped": Reading("R48", ("blank", "zero"), "no discipline has a type"),
}


def choose(given: Mapping[str, str]) -> dict[str, str]:
    """The readings in force; an unknown name or choice is a ValueError."""
    for name, choice in given.items():
        if name not in READINGS:
            raise ValueError(f"unknown reading {name!r}; known: {sorted(READINGS)}")
        if choice not in READINGS[name].choices:
            raise ValueError(f"{name}={choice!r}; allowed: {READINGS[name].choices}")
    return {name: given.get(name, reading.choices[0]) for name, reading in READINGS.items()}
