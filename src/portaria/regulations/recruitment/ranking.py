"""The list of the evaluation: weighted scores, minima, ranks, and who gets a post."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby

from portaria.core.names import by_name
from portaria.core.rounding import Rounding, round_to
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.recruitment.model import Criterion, Procedure

RANKED, EXCLUDED, UNEVALUATED = RESULTS = ("ranked", "excluded", "unevaluated")
HUNDREDTH = Fraction(1, 100)
BELOW_MINIMUM = "below-minimum"


@dataclass(frozen=True)
class Ranked:
    """One admitted candidate. `score` ranks, `exact` is the weighted score before any rounding;
    `selected` is None where more are tied than posts are left. `failed`: the criterion below whose
    minimum an excluded candidate stays."""

    candidate: str
    name: str
    result: str
    exact: Fraction | None = None
    score: Fraction | None = None
    rank: int | None = None
    selected: bool | None = False
    failed: str | None = None
    clause: str | None = None
    grades: tuple[Fraction, ...] = ()

    @property
    def reason_code(self) -> str | None:
        """Why the candidate is out, for programs: `below-minimum:CRITERION`."""
        return None if self.failed is None else f"{BELOW_MINIMUM}:{self.failed}"


Scores = Mapping[tuple[str, str], Fraction]


@rule("ranking")
def ranking(
    procedure: Procedure, admitted: Iterable[str], scores: Scores, rules: RuleSet
) -> tuple[Ranked, ...]:
    """One row for each of the admitted: the ranked by rank, then who is excluded, then who is not
    evaluated in everything; each by name."""
    heaviest = sorted(procedure.criteria.values(), key=lambda each: (-each.weight, each.criterion))
    rows = [_assessed(procedure, key, heaviest, scores, rules) for key in admitted]
    rows.sort(key=lambda row: by_name(row.name, row.candidate))
    ranked = _with_ranks([row for row in rows if row.result == RANKED], procedure, rules)
    others = [row for result in RESULTS[1:] for row in rows if row.result == result]
    return (*ranked, *others)


@rule("weighted-score")
def weighted_score(grades: Mapping[str, Fraction], criteria: Iterable[Criterion]) -> Fraction:
    """The sum of grade times weight, exact; weights are percents of one whole."""
    return sum((each.weight * grades[each.criterion] for each in criteria), Fraction(0)) / 100


@rule("posts")
def selected(above: int, tied: int, posts: int) -> bool | None:
    """Whether `tied` candidates, with `above` before them, get a post: None where only some of
    them can, which people decide."""
    if above + tied <= posts:
        return True
    return None if above < posts else False


def _assessed(
    procedure: Procedure, key: str, heaviest: list[Criterion], scores: Scores, rules: RuleSet
) -> Ranked:
    """A row without its rank. Who is below a minimum needs no further method."""
    row = Ranked(key, procedure.candidates[key].name, UNEVALUATED)
    grades = {name: scores[key, name] for name in procedure.criteria if (key, name) in scores}
    for name in sorted(grades):
        criterion = procedure.criteria[name]
        if criterion.minimum is not None and grades[name] < criterion.minimum:
            return replace(row, result=EXCLUDED, failed=name, clause=criterion.clause)
    if not grades or len(grades) < len(procedure.criteria):
        return row
    exact = score = weighted_score(grades, procedure.criteria.values())
    if rules.takes("final_score", "hundredths"):
        score = round_to(exact, HUNDREDTH, Rounding.HALF_UP)
    by_weight = tuple(grades[each.criterion] for each in heaviest)
    return replace(row, result=RANKED, exact=exact, score=score, grades=by_weight)


def _with_ranks(rows: list[Ranked], procedure: Procedure, rules: RuleSet) -> Iterator[Ranked]:
    """1, 1, 3: the tied share the rank of the first of them, in the order of their names."""
    heavier = rules.takes("ties", "heaviest_first")

    def place(row: Ranked) -> tuple[Fraction, ...]:
        assert row.score is not None, "only who has a score is ranked"
        return (-row.score, *(-grade for grade in row.grades if heavier))

    above = 0
    for _, group in groupby(sorted(rows, key=place), key=place):
        tied = [*group]
        post = selected(above, len(tied), procedure.notice.posts)
        yield from (replace(row, rank=above + 1, selected=post) for row in tied)
        above += len(tied)
