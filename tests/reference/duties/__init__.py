"""The slow reference of an employer's duties against harassment (Lei 73/2017): plain Python,
written from the articles. Tests prove the engine with it; nothing else uses it.

`harassment` answers one employer; `presumed_abusive`, `protected`, `just_cause`, `reparation` and
`breach` one question each; `in_force_from` counts art. 7; `cited`, `rectified` and `renumbered`
are the text as amended and corrected (corrections.toml).
"""

from .corrections import cited, rectified, renumbered
from .harassment import harassment
from .people import breach, just_cause, presumed_abusive, protected, publicity_waivable, reparation
from .readings import READINGS
from .time import a_year_after, in_force_from, regulation_due

__all__ = [
    "READINGS",
    "a_year_after",
    "breach",
    "cited",
    "harassment",
    "in_force_from",
    "just_cause",
    "presumed_abusive",
    "protected",
    "publicity_waivable",
    "rectified",
    "regulation_due",
    "renumbered",
    "reparation",
]
