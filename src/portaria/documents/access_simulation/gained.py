"""Who gains and who loses, in words: in all, by programme and by group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from portaria.core.messages import Message, declare, render
from portaria.documents.access_report.subsystems import SUBSYSTEMS
from portaria.documents.access_simulation.told import TOTALS, Section, Told
from portaria.documents.access_words import QUOTA_NAMES
from portaria.regulations.access.simulate.effects import Effects
from portaria.regulations.access.simulate.groups import GAINING, LOSING

GROUPS = {
    "subsystem": declare("simulate-group-subsystem", "By subsystem"),
    "district": declare("simulate-group-district", "By district of the programme"),
    "quota": declare("simulate-group-quota", "By quota"),
    "area": declare("simulate-group-area", "By area of the candidate"),
    "secondary_course": declare("simulate-group-secondary-course", "By secondary course"),
    "has_final_grade": declare("simulate-group-final-grade", "By final grade"),
}
FINAL_GRADE = {
    "true": declare("simulate-group-with-final-grade", "with a final grade"),
    "false": declare("simulate-group-without-final-grade", "without a final grade"),
}
UNKNOWN_GROUP = declare("simulate-group-unknown", "not known")

NOBODY = declare("simulate-nobody", "Nobody would fare differently.")
BETTER = declare(
    "simulate-better",
    "{count} candidate would be better off: a seat for {gained}, an earlier option for {earlier}.",
    "{count} candidates would be better off: a seat for {gained}, an earlier option for {earlier}.",
)
WORSE = declare(
    "simulate-worse",
    "{count} candidate would be worse off: without a seat {lost}, in a later option {later}.",
    "{count} candidates would be worse off: without a seat {lost}, in a later option {later}.",
)
OTHER_QUOTA = declare(
    "simulate-other-quota",
    "{count} candidate would get the same seat by another quota.",
    "{count} candidates would get the same seat by another quota.",
)
MOST_TOUCHED = declare("simulate-programmes", "The programmes with most comings and goings")


class Gained(Told):
    """The sections of the effects."""

    def effects(self, effects: Effects) -> Iterator[Section]:
        rows = [
            (self.figure(each.figure), self.number(each.before), self.number(each.after),
             self.signed(each.after - each.before))
            for each in effects.totals
        ]  # fmt: skip
        table = self.section(TOTALS, ("", "now", "changed", "difference"), rows, len(rows))
        yield replace(table, sentences=tuple(self.who(effects)))
        yield from self.programmes(effects.programmes)
        for kind, heading in GROUPS.items():
            yield from self.group(kind, heading, effects.groups)

    def who(self, effects: Effects) -> Iterator[str]:
        kinds = effects.kinds
        if not any(kinds.values()):
            yield self.say(NOBODY)
            return
        gained, earlier = (kinds[kind] for kind in GAINING)
        later, lost = (kinds[kind] for kind in LOSING)
        yield self.say(BETTER, count=effects.better, gained=gained, earlier=earlier)
        yield self.say(WORSE, count=effects.worse, lost=lost, later=later)
        if kinds["other_quota"]:
            yield self.say(OTHER_QUOTA, count=kinds["other_quota"])

    def programmes(self, table: pl.DataFrame) -> Iterator[Section]:
        moves = pl.col("entered") + pl.col("left")
        touched = table.filter(moves > 0).sort(moves, "programme", descending=[True, False])
        rows = [
            (self.named(row), self.ends(row, "placed"), self.ends(row, "last_grade"),
             self.number(row["entered"]), self.number(row["left"]))
            for row in touched.iter_rows(named=True)
        ]  # fmt: skip
        if rows:
            columns = ("programme", "placed", "last", "entered", "left")
            yield self.section(MOST_TOUCHED, columns, rows)

    def group(self, kind: str, heading: str, groups: pl.DataFrame) -> Iterator[Section]:
        better, worse = (pl.sum_horizontal(*kinds) for kinds in (GAINING, LOSING))
        found = (
            groups.filter(pl.col("kind") == kind)
            .with_columns(better=better, worse=worse)
            .filter(pl.col("better") + pl.col("worse") > 0)
            .sort(pl.col("better") + pl.col("worse"), "group", descending=[True, False])
        )
        rows = [
            (self.group_name(kind, row["group"]), self.number(row["better"]),
             self.number(row["worse"]), self.ends(row, "placed"))
            for row in found.iter_rows(named=True)
        ]  # fmt: skip
        if rows:
            yield self.section(heading, ("group", "better", "worse", "placed"), rows)

    def group_name(self, kind: str, group: str) -> str:
        names = {"subsystem": SUBSYSTEMS, "quota": QUOTA_NAMES, "has_final_grade": FINAL_GRADE}
        if not group:
            return self.say(UNKNOWN_GROUP)
        code = names.get(kind, {}).get(group)
        return render(Message(code), self.lang) if code else group
