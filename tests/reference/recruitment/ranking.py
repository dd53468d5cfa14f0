"""The evaluation: weighted scores, minima, ranks, and who gets a post."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from .model import Criterion, Procedure
from .texts import order

Row = dict[str, Any]
Scores = Mapping[tuple[str, str], Fraction]


def ranking(
    procedure: Procedure, admitted: list[str], scores: Scores, readings: Mapping[str, str]
) -> list[Row]:
    """One row for each admitted candidate: the ranked by rank and name, then the excluded, then
    those without a whole evaluation. `score` is what ranks, `exact` the weighted score."""
    rows = [_assessed(procedure, who, scores, readings) for who in admitted]
    ranked = [row for row in rows if row["result"] == "ranked"]
    for row in ranked:
        above = [other for other in ranked if _key(other) > _key(row)]
        tied = [other for other in ranked if _key(other) == _key(row)]
        row["rank"] = len(above) + 1
        row["selected"] = _selected(len(above), len(tied), procedure.notice.posts)
    places = {"ranked": 0, "excluded": 1, "unevaluated": 2}
    rows.sort(key=lambda r: (places[r["result"]], r["rank"] or 0, order(r["name"], r["candidate"])))
    return [{name: row[name] for name in row if name != "key"} for row in rows]


def _key(row: Row) -> tuple[Fraction, ...]:
    key: tuple[Fraction, ...] = row["key"]
    return key


def _selected(above: int, tied: int, posts: int) -> bool | None:
    """None: the tied are more than the posts left, so none of them can be told apart."""
    if above + tied <= posts:
        return True
    return None if above < posts else False


def _assessed(procedure: Procedure, who: str, scores: Scores, readings: Mapping[str, str]) -> Row:
    own = {name: scores.get((who, name)) for name in procedure.criteria}
    row: Row = {"candidate": who, "name": procedure.candidates[who].name, "result": "ranked"}
    row |= {"exact": None, "score": None, "rank": None, "selected": False}
    row |= {"reason_code": None, "clause": None, "key": ()}
    failed = [c for c in procedure.criteria.values() if _below(c, own[c.criterion])]
    if failed:
        why = {"reason_code": f"below-minimum:{failed[0].criterion}", "clause": failed[0].clause}
        return row | {"result": "excluded", **why}
    if not own or None in own.values():
        return row | {"result": "unevaluated"}
    exact = weighted(procedure, own)
    score = exact if readings["final_score"] == "exact" else hundredths(exact)
    key = [score]
    if readings["ties"] == "heaviest_first":
        key += [own[c.criterion] or Fraction(0) for c in heaviest_first(procedure)]
    return row | {"exact": exact, "score": score, "key": tuple(key)}


def _below(criterion: Criterion, score: Fraction | None) -> bool:
    if score is None or criterion.minimum is None:
        return False
    return score < criterion.minimum


def weighted(procedure: Procedure, own: Mapping[str, Fraction | None]) -> Fraction:
    """The sum of score times weight; the weights are percents."""
    parts = [c.weight * (own[c.criterion] or 0) for c in procedure.criteria.values()]
    return sum(parts, Fraction(0)) / 100


def heaviest_first(procedure: Procedure) -> list[Criterion]:
    """Criteria by weight, the heaviest first; equal ones by their name."""
    return sorted(procedure.criteria.values(), key=lambda c: (-c.weight, c.criterion))


def hundredths(exact: Fraction) -> Fraction:
    """To the nearest hundredth, a half upwards."""
    return Fraction((exact * 100 + Fraction(1, 2)).__floor__(), 100)
