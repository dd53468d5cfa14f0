"""The shape of most tables here: records now, in the load compared with, and the change."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from portaria.core.messages import declare
from portaria.documents.report import Cell, Table, text_row
from portaria.documents.scae_report.speech import Speech
from portaria.regulations.scae.report import Summary
from portaria.regulations.scae.report_counts import Total

RECORDS = declare("scae-report-records-column", "Records")
CHANGE = declare("scae-report-change", "Change")
GROWTH = declare("scae-report-growth", "Change in %")
TOTAL = declare("scae-report-total", "Total")

Column = tuple[str, Callable[[Total], str | Cell]]
"""The code of its heading, and what it says of a total."""


def beside(
    caption: str,
    names: Sequence[Column],
    further: Sequence[Column],
    rows: Sequence[Total],
    summary: Summary,
    speech: Speech,
    long: bool = False,
) -> Table:
    """`names` first, then records with those before, then `further`; the total closes it."""
    counted: list[Column] = [(RECORDS, lambda row: speech.number(row.now.records))]
    header = [speech.say(RECORDS)]
    if summary.compared:
        counted += _before(speech)
        before = speech.month(summary.compared, short=True)
        header += [before, speech.say(CHANGE), speech.say(GROWTH)]
    columns = [*counted, *further]
    lines = [text_row(*(tell(row) for _, tell in (*names, *columns))) for row in rows]
    closing = [speech.say(TOTAL), *("" for _ in names[1:])]
    lines.append(text_row(*closing, *(tell(summary.whole) for _, tell in columns)))
    header = [speech.say(code) for code, _ in names] + header
    header += [speech.say(code) for code, _ in further]
    return Table(caption, header, "l" * len(names) + "r" * len(columns), lines, long)


def _before(speech: Speech) -> list[Column]:
    """Records of the load before, the difference, and its share of what was."""

    def former(row: Total) -> int:
        return row.before.records if row.before else 0

    return [
        ("", lambda row: speech.number(former(row))),
        (CHANGE, lambda row: speech.change(row.now.records, former(row))),
        (GROWTH, lambda row: speech.growth(row.now.records, former(row))),
    ]
