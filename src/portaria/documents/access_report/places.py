"""Districts on a map and in a table, subsystems, and every programme."""

from __future__ import annotations

import polars as pl

from portaria.core.messages import declare
from portaria.documents.access_report.demand import FIRST, PROGRAMME, SEATS
from portaria.documents.access_report.grades import CHANGE, FORMER, GRADE
from portaria.documents.access_report.overview import COUNT
from portaria.documents.access_report.seats import LEFT
from portaria.documents.access_report.speech import Speech
from portaria.documents.access_report.subsystems import SUBSYSTEMS
from portaria.documents.drawing import Tile, tile_map
from portaria.documents.report import Cell, Picture, Section, Table, text_row
from portaria.regulations.access.report import Report

TITLE = declare("report-regions", "By region and subsystem")
NO_REGIONS = declare(
    "report-no-regions",
    "The district of no programme is known: the table programmes may have a column district.",
)
MOST_LEAST = declare(
    "report-most-least",
    "{fullest} is the district with the largest share of its seats taken ({most}), {emptiest} the "
    "one with the smallest ({least}).",
)
MAP = declare("report-map", "Share of the seats taken, by the district of the institution")
MAP_WORDS = declare(
    "report-map-words",
    "A tile for each district about where it lies, darker where more of the seats are taken; the "
    "table below has the numbers.",
)
TILE = declare("report-tile", "{district}: {taken} of {seats} seats taken ({share})")
REGIONS_TABLE = declare("report-regions-table", "Seats by district of the institution")
DISTRICT, PROGRAMMES = (
    declare("report-district", "District"),
    declare("report-district-programmes", "Programmes"),
)
TAKEN = declare("report-taken", "Seats taken")
SUBSYSTEM = declare("report-subsystem", "Subsystem")
SUBSYSTEMS_TABLE = declare("report-subsystems-table", "Seats by subsystem")
EVERY = declare("report-every", "All programmes")
EVERY_TABLE = declare("report-every-table", "All {programmes} programmes, one a row")


def regions(report: Report, speech: Speech) -> Section:
    """Seats and people by district and by subsystem."""
    rows = report.districts
    text, parts = [], list[Table | Picture]()
    if rows.is_empty():
        text.append(speech.say(NO_REGIONS))
    else:
        text.append(_most_and_least(rows, speech))
        parts.append(Picture(_map(rows, speech), speech.say(MAP_WORDS), speech.say(MAP), 62))
        names = {row["district"]: row["district"] for row in rows.iter_rows(named=True)}
        parts.append(totals(REGIONS_TABLE, DISTRICT, rows, names, speech))
    if report.subsystems.height:
        names = {name: speech.say(code) for name, code in SUBSYSTEMS.items()}
        parts.append(totals(SUBSYSTEMS_TABLE, SUBSYSTEM, report.subsystems, names, speech))
    return Section("regions", speech.say(TITLE), text, parts)


def totals(
    caption: str, first: str, rows: pl.DataFrame, names: dict[str, str], speech: Speech
) -> Table:
    """A table of totals by the first column of `rows`."""
    table = [
        text_row(
            names[row[rows.columns[0]]],
            *(speech.number(row[name]) for name in ("programmes", "seats", "first", "leftover")),
            Cell(speech.percent(_taken(row), row["seats"]), _taken(row) / (row["seats"] or 1)),
        )
        for row in rows.iter_rows(named=True)
    ]
    header = [speech.say(code) for code in (first, PROGRAMMES, SEATS, FIRST, LEFT, TAKEN)]
    return Table(speech.say(caption), header, "lrrrrr", table)


def every_programme(report: Report, speech: Speech) -> Section:
    """The annex: every programme with its numbers."""
    rows, against = report.programmes, report.compared is not None
    counts = ("seats", "first", "placed", "leftover")
    table = [
        text_row(
            speech.programme(row),
            *(speech.number(row[name]) for name in counts),
            speech.tenths(row["last_grade"]),
            *(
                (speech.tenths(row["former_grade"]), speech.change(row["change"]))
                if against
                else ()
            ),
        )
        for row in rows.iter_rows(named=True)
    ]
    codes = (PROGRAMME, SEATS, FIRST, COUNT, LEFT, GRADE, *((FORMER, CHANGE) if against else ()))
    caption = speech.say(EVERY_TABLE, programmes=rows.height)
    header = [speech.say(code) for code in codes]
    part = Table(caption, header, "l" + "r" * (len(codes) - 1), table, long=True)
    return Section("programmes", speech.say(EVERY), [], [part])


def _most_and_least(rows: pl.DataFrame, speech: Speech) -> str:
    with_seats = [row for row in rows.iter_rows(named=True) if row["seats"]]
    ordered = sorted(with_seats, key=lambda row: _taken(row) / row["seats"])
    if not ordered:
        return speech.say(NO_REGIONS)
    least, most = ordered[0], ordered[-1]
    return speech.say(
        MOST_LEAST,
        fullest=most["district"],
        most=speech.percent(_taken(most), most["seats"]),
        emptiest=least["district"],
        least=speech.percent(_taken(least), least["seats"]),
    )


def _map(rows: pl.DataFrame, speech: Speech) -> str:
    tiles = []
    for row in rows.iter_rows(named=True):
        taken, share = _taken(row), speech.percent(_taken(row), row["seats"])
        words = {"district": row["district"], "seats": row["seats"], "share": share}
        tiles.append(
            Tile(
                row["district"],
                taken / (row["seats"] or 1),
                share,
                speech.say(TILE, taken=taken, **words),
            )
        )
    return tile_map(tiles)


def _taken(row: dict[str, int]) -> int:
    """Seats fixed that were taken; those opened beyond are not counted."""
    return row["seats"] - row["leftover"]
