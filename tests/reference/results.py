"""The result tables of the contract, without reason and clause."""

from .contest import ADDITIONAL, QUOTAS, STAGES, Candidate, Contest, Row
from .placement import Outcome
from .quotas import Assessments, Market


def placements(contest: Contest, market: Market, outcome: Outcome) -> list[Row]:
    """Art. 38/1: one row a candidate: placed, not placed or excluded."""
    rows: list[Row] = []
    for code, candidate in sorted(contest.candidates.items()):
        row: Row = {"candidate": code, "result": "not_placed"}
        row |= dict.fromkeys(("programme", "option", "quota", "grade"))
        if candidate.excluded is not None:
            row["result"] = "excluded"
        elif code in outcome.held:
            programme, quota = outcome.held[code]
            order = next(n for n, p in candidate.options.items() if p == programme)
            row |= {"result": "placed", "programme": programme, "option": order, "quota": quota}
            row["grade"] = market.scores[programme][code].grade
        rows.append(row)
    return rows


def options_outcome(
    contest: Contest, market: Market, assessments: Assessments, outcome: Outcome
) -> list[Row]:
    """Arts. 7, 21/6, 37: one row an option as written, with what became of it."""
    rows: list[Row] = []
    for code, candidate in sorted(contest.candidates.items()):
        for order, programme in sorted(candidate.options.items()):
            score = assessments[code, programme].score
            rows.append(
                {
                    "candidate": code,
                    "order": order,
                    "programme": programme,
                    "exam_set": score.exam_set if score else None,
                    "grade": score.grade if score else None,
                    "exam_part": score.exam_part if score else None,
                    "rank": market.ranks[programme].get(code),
                    "outcome": _option(candidate, order, market, outcome),
                }
            )
    return rows


def _option(candidate: Candidate, order: int, market: Market, outcome: Outcome) -> str:
    if candidate.options[order] not in market.lists.get(candidate.code, []):
        return "ineligible"
    if candidate.code not in outcome.held:
        return "outranked"
    held, _ = outcome.held[candidate.code]
    obtained = next(n for n, p in candidate.options.items() if p == held)
    if order == obtained:
        return "placed"
    return "outranked" if order < obtained else "better_placed"


def rankings(market: Market) -> list[Row]:
    """Art. 35: every valid option, by programme, rank and candidate."""
    rows: list[Row] = []
    for programme, ranks in sorted(market.ranks.items()):
        for rank, candidate in sorted((rank, c) for c, rank in ranks.items()):
            score = market.scores[programme][candidate]
            row: Row = {"programme": programme, "rank": rank, "candidate": candidate}
            row |= {"grade": score.grade, "exam_part": score.exam_part}
            rows.append(row | {"tie_1": score.tie_1, "tie_2": score.tie_2})
    return rows


def seats(market: Market, outcome: Outcome) -> list[Row]:
    """Arts. 9, 10, 37/5: nominal sizes, and what was filled, opened and left over."""
    rows: list[Row] = []
    for programme, v in sorted(market.seats.items()):
        quotas = [quota for p, quota in outcome.held.values() if p == programme]
        placed, additional = len(quotas), quotas.count(ADDITIONAL)
        row: Row = {"programme": programme, "seats": v}
        row |= {quota: market.sizes[programme][quota] for quota in STAGES}
        row |= {"placed": placed, "tie_extra": max(0, placed - additional - v)}
        rows.append(row | {"additional": additional, "leftover": max(0, v - placed + additional)})
    return rows


def last_placed(market: Market, outcome: Outcome) -> list[Row]:
    """Art. 40/3/b: the last placed of each quota of each programme, in the order of that quota
    (where art. 11/3 counts, the last of 11/2 stands after every one of 11/1)."""
    rows: list[Row] = []
    for programme in sorted(market.seats):
        for quota in QUOTAS:
            here = [c for c, place in outcome.held.items() if place == (programme, quota)]
            if here:
                last = max(here, key=lambda c: market.heard[programme][c][quota])
                score = market.scores[programme][last]
                row: Row = {"programme": programme, "quota": quota, "grade": score.grade}
                row |= {"exam_part": score.exam_part}
                rows.append(row | {"tie_1": score.tie_1, "tie_2": score.tie_2})
    return rows
