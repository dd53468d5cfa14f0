"""Why a record goes in a load or does not: a closed list, each reason with its rule."""

from __future__ import annotations

from portaria.core.decision import Reason, Reasons

REASONS = Reasons(
    Reason(code, rule)
    for code, rule in {
        "active": "every-month",
        "moved": "movement-in-month",
        "cancelled": "cancelled-excluded",
        "gap": "reference-enrolled",
        "suspended": "every-month",
        "silent": "movement-in-month",
        "ended": "class-not-ended",
        "hidden": "hidden-situations",
        "not_enrolled": "situation-as-of-month",
        "not_begun": "class-started",
        "class_changed": "one-record-a-class",
        "re_enrolled": "cancelled-excluded",
        "unsent": "cancelled-excluded",
        "unmapped": "situations-basic",
        "fault": "class-started",
        "level": "isolated-continuing",
        "E-CLASS-MISSING": "one-record-a-class",
        "E-REQ": "required-fields",
        "E-CLASS-NOSTART": "class-started",
        "E-SIT-UNMAPPED": "situations-basic",
        "E-EJA-NOREF": "reference-enrolment",
        "E-EJA-BADREF": "reference-enrolment",
    }.items()
)
