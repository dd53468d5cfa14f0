"""The slow reference of the maximum prices of student services (Lei 71/2017): plain Python, exact,
written from the articles. Tests prove the engine with it; nothing else uses it.

`prices(on, charged_meal, charged_bed, extras=...)` answers one day; `ias_of(year)` is the dated
data behind it (ias.toml).
"""

from .ias import ias_of
from .prices import READINGS, prices

__all__ = ["READINGS", "ias_of", "prices"]
