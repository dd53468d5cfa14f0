"""Situations of the school system and of SCAE (R33-R37), and where one stood (R06, R40)."""

from __future__ import annotations

import polars as pl

from portaria.core.rule import rule
from portaria.regulations.scae.settings import Settings

ACTIVE = (1, 17, 24)
EXIT = (9, 11, 12, 13, 18, 19, 20, 21, 22, 23)
SUSPENDED = (5,)
RESULTS = (11, 12, 13)
APPROVED, ENROLLED, IN_PROCESS, CLASS_TRANSFER, RECOGNITION = "9", "2", "71", "31", "70"
EVADED = 9
TRANSFERS = {CLASS_TRANSFER: ENROLLED, "46": "39"}
"""Transferência de Turma in each level, and what whoever arrives in the next class is there."""
BASIC, CONTINUING = "basic", "continuing"
PARANA = "PR"


@rule("situations-basic", "situations-parana", "situations-continuing")
def table(settings: Settings, level: str, state: str) -> dict[str, int]:
    """SGE code to SCAE code of a level; in Paraná 30 and 32 have other meanings (R34)."""
    if level == CONTINUING:
        return settings.table("continuing")
    basic = settings.table("basic")
    return basic | settings.table("parana") if state == PARANA else basic


@rule("situations-disciplines")
def discipline_table(settings: Settings) -> dict[str, int]:
    """R36: the same 9 is Concluinte in a discipline and Aprovado in an enrolment."""
    return settings.table("disciplines")


def results(settings: Settings, state: str) -> dict[str, tuple[str, ...]]:
    """The SGE codes of results, by level."""
    return {
        level: tuple(c for c, scae in table(settings, level, state).items() if scae in RESULTS)
        for level in (BASIC, CONTINUING)
    }


def mapped(code: pl.Expr, level: pl.Expr, settings: Settings, state: str) -> pl.Expr:
    """The SCAE situation of an SGE code, null where the table of the level has none (R38)."""

    def of(name: str) -> pl.Expr:
        codes = table(settings, name, state)
        return code.replace_strict(codes, default=None, return_dtype=pl.Int64)

    return pl.when(level == CONTINUING).then(of(CONTINUING)).otherwise(of(BASIC))


@rule("situation-as-of-month")
def standing_code(last: pl.Expr, situation: pl.Expr, result: pl.Expr, left: pl.Expr) -> pl.Expr:
    """R40, R50: what the last movement says; without one, an exit in the situation wins over the
    result, which wins over any other situation, and Em Processo (71) never wins.

    left: whether `situation` is an exit. Texts are empty, never null; `last` is null without one.
    """
    snapshot = pl.when(left | result.is_in(["", IN_PROCESS])).then(situation).otherwise(result)
    return pl.when(last.is_not_null() & (last != "")).then(last).otherwise(snapshot)


def group_of(situation: pl.Expr, codes: tuple[int, ...]) -> pl.Expr:
    """Whether a SCAE situation is one of a group; an unmapped one is of none."""
    return situation.is_in(codes).fill_null(False)
