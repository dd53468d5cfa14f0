"""How an enrolment begins: pre-enrolment, registration, recognition, admission."""

from __future__ import annotations

import numpy as np

from portaria.regulations.scae.generate.calendar import DAY, GAP, typed, working
from portaria.regulations.scae.generate.courses import BASIC, CONTINUING, EJA
from portaria.regulations.scae.generate.group import Group
from portaria.regulations.scae.generate.sources import Ints, between, chance
from portaria.regulations.scae.generate.world import CODE

PRE_CODES = {BASIC: ("PRE", "PREO"), EJA: ("PRE", "PREI"), CONTINUING: ("PREI", "PREI")}
AHEAD = {BASIC: 110, EJA: 40, CONTINUING: 25}
BEHIND = {BASIC: 110, EJA: 25, CONTINUING: 3}
"""Days before and after the first day of class on which people enrol, at most."""


def enrolment_days(branch: int, start: Ints, later_entry: float, rng: np.random.Generator) -> Ints:
    """The day of each enrolment: before the first day of class, or some time after it."""
    ahead = start - between(np.ones_like(start), np.full_like(start, AHEAD[branch]), rng)
    behind = start + between(np.ones_like(start), np.full_like(start, BEHIND[branch]), rng)
    return working(np.where(chance(later_entry, len(start), rng), behind, ahead))


def admit(group: Group) -> None:
    """Log the steps up to Matriculado (or to what it came to instead) of every enrolment."""
    early = group.of("cancelled_before")
    group.day[early] = np.minimum(group.day[early], group.start[early] - 3 * GAP)
    group.day = working(group.day)
    group.ready, group.last = group.day.copy(), group.day.copy()
    before = _pre_enrolled(group)
    who = np.setdiff1d(np.arange(len(group.rows)), group.of("unconfirmed"))
    code = np.full(len(group.rows), group.code("active"))
    second = np.zeros(len(code), np.bool_)
    ordinary = np.ones(len(code), np.bool_)
    for fate, instead in (("denied", "NEG"), ("dependency", "DEP")):
        code[group.of(fate)] = CODE[instead]
        ordinary[group.of(fate)] = False
    ordinary[early] = False
    if group.branch == EJA:
        code[group.recognised & ordinary] = CODE["70"]
        only = chance(group.habits["recognition_only"], len(code), group.rng)
        second = group.recognised & ordinary & ~only
    elif group.branch == CONTINUING:
        register = chance(group.habits["registered"], len(code), group.rng)
        register &= ordinary & (group.day < group.start - 3)
        code[register] = CODE["66"]
        second = register & ~chance(group.habits["registered_only"], len(code), group.rng)
    at = typed(group.day, group.rng)
    group.admitted_at = at
    group.log(who, at[who], code[who], before=before[who])
    _confirm(group, np.flatnonzero(second))


def _pre_enrolled(group: Group) -> Ints:
    """Log the pre-enrolments; returns the code of those that left no row of their own."""
    count, rng = len(group.rows), group.rng
    waits = np.isin(np.arange(count), group.of("unconfirmed"))
    pre = chance(group.habits["pre_enrolment"], count, rng) | waits
    pre[group.of("denied")] = True
    first, second = (CODE[name] for name in PRE_CODES[group.branch])
    code = np.where(chance(0.5, count, rng), first, second)
    hidden = chance(group.habits["pre_enrolment_unlogged"], count, rng) & pre & ~waits
    gap = between(np.full(count, GAP), np.full(count, 40), rng)
    day = np.where(waits, group.day, group.day - gap)
    logged = np.flatnonzero(pre & ~hidden)
    at = typed(day, rng)
    group.admitted_at = at  # stands for those who never come further
    group.log(logged, at[logged], code[logged])
    group.last = group.day.copy()
    return np.where(hidden, code, 0)


def _confirm(group: Group, who: Ints) -> None:
    """From Reconhecimento or Inscrito to Matriculado, days later."""
    day = group.day[who]
    if group.branch == EJA:
        later = between(day + 20, day + 60, group.rng)
    else:
        later = between(day + GAP, np.maximum(group.start[who], day + GAP), group.rng)
    at = typed(later, group.rng)
    group.log(who, at, group.code("active"))
    group.ready[who] = at // DAY
