"""What every edition of a contest must fix, what its text may lack, and the readings of the rules.

A text may lack a quota, a preference, the further seats of art. 9/2 or the limit of options; the
edition then names what it is `without`. The rules of a quota come and go together, with the
parameters that only they need, so that no half of one decides anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from portaria.core.edition import Edition
from portaria.core.errors import ConfigurationError

WHOLE = ("phases", "most_options", "most_exams_in_set", "quota_disability_least", "quota_least")
PERCENT = (
    "quota_azores", "quota_madeira", "quota_emigrant", "quota_military", "quota_disability",
    "preference_azores", "preference_madeira", "regional_share_limit", "vocational_share_limit",
)  # fmt: skip
WEIGHTS = ("two_cycle_a_weight", "two_cycle_b_weight")
WEIGHT_PLACES, SHARE_PLACES = 6, 18

READINGS = {
    "placement": ("candidate-optimal", "literal", "stages-r1", "stages-r2"),
    "form_order": ("as_written", "valid_only"),
    "preference_rounding": ("floor", "half_up"),
}


@dataclass(frozen=True)
class Part:
    """Rules that a text has or lacks together, and what only they need."""

    rules: tuple[str, ...]
    parameters: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()


QUOTA_PARTS = {
    "disability": Part(("stage-disability",), ("quota_disability", "quota_disability_least")),
    "emigrant": Part(("stage-emigrant",), ("quota_emigrant",)),
    "military": Part(("stage-military",), ("quota_military",)),
    **{
        island: Part(
            (
                f"stage-{island}", f"stage-{island}-preference",
                f"{island}-university-first", f"{island}-congeners",
            ),
            (f"quota_{island}", f"preference_{island}"),
        )
        for island in ("azores", "madeira")
    },
    "regional": Part(
        ("stage-regional", "regional-area", "regional-claim", "regional-without-interruption",
         "regional-share-limit"),
        ("regional_share_limit",),
    ),
    "vocational": Part(
        ("stage-vocational", "vocational-share-limit"), ("vocational_share_limit",)
    ),
    "additional": Part(("stage-additional", "further-seats")),
}  # fmt: skip
"""What a text may lack, by quota; an island's quota and preference are one."""

SHARED = {
    ("disability", "emigrant", "military", "azores", "madeira"): Part(
        ("special-quotas", "quota-rounding", "general-quota"), ("quota_least",)
    ),
    ("azores", "madeira", "regional", "vocational"): Part(
        ("preference-size",), readings=("preference_rounding",)
    ),
    ("azores", "madeira", "regional"): Part((), readings=("form_order",)),
    ("azores", "madeira"): Part(("islands-first-ground-first",)),
    ("disability", "emigrant", "military", "regional"): Part(("omitted-means-none",)),
    tuple(quota for quota in QUOTA_PARTS if quota != "additional"): Part(
        ("order-of-stages", "promotion")
    ),
}
"""What a text needs where it has any of these quotas."""

LATER = (
    "single-quota", "later-phase-seats", "one-seat", "opened-seats", "placed-again", "freed-seats",
    "enrolment-lapses", "terms-published", "cancelled-enrolments", "rectified-seats-freed",
)  # fmt: skip
"""The rules of the phases after the first."""
PROCEDURES = (
    "complaint-decision",
    "complaint-enrolment",
    "exchange",
    "exchange-enrolled",
    "exchange-exam-minimum",
    "exchange-exams-taken",
    "exchange-grade-minimum",
    "exchange-in-time",
    "exchange-last-placed",
    "exchange-other-programme",
    "exchange-placed",
    "exchange-prerequisite",
    "exchange-same-exams",
    "exclusion-frees-decided-seat",
    "individual-record",
    "institution-list",
)
"""What follows a result in the national contest alone."""

ALONE = (
    "phases", "most_options", "documentary-prerequisite", "literal-iterations",
    "result-list-grounds", *LATER, *PROCEDURES,
)  # fmt: skip
"""What a text may lack by itself."""


def quotas_of(edition: Edition) -> frozenset[str]:
    """The quotas that the text has, by their names in `QUOTA_PARTS`; general is always there."""
    return frozenset(
        quota for quota, part in QUOTA_PARTS.items() if any(map(edition.has, part.rules))
    )


def check_edition(edition: Edition) -> Edition:
    """The edition itself; ConfigurationError, by name, where a value or reading is unfit."""
    absent = {*edition.without, *_check_parts(edition)}
    for name in (*WHOLE, *PERCENT, *WEIGHTS):
        if name not in edition.parameters and name not in absent:
            raise ConfigurationError(f"edition {edition.name} lacks the parameter {name}")
        if name in edition.parameters and name in absent:
            raise ConfigurationError(
                f"edition {edition.name} fixes {name} and is without the rules that use it"
            )
    for name in WHOLE:
        _whole(edition, name)
    for name in PERCENT:
        _decimal(edition, name, most=100, places=SHARE_PLACES)
    for name in WEIGHTS:
        _decimal(edition, name, most=1, places=WEIGHT_PLACES)
    _check_readings(edition, set(READINGS) - absent)
    return edition


def _check_parts(edition: Edition) -> Iterator[str]:
    """Parameters and readings that the edition must not have, its text lacking their rules."""
    there = quotas_of(edition)
    parts = [(part, quota in there) for quota, part in QUOTA_PARTS.items()]
    parts += [(part, not there.isdisjoint(quotas)) for quotas, part in SHARED.items()]
    optional = {*ALONE, *(rule for part, _ in parts for rule in part.rules)}
    if strangers := sorted(edition.without - optional):
        raise ConfigurationError(f"edition {edition.name} cannot be without {strangers}")
    for part, exists in parts:
        for rule in part.rules:
            if edition.has(rule) != exists:
                fault = "is without" if exists else "cites"
                what = "which its other rules need" if exists else "which no rule of it needs"
                raise ConfigurationError(f"edition {edition.name} {fault} {rule}, {what}")
        if not exists:
            yield from (*part.parameters, *part.readings)


def _check_readings(edition: Edition, needed: set[str]) -> None:
    if strangers := sorted(set(edition.readings) ^ needed):
        raise ConfigurationError(
            f"edition {edition.name}: readings {strangers} are unknown or lacking"
        )
    for name, reading in edition.readings.items():
        if unknown := sorted(set(reading.choices) - set(READINGS[name])):
            raise ConfigurationError(f"edition {edition.name}: {name} cannot be {unknown}")
    literal = "literal" in edition.readings["placement"].choices
    if literal != edition.has("literal-iterations"):
        raise ConfigurationError(
            f"edition {edition.name}: the reading literal and the rule literal-iterations go "
            "together"
        )


def _whole(edition: Edition, name: str) -> None:
    value = edition.value(name) if name in edition.parameters else 0
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ConfigurationError(f"edition {edition.name}: {name} = {value!r} is no whole number")


def _decimal(edition: Edition, name: str, most: int, places: int) -> None:
    if name not in edition.parameters:
        return
    try:
        value = edition.number(name)
        fits = 0 <= value <= most and value == value.quantize(Decimal(1).scaleb(-places))
    except InvalidOperation:
        fits = False
    if not fits:
        raise ConfigurationError(
            f"edition {edition.name}: {name} = {edition.value(name)!r} is not a number from 0 to "
            f"{most} with at most {places} decimals"
        )
