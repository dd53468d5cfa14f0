"""The list of the admitted and the excluded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portaria.core.names import by_name
from portaria.core.rule import rule
from portaria.regulations.recruitment.model import ADMISSION, Answer, Procedure


@dataclass(frozen=True)
class Listed:
    """One candidate of the list: `admitted`, `excluded` with reason and clause, or `undecided`."""

    candidate: str
    name: str
    result: str
    reason: str | None = None
    clause: str | None = None


@rule("admission-list")
def admission_list(procedure: Procedure, effective: Iterable[Answer]) -> tuple[Listed, ...]:
    """Everybody who applied, by name; nobody before the list is published. An accepted answer
    admits whom the jury had excluded (REC-01, REC-03)."""
    if ADMISSION not in procedure.lists:
        return ()
    heard = {each.candidate for each in effective}
    rows = []
    for key, candidate in procedure.candidates.items():
        decision = procedure.decisions.get(key)
        if key in heard or (decision is not None and decision.result == "admitted"):
            rows.append(Listed(key, candidate.name, "admitted"))
        elif decision is None:
            rows.append(Listed(key, candidate.name, "undecided"))
        else:
            because = (decision.reason, decision.clause)
            rows.append(Listed(key, candidate.name, "excluded", *because))
    return tuple(sorted(rows, key=lambda row: by_name(row.name, row.candidate)))
