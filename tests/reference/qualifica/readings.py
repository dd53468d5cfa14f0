"""What Despacho 6261-B/2017 leaves open. Clauses: Q and the article or annex."""

from reference.reading import Reading

READINGS = {
    "need_points": Reading(
        "Q I/2/a",
        ("whole", "fraction"),
        "an hour for each point above the nation: whole points only, or parts of one too",
    ),
    "performance_points": Reading(
        "Q I/2/b",
        ("whole", "fraction"),
        "1.1 hours for each five points below 100 %: whole fives only, or parts of one too",
    ),
    "entry_day": Reading(
        "Q I/4",
        ("new", "old"),
        "authorised on the very day the order enters into force: after that, or not yet",
    ),
    "partner_most": Reading(
        "Q II/1",
        ("at_the_end", "before_proportion"),
        "the 44 hours bound the result, or already what the proportion is taken of",
    ),
}
