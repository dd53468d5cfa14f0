"""The slow reference of the hour credit of Centros Qualifica (Despacho 6261-B/2017): plain Python,
exact, written from the articles. Tests prove the engine with it; nothing else uses it.

`hours` answers one school; `figures` has the percentages behind it, `team` the people (arts. 2 to
4, 6 to 8), `references` what the text points at wrongly (references.toml).
"""

from .figures import measured_on, performance, points_above
from .hours import hours, new_until
from .readings import READINGS
from .references import reference
from .team import coordinator, distribution, excluded, orvc, recruit_from, role_of, staffing

__all__ = [
    "READINGS",
    "coordinator",
    "distribution",
    "excluded",
    "hours",
    "measured_on",
    "new_until",
    "orvc",
    "performance",
    "points_above",
    "recruit_from",
    "reference",
    "role_of",
    "staffing",
]
