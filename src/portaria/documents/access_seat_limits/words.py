"""The words of seat limits: what is not kept, what clashes, what is offered; declared once."""

from __future__ import annotations

from portaria.core.messages import Message, declare, render
from portaria.documents.citation import cite

BREACHES = {
    "above-maximum": declare(
        "seat-limits-breach-above-maximum",
        "{programme} ({institution}): seats asked {given}, at most {allowed}; {by} too many "
        "({clause}).",
    ),
    "closed-programme": declare(
        "seat-limits-breach-closed",
        "{programme} ({institution}): seats asked {given}, at most {allowed}, because the general "
        "regime opens none there; {by} too many ({clause}).",
    ),
    "above-lma": declare(
        "seat-limits-breach-above-lma",
        "{programme} ({institution}): general seats and special regimes make {given} and the "
        "admissions limit is {allowed}; {by} too many ({clause}).",
    ),
    "over23-below-minimum": declare(
        "seat-limits-breach-below-minimum",
        "{institution}: over-23 seats {given}, at least {allowed}; {by} missing ({clause}).",
    ),
}

CONDITIONS = {
    "leftovers_insufficient": declare(
        "seat-limits-condition-leftovers", "the leftover seats do not suffice"
    ),
    "more_candidates": declare(
        "seat-limits-condition-candidates", "there are more candidates than seats"
    ),
    "resources_exist": declare(
        "seat-limits-condition-resources", "the people and means to teach are there"
    ),
}

CONSTRAINTS = {
    "maximum": declare(
        "seat-limits-limit-maximum",
        "Maxima of the programmes ({programmes}): {bound} in sum, {exact} before each was rounded "
        "({clause}).",
    ),
    "leftovers-public": declare(
        "seat-limits-limit-leftovers-public", "Leftover seats of the contest: {bound} ({clause})."
    ),
    "leftovers-private": declare(
        "seat-limits-limit-leftovers-private",
        "Leftover seats of the institutional contests: {bound} ({clause}).",
    ),
    "authorised-increase": declare(
        "seat-limits-limit-authorised",
        "Allowed by order of the director-general: {bound} ({clause}).",
    ),
    "closed-programme": declare(
        "seat-limits-limit-closed",
        "Programmes without general seats, where none may open: {programmes} ({clause}).",
    ),
    "over23-minimum": declare(
        "seat-limits-limit-over23",
        "Over-23 minimum of the institution: {bound}, {exact} before rounding ({clause}).",
    ),
}

REMEDIES = {
    "leftovers-public": declare(
        "seat-limits-remedy-leftovers-public",
        "Offered: {seats} of the seats left over in the 2nd phase and not put in the 3rd, or left "
        "over in the 3rd ({clause}).",
    ),
    "leftovers-private": declare(
        "seat-limits-remedy-leftovers-private",
        "Offered: {seats} of the seats left over in the last phase of the institutional contests "
        "({clause}).",
    ),
    "authorised-increase": declare(
        "seat-limits-remedy-authorised",
        "Offered: an order of the director-general for {seats} more, where the institution proves "
        "that the leftover seats do not suffice, that there are more candidates than seats, and "
        "that the people and means to teach are there ({clause}).",
    ),
}

OUTSIDE = {
    "open_university": declare(
        "seat-limits-outside-open-university",
        "{programme} ({institution}): the Universidade Aberta is left out ({clause}).",
    ),
    "joint_tutelage": declare(
        "seat-limits-outside-joint-tutelage",
        "{programme} ({institution}): the institution is not under the higher education minister "
        "alone ({clause}).",
    ),
    "not_initial": declare(
        "seat-limits-outside-not-initial",
        "{programme} ({institution}): not a cycle of initial formation ({clause}).",
    ),
}

MOVEMENTS = {
    "moved": declare(
        "seat-limits-movement-allowed",
        "{programme}: {seats} from {modality} to {to_modality}: allowed, by decision of the "
        "institution's competent body; still unfilled: {left} ({clause}).",
    ),
    "more-than-unfilled": declare(
        "seat-limits-movement-too-many",
        "{programme}: {seats} from {modality} to {to_modality}: refused, only {left} are unfilled "
        "({clause}).",
    ),
    "same-place": declare(
        "seat-limits-movement-same-place",
        "{programme}: {seats} from {modality} to {to_modality}: refused, a movement leads to "
        "another modality ({clause}).",
    ),
    "not-to-programme": declare(
        "seat-limits-movement-programme",
        "{programme}: {seats} from {modality} to {to_modality} of {to_programme}: refused, seats "
        "do not pass to another cycle ({clause}).",
    ),
    "not-to-institution": declare(
        "seat-limits-movement-institution",
        "{programme}: {seats} from {modality} to {to_modality} of {to_programme}: refused, seats "
        "do not pass to another institution ({clause}).",
    ),
    "not-to-general": declare(
        "seat-limits-movement-general",
        "{programme}: {seats} from {modality}: refused, seats do not pass to the general regime "
        "({clause}).",
    ),
    "not-to-international": declare(
        "seat-limits-movement-international",
        "{programme}: {seats} from {modality}: refused, seats do not pass to the contest for "
        "international students ({clause}).",
    ),
    "outside-scope": declare(
        "seat-limits-movement-outside",
        "{programme}: {seats} from {modality}: not decided, the programme is not covered "
        "({clause}).",
    ),
}

MODALITIES = {
    "over23": declare("seat-limits-modality-over23", "the over-23 contest"),
    "specialisation_diploma": declare(
        "seat-limits-modality-specialisation", "holders of a technological specialisation diploma"
    ),
    "professional_diploma": declare(
        "seat-limits-modality-professional",
        "holders of a diploma of higher professional technician",
    ),
    "other_degree": declare("seat-limits-modality-degree", "holders of other higher degrees"),
    "change_of_programme": declare("seat-limits-modality-change", "change of programme"),
    "general": declare("seat-limits-modality-general", "the general regime"),
    "international": declare("seat-limits-modality-international", "international students"),
}

READINGS = {
    ("maximum_rounding", "floor"): declare(
        "seat-limits-reading-maximum-floor", "maxima rounded down"
    ),
    ("maximum_rounding", "half_up"): declare(
        "seat-limits-reading-maximum-half-up", "maxima rounded to the nearest"
    ),
    ("minimum_rounding", "ceiling"): declare(
        "seat-limits-reading-minimum-ceiling", "over-23 minima rounded up"
    ),
    ("minimum_rounding", "half_up"): declare(
        "seat-limits-reading-minimum-half-up", "over-23 minima rounded to the nearest"
    ),
}

TEXTS = {"6261-A": "Despacho n.º 6261-A/2017", "3580-2023": "Despacho n.º 3580/2023"}
PREAMBLE = declare("seat-limits-clause-preamble", "preamble, list {list}, {letter})")
NAMED = {
    "3580-2023 maximum": declare("seat-limits-clause-maximum", "rule of the maximum"),
    "3580-2023 over23": declare("seat-limits-clause-over23", "rule of the over-23 minimum"),
    "3580-2023 12-15": declare("seat-limits-clause-12-15", "arts. 12 to 15"),
}


def clause_words(clause: str, lang: str) -> str:
    """A clause as people cite it; the rules of 2023 go by name, their numbers are not known."""
    if clause in NAMED:
        return render(Message(NAMED[clause]), lang)
    number = clause.partition(" ")[2]
    if number.startswith("preamble/"):
        _, order, letter = number.split("/")
        return render(Message(PREAMBLE, {"list": order, "letter": letter}), lang)
    return cite(clause, lang)


def text_name(clause: str) -> str:
    """The order that a clause belongs to, by its official name."""
    return TEXTS[clause.partition(" ")[0]]


def modality_name(modality: str, lang: str) -> str:
    """A way in by its name."""
    return render(Message(MODALITIES[modality]), lang)


def reading_name(reading: str, choice: str, lang: str) -> str:
    """A reading in words."""
    return render(Message(READINGS[reading, choice]), lang)
