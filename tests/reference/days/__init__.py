"""The slow reference of working days (Code of Administrative Procedure, arts. 87 and 88): plain
Python, written from the articles. Tests prove the engine with it; nothing else uses it.

`add` gives the last day of a deadline, `before` the last day to act before an event, `between` the
working days of a span, `of_hours` the days of 24 or 48 hours, `holidays` those of a year.
"""

from .counting import READINGS, add, before, between, is_working
from .holidays import easter, holidays
from .lengths import extra_days_of, of_hours

__all__ = [
    "READINGS",
    "add",
    "before",
    "between",
    "easter",
    "extra_days_of",
    "holidays",
    "is_working",
    "of_hours",
]
