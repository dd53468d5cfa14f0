"""What the notices leave open. Clauses: Aviso-8072 and its number, Proc-006, CPA."""

from reference.days.counting import READINGS as DAYS
from reference.reading import Reading

READINGS = {
    "municipal_day": DAYS["municipal_day"],
    # --- applications ---------------------------------------------------------------------------
    "post": Reading(
        "Aviso-8072 5/a",
        ("postmark", "received"),
        "a registered letter is in time by its postmark, or by the day it arrives",
    ),
    "closing_time": Reading(
        "Aviso-8072 5/a",
        ("inclusive", "exclusive"),
        "by hand at the very minute the desk closes: still in time, or not",
    ),
    "experience_areas": Reading(
        "Aviso-8072 2/d",
        ("some", "all"),
        "experience in the areas of the post: in one of them at least, or in every one",
    ),
    "missing_document": Reading(
        "Aviso-8072 5/b",
        ("asked", "excluded"),
        "a document that is missing: asked for first (CPA 108), or a reason to exclude",
    ),
    # --- lists and hearings -----------------------------------------------------------------
    "hearing_days": Reading(
        "CPA 122/1",
        ("as_published", "at_least_ten"),
        "a hearing published with fewer than ten days: holds, with a warning, or lasts ten",
    ),
    "open_answers": Reading(
        "Proc-006",
        ("block", "lapse"),
        "an answer in time that nobody has decided: no final list, or the list without it",
    ),
    "late_answer": Reading(
        "Proc-006",
        ("ignored", "weighed"),
        "an answer after the hearing that was accepted all the same: without effect, or with it",
    ),
    # --- ranking --------------------------------------------------------------------------------
    "final_score": Reading(
        "Proc-006",
        ("exact", "hundredths"),
        "candidates are ranked by the exact weighted score, or by it rounded to hundredths",
    ),
    "ties": Reading(
        "Proc-006",
        ("shared", "heaviest_first"),
        "equal scores share a rank, or the heaviest criterion decides, then the next one",
    ),
}
