"""The tables of disciplines: offered, attended, and the log of those attended."""

from __future__ import annotations

import numpy as np
import polars as pl

from portaria.regulations.scae.generate.calendar import DAY
from portaria.regulations.scae.generate.courses import BASIC, courses
from portaria.regulations.scae.generate.disciplines import Attendance, Offers
from portaria.regulations.scae.generate.faults import Faults
from portaria.regulations.scae.generate.keys import codes, dates, gather, moments
from portaria.regulations.scae.generate.log import Log
from portaria.regulations.scae.generate.names import Names
from portaria.regulations.scae.generate.sources import weighted
from portaria.regulations.scae.generate.world import NONE, World

TYPE_SHARES = {"P": 0.90, "S": 0.07, "D": 0.03}
FLEXIBLE_SHARES = {"P": 0.55, "S": 0.35, "D": 0.10}  # EJA and continuing education


def class_disciplines(world: World, names: Names, offered: Offers, faults: Faults) -> pl.DataFrame:
    """The table class_disciplines."""
    basic = world.classes["branch"][offered.class_] == BASIC
    count = len(offered.class_)
    strict, flexible = (
        weighted(shares.values(), count, world.rng) for shares in (TYPE_SHARES, FLEXIBLE_SHARES)
    )
    kind = np.where(basic, strict, flexible)
    kind[faults.no_type] = NONE
    code = pl.Series(np.where(offered.coded, 40_000 + offered.line, NONE))
    return pl.DataFrame(
        {
            "class_discipline": names.offer,
            "class": gather(names.class_, offered.class_),
            "discipline": gather(pl.Series(courses().name), offered.line),
            "scae_code": code.cast(pl.String).set(code == NONE, None),
            "type": gather(pl.Series([*TYPE_SHARES]), kind),
        }
    )


def attendance_rows(
    world: World, names: Names, offered: Offers, attended: Attendance, until: int
) -> pl.DataFrame:
    """The discipline enrolments of period enrolments, those that there were by then."""
    stays = world.stays
    there = np.flatnonzero((stays["at"] < until)[attended.stay])
    stay = attended.stay[there]
    enrolment = stays["enrolment"][stay]
    last = attended.log.last(attended.log.to, len(attended.stay))[there]
    changed = attended.log.last(attended.log.at // DAY, len(attended.stay))[there]
    return pl.DataFrame(
        {
            "discipline_enrolment": gather(names.attended, there),
            "enrolment": gather(names.enrolment, enrolment),
            "student": gather(names.student, world.enrolments["student"][enrolment]),
            "class_discipline": gather(names.offer, attended.offer[there]),
            "situation": codes(np.where(last == NONE, attended.initial[there], last)),
            "isolated": np.zeros(len(there), np.bool_),
            "enrolled_on": dates(stays["day"][stay]),
            "changed_on": dates(changed),
        }
    )


def isolated_rows(
    world: World, names: Names, offered: Offers, log: Log, until: int
) -> pl.DataFrame:
    """The isolated enrolments that there were by then; they belong to no other enrolment."""
    rows = world.isolated
    known = np.flatnonzero(rows["at"] < until)
    changed = np.where(rows["changed"] < until // DAY, rows["changed"], NONE)
    return pl.DataFrame(
        {
            "discipline_enrolment": gather(names.isolated, known),
            "enrolment": pl.Series([None], dtype=pl.String).new_from_index(0, len(known)),
            "student": gather(names.student, rows["student"][known]),
            "class_discipline": gather(names.offer, offered.first[rows["class_"][known]]),
            "situation": codes(log.last(log.to, len(rows))[known]),
            "isolated": np.ones(len(known), np.bool_),
            "enrolled_on": dates(rows["enrolled"][known]),
            "changed_on": dates(changed[known]),
        }
    )


def movement_rows(names: Names, log: Log, alone: Log) -> pl.DataFrame:
    """The table discipline_movements: the ordinary ones, then the isolated ones."""
    return pl.concat(
        pl.DataFrame(
            {
                "discipline_enrolment": gather(owners, part.owner),
                "seq": part.seq,
                "at": moments(part.at),
                "from": codes(part.from_),
                "to": codes(part.to),
            }
        )
        for owners, part in ((names.attended, log), (names.isolated, alone))
    )
