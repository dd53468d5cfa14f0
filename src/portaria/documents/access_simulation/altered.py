"""What a change alters, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from portaria.core.messages import Message, declare
from portaria.core.rounding import without_zeros
from portaria.documents.access_simulation.told import FIGURES, Section, Told
from portaria.documents.access_words import QUOTA_NAMES, reading_name
from portaria.regulations.access.simulate.simulation import Simulation

COLUMNS = {
    "seats": FIGURES["seats"],
    "w_secondary": declare("simulate-moved-w-secondary", "weight of the secondary grade"),
    "min_exam": declare("simulate-moved-min-exam", "minimum of an exam"),
    "min_grade": declare("simulate-moved-min-grade", "minimum application grade"),
    "regional_share": declare("simulate-moved-regional-share", "share of the regional preference"),
    "vocational_share": declare(
        "simulate-moved-vocational-share", "share of the vocational preference"
    ),
}
EXAM_WEIGHT = declare("simulate-moved-exam-weight", "weight of exam {exam} in set {set}")
CHANGE = declare("simulate-change", "The change")
READING = declare("simulate-reading", "Reading: {reading}.")
QUOTA = declare(
    "simulate-quota", "{quota}: {before} now, {after} with the change (percent of the seats)."
)
NOTHING = declare("simulate-nothing", "The change alters nothing in the contest.")


class Altered(Told):
    """The section of the change."""

    def altered(self, simulation: Simulation) -> Iterator[Section]:
        names = tuple(
            f"{each.file}: {each.title}" if each.title else each.file for each in simulation.changes
        )
        readings = tuple(
            self.say(READING, reading=reading_name(name, choice))
            for name, choice in simulation.readings_after.items()
            if choice != simulation.contest.readings[name]
        )
        quotas = tuple(
            self.say(
                QUOTA,
                quota=Message(QUOTA_NAMES[name.removeprefix("quota_")]),
                before=without_zeros(before),
                after=without_zeros(after),
            )
            for name, (before, after) in simulation.quotas.items()
        )
        rows = [
            (each.programme, self.moved(each.column, each.number), *map(self.value, ends))
            for each in simulation.moved
            for ends in [(each.before, each.after)]
        ]
        nothing = () if rows or readings or quotas else (self.say(NOTHING),)
        columns = ("programme", "what", "now", "changed") if rows else ()
        table = self.section(CHANGE, columns, rows)
        yield replace(table, sentences=(*names, *readings, *quotas, *nothing))

    def moved(self, column: str, number: int | None) -> str:
        if number is not None:
            return self.say(EXAM_WEIGHT, exam=column, set=str(number))
        return self.say(COLUMNS[column])
