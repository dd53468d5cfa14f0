"""Wrong, stale and contradictory references of the text, as data.

From article 12 on the references look shifted by one, as if an article had been taken out.
`effect`: what following the printed word would do; `reading`: the reading that does it here.
"""

from typing import NamedTuple


class Correction(NamedTuple):
    where: str
    says: str
    means: str
    source: str
    effect: str
    reading: str = ""


CORRECTIONS = (
    Correction(
        "10/3", "art. 12", "art. 11", "12/6 gives no grade; 11 is about grades",
        "no-grades", "references=literal",
    ),
    Correction(
        "10/5/e", "art. 13", "art. 12", "13 is the commission; 12 is experience",
        "no-procedure",
    ),
    Correction(
        "10/5/e", "the letter before, d)", "number 5 as a whole", "d) only counts credits",
        "no-difference",
    ),
    Correction(
        "4/2/b", "art. 14", "art. 13", "13 makes the commission, 14 gives its powers",
        "no-difference",
    ),
    Correction(
        "11/4/c", "a DGES order, its letter b)", "no order in force", "DGES withdrew it",
        "no-rule",
    ),
    Correction(
        "Annex I", "Despacho 6431/2009, Retificação 1381/2009", "Despacho 1308/2020", "revoked",
        "no-table",
    ),
    Correction(
        "Annex I", "DL 341/2007", "DL 66/2018", "replaced", "no-table",
    ),
    Correction(
        "11/1", "foreign grades are kept", "foreign grades are converted",
        "11/4 is the special rule", "foreign-grades-kept",
    ),
    Correction(
        "5/2", "CET, licenciatura, mestrado", "every course of 1/2", "1/2 has CTeSP, postgraduate",
        "no-deadline", "courses=named",
    ),
    Correction(
        "14/1", "CET, 1st cycle, 2nd cycle", "every course of 1/2", "1/2 has CTeSP, postgraduate",
        "no-opinion",
    ),
    Correction(
        "1/2", "CTeSP, postgraduate, licenciatura, mestrado", "CET too", "the list is open; 5/2",
        "no-difference",
    ),
    Correction(
        "3/1/a-c", "the institution credits", "a duty here", "the law says that it may",
        "no-difference",
    ),
    Correction(
        "6/5", "never refunded", "but 18/1/d", "18/1/d is the special rule",
        "fee-kept", "appeal_fee=kept",
    ),
)  # fmt: skip

SOUND = {  # references that were followed and found right
    "9": "8", "10/5/f": "10/5/c", "14/2": "4/4", "15/1": "6/1", "15/2": "6/2", "16/1": "5",
    "16/2/a": "6/1", "16/2/b": "6/2", "17/1": "5", "17/3": "16",
}  # fmt: skip


def literal(where: str) -> tuple[str, ...]:
    """What the printed words at `where` would do, one word a row."""
    found = tuple(row.effect for row in CORRECTIONS if row.where == where)
    if not found:
        raise ValueError(f"no correction at {where!r}")
    return found
