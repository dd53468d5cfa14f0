"""The disciplines that a record carries (R41-R45)."""

from __future__ import annotations

from portaria.regulations.scae.explain.account import Case, DisciplineLine, Disciplines
from portaria.regulations.scae.explain.course import members_of
from portaria.regulations.scae.explain.evidence import Evidence, Row, of_record
from portaria.regulations.scae.explain.standing import is_eja
from portaria.regulations.scae.population import UPSERT


def disciplines(row: Row, evidence: Evidence) -> Disciplines | None:
    """The discipline lines of a record that is sent and reports them (R41-R45); None of others."""
    edition = evidence.stored.settings().edition
    modality = (evidence.class_of(row["class"]).modality or "").lstrip("0")
    wanted = edition.value("discipline_modalities")
    if row["outcome"] != UPSERT or modality not in wanted or not is_eja(row, evidence):
        return None
    names = {member["enrolment"] for member in members_of(row, evidence)}
    ours = [each for each in evidence.disciplines if each["enrolment"] in names]
    lines = []
    for line in of_record(evidence.table("load_disciplines"), row["record"]):
        code = line["scae_discipline"]
        # The later enrolment in a discipline taken twice is the one sent.
        fits = [each for each in ours if each["scae_code"] == code]
        last = max(fits, key=lambda e: (str(e["enrolled_on"] or ""), e["discipline_enrolment"]))
        kind = line["evaluation_type"]
        lines.append(
            DisciplineLine(
                code,
                last["discipline"],
                last["code"],
                int(line["situation"]),
                None if kind is None else int(kind),
                last["reached"],
            )
        )
    moved = row["mobility_date"] is not None or any(not line.reached for line in lines)
    word = "moved" if moved else "reached" if lines else "none"
    return Disciplines(Case(word, edition.clause("disciplines-when")), tuple(lines))
