"""Sizes of the quotas and who is heard in each (arts. 10 to 19)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from .contest import ADDITIONAL, GENERAL, SPECIAL, Candidate, Contest, Programme
from .grades import Assessment, Score, assess, ranking

ISLANDS = ("azores", "madeira")
Assessments = dict[tuple[str, str], Assessment]
# (art. 11 paragraph where it counts, else 0; rank in the list of art. 35): smaller goes first.
Priority = tuple[int, int]


@dataclass(frozen=True)
class Market:
    """What the placement needs, and nothing else.

    `lists`: candidate to her valid options, best first. `heard`: programme to candidate to quota
    to priority; a quota that is absent does not hear her. `scores` holds the valid options.
    """

    seats: dict[str, int]
    sizes: dict[str, dict[str, int]]
    lists: dict[str, list[str]]
    heard: dict[str, dict[str, dict[str, Priority]]]
    scores: dict[str, dict[str, Score]]
    ranks: dict[str, dict[str, int]]
    without_final_grade: set[str]


def half_up(exact: Fraction) -> int:
    """Art. 10/3/a: up from one half."""
    return floor(exact + Fraction(1, 2))


def special_size(exact: Fraction) -> int:
    """Art. 10/3: rounded half up, at least one."""
    return max(1, half_up(exact))


def quota_sizes(programme: Programme, rounding: str = "floor") -> dict[str, int]:
    """Arts. 10, 16 to 19: the nominal size of every quota, even if they total more than V.

    `rounding` is that of the preferences, which the text leaves open: floor or half_up.
    """
    roundings: dict[str, Callable[[Fraction], int]] = {"floor": floor, "half_up": half_up}
    if rounding not in roundings:
        raise ValueError(f"preference_rounding must be floor or half_up, not {rounding!r}")
    v, preference = programme.seats, roundings[rounding]
    sizes = {
        "disability": special_size(max(v * Fraction(2, 100), Fraction(2))),  # 10/2/e
        "emigrant": special_size(v * Fraction(7, 100)),  # 10/2/c
        "military": special_size(v * Fraction(25, 1000)),  # 10/2/d
        "regional": preference(v * programme.regional_share / 100),  # 18
        "vocational": preference(v * programme.vocational_share / 100),  # 19
    }
    for island in ISLANDS:
        own = programme.island_university == island
        # 10/2/a-b: no island quota at the island's own university; 16, 17: half of it instead.
        sizes[island] = 0 if own else special_size(v * Fraction(35, 1000))
        sizes[f"{island}_preference"] = preference(v * Fraction(1, 2)) if own else 0
    sizes[GENERAL] = max(0, v - sum(sizes[quota] for quota in SPECIAL))  # 10/6
    return sizes


def island_preference_heard(
    contest: Contest, candidate: Candidate, programme: Programme, before: list[str], island: str
) -> bool:
    """Arts. 16, 17: at the island's university, when only its programmes stand before."""
    return (
        candidate.island[island] is not None
        and programme.island_university == island
        and all(contest.programmes[p].island_university == island for p in before)
    )


def island_quota_heard(
    contest: Contest,
    assessments: Assessments,
    candidate: Candidate,
    programme: Programme,
    before: list[str],
    island: str,
) -> bool:
    """Art. 11/4-7: elsewhere, when every congener at the island's university that she reaches
    (exams, their minima and the minimum grade; the prerequisite is not asked) stands before."""
    if candidate.island[island] is None or programme.island_university == island:
        return False
    demanded = [
        congener
        for congener in programme.congeners
        if contest.programmes[congener].island_university == island
        and assessments[candidate.code, congener].reaches_grade
    ]
    return all(congener in before for congener in demanded)


def in_area(candidate: Candidate, programme: Programme) -> bool:
    """Art. 18/1-7: a programme with a regional share, whose area covers both school years or is
    the one recognised; an empty year 11 is the same as year 12."""
    if programme.regional_share <= 0:
        return False
    schools = {candidate.area, candidate.area_year11 or candidate.area}
    return schools <= programme.areas or candidate.area_recognised in programme.areas


def quotas_hearing(
    contest: Contest,
    assessments: Assessments,
    candidate: Candidate,
    programme: Programme,
    before: list[str],
) -> set[str]:
    """Arts. 11 to 19: the quotas that hear one valid option. `before`: what stands before it in
    the form, under the reading of form_order."""
    heard = {GENERAL}
    if candidate.has_final_grade:
        heard.add(ADDITIONAL)  # 9/2
    heard |= {q for q in ("disability", "emigrant", "military") if getattr(candidate, q)}
    for island in ISLANDS:
        if island_preference_heard(contest, candidate, programme, before, island):
            heard.add(f"{island}_preference")
        if island_quota_heard(contest, assessments, candidate, programme, before, island):
            heard.add(island)
    written = [contest.programmes[p] for p in before] + [programme]
    if candidate.claims_regional and all(in_area(candidate, p) for p in written):
        heard.add("regional")  # 18/5
    named = candidate.secondary_course in programme.vocational_courses
    if named and programme.vocational_share > 0:
        heard.add("vocational")  # 19/1-2
    return heard


def priority(candidate: Candidate, quota: str, rank: int) -> Priority:
    """Art. 11/3: within an island quota or preference 11/1 goes before 11/2; else only rank."""
    for island in ISLANDS:
        if quota in (island, f"{island}_preference"):
            return (1 if candidate.island[island] == "art11.1" else 2, rank)
    return (0, rank)


def assess_all(contest: Contest) -> Assessments:
    """Art. 7/1 for every option written and every congener of one (art. 11/4-7)."""
    return {
        (c.code, p): assess(c, contest.programmes[p])
        for c in contest.candidates.values()
        for written in c.form
        for p in [written, *contest.programmes[written].congeners]
    }


def build_market(contest: Contest, assessments: Assessments, policy: Mapping[str, str]) -> Market:
    """Arts. 10 to 19 and 35 together; excluded candidates take no part."""
    rounding = policy.get("preference_rounding", "floor")
    taking_part = {c.code: c for c in contest.candidates.values() if c.excluded is None}
    lists = {
        c: [p for p in candidate.form if assessments[c, p].valid]
        for c, candidate in taking_part.items()
    }
    scores: dict[str, dict[str, Score]] = {p: {} for p in contest.programmes}
    for c, options in lists.items():
        for p in options:
            score = assessments[c, p].score
            assert score is not None  # a valid option has one
            scores[p][c] = score
    ranks = {p: ranking(scores[p]) for p in scores}
    return Market(
        seats={p.code: p.seats for p in contest.programmes.values()},
        sizes={p.code: quota_sizes(p, rounding) for p in contest.programmes.values()},
        lists=lists,
        heard=_hearings(contest, assessments, policy, lists, ranks),
        scores=scores,
        ranks=ranks,
        without_final_grade={c for c, cand in taking_part.items() if not cand.has_final_grade},
    )


def _hearings(
    contest: Contest,
    assessments: Assessments,
    policy: Mapping[str, str],
    lists: dict[str, list[str]],
    ranks: dict[str, dict[str, int]],
) -> dict[str, dict[str, dict[str, Priority]]]:
    """Arts. 11 to 19. An invalid option counts as not written (21/6), but under
    form_order = as_written it keeps its place in the form."""
    form_order = policy.get("form_order", "as_written")
    if form_order not in ("as_written", "valid_only"):
        raise ValueError(f"form_order must be as_written or valid_only, not {form_order!r}")
    heard: dict[str, dict[str, dict[str, Priority]]] = {p: {} for p in contest.programmes}
    for c, options in lists.items():
        candidate = contest.candidates[c]
        form = candidate.form if form_order == "as_written" else options
        for p in options:
            before = form[: form.index(p)]
            programme = contest.programmes[p]
            quotas = quotas_hearing(contest, assessments, candidate, programme, before)
            heard[p][c] = {q: priority(candidate, q, ranks[p][c]) for q in quotas}
    return heard
