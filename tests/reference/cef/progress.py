"""Articles 16 to 18: moments of assessment, retention, and the final exams."""

from collections.abc import Sequence


def retained(year: int, excluded_from: Sequence[str]) -> bool:
    """12/20, 17/1: in year 1 only by exclusion; after year 2 there is certification instead, and
    an exclusion retains there too."""
    return bool(excluded_from) and year in (1, 2)


def moments(year: int) -> list[str]:
    """16/1, 16/3: three a year; in year 2 the third closes the school part, and the final
    assessment follows the internship."""
    if year == 1:
        return ["period-1", "period-2", "period-3"]
    return ["period-1", "period-2", "end-of-school-part", "final"]


def final_assessment_open(internship_finished: bool, council_convened: bool) -> bool:
    """16/3."""
    return internship_finished and council_convened


def final_exams(next_path: str, year_9: bool = True) -> list[str]:
    """18/2-3: only on the way to scientific-humanistic courses."""
    return ["portuguese", "mathematics"] if next_path == "scientific" and year_9 else []
