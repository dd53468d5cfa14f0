"""National holidays of Portugal: fixed days, and four that hang on Easter."""

from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 2008, 2027
"""The years whose holidays were checked one by one; any other is refused."""

SUSPENDED_YEARS = range(2013, 2016)
SUSPENDED = ("corpus_christi", "republic", "all_saints", "restoration")

FIXED = {
    "new_year": (1, 1),
    "freedom": (4, 25),
    "labour": (5, 1),
    "portugal": (6, 10),
    "assumption": (8, 15),
    "republic": (10, 5),
    "all_saints": (11, 1),
    "restoration": (12, 1),
    "immaculate": (12, 8),
    "christmas": (12, 25),
}
AFTER_EASTER = {"good_friday": -2, "easter": 0, "corpus_christi": 60}


def easter(year: int) -> date:
    """Easter Sunday by Meeus (Astronomical Algorithms), for any Gregorian year."""
    a = year % 19
    b, c = divmod(year, 100)
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = h + m - 7 * ((a + 11 * h + 22 * m) // 451) + 114
    return date(year, n // 31, n % 31 + 1)


def holidays(year: int) -> dict[str, date]:
    """The holidays of a year by name. Carnival, 24, 26 and 31 December are none: they are
    closures where the service gives them. ValueError for a year that was not checked."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"holidays are known from {FIRST_YEAR} to {LAST_YEAR}, not in {year}")
    found = {name: date(year, month, day) for name, (month, day) in FIXED.items()}
    sunday = easter(year)
    found |= {name: sunday + timedelta(days=n) for name, n in AFTER_EASTER.items()}
    if year in SUSPENDED_YEARS:
        found = {name: day for name, day in found.items() if name not in SUSPENDED}
    return found
