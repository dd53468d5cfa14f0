"""Hora-aluno: minutes summed exactly and rounded once a student (R46-R49)."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from .isolated import discipline_log
from .model import Row
from .population import class_of
from .run import Candidate, Run
from .situation import initial, standing

NONE = Decimal("0.00")


class Hours(NamedTuple):
    """`hours`: None where the indicator is not exported; `partial`: a discipline was dropped."""

    hours: Decimal | None
    partial: bool


def student_hours(run: Run, cand: Candidate, entry: date, leaving: date | None) -> Hours:
    """R46: the lessons of the month of the disciplines in which the student is enrolled.

    R47: the month of the exit counts, a suspended student has none. R39: none between two
    classes. R48: a discipline without type is left out. R49: nothing planned is no zero.
    """
    if run.reading("hours_source") == "none":
        return Hours(None, False)
    if cand.group == "SUSPENDED" or cand.gap:
        return Hours(NONE, False)
    rows = discipline_rows(run, cand)
    if not rows:
        run.find("E-HA-NODATA", cand, "discipline_enrolments")
        return Hours(None, False)
    offers = [offer_of(run, row) for row in rows if enrolled_in(run, row)]
    typed = [o for o in offers if o["type"] in ("P", "S", "D")]
    for offer in offers:
        if offer not in typed:
            run.find("E-HA-NOTYPE", cand, "class_disciplines", "type", offer["discipline"])
    partial = len(typed) < len(offers)
    unheard = any(unknown(run, row) for row in rows)
    planned = not typed or any(run.source.lessons.get(o["class_discipline"]) for o in typed)
    if unheard and planned:  # unknown is not zero
        run.find("E-HA-NODATA", cand, "discipline_movements")
        return Hours(None, partial)
    if partial and (not typed or run.reading("hours_notype") == "student"):
        zero = not typed and run.reading("hours_all_dropped") == "zero"
        return Hours(NONE if zero else None, True)
    lessons = [run.source.lessons.get(o["class_discipline"], []) for o in typed]
    if typed and not any(lessons):
        run.find("E-HA-NODATA", cand, "lessons")
        return Hours(None, partial)
    minutes = sum(counted(run, lesson, entry, leaving) for plan in lessons for lesson in plan)
    unit = 60 if run.reading("hours_unit") == "clock" else 50
    return Hours(rounded(Fraction(minutes, unit)), partial)


def unknown(run: Run, row: Row) -> bool:
    """Closed today, without a log, with lessons in the month: nobody knows when it was closed."""
    never = run.config.hidden | {run.config.codes["cancelled"], "", "14", "72"}
    offer = offer_of(run, row)
    lessons = run.source.lessons.get(offer["class_discipline"], [])
    minutes = sum(lesson["minutes"] for lesson in lessons if run.in_month(lesson["date"]))
    logged = bool(discipline_log(run, row["discipline_enrolment"]))
    there = offer["type"] in ("P", "S", "D") and minutes > 0 and row["situation"] not in never
    return there and not logged and not enrolled_in(run, row)


def counted(run: Run, lesson: Row, entry: date, leaving: date | None) -> int:
    if not run.in_month(lesson["date"]):
        return 0
    if run.reading("hours_prorata") == "clip":
        late = leaving is not None and lesson["date"] > leaving
        if lesson["date"] < entry or late:
            return 0
    return int(lesson["minutes"])


def rounded(hours: Fraction) -> Decimal:
    """To hundredths, half up; minutes over 50 or 60 never meet a half."""
    hundredths = (hours * 100 + Fraction(1, 2)).__floor__()
    return Decimal(hundredths).scaleb(-2)


def offer_of(run: Run, row: Row) -> Row:
    name = row["class_discipline"]
    blank = {"class_discipline": name, "class": "", "discipline": name, "scae_code": "", "type": ""}
    return run.source.class_disciplines.get(name, blank)


def discipline_rows(run: Run, cand: Candidate) -> list[Row]:
    """The disciplines of the record. Where an enrolment changed class (R12), those of an earlier
    class go to the record of that class, and all others to the record of the class it is in."""
    if cand.kind == "I":
        return [cand.row]
    names = {row["enrolment"] for row in cand.members}
    rows = [
        row
        for row in run.source.discipline_enrolments.values()
        if row["enrolment"] in names
        and not row["isolated"]
        and (row["enrolled_on"] is None or run.known(row["enrolled_on"]))
    ]
    if cand.superseded:
        return [r for r in rows if offer_of(run, r)["class"] == cand.klass["class"]]
    return [r for r in rows if offer_of(run, r)["class"] not in cand.earlier_classes]


def enrolled_in(run: Run, row: Row) -> bool:
    """R46: Matriculado in the discipline on some day of the month, or on its last day."""
    # The code of a discipline is one of the level of the class that offers it.
    wanted, level = {"2"}, class_of(run, offer_of(run, row)["class"])["level"]
    if level == "continuing" and run.reading("hours_situations") == "active":
        wanted = {"39", "66"}
    log = discipline_log(run, row["discipline_enrolment"])
    start = initial(row, log, 0)

    def before(event: Row) -> bool:
        return run.known(event["at"]) and not run.in_month(event["at"])

    seen = [standing(log, start, {}, lambda e: run.known(e["at"]), bool(log)).code]
    if run.reading("hours_discipline") == "any_day":
        seen.append(standing(log, start, {}, before, bool(log)).code)
        seen += [event["to"] for event in log if run.in_month(event["at"])]
    return any(code in wanted for code in seen)
