"""The readings that the rules of credit recognition know, with their choices."""

from __future__ import annotations

from collections.abc import Mapping

CHOICES: Mapping[str, tuple[str, ...]] = {
    "references": ("corrected", "literal"),
    "over_cap": ("by_target", "reduce", "refuse"),
    "reduced_to": ("exact", "half"),
    "unrecognised": ("flag", "void"),
    "second_cap": ("experience", "all_credit"),
    "second_cap_base": ("degree", "course"),
    "credited_source": ("refuse", "original"),
    "courses": ("all", "named"),
    "early_request": ("refused", "in_time"),
    "document_date": ("asked", "both"),
    "municipal_day": ("stops-count", "closes-only"),
    "certified_documents": ("transcript", "four"),
    "experience_documents": ("needed", "all"),
    "appeal_fee": ("returned", "kept"),
    "partial_appeal": ("human", "returned", "kept"),
    "reentry_step": ("exact", "half"),
    "credit_step": ("half_down", "exact", "half_near"),
    "contact_hours": ("flag", "human"),
    "qualitative": ("no_grade", "human"),
    "class_point": ("middle", "top", "bottom"),
    "straddle": ("better", "strict"),
    "grade_rounding": ("half_up", "floor"),
    "formula": ("computed", "human"),
    "formula_exceptions": ("human", "computed"),
    "late_clock": ("authorisation", "forwarding"),
    "mixed_clock": ("split", "longest"),
    "late_attendance": ("no", "yes"),
}
"""The readings that the rules know; an edition gives each its default."""
