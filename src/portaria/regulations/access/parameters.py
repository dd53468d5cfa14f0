"""What every edition of a contest must fix, and the readings that the rules know."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from portaria.core.edition import Edition
from portaria.core.errors import ConfigurationError

WHOLE = ("most_options", "most_exams_in_set", "quota_disability_least", "quota_least")
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


def check_edition(edition: Edition) -> Edition:
    """The edition itself; ConfigurationError, by name, where a value or reading is unfit."""
    for name in (*WHOLE, *PERCENT, *WEIGHTS):
        if name not in edition.parameters:
            raise ConfigurationError(f"edition {edition.name} lacks the parameter {name}")
    for name in WHOLE:
        value = edition.value(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise ConfigurationError(
                f"edition {edition.name}: {name} = {value!r} is no whole number"
            )
    for name in PERCENT:
        _decimal(edition, name, most=100, places=SHARE_PLACES)
    for name in WEIGHTS:
        _decimal(edition, name, most=1, places=WEIGHT_PLACES)
    if set(edition.readings) != set(READINGS):
        strangers = sorted(set(edition.readings) ^ set(READINGS))
        raise ConfigurationError(
            f"edition {edition.name}: readings {strangers} are unknown or lacking"
        )
    for name, reading in edition.readings.items():
        if unknown := sorted(set(reading.choices) - set(READINGS[name])):
            raise ConfigurationError(f"edition {edition.name}: {name} cannot be {unknown}")
    return edition


def _decimal(edition: Edition, name: str, most: int, places: int) -> None:
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
