"""What Lei 73/2017 leaves open. Clauses: CT is the Labour Code, LTFP the law of public workers."""

from reference.reading import Reading

READINGS = {
    "year_end": Reading(
        "CT 331/2/b",
        ("inclusive", "strict"),
        "a sanction on the day a year after the complaint: still within it, or no more",
    ),
    "same_day": Reading(
        "CT 331/2/b",
        ("within", "outside"),
        "a sanction on the day of the complaint: after it, or not",
    ),
    "old_complaint": Reading(
        "Lei-73 7",
        ("counts", "not"),
        "a complaint made before the law, sanctioned under it: presumed abusive, or not",
    ),
    "rectification": Reading(
        "Lei-73 7",
        ("from_entry", "from_publication"),
        "the corrected text holds from the day the law entered into force, or from the day on"
        " which the correction was published",
    ),
}
