"""Transcripts from other systems as the source of certified units, and the answer in their form.

Three published formats: ELMO of EMREX (XML), the Europass digital credential before 2022 (European
Learning Model 2, XML) and today's (European Learning Model 3, JSON-LD).
"""

from portaria.regulations.credit.transcripts.items import items_of
from portaria.regulations.credit.transcripts.model import Transcript, Unit
from portaria.regulations.credit.transcripts.read import parse_transcript, read_transcript
from portaria.regulations.credit.transcripts.write import (
    Recognised,
    Record,
    write_elmo,
    write_europass,
)

__all__ = [
    "Recognised",
    "Record",
    "Transcript",
    "Unit",
    "items_of",
    "parse_transcript",
    "read_transcript",
    "write_elmo",
    "write_europass",
]
