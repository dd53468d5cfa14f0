"""Disciplines and competences of Nova EJA and EJA Profissionalizante (R36, R41-R45)."""

from .hours import discipline_rows, offer_of
from .isolated import discipline_log
from .model import Row
from .run import Candidate, Run
from .situation import DISCIPLINE, DISCIPLINE_MODALITIES, Standing, initial, standing

CERTIFIED, DISMISSED = 26, 27
REACHED = ("9", "72")


def load_disciplines(run: Run, cand: Candidate, mobility: bool) -> list[Row]:
    """R41: modalities 8 and 7 only. R42: all in the month in which the enrolment moved, else
    those that reached Aprovado or Competencia Certificada in it."""
    if not cand.eja or cand.klass["modality"] not in DISCIPLINE_MODALITIES:
        return []
    last = cand.standing.last
    if run.reading("disciplines_moved") == "any_movement":
        mobility = mobility or (last is not None and run.in_month(last["at"]))
    latest: dict[str, Row] = {}
    for row in sorted(discipline_rows(run, cand), key=age):
        stands = standing_of(run, row)
        if mobility or reached(run, stands):
            line = discipline_line(run, cand, row, stands.code)
            if line:
                latest[line["scae_discipline"]] = line
    return [latest[name] for name in sorted(latest)]


def age(row: Row) -> tuple[str, str]:
    """A discipline taken twice is sent once, as the later enrolment has it."""
    return (str(row["enrolled_on"] or ""), row["discipline_enrolment"])


def standing_of(run: Run, row: Row) -> Standing:
    log = discipline_log(run, row["discipline_enrolment"])
    return standing(log, initial(row, log, 0), {}, lambda e: run.known(e["at"]), bool(log))


def reached(run: Run, stands: Standing) -> bool:
    last = stands.last
    return stands.code in REACHED and last is not None and run.in_month(last["at"])


def discipline_line(run: Run, cand: Candidate, row: Row, code: str) -> Row | None:
    """R44: only with the SCAE code of the matrix; R36, R38: only with a situation of SCAE."""
    out = run.config.hidden | {run.config.codes["cancelled"], ""}
    if code in out:
        return None
    offer = offer_of(run, row)
    if not offer["scae_code"]:
        run.find("E-DISC-NOCODE", cand, "class_disciplines", "scae_code", offer["discipline"])
        return None
    situation = DISCIPLINE.get(code)
    if situation is None:
        run.find("E-SIT-UNMAPPED", cand, "discipline_enrolments", "situation", code)
        return None
    return {
        "record": cand.record,
        "scae_discipline": offer["scae_code"],
        "situation": situation,
        "evaluation_type": evaluation_type(run, cand, situation, offer),
    }


def evaluation_type(run: Run, cand: Candidate, situation: int, offer: Row) -> int | None:
    """R43: 2 for Competencia Certificada, 1 for Matriculado and Aprovado, Dispensado unsaid."""
    if situation != DISMISSED:
        return 2 if situation == CERTIFIED else 1
    run.find("W-DISC-NOTYPE", cand, "discipline_enrolments", "situation", offer["scae_code"])
    choice = run.reading("dismissed_type")
    return None if choice == "blank" else int(choice)
