"""Findings: a stable code, the record, the row of the source, what is wrong, where it is mended.

Errors (E-) withhold the record, or the part of it that they name; warnings (W-) let it pass;
information (I-) says what was assumed. Rules add them as frames, one sentence a code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import polars as pl

from portaria.core.messages import Message, declare, render

SEVERITIES = {"E": "error", "W": "warning", "I": "info"}
COLUMNS = {
    "severity": pl.String, "code": pl.String, "record": pl.String, "enrolment": pl.String,
    "table": pl.String, "row": pl.Int64, "field": pl.String, "value": pl.String,
    "message": pl.String, "screen": pl.String,
}  # fmt: skip
OF_ISOLATED = {"enrolments": "discipline_enrolments", "movements": "discipline_movements"}
OWN_ROWS = ("row", "acting_row", "last_row")
KEYS = ("code", "record", "enrolment", "table", "field", "value")

PERIOD = declare("scae-screen-period", "Enrolment in the academic period")
PERIOD_MORE = declare(
    "scae-screen-complements", "Enrolment in the academic period, complement fields"
)
PERIOD_LOG = declare("scae-screen-log", "Enrolment in the academic period, movement log")
CLASS = declare("scae-screen-class", "Class (academic management)")
OFFER = declare("scae-screen-offer", "Class/discipline, class type")
PLAN = declare("scae-screen-plan", "Class/discipline, lesson plan")
MATRIX = declare("scae-screen-matrix", "Curriculum matrix, disciplines, complement fields")
DISCIPLINE = declare("scae-screen-discipline", "Enrolment in disciplines")
ISOLATED = declare("scae-screen-isolated", "Isolated enrolment, additional data")
CATALOGUE = declare("scae-screen-catalogue", "Enrolment situations (catalogue)")
COURSE = declare("scae-screen-course", "Course, series of the matrix")
SUPPORT = declare("scae-screen-support", "Support table of municipalities")
LEDGER = declare("scae-screen-ledger", "SCAE: loads already sent")

WORDS: dict[str, tuple[str, str]] = {
    "E-CLASS-MISSING": (
        declare("scae-class-missing", "the class {value} of the enrolment is not in the source"),
        PERIOD,
    ),
    "E-CLASS-NOEND": (
        declare("scae-class-noend", "the result is dated by the end of the class, and it has none"),
        CLASS,
    ),
    "E-CLASS-NOSTART": (
        declare("scae-class-nostart", "the class {value} has no start date"),
        CLASS,
    ),
    "E-DISC-NOCODE": (
        declare(
            "scae-disc-nocode",
            "the discipline {value} has no SCAE discipline code in the student's matrix: not sent",
        ),
        MATRIX,
    ),
    "E-EJA-BADREF": (
        declare(
            "scae-eja-badref",
            "the reference enrolment {value} is not one of this student and course, or leads back "
            "to itself",
        ),
        PERIOD_MORE,
    ),
    "E-EJA-NOREF": (
        declare("scae-eja-noref", "the reference enrolment of the EJA course is not filled in"),
        PERIOD_MORE,
    ),
    "E-EXIT-THEN-RESULT": (
        declare(
            "scae-exit-then-result",
            "a result was typed for a student whose situation ({value}) says that he had left: "
            "decide which of the two holds",
        ),
        PERIOD_LOG,
    ),
    "E-HA-NODATA": (
        declare(
            "scae-ha-nodata",
            "there is no discipline, or no planned lesson, to count: the student-hours are left "
            "blank",
        ),
        PLAN,
    ),
    "E-HA-NOTYPE": (
        declare(
            "scae-ha-notype",
            "the class/discipline {value} has no class type (P, S, D): its hours are left out",
        ),
        OFFER,
    ),
    "E-ISO-AMBIGUOUS": (
        declare(
            "scae-iso-ambiguous",
            "{value} period enrolments fit the isolated enrolment: only one may",
        ),
        ISOLATED,
    ),
    "E-ISO-NOPARENT": (
        declare(
            "scae-iso-noparent",
            "no period enrolment of the same period, course and series fits the isolated enrolment",
        ),
        ISOLATED,
    ),
    "E-ISO-PARENT-OPEN": (
        declare(
            "scae-iso-parent-open",
            "the period enrolment {value} was not finished when the isolated enrolment was made",
        ),
        ISOLATED,
    ),
    "E-KEY-TWICE": (
        declare("scae-key-twice", "two records have the key {value}: none of them is sent"),
        PERIOD,
    ),
    "E-MOB-BEFORE-EFET": (
        declare("scae-mob-before-efet", "the mobility date {value} is before the effective date"),
        PERIOD_MORE,
    ),
    "E-MUN": (
        declare("scae-mun", "the municipality code {value} is not in the support table"),
        SUPPORT,
    ),
    "E-REQ": (declare("scae-req", "the required field {field} is empty"), PERIOD_MORE),
    "E-SIT-UNMAPPED": (
        declare(
            "scae-sit-unmapped",
            "the situation {value} has no SCAE code at this level: correct it, or name it in "
            "scae.toml",
        ),
        CATALOGUE,
    ),
    "E-STATE": (
        declare("scae-state", "the class is in the state {value}, another than that of the load"),
        CLASS,
    ),
    "I-STILL-OPEN": (
        declare(
            "scae-still-open",
            "open in SCAE since the load of {value}, and in no load since: was an exit withheld? "
            "Make that month again",
        ),
        LEDGER,
    ),
    "I-EJA-GRANDFATHER": (
        declare(
            "scae-eja-grandfather",
            "enrolled before February 2019 without a reference: the enrolment is its own",
        ),
        PERIOD_MORE,
    ),
    "I-EVADIDO-EARLY": (
        declare("scae-evadido-early", "Evadido typed {value} days before the class ends"),
        PERIOD,
    ),
    "I-NOLOG": (
        declare("scae-nolog", "no movement in the log: the situation of today is taken"),
        PERIOD_LOG,
    ),
    "W-CANC-AFTER-START": (
        declare(
            "scae-canc-after-start",
            "cancelled on {value}, after the first day of class: it should be Desistente",
        ),
        PERIOD,
    ),
    "W-CLASS-CHANGED": (
        declare(
            "scae-class-changed",
            "sent in another class last month, and the log does not tell when it was left: check "
            "the record of the class before",
        ),
        LEDGER,
    ),
    "W-DELETE-UNSENT": (
        declare("scae-delete-unsent", "the exclusion is of a record that was never sent"),
        LEDGER,
    ),
    "W-DEP-FLAG": (
        declare("scae-dep-flag", "flagged as dependency, but its situation is another: it is sent"),
        PERIOD,
    ),
    "W-DISC-NOTYPE": (
        declare(
            "scae-disc-notype",
            "Dispensado in the discipline {value}: the text gives no type of evaluation",
        ),
        DISCIPLINE,
    ),
    "W-EFET-BEFORE-START": (
        declare("scae-efet-before-start", "the effective date {value} is before the class starts"),
        ISOLATED,
    ),
    "W-EJA-CANC-KEPT": (
        declare(
            "scae-eja-canc-kept",
            "the enrolment {value} was cancelled, but the course of the reference goes on: no "
            "exclusion is sent",
        ),
        PERIOD,
    ),
    "W-EJA-GAP": (
        declare(
            "scae-eja-gap",
            "between two classes: the next one starts on {value}; sent with zero hours",
        ),
        PERIOD,
    ),
    "W-EJA-SERIES-MISSING": (
        declare(
            "scae-eja-series-missing",
            "approved in the last series with {value} series of the course without enrolment",
        ),
        COURSE,
    ),
    "W-FUTURE": (
        declare("scae-future", "the mobility date {value} is after the month"),
        PERIOD,
    ),
    "W-ISO-LEVEL": (
        declare("scae-iso-level", "isolated enrolments are of continuing education only: not sent"),
        ISOLATED,
    ),
    "W-ORPHAN": (
        declare(
            "scae-orphan",
            "sent last month (situation {value}) and in no load since, without an exit",
        ),
        PERIOD,
    ),
    "W-OVERRIDE-STALE": (
        declare(
            "scae-override-stale",
            "the corrected mobility date {value} is before the movement before it: left from "
            "another exit?",
        ),
        PERIOD_MORE,
    ),
    "W-REGENERATED": (
        declare(
            "scae-regenerated",
            "the record differs from what this month's load sent: {value}; the log received "
            "movements since, or the source changed",
        ),
        LEDGER,
    ),
    "W-REOPENED": (
        declare("scae-reopened", "sent as an exit before (situation {value}) and active again"),
        PERIOD_LOG,
    ),
    "W-REPORTED-THEN-HIDDEN": (
        declare(
            "scae-reported-then-hidden",
            "sent before (situation {value}) and now in a situation that is not sent: it stays "
            "open in SCAE",
        ),
        PERIOD,
    ),
    "W-RETRO": (
        declare("scae-retro", "the mobility date {value} is in a month already sent"),
        PERIOD_MORE,
    ),
    "W-SIT-NAME": (
        declare(
            "scae-sit-name",
            "the catalogue calls it {value}, which is not what the table of the state means",
        ),
        CATALOGUE,
    ),
    "W-STRAY": (
        declare(
            "scae-stray", "{field} {value} is nowhere in the source: the row counts for nothing"
        ),
        PERIOD,
    ),
}
"""Every code: its sentence and the screen where it is mended."""


@dataclass
class Findings:
    """What the rules found, frame by frame."""

    parts: list[pl.DataFrame] = field(default_factory=list)

    def add(
        self,
        code: str,
        rows: pl.DataFrame,
        table: str,
        name: str = "",
        value: pl.Expr | None = None,
        row: str = "row",
    ) -> None:
        """One finding a row of `rows` (columns record, source, and the named `row`; none where
        `row` is empty). What is said of enrolments and their movements is, of an isolated one, said
        of its own tables.

        value: what is wrong, as the source has it; none where there is nothing to show.
        """
        if rows.is_empty():
            return
        shown = pl.lit("") if value is None else value.cast(pl.String).fill_null("")
        where = pl.col(row) if row else pl.lit(None)
        named = pl.lit(table)
        if row in OWN_ROWS and table in OF_ISOLATED and "kind" in rows.columns:
            alone = pl.col("kind") == "I"
            named = pl.when(alone).then(pl.lit(OF_ISOLATED[table])).otherwise(named)
        self.parts.append(
            rows.select(
                code=pl.lit(code),
                record="record",
                enrolment="source",
                table=named,
                row=where.cast(pl.Int64),
                field=pl.lit(name),
                value=shown,
            )
        )

    def keep(self, records: pl.Series) -> None:
        """Only what is said of these records, or of none (R01: a filtered load)."""
        of_these = pl.col("record").is_in(["", *records])
        self.parts = [part.filter(of_these) for part in self.parts]

    def table(self, lang: str) -> pl.DataFrame:
        """All of them in their fixed order, each once, in words."""
        if not self.parts:
            return pl.DataFrame(schema=COLUMNS)
        found = pl.concat(self.parts).unique(subset=list(KEYS), keep="first", maintain_order=True)
        told = [_in_words(found.filter(code=code), code, lang) for code in sorted(WORDS)]
        order = pl.col("severity").replace_strict({"error": 0, "warning": 1, "info": 2})
        rows = pl.concat(told).select(*COLUMNS).sort(order, *KEYS)
        return rows.with_columns(pl.col(pl.String).replace("", None))  # nothing is an empty cell

    def codes(self) -> set[str]:
        """The codes found."""
        return {code for part in self.parts for code in part["code"].unique()}


def _in_words(found: pl.DataFrame, code: str, lang: str) -> pl.DataFrame:
    """The sentence of a code, its places filled row by row."""
    sentence, screen = WORDS[code]
    marks = {"\x00": "value", "\x01": "field"}
    text = render(Message(sentence, {name: mark for mark, name in marks.items()}), lang)
    pieces = [part for part in re.split("([\x00\x01])", text) if part]
    message = pl.concat_str(
        pl.col(marks[part]) if part in marks else pl.lit(part) for part in pieces
    )
    return found.with_columns(
        severity=pl.lit(SEVERITIES[code[0]]),
        message=message,
        screen=pl.lit(render(Message(screen), lang)),
    )
