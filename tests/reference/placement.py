"""Who is placed where (arts. 9/2, 36, 37): one default reading and three kept for audit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from .contest import ADDITIONAL, GENERAL, QUOTAS, STAGES
from .quotas import Market

Seats = dict[str, int]  # further seats of art. 9/2 by programme; a programme not named has none
Held = dict[str, tuple[str, str]]  # candidate to programme and quota
Choice = Callable[[str, set[str]], dict[str, str]]  # programme, applicants -> candidate to quota
Inner = Callable[[Market, Seats], Held]  # places with a given number of further seats


@dataclass
class Outcome:
    """`rounds`: the further seats each round placed with; `seat_too_many`: where more than the
    count were kept; `deadlocked`: only in the literal reading."""

    held: Held
    rounds: list[Seats]
    seat_too_many: list[str] = field(default_factory=list)
    deadlocked: list[str] = field(default_factory=list)


# --- the choice of one programme ---------------------------------------------------------------


def admit(market: Market, programme: str, quota: str, size: int, applicants: set[str]) -> set[str]:
    """Arts. 35, 37/5: the first `size` of those the quota hears, and all tied with the last."""
    priorities = {
        c: market.heard[programme][c][quota]
        for c in applicants
        if quota in market.heard[programme][c]
    }
    if size <= 0 or not priorities:
        return set()
    listed = sorted(priorities.values())
    last = listed[min(size, len(listed)) - 1]
    return {c for c in priorities if priorities[c] <= last}


def choose(market: Market, programme: str, applicants: set[str], further: int) -> dict[str, str]:
    """Art. 36/1 within one programme, then art. 9/2: candidate to quota.

    A stage takes at most its size and what is left of V; unused seats stay for the stages after
    it (10/6, 36/1/i). Those admitted by a tie beyond the size take nothing from later stages.
    """
    chosen: dict[str, str] = {}
    left = market.seats[programme]
    for quota in STAGES:
        size = left if quota == GENERAL else min(market.sizes[programme][quota], left)
        admitted = admit(market, programme, quota, size, applicants - set(chosen))
        left -= min(size, len(admitted))
        chosen.update(dict.fromkeys(admitted, quota))
    admitted = admit(market, programme, ADDITIONAL, further, applicants - set(chosen))
    chosen.update(dict.fromkeys(admitted, ADDITIONAL))
    return chosen


# --- the default: candidate-proposing deferred acceptance --------------------------------------


def cumulative_offers(lists: Mapping[str, list[str]], choice: Choice) -> Held:
    """Arts. 36/2, 37/1: whoever holds nothing applies to her next option; every programme chooses
    from scratch from all who ever applied to it; until nobody has anywhere else to apply."""
    applied: dict[str, set[str]] = {}
    made = dict.fromkeys(lists, 0)
    chosen: dict[str, dict[str, str]] = {}
    while True:
        held: Held = {}
        for programme in applied:
            for candidate, quota in chosen[programme].items():
                assert candidate not in held, f"{candidate} chosen twice: not substitutable"
                held[candidate] = (programme, quota)
        moving = [c for c in lists if c not in held and made[c] < len(lists[c])]
        if not moving:
            return held
        for candidate in moving:
            applied.setdefault(lists[candidate][made[candidate]], set()).add(candidate)
            made[candidate] += 1
        for programme in {lists[c][made[c] - 1] for c in moving}:
            chosen[programme] = choice(programme, applied[programme])


def candidate_optimal(market: Market, further: Seats) -> Held:
    """The default reading of arts. 36 and 37."""
    return cumulative_offers(
        market.lists, lambda p, applicants: choose(market, p, applicants, further.get(p, 0))
    )


# --- art. 37/3-4 read literally ----------------------------------------------------------------


def literal(market: Market, further: Seats) -> Held:
    """Art. 37/3-4: each list is cut after the best option with a place; stops when nothing moves.

    Those whose lists are then neither settled nor empty are deadlocked: they hold nothing.
    """
    return _literal(market, further)[0]


def literal_deadlocked(market: Market, further: Seats) -> list[str]:
    """Art. 37/2 never comes true for these candidates: neither placed nor not placed."""
    return _literal(market, further)[1]


def _literal(market: Market, further: Seats) -> tuple[Held, list[str]]:
    def choice(programme: str, applicants: set[str]) -> dict[str, str]:
        return choose(market, programme, applicants, further.get(programme, 0))

    lists = {c: list(options) for c, options in market.lists.items()}
    placed: dict[str, str] = {}
    while True:
        before = {c: list(options) for c, options in lists.items()}
        chosen = {p: choice(p, {c for c in lists if p in lists[c]}) for p in market.seats}
        for c, options in before.items():
            with_place = [p for p in options if c in chosen[p]]
            if with_place:  # 37/3/b; where it is the first preference, 37/3/a
                lists[c] = options[: options.index(with_place[0]) + 1]
                if len(lists[c]) == 1:
                    placed[c] = with_place[0]
        settled = {p: {c for c in placed if placed[c] == p} for p in market.seats}
        for c, options in list(lists.items()):
            # 37/4/a: the seats are gone when those settled there leave none to her
            lists[c] = [p for p in options if c in choice(p, settled[p] | {c})]
        if lists == before:
            break
    held = {c: (p, quota) for p in settled for c, quota in choice(p, settled[p]).items()}
    return held, sorted(c for c in lists if lists[c] and c not in held)


# --- the stages of art. 36/1 one after the other -----------------------------------------------


def stages_r1(market: Market, further: Seats) -> Held:
    """Art. 36/2: in redone stages a promoted candidate keeps the type of seat she won."""
    return _stages(market, further, keeps_type=True)


def stages_r2(market: Market, further: Seats) -> Held:
    """Art. 36/2: redone stages hear everyone again, at the programme she already won too."""
    return _stages(market, further, keeps_type=False)


def _stages(market: Market, further: Seats, *, keeps_type: bool) -> Held:
    """Art. 36/2: whoever, placed in one stage, obtains a better option in a later one no longer
    asks for anything below it, and the stages are gone through again."""
    lists = {c: list(options) for c, options in market.lists.items()}
    won: Held = {}
    while True:
        held, promoted = _stages_once(market, further, lists, won)
        if not promoted:
            return held
        for c, (programme, quota) in promoted.items():
            lists[c] = lists[c][: lists[c].index(programme) + 1]
            if keeps_type and quota != ADDITIONAL:  # 9/2 is no stage of 36/1
                won[c] = (programme, quota)


def _stages_once(
    market: Market, further: Seats, lists: dict[str, list[str]], won: Held
) -> tuple[Held, Held]:
    """Art. 36/1: the stages in turn over all programmes, until one promotes somebody.

    Returns who holds what, and the promotions that stopped it (none: it went to the end).
    """
    held: Held = {}
    left = dict(market.seats)
    for quota in QUOTAS:
        sizes = _stage_sizes(market, quota, left, further)
        wishes = {c: _wishes(market, lists[c], c, quota, held, won) for c in lists}
        gained = cumulative_offers(wishes, _stage_choice(market, quota, sizes))
        promoted = {c: gained[c] for c in gained if c in held}
        if promoted:
            return {}, promoted
        for programme in left:
            count = sum(1 for p, _ in gained.values() if p == programme)
            left[programme] -= min(sizes[programme], count)
        held |= gained
    return held, {}


def _stage_sizes(market: Market, quota: str, left: Seats, further: Seats) -> Seats:
    """Arts. 36/1, 9/2: what a stage may take in each programme; see `choose`."""
    if quota == GENERAL:
        return dict(left)
    if quota == ADDITIONAL:
        return {p: further.get(p, 0) for p in left}
    return {p: min(market.sizes[p][quota], left[p]) for p in left}


def _stage_choice(market: Market, quota: str, sizes: Seats) -> Choice:
    """Art. 37 within one stage: the choice of each programme for one quota alone."""
    return lambda programme, applicants: dict.fromkeys(
        admit(market, programme, quota, sizes[programme], applicants), quota
    )


def _wishes(
    market: Market, options: list[str], candidate: str, quota: str, held: Held, won: Held
) -> list[str]:
    """The options at which a stage hears a candidate: those better than what she holds and, under
    r1, in a stage before the one where she won her seat, those better than that seat."""
    if candidate in held:
        options = options[: options.index(held[candidate][0])]
    if candidate in won and QUOTAS.index(quota) < QUOTAS.index(won[candidate][1]):
        options = [p for p in options if p != won[candidate][0]]
    return [p for p in options if quota in market.heard[p][candidate]]


# --- art. 9/2: the outer fixed point -----------------------------------------------------------

READINGS: dict[str, Inner] = {
    "candidate-optimal": candidate_optimal,
    "literal": literal,
    "stages-r1": stages_r1,
    "stages-r2": stages_r2,
}


def count_without_final_grade(market: Market, held: Held) -> Seats:
    """Art. 9/2: those without final grade placed in each programme with every seat filled."""
    counts: Seats = {}
    for programme, seats in market.seats.items():
        here = {c: quota for c, (p, quota) in held.items() if p == programme}
        if sum(1 for quota in here.values() if quota != ADDITIONAL) >= seats:
            count = len(here.keys() & market.without_final_grade)
            if count > 0:
                counts[programme] = count
    return counts


def place_market(market: Market, reading: str = "candidate-optimal") -> Outcome:
    """Art. 9/2 around a reading of arts. 36 and 37: place, count, place with as many further
    seats as counted, until seats and counts agree.

    Once a vector of counts comes back without agreeing, each round goes on with the larger of
    seats and counts, programme by programme, until no count exceeds the seats.
    """
    if reading not in READINGS:
        raise ValueError(f"placement must be one of {sorted(READINGS)}, not {reading!r}")
    rounds: list[Seats] = [{}]
    counted: list[Seats] = []
    growing = False
    while True:
        further = rounds[-1]
        held = READINGS[reading](market, further)
        counts = count_without_final_grade(market, held)
        exceeded = [p for p in counts if counts[p] > further.get(p, 0)]
        if counts == further or (growing and not exceeded):
            break
        growing = growing or counts in counted
        counted.append(counts)
        if growing:
            either = further.keys() | counts.keys()
            counts = {p: max(further.get(p, 0), counts.get(p, 0)) for p in either}
        rounds.append(counts)
    too_many = sorted(p for p in further if further[p] > counts.get(p, 0))
    deadlocked = literal_deadlocked(market, further) if reading == "literal" else []
    return Outcome(held, rounds, too_many, deadlocked)
