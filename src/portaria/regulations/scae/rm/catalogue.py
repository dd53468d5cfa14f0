"""Views of what is offered: classes, their disciplines and lessons, the series of a course."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from portaria.regulations.scae.rm.base import COLIGADA, Source
from portaria.regulations.scae.rm.values import (
    class_key,
    code,
    day,
    joined,
    minutes,
    modality,
    offer_key,
    said,
    text,
)

MATRIX = ["CODCOLIGADA", "IDHABILITACAOFILIAL"]
PERIOD = ["CODCOLIGADA", "IDPERLET"]
UNIT = ["CODCOLIGADA", "CODFILIAL"]
IBGE = 1
"""IDCLASSIFMUNICIPIO of the IBGE codes."""


def with_left(table: ir.Table, other: ir.Table, keys: list[str], tag: str) -> ir.Table:
    """A left join; columns of `other` that the table has already are called tag_NAME."""
    return table.left_join(other, keys, rname=tag + "_{name}")


def periods(source: Source) -> ir.Table:
    """The academic periods of the levels that are loaded, with `level`."""
    levels = source.mapping.levels
    table = source.table("SPLETIVO")
    table = table.filter(table.CODTIPOCURSO.isin(sorted(levels)))
    level = table.CODTIPOCURSO.cases(*sorted(levels.items()))
    return table.select(COLIGADA, "IDPERLET", "CODPERLET", level=level)


def matrices(source: Source) -> ir.Table:
    """The applied matrices with course, series, matrix and modality."""
    courses = source.table("SCURSO")
    courses = courses.select(COLIGADA, "CODCURSO", modality=modality(courses.CODMODALIDADECURSO))
    table = source.table("SHABILITACAOFILIAL")
    table = with_left(table, courses, [COLIGADA, "CODCURSO"], "course")
    return table.select(*MATRIX, "CODCURSO", "CODHABILITACAO", "CODGRADE", "modality")


def classes(source: Source) -> ir.Table:
    """STURMA of the periods that are loaded."""
    table = source.table("STURMA").inner_join(periods(source), PERIOD)
    table = with_left(table, matrices(source), MATRIX, "matrix")
    table = with_left(table, source.table("GFILIAL"), UNIT, "branch")
    unit = code(table.CODFILIAL)
    if source.mapping.unit == "CAMPOLIVRE1":
        table = with_left(table, source.table("DFILIAL"), UNIT, "free")
        unit = text(table.CAMPOLIVRE1)
    return table.select(
        **{"class": class_key(table), "unit": unit, "period": text(table.CODPERLET)},
        **{"code": text(table.CODTURMA), "level": table.level},
        **{"course": text(table.CODCURSO), "modality": table.modality},
        **{"series": text(table.CODHABILITACAO), "state": text(table.ESTADO).upper()},
        **{"start": day(table.DTINICIAL), "end": day(table.DTFINAL)},
    )


def offers(source: Source) -> ir.Table:
    """STURMADISC of the periods that are loaded."""
    table = source.table("STURMADISC")
    known = periods(source).select(*PERIOD)
    return table.inner_join(known, PERIOD).select(*table.columns)


def class_disciplines(source: Source) -> ir.Table:
    """The class/disciplines; the SCAE code is of the matrix of the offer, or of its class (R44)."""
    own = source.table("STURMA").select(
        *UNIT, "IDPERLET", "CODTURMA", MATRIX_OF_CLASS=ibis._.IDHABILITACAOFILIAL
    )
    table = with_left(offers(source), own, [*UNIT, "IDPERLET", "CODTURMA"], "class")
    # A step of its own: Ibis joins by columns, not by what a join has just computed.
    table = table.mutate(
        IDHABILITACAOFILIAL=ibis.coalesce(table.IDHABILITACAOFILIAL, table.MATRIX_OF_CLASS)
    )
    table = with_left(table, matrices(source), MATRIX, "matrix")
    scae_code = ibis.null("string")
    if source.mapping.scae_code:
        keys = [COLIGADA, "CODCURSO", "CODHABILITACAO", "CODGRADE", "CODDISC"]
        table = with_left(table, _discipline_codes(source, keys), keys, "discipline")
        scae_code = table.scae_code
    return table.select(
        **{"class_discipline": offer_key(table), "class": class_key(table)},
        **{"discipline": text(table.CODDISC), "scae_code": scae_code},
        **{"type": text(table.TIPO).upper()},
    )


def _discipline_codes(source: Source, keys: list[str]) -> ir.Table:
    """One code a discipline of a matrix; none where its periods hold different ones."""
    table = source.table("SDISCGRADECOMPL", given=str(source.mapping.scae_code))
    table = table.select(*keys, given=text(table.given))
    both = table.group_by(keys).agg(least=table.given.min(), greatest=table.given.max())
    alone = (both.least == both.greatest).ifelse(both.least, ibis.null("string"))
    return both.select(*keys, scae_code=alone)


def lessons(source: Source) -> ir.Table:
    """SPLANOAULA: dated lessons, HORAFINAL - HORAINICIAL in minutes of the clock (R46)."""
    table = source.table("SPLANOAULA")
    if source.mapping.only_confirmed:
        table = table.filter(said(table.CONFIRMADO))
    known = offers(source).select(COLIGADA, "IDTURMADISC")
    table = table.inner_join(known, [COLIGADA, "IDTURMADISC"])
    return table.select(
        class_discipline=offer_key(table),
        date=day(table.DATA),
        minutes=minutes(table.HORAFINAL) - minutes(table.HORAINICIAL),
    )


def municipalities(source: Source) -> ir.Table | None:
    """The support table of codes, None where the mapping names none (R61)."""
    said_so = source.mapping.municipality
    if said_so.codes == "table":
        table = source.other(
            said_so.table, municipality=said_so.municipality, scae_code=said_so.scae_code
        )
        return table.select(municipality=text(table.municipality), scae_code=text(table.scae_code))
    if said_so.codes == "ibge":
        table = source.table("DCODIFICACAOMUNICIPIO")
        table = table.filter(table.IDCLASSIFMUNICIPIO == IBGE)
        key = joined(text(table.CODETDMUNICIPIO).upper(), text(table.CODMUNICIPIO))
        return table.select(municipality=key, scae_code=text(table.CODIGO))
    return None
