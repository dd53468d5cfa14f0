"""Views of who is enrolled: period enrolments, and enrolments in disciplines."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from portaria.regulations.scae.rm.base import COLIGADA, OVERRIDE, Source
from portaria.regulations.scae.rm.catalogue import (
    MATRIX,
    PERIOD,
    UNIT,
    matrices,
    offers,
    periods,
    with_left,
)
from portaria.regulations.scae.rm.values import (
    class_key,
    code,
    complements,
    day,
    discipline_enrolment_key,
    enrolment_key,
    joined,
    offer_key,
    said,
    text,
)

KEY = [COLIGADA, "IDPERLET", "IDHABILITACAOFILIAL", "RA"]
OURS = "complement_"
"""Before the number of a complement: its name may be long, or the name of a column of RM."""


def enrolments(source: Source) -> ir.Table:
    """SMATRICPL of the periods that are loaded, as it stands."""
    table = source.table("SMATRICPL")
    known = periods(source).select(*PERIOD)
    table = table.inner_join(known, PERIOD).select(*table.columns)
    table = with_left(table, matrices(source), MATRIX, "matrix")
    types = source.table("STIPOMATRICULA")
    table = with_left(table, types, [COLIGADA, "CODTIPOMAT"], "type")
    table = with_left(table, _fields(source), KEY, "field")
    table, municipality = _municipality(source, table)
    table, reference = _reference(source, table)
    fields = {
        name: table[f"{OURS}{number}"] for number, name in enumerate(source.mapping.complements)
    }
    override = ibis.null("date")
    if source.mapping.mobility_override:
        override = day(table[OVERRIDE])
    return table.select(
        **{"enrolment": enrolment_key(table), "student": text(table.RA)},
        **{"class": class_key(table), "course": text(table.CODCURSO)},
        **{"series": text(table.CODHABILITACAO), "enrolled_on": day(table.DTMATRICULA)},
        **{"situation": code(table.CODSTATUS), "result": code(table.CODSTATUSRES)},
        **{"reference": reference, "mobility_override": override},
        **{"municipality": municipality},
        **{"complements": complements(fields, said(table.INDICADEPENDENCIA))},
    )


def _fields(source: Source) -> ir.Table:
    """The custom columns of SMATRICPLCOMPL that the mapping names."""
    mapping = source.mapping
    named: dict[str, str | None] = {
        f"{OURS}{number}": column for number, column in enumerate(mapping.complements.values())
    }
    named |= {"referred": mapping.reference, OVERRIDE: mapping.mobility_override}
    named |= {"municipality": mapping.municipality.field}
    return source.table("SMATRICPLCOMPL", **{ours: name for ours, name in named.items() if name})


def _municipality(source: Source, table: ir.Table) -> tuple[ir.Table, ir.StringValue]:
    """R61: UF-CODMUNICIPIO of the student or of the unit, or what a custom column holds."""
    place = source.mapping.municipality.source
    if place == "field":
        return table, text(table.municipality)
    if place == "unit":
        branches = source.table("GFILIAL")
        branches = branches.select(*UNIT, UF="ESTADO", CITY="CODMUNICIPIO")
        table = with_left(table, branches, UNIT, "branch")
    else:
        table = with_left(table, source.table("SALUNO"), [COLIGADA, "RA"], "student")
        people = source.table("PPESSOA")
        people = people.select(CODPESSOA="CODIGO", UF="ESTADO", CITY="CODMUNICIPIO")
        table = with_left(table, people, ["CODPESSOA"], "person")
    return table, joined(text(table.UF).upper(), text(table.CITY))


def _reference(source: Source, table: ir.Table) -> tuple[ir.Table, ir.StringValue]:
    """R14, R15: the enrolment that the field names, or what it holds where there is no such one.

    A class code means the student's first enrolment of the course in a class of that code.
    """
    if not source.mapping.reference:
        return table, ibis.null("string")
    if source.mapping.reference_holds == "enrolment":
        return table, text(table.referred)
    known = with_left(source.table("SMATRICPL"), matrices(source), MATRIX, "matrix")
    keys = [COLIGADA, "RA", "CODCURSO"]
    known = known.select(
        *keys, "DTMATRICULA", "IDPERLET", "IDHABILITACAOFILIAL",
        said_class=text(known.CODTURMA), found=enrolment_key(known),
    )  # fmt: skip
    first = ibis.window(
        group_by=[*keys, "said_class"],
        order_by=["DTMATRICULA", "IDPERLET", "IDHABILITACAOFILIAL"],
    )
    known = known.mutate(place=ibis.row_number().over(first))
    known = known.filter(known.place == 0).select(*keys, "said_class", "found")
    table = table.mutate(said_class=text(table.referred))
    table = with_left(table, known, [*keys, "said_class"], "reference")
    return table, ibis.coalesce(table.found, table.said_class)


def discipline_enrolments(source: Source) -> ir.Table:
    """SMATRICULA of the class/disciplines that are loaded; isolated ones have no parent (R55)."""
    table = source.table("SMATRICULA")
    known = offers(source).select(COLIGADA, "IDTURMADISC")
    table = table.inner_join(known, [COLIGADA, "IDTURMADISC"]).select(*table.columns)
    isolated = text(table.MATRICULAISOLADA).upper() == "S"
    situation = code(table.CODSTATUS)
    if source.mapping.situation == "CODSTATUSRES":
        situation = ibis.coalesce(code(table.CODSTATUSRES), situation)
    return table.select(
        discipline_enrolment=discipline_enrolment_key(table),
        enrolment=isolated.ifelse(ibis.null("string"), enrolment_key(table)),
        student=text(table.RA),
        class_discipline=offer_key(table),
        situation=situation,
        isolated=isolated.ifelse(1, 0),
        enrolled_on=day(table.DTMATRICULA),
        changed_on=day(table.DTALTERACAO),
    )
