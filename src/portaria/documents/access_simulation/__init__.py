"""A simulation in words: sections with sentences and a table each, for a terminal to show."""

from __future__ import annotations

from portaria.documents.access_simulation.altered import Altered
from portaria.documents.access_simulation.gained import Gained
from portaria.documents.access_simulation.told import Section
from portaria.documents.access_simulation.varied import Varied
from portaria.regulations.access.simulate.simulation import Simulation

__all__ = ["Section", "sections"]


def sections(simulation: Simulation, lang: str) -> list[Section]:
    """The simulation from its change to its replications, in `lang`."""
    found = [*Altered(lang).altered(simulation)] if simulation.changes else []
    if simulation.effects:
        found += Gained(lang).effects(simulation.effects)
    if simulation.replicated:
        found += Varied(lang).replicated(simulation.replicated, simulation)
    return found
