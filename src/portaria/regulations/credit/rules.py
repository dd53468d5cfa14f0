"""Every module that applies a rule, in the order of the articles; importing it registers them."""

from portaria.regulations.credit import (
    assess,
    caps,
    commission,
    comparability,
    council,
    deadlines,
    documents_needed,
    experience,
    fees,
    grades,
    meanwhile,
    reentry,
    sources,
    workload,
)

PACKAGE = "portaria.regulations.credit"

__all__ = [
    "PACKAGE",
    "assess",
    "caps",
    "commission",
    "comparability",
    "council",
    "deadlines",
    "documents_needed",
    "experience",
    "fees",
    "grades",
    "meanwhile",
    "reentry",
    "sources",
    "workload",
]
