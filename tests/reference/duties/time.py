"""Days and years of Lei 73/2017: calendar time, not working days."""

from calendar import monthrange
from datetime import date

PUBLISHED = date(2017, 8, 16)


def in_force_from(published: date) -> date:
    """Art. 7: the first day of the second month after that of publication."""
    year, month = divmod(published.year * 12 + published.month + 1, 12)
    return date(year, month + 1, 1)


FIRST_DAY = in_force_from(PUBLISHED)


def regulation_due(published: date) -> date:
    """Art. 6: one month after publication, to the day or the last one of a shorter month."""
    year, month = divmod(published.year * 12 + published.month, 12)
    return date(year, month + 1, min(published.day, monthrange(year, month + 1)[1]))


def a_year_after(day: date) -> date:
    """The same day of the next year; 28 February for 29 February (Civil Code 279/c)."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28)
