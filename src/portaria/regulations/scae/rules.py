"""Every module that applies a rule, in the order of the rules; importing it registers them."""

from portaria.regulations.scae import (
    candidates,
    checks,
    dates,
    disciplines,
    eja,
    hours,
    load,
    parents,
    population,
    references,
    series,
    situations,
)
from portaria.regulations.scae.sets import disciplines as discipline_sets
from portaria.regulations.scae.sets import isolated as isolated_sets
from portaria.regulations.scae.sets import log, stays

PACKAGE = "portaria.regulations.scae"

__all__ = [
    "PACKAGE",
    "candidates",
    "checks",
    "dates",
    "discipline_sets",
    "disciplines",
    "eja",
    "hours",
    "isolated_sets",
    "load",
    "log",
    "parents",
    "population",
    "references",
    "series",
    "situations",
    "stays",
]
