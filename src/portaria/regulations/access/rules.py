"""Every module that applies a rule, in the order of the articles; importing it registers them."""

from portaria.regulations.access import (
    audit,
    check,
    grades,
    lists,
    placement,
    quotas,
    results,
    schemas,
)
from portaria.regulations.access.form import claims, written
from portaria.regulations.access.later import check as later_check
from portaria.regulations.access.later import holders, terms
from portaria.regulations.access.later import placement as later_placement
from portaria.regulations.access.procedures import (
    complaint,
    exchange,
    exchange_conditions,
    exclusion,
    merits,
    patch,
    rectification,
    rectified_seats,
    relocation,
    relocation_conditions,
)

PACKAGE = "portaria.regulations.access"

__all__ = [
    "PACKAGE",
    "audit",
    "check",
    "claims",
    "complaint",
    "exchange",
    "exchange_conditions",
    "exclusion",
    "grades",
    "holders",
    "later_check",
    "later_placement",
    "lists",
    "merits",
    "patch",
    "placement",
    "quotas",
    "rectification",
    "rectified_seats",
    "relocation",
    "relocation_conditions",
    "results",
    "schemas",
    "terms",
    "written",
]
